#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "commands/settings/settings.h"
#include "events/json.h"
#include "http/api.h"
#include "storage/memory_log.h"
#include "tests/places.h"
#include "tests/temporary_directory.h"
#include "tools/serve/profile.h"
#include "tools/serve/profile_texts.h"
#include "tools/serve/settings.h"
#include "tools/store.h"

using namespace greffe;

namespace {

const std::vector<std::string> names = {"call-log", "default",          "erp-module",
                                        "mobility", "service-platform", "telecom-helpdesk"};

// A store with its API, as `greffe serve --profile` makes it.
struct Served {
  explicit Served(const TemporaryDirectory& dir, const std::string& profile, const std::string& zone = "Europe/Paris") {
    StoreOptions options;
    options.profile = profile;
    options.time_zone = zone;
    auto opened = Store::open(dir.path(), options, clock, [](const std::string& failure) { FAIL(failure); });
    if (!opened) FAIL(opened.error());
    store = std::move(*opened);
    api = std::make_unique<Api>(store->writer(), store->views(), store->log(), clock, AccessPolicy("secret"));
  }

  Json get(const std::string& path) const {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.headers = {{"Authorization", "Bearer secret"}};
    HttpResponse response;
    api->handle(request, response);
    INFO(path << " " << response.body);
    REQUIRE(response.status == 200);
    return Json::parse(response.shared_body ? *response.shared_body : response.body);
  }

  SystemClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Api> api;
};

std::string file_text(const std::string& name) {
  std::ifstream file(test::source_dir() / "tools/profiles" / (name + ".json"), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The entries' own fields, as they were asked for.
void check_entries(const Json& asked, const Json& page) {
  REQUIRE(page["items"].size() == asked.size());
  std::multiset<std::string> left, right;
  for (const auto& entry : asked) left.insert(entry["title"].get<std::string>() + entry["language"].get<std::string>());
  for (const auto& entry : page["items"]) {
    right.insert(entry["title"].get<std::string>() + entry["language"].get<std::string>());
  }
  CHECK(left == right);
}

// A writer on a log in memory, for what happens to a start that is stopped.
struct Office {
  explicit Office(Log& log) {
    auto started = Writer::start(log, clock, {}, [](const LogFailure& failure) { FAIL(failure.detail); });
    REQUIRE(started);
    writer = std::move(*started);
  }
  SystemClock clock;
  std::unique_ptr<Writer> writer;
};

}  // namespace

TEST_CASE("the program holds every profile of the source tree, byte by byte") {
  std::vector<std::string> held;
  for (const ProfileText& profile : profile_texts()) {
    held.emplace_back(profile.name);
    CHECK(profile.json == file_text(held.back()));
  }
  CHECK(held == names);
  CHECK(profile_names() == "call-log, default, erp-module, mobility, service-platform, telecom-helpdesk");
}

TEST_CASE("a store made with a profile has the settings and entries of its file") {
  for (const auto& name : names) {
    INFO(name);
    const Json file = Json::parse(file_text(name));
    const TemporaryDirectory dir;
    Position tail;
    {
      const Served served(dir, name);
      tail = served.store->log().tail();
      CHECK(served.get("/v1/settings")["settings"] == file["settings"]);
      for_each_area([&](SettingsArea area, auto) {
        const std::string area_name(name_of(area));
        INFO(area_name);
        CHECK(served.get("/v1/settings/" + area_name) == file["settings"][area_name]);
        CHECK(served.store->writer().settings()->version(area) == Version{1});
      });
      check_entries(file["templates"], served.get("/v1/templates"));
      check_entries(file["canned_replies"], served.get("/v1/canned-replies"));
    }
    const Served again(dir, "default", "Asia/Tokyo");
    CHECK(again.store->log().tail() == tail);
    CHECK(again.get("/v1/settings")["settings"] == file["settings"]);
  }
}

TEST_CASE("a new store is in the zone that was asked for") {
  const TemporaryDirectory dir;
  const Served served(dir, "mobility", "America/Montreal");
  CHECK(served.get("/v1/settings/tenant")["time_zone"] == "America/Montreal");
}

TEST_CASE("a profile that there is none of is refused with those that there are") {
  const TemporaryDirectory dir;
  const SystemClock clock;
  StoreOptions options;
  options.profile = "mobilty";
  const auto store = Store::open(dir.path(), options, clock, [](const std::string&) {});
  REQUIRE_FALSE(store);
  CHECK(store.error() == "there is no profile 'mobilty', only " + profile_names());
  const auto settings = merge_settings({{{"profile", "mobilty"}}});
  REQUIRE_FALSE(settings);
  CHECK(settings.error() == "profile is 'mobilty', but must be one of " + profile_names());
  CHECK(merge_settings({{{"profile", "mobility"}}})->profile == "mobility");
  CHECK(merge_settings({})->profile == default_profile);
}

TEST_CASE("what a start left half laid down is finished by the next, with the same profile only") {
  const auto whole = [] {
    const auto log = open_memory_log();
    const Office office(*log);
    REQUIRE(lay_down_profile(*office.writer, *log, "default", "Europe/Paris"));
    return log->tail();
  }();
  // Stops at the points, which are laid down after most of the areas.
  Json stopping = Json::parse(file_text("default"));
  stopping["settings"]["points"]["rates"] = {{{"category", ""}, {"points", 1}}};
  const auto log = open_memory_log();
  const Office office(*log);
  const auto lay = [&](const std::string& name, const std::string& text) {
    return lay_down_profile_text(*office.writer, *log, name, text, "Europe/Paris");
  };
  const auto stopped = lay("stopping", stopping.dump());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error() ==
        "the profile stopping was refused: settings.points invalid_fields rates[0].category required");
  const auto half = log->tail();
  CHECK(Position{0} < half);
  CHECK(half < whole);

  const auto other = lay("mobility", file_text("mobility"));
  REQUIRE_FALSE(other);
  CHECK(other.error().find("begun with another profile") != std::string::npos);
  CHECK(log->tail() == half);

  REQUIRE(lay("default", file_text("default")));
  CHECK(log->tail() == whole);
  REQUIRE(lay("mobility", file_text("mobility")));
  CHECK(log->tail() == whole);
}

TEST_CASE("a log that somebody else began is left alone") {
  const auto log = open_memory_log();
  const Office office(*log);
  CommandRequest request;
  request.command = ReplaceSettings{default_settings().tenant};
  REQUIRE(office.writer->submit(std::move(request)));
  REQUIRE(lay_down_profile(*office.writer, *log, "default", "Europe/Paris"));
  CHECK(log->tail() == Position{1});
}

TEST_CASE("a profile's text is read strictly") {
  struct {
    const char* text;
    const char* error;
  } const rows[] = {
      {"[]", "must be an object"},
      {"{}", "settings: must be an object"},
      {R"({"settings":{}})", "settings.tenant: is missing"},
      {R"({"setings":{}})", "setings: is not known"},
      {R"({"settings":{"tenant":{"time_zone":"x","language":["fr"]}}})",
       "settings.tenant: language unknown_field languages required"},
      {R"({"templates":[{"title":"x"}],"settings":{}})",
       "templates[0]: purpose required language required body required"},
      {R"({"templates":{},"settings":{}})", "templates: must be a list"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto log = open_memory_log();
    const Office office(*log);
    const auto laid = lay_down_profile_text(*office.writer, *log, "mine", row.text, "Europe/Paris");
    REQUIRE_FALSE(laid);
    CHECK(laid.error() == std::string("the profile mine cannot be read: ") + row.error);
    CHECK(log->tail() == Position{0});
  }
}
