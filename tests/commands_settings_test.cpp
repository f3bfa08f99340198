#include "tests/commands_settings_office.h"

using namespace greffe;
using namespace greffe::spec;

TEST_CASE("the default settings satisfy their own rules") {
  for_each_area([](SettingsArea area, auto member) {
    INFO(name_of(area));
    replace(standard.*member).then(standard.*member);
  });
}

TEST_CASE("an area that stands as wanted is not written again") {
  Settings settings = standard;
  for (const SettingsEvent& event : {SettingsEvent(standard.tenant), SettingsEvent(standard.statuses)}) {
    evolve(settings, event);
    replace(event, settings).nothing();
  }
  CHECK(settings.version(SettingsArea::tenant) == Version{1});
  CHECK(settings.version(SettingsArea::sla) == Version{0});
  auto english = standard.tenant;
  english.languages = {"en"};
  replace(english, settings).then(english);
}

TEST_CASE("a tenant has a known zone and one or more languages") {
  replace(TenantConfigured{"Asia/Kathmandu", {"ne"}}).then(TenantConfigured{"Asia/Kathmandu", {"ne"}});
  replace(TenantConfigured{"", {}}).refused({{"time_zone", FieldCode::required}, {"languages", FieldCode::required}});
  replace(TenantConfigured{"Mars/Olympus", {"fr", "FR", "x", "toolongxx", "fr"}})
      .refused({{"time_zone", FieldCode::malformed},
                {"languages[1]", FieldCode::malformed},
                {"languages[2]", FieldCode::malformed},
                {"languages[3]", FieldCode::malformed},
                {"languages[4]", FieldCode::duplicate}});
  replace(TenantConfigured{"../../etc/passwd", {"fr"}}).refused("time_zone", FieldCode::malformed);
}

TEST_CASE("a tenant's zone is one of the IANA's, not what the machine is set to") {
  for (const char* zone :
       {"localtime", "posixrules", "Factory", "posix/Europe/Paris", "right/Europe/Paris", "tzdata.zi"}) {
    replace(TenantConfigured{zone, {"fr"}}).refused("time_zone", FieldCode::malformed);
  }
  for (const char* zone : {"UTC", "Etc/GMT+5", "America/Argentina/Ushuaia"}) {
    replace(TenantConfigured{zone, {"fr"}}).then(TenantConfigured{zone, {"fr"}});
  }
}

TEST_CASE("every wrong field of the statuses is named") {
  const auto wanted = changed(standard.statuses, [](StatusesDefined& d) {
    d.statuses[0].key = "Neu";
    d.statuses[1].colour = "red";
    d.statuses[2].labels = {{"fr", ""}, {"fr", "x"}};
    d.statuses[3].key = "open";
    d.statuses[4].labels.push_back({"de", "Gelöst"});
    d.on_open = "pending";
    d.on_close = "open";
    d.on_reopen = "nowhere";
  });
  replace(wanted).refused({{"statuses[0].key", FieldCode::malformed},
                           {"statuses[1].colour", FieldCode::malformed},
                           {"statuses[2].labels[0].text", FieldCode::required},
                           {"statuses[2].labels[1].language", FieldCode::duplicate},
                           {"statuses[2].labels", FieldCode::required},
                           {"statuses[3].key", FieldCode::duplicate},
                           {"on_open", FieldCode::not_one_of},
                           {"on_close", FieldCode::not_one_of},
                           {"on_reopen", FieldCode::unknown_status}});
}

TEST_CASE("statuses need one to start in and one to end in") {
  const auto without = [](Category category) {
    return changed(standard.statuses, [&](StatusesDefined& d) {
      std::erase_if(d.statuses, [&](const Status& s) { return s.category == category; });
    });
  };
  replace(StatusesDefined{}).refused(RejectionCode::last_entry);
  replace(without(Category::closed)).refused(RejectionCode::last_entry);
  replace(without(Category::fresh)).refused("on_open", FieldCode::unknown_status);
  auto one_start = without(Category::fresh);
  one_start.on_open = "open";
  replace(one_start).then(one_start);
  std::erase_if(one_start.statuses, [](const Status& s) { return s.category == Category::open; });
  replace(one_start).refused(RejectionCode::last_entry);
}

TEST_CASE("a status leads to known ones that can be set, each named once") {
  const auto leading_to = [](std::vector<std::string> next) {
    return changed(standard.statuses, [&](StatusesDefined& d) {
      d.statuses.push_back({"merged", labels("Merged"), "#000000", Category::merged, {}});
      d.statuses[0].next = std::move(next);
    });
  };
  replace(leading_to({"open", "closed"})).then(leading_to({"open", "closed"}));
  replace(leading_to({"open", "opne"})).refused("statuses[0].next[1]", FieldCode::unknown_status);
  replace(leading_to({"open", "open"})).refused("statuses[0].next[1]", FieldCode::duplicate);
  replace(leading_to({"merged"})).refused("statuses[0].next[0]", FieldCode::status_not_settable);
}

