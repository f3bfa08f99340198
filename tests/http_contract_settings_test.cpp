#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

TEST_CASE("each settings area can be read, edited and put back as it was read") {
  const Server server;
  struct {
    const char* area;
    const char* event;
    void (*edit)(Json&);
    void (*spoil)(Json&);
    const char* faults;
  } const rows[] = {
      {"tenant", "TenantConfigured", [](Json& whole) { whole["time_zone"] = "America/Montreal"; },
       [](Json& whole) { whole["time_zone"] = "Mars/Olympus"; }, "time_zone malformed"},
      {"statuses", "StatusesDefined", [](Json& whole) { whole["statuses"][0]["colour"] = "#010203"; },
       [](Json& whole) { whole["statuses"][0]["colour"] = "red"; }, "statuses[0].colour malformed"},
      {"priorities", "PrioritiesDefined", [](Json& whole) { whole["priorities"][1]["colour"] = "#010203"; },
       [](Json& whole) { whole.erase("on_open"); }, "on_open required"},
      {"sla", "SlaTargetsDefined", [](Json& whole) { whole["targets"] = Json::array(); },
       [](Json& whole) {
         whole["targets"].push_back({{"priority", "none"}});
       },
       nullptr},
  };
  for (const auto& row : rows) {
    INFO(row.area);
    const auto path = std::string("/v1/settings/") + row.area;
    const auto before = server.get(path);
    REQUIRE(before.status == 200);
    CHECK(before.header("ETag") == "\"1\"");

    const auto same = server.put(path, before.body, {{"If-Match", "\"1\""}});
    INFO(same.text);
    REQUIRE(same.status == 200);
    CHECK(same.body["events"].empty());
    CHECK(same.header("ETag") == "\"1\"");

    auto spoiled = before.body;
    row.spoil(spoiled);
    const auto refused = server.put(path, spoiled);
    CHECK(refused.status == 422);
    if (row.faults) CHECK(refused.faults() == row.faults);

    auto edited = before.body;
    row.edit(edited);
    const auto put = server.put(path, edited);
    INFO(put.text);
    REQUIRE(put.status == 200);
    CHECK(put.body["events"][0]["type"] == row.event);
    CHECK(server.get(path).body == edited);
    CHECK(server.get(path).header("ETag") == "\"2\"");
    CHECK(server.put(path, edited, {{"If-Match", "\"1\""}}).status == 412);
  }
  CHECK(server.get("/v1/settings/none").code() == "unknown_route");
}

TEST_CASE("a new status counts for the very next command") {
  const Server server;
  auto statuses = server.get("/v1/settings/statuses").body;
  auto status = statuses["statuses"][1];
  status["key"] = "triage";
  statuses["statuses"].push_back(status);
  const auto number = server.open_ticket();
  const auto path = "/v1/tickets/" + number + "/change-status";
  CHECK(server.post(path, {{"status", "triage"}}).faults() == "status unknown_status");
  REQUIRE(server.put("/v1/settings/statuses", statuses).status == 200);
  CHECK(server.post(path, {{"status", "triage"}}).status == 200);
}
