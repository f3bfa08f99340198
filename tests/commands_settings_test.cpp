#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

Outcome<SettingsEvent> replace(SettingsEvent wanted, const Settings& before = default_settings()) {
  return Outcome<SettingsEvent>(decide(before, ReplaceSettings{std::move(wanted)}));
}

template <class Area, class Change>
Area changed(Area area, Change change) {
  change(area);
  return area;
}

const Settings standard = default_settings();

}  // namespace

TEST_CASE("the default settings satisfy their own rules") {
  replace(standard.tenant).then(standard.tenant);
  replace(standard.statuses).then(standard.statuses);
  replace(standard.priorities).then(standard.priorities);
  replace(standard.sla).then(standard.sla);
}

TEST_CASE("an area that stands as wanted is not written again") {
  Settings settings = standard;
  for (const SettingsEvent& event : {SettingsEvent(standard.tenant), SettingsEvent(standard.statuses)}) {
    evolve(settings, event);
    replace(event, settings).nothing();
  }
  CHECK(settings.tenant_version == Version{1});
  CHECK(settings.sla_version == Version{0});
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