TEST_CASE("what follows reading and assigning is a status of work that is not over") {
  const auto following = [](std::string on_read, std::string on_assign) {
    return changed(standard.statuses, [&](StatusesDefined& d) {
      d.on_read = std::move(on_read);
      d.on_assign = std::move(on_assign);
    });
  };
  for (const auto* key : {"", "new", "open", "pending", "on_hold"}) {
    replace(following(key, key)).then(following(key, key));
  }
  replace(following("closed", "resolved"))
      .refused({{"on_read", FieldCode::not_one_of}, {"on_assign", FieldCode::not_one_of}});
  replace(following("lu", "")).refused("on_read", FieldCode::unknown_status);
}

TEST_CASE("what priorities are called has all the tenant's languages, or is not said") {
  const auto called = [](std::vector<Label> names) {
    return changed(standard.priorities, [&](PrioritiesDefined& d) { d.labels = std::move(names); });
  };
  replace(called(labels("Sévérité"))).then(called(labels("Sévérité")));
  replace(called({{"fr", "Sévérité"}})).refused("labels", FieldCode::required);
}

TEST_CASE("there are at most 50 statuses") {
  const auto many = [](std::size_t count) {
    return changed(standard.statuses, [&](StatusesDefined& d) {
      while (d.statuses.size() < count) {
        auto& s = d.statuses.emplace_back(d.statuses[1]);
        s.key = "s" + std::to_string(d.statuses.size());
      }
    });
  };
  replace(many(50)).then(many(50));
  replace(many(51)).refused("statuses", FieldCode::too_many);
}

TEST_CASE("priorities are one or more, with a known default") {
  replace(PrioritiesDefined{}).refused(RejectionCode::last_entry);
  replace(changed(standard.priorities,
                  [](PrioritiesDefined& d) {
                    d.priorities[1].key = "low";
                    d.priorities[2].key = std::string(65, 'x');
                  }))
      .refused({{"priorities[1].key", FieldCode::duplicate},
                {"priorities[2].key", FieldCode::too_long},
                {"on_open", FieldCode::unknown_priority}});
}

TEST_CASE("an area can be put back as it stands, whatever became of what it names") {
  Settings settings = standard;
  SlaTargetsDefined targets;
  targets.targets = {{"high", std::chrono::hours(1)}, {"low", std::chrono::hours(2)}};
  evolve(settings, targets);
  const auto without_high = changed(standard.priorities, [](PrioritiesDefined& d) {
    std::erase_if(d.priorities, [](const Priority& p) { return p.key == "high"; });
  });
  replace(without_high, settings).then(without_high);
  evolve(settings, without_high);
  replace(targets, settings).nothing();
  targets.targets[1].first_response_ms = std::chrono::hours(3);
  replace(targets, settings).refused("targets[0].priority", FieldCode::unknown_priority);
  targets.targets.erase(targets.targets.begin());
  replace(targets, settings).then(targets);
}

TEST_CASE("targets are for known priorities, once each, from 0 to ten years") {
  using std::chrono::days;
  const auto wanted = changed(standard.sla, [](SlaTargetsDefined& d) {
    d.targets[0].priority = "urgent";
    d.targets[1].first_response_ms = Milliseconds(-1);
    d.targets[1].resolution_ms = days(3654);
    d.targets[2].priority = "critical";
    d.targets[2].inactivity_ms = days(3653);
  });
  replace(wanted).refused({{"targets[0].priority", FieldCode::unknown_priority},
                           {"targets[1].first_response_ms", FieldCode::out_of_range},
                           {"targets[1].resolution_ms", FieldCode::out_of_range},
                           {"targets[3].priority", FieldCode::duplicate}});
  replace(SlaTargetsDefined{}).then(SlaTargetsDefined{});
}

TEST_CASE("each choice of how delays are measured is a change of the targets' area") {
  const std::vector<void (*)(SlaTargetsDefined&)> choices = {
      [](SlaTargetsDefined& d) { d.inactivity_counts = InactivityCounts::public_message; },
      [](SlaTargetsDefined& d) { d.resolution_pause_on_hold = true; },
      [](SlaTargetsDefined& d) { d.close_counts_as_response = false; },
      [](SlaTargetsDefined& d) { d.resolution_on_reopen = ResolutionOnReopen::restart; },
      [](SlaTargetsDefined& d) { d.resolution_on_reopen = ResolutionOnReopen::ignore; }};
  for (const auto choose : choices) {
    const auto wanted = changed(standard.sla, choose);
    CHECK_FALSE(same_fields(wanted, standard.sla));
    replace(wanted).then(wanted);
  }
}
