#include <catch2/catch.hpp>

#include "commands/settings/settings.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

using Edit = void (*)(Json&);

Json labels(const char* text) { return {{{"language", "fr"}, {"text", text}}, {{"language", "en"}, {"text", text}}}; }

struct AreaRow {
  const char* area;
  const char* event;
  Edit edit;   // to something else that is sound
  Edit spoil;  // to something that is not
  const char* faults;
};

const AreaRow rows[] = {
    {"tenant", "TenantConfigured", [](Json& whole) { whole["time_zone"] = "America/Montreal"; },
     [](Json& whole) { whole["time_zone"] = "Mars/Olympus"; }, "time_zone malformed"},
    {"statuses", "StatusesDefined",
     [](Json& whole) {
       whole["statuses"][0]["next"] = {"open", "closed"};
       whole["statuses"][4]["tracks_time"] = false;
       whole["on_assign"] = "open";
     },
     [](Json& whole) { whole["statuses"][0]["colour"] = "red"; }, "statuses[0].colour malformed"},
    {"priorities", "PrioritiesDefined", [](Json& whole) { whole["labels"] = labels("Severity"); },
     [](Json& whole) { whole.erase("on_open"); }, "on_open required"},
    {"sla", "SlaTargetsDefined", [](Json& whole) { whole["targets"] = Json::array(); },
     [](Json& whole) {
       whole["targets"] = Json::array({{{"priority", "none"}}});
     },
     "targets[0].priority unknown_priority"},
    {"numbering", "NumberingDefined",
     [](Json& whole) {
       whole["formats"] = {{{"kinds", {"internal"}}, {"pattern", "M{seq:4}"}},
                           {{"kinds", Json::array()}, {"pattern", "T{yy}-{seq:5}"}}};
     },
     [](Json& whole) {
       whole["formats"] = {{{"pattern", "{yy}{seq:4}"}}, {{"pattern", "{seq:6}"}}};
     },
     "formats[1].pattern collides"},
    {"taxonomy", "TaxonomyDefined",
     [](Json& whole) {
       whole["category"] = {
           {"labels", Json::array()},
           {"enabled", true},
           {"open", false},
           {"nodes",
            {{{"key", "incident"},
              {"parent", ""},
              {"labels", labels("Incident")},
              {"audience", {"subscriber", "manager"}}},
             {{"key", "outage"}, {"parent", "incident"}, {"labels", labels("Outage")}, {"audience", Json::array()}}}}};
     },
     [](Json& whole) { whole["group"]["open"] = "yes"; }, "group.open wrong_type"},
    {"opening", "OpeningDefined",
     [](Json& whole) {
       whole["mandatory"] = {
           {{"kinds", {"external"}}, {"channels", Json::array()}, {"required", {"contact", "context.vehicle"}}}};
     },
     [](Json& whole) {
       whole["mandatory"] = {{{"required", {"titel"}}}};
     },
     "mandatory[0].required[0] not_one_of"},
    {"handling", "HandlingDefined", [](Json& whole) { whole["deletion"] = "tombstone"; },
     [](Json& whole) {
       whole["deletion"] = "shred";
       whole.erase("due_edit");
     },
     "deletion not_one_of, due_edit required"},
    {"reopening", "ReopeningDefined", [](Json& whole) { whole["within_days"] = 1; },
     [](Json& whole) { whole["within_days"] = 0; }, "within_days out_of_range"},
    {"relations", "RelationsDefined", [](Json& whole) { whole["close_parent"] = "cascade"; },
     [](Json& whole) { whole["depth_max"] = 11; }, "depth_max out_of_range"},
    {"notifications", "NotificationsDefined",
     [](Json& whole) {
       whole["rules"] = {{{"event", "opened"}, {"audience", "client"}, {"mode", "always"}, {"text_template", nullptr}}};
       whole["sender"] = "support@example.com";
       whole["managers"] = {"boss@example.com"};
       whole["header"] = "<p>Hello</p>";
     },
     [](Json& whole) {
       whole["rules"] = {
           {{"event", "opened"}, {"audience", "client"}, {"mode", "always"}, {"text_template", "999999"}}};
     },
     "rules[0].text_template not_found"},
    {"intake", "IntakeDefined",
     [](Json& whole) {
       whole["forms"] = {{{"kinds", Json::array()},
                          {"channels", {"portal"}},
                          {"category", ""},
                          {"questions",
                           {{{"key", "line"},
                             {"labels", labels("Line")},
                             {"kind", "choice"},
                             {"choices", {"one", "two"}},
                             {"required", true}}}}}};
     },
     [](Json& whole) {
       whole["forms"] = {{{"questions", Json::array()}}};
     },
     "forms[0].questions required"},
    {"points", "PointsDefined",
     [](Json& whole) {
       whole["enabled"] = true;
       whole["rates"] = {{{"category", "incident"}, {"points", 3}}};
     },
     [](Json& whole) { whole["points_per_ticket"] = -1; }, "points_per_ticket out_of_range"},
    {"contexts", "ContextTypesDefined",
     [](Json& whole) {
       whole["types"] = {{{"key", "invoice"},
                          {"labels", labels("Invoice")},
                          {"url_pattern", "https://erp.example/{label}"},
                          {"catalogue", false}}};
     },
     [](Json& whole) {
       whole["types"] = {{{"key", "invoice"}, {"labels", labels("Invoice")}, {"url", ""}, {"catalogue", false}}};
     },
     "types[0].url unknown_field"},
    {"attachments", "AttachmentsDefined",
     [](Json& whole) {
       whole["size_bytes_max"] = std::int64_t{1} << 40;
       whole["media_types_allowed"] = {"image/*", "text/plain"};
     },
     [](Json& whole) { whole["size_bytes_max"] = (std::int64_t{1} << 40) + 1; }, "size_bytes_max out_of_range"},
};

}  // namespace

TEST_CASE("each settings area can be read, edited and put back as it was read") {
  const Server server;
  CHECK(std::size(rows) == std::variant_size_v<SettingsEvent>);
  for (const auto& row : rows) {
    INFO(row.area);
    const auto path = std::string("/v1/settings/") + row.area;
    const auto before = server.get(path);
    REQUIRE(before.status == 200);

    // An area that was never set is written even so; then it stands as it was read.
    REQUIRE(server.put(path, before.body).status == 200);
    const auto tag = server.get(path).header("ETag");
    CHECK(tag == "\"1\"");
    const auto same = server.put(path, before.body, {{"If-Match", tag}});
    INFO(same.text);
    REQUIRE(same.status == 200);
    CHECK(same.body["events"].empty());
    CHECK(same.header("ETag") == tag);

    auto spoiled = before.body;
    row.spoil(spoiled);
    const auto refused = server.put(path, spoiled);
    CHECK(refused.status == 422);
    CHECK(refused.faults() == row.faults);

    auto edited = before.body;
    row.edit(edited);
    const auto put = server.put(path, edited);
    INFO(put.text);
    REQUIRE(put.status == 200);
    CHECK(put.body["events"][0]["type"] == row.event);
    CHECK(server.get(path).body == edited);
    CHECK(server.get(path).header("ETag") == "\"2\"");
    CHECK(server.put(path, edited, {{"If-Match", tag}}).status == 412);
  }
  CHECK(server.get("/v1/settings/none").code() == "unknown_route");
}

TEST_CASE("all areas together are what each of them is") {
  const Server server;
  auto handling = server.get("/v1/settings/handling").body;
  handling["deletion"] = "tombstone";
  REQUIRE(server.put("/v1/settings/handling", handling).status == 200);
  const auto all = server.get("/v1/settings");
  REQUIRE(all.status == 200);
  CHECK(all.body["settings"].size() == std::variant_size_v<SettingsEvent>);
  for (const auto& row : rows) {
    INFO(row.area);
    const auto one = server.get(std::string("/v1/settings/") + row.area);
    CHECK(all.body["settings"][row.area] == one.body);
    CHECK("\"" + all.body["versions"][row.area].dump() + "\"" == one.header("ETag"));
  }
  CHECK(all.body["settings"]["handling"]["deletion"] == "tombstone");
}

TEST_CASE("what may be empty may be left out, what is a choice may not") {
  const Server server;
  REQUIRE(server.put("/v1/settings/contexts", {{"open", true}}).status == 200);
  CHECK(server.get("/v1/settings/contexts").body == Json{{"open", true}, {"types", Json::array()}});
  CHECK(server.put("/v1/settings/contexts", {{"types", Json::array()}}).faults() == "open required");
  REQUIRE(server.put("/v1/settings/notifications", {{"rules", Json::array()}}).status == 200);
  CHECK(server.get("/v1/settings/notifications").body["sender"] == "");
  const Json desk = {{"event", "opened"}, {"audience", "desk"}, {"mode", "always"}};
  CHECK(server.put("/v1/settings/notifications", {{"rules", {desk}}}).faults() == "rules[0].audience not_one_of");
}

TEST_CASE("the four choices of the delays are put and read with the targets; without them, what always held holds") {
  const Server server;
  const std::string path = "/v1/settings/sla";
  const auto standard = server.get(path).body;
  CHECK(standard["inactivity_counts"] == "any");
  CHECK(standard["resolution_pause_on_hold"] == false);
  CHECK(standard["close_counts_as_response"] == true);
  CHECK(standard["resolution_on_reopen"] == "continue");
  auto wanted = standard;
  wanted["inactivity_counts"] = "public_message";
  wanted["resolution_pause_on_hold"] = true;
  wanted["close_counts_as_response"] = false;
  for (const auto* on_reopen : {"restart", "ignore"}) {
    wanted["resolution_on_reopen"] = on_reopen;
    REQUIRE(server.put(path, wanted).status == 200);
    CHECK(server.get(path).body == wanted);
  }
  auto spoiled = wanted;
  spoiled["inactivity_counts"] = "messages";
  spoiled["resolution_pause_on_hold"] = 1;
  spoiled["close_counts_as_response"] = "yes";
  spoiled["resolution_on_reopen"] = "resume";
  const auto refused = server.put(path, spoiled);
  CHECK(refused.code() == "invalid_fields");
  CHECK(refused.faults() ==
        "close_counts_as_response wrong_type, inactivity_counts not_one_of, resolution_on_reopen not_one_of, "
        "resolution_pause_on_hold wrong_type");
  CHECK(server.get(path).body == wanted);
  REQUIRE(server.put(path, {{"targets", standard["targets"]}}).status == 200);
  CHECK(server.get(path).body == standard);
}

TEST_CASE("settings are changed by administrators, and read by clients as far as they need them") {
  const Server server;
  const auto contact = acting_as("contact/" + server.create("contacts", {{"display_name", "Paul"}}));
  const auto agent = acting_as("agent/" + server.create_agent("Anne"));
  const auto handling = server.get("/v1/settings/handling").body;
  CHECK(server.put("/v1/settings/handling", handling, agent).code() == "forbidden");
  CHECK(server.put("/v1/settings/handling", handling, contact).code() == "forbidden");
  for (const auto* area : {"taxonomy", "intake", "contexts"}) {
    CHECK(server.get(std::string("/v1/settings/") + area, contact).status == 200);
  }
  CHECK(server.get("/v1/settings/notifications", contact).code() == "forbidden");
  CHECK(server.get("/v1/settings/handling", contact).code() == "forbidden");
  CHECK(server.get("/v1/settings", contact).code() == "forbidden");
  CHECK(server.get("/v1/settings/notifications", agent).status == 200);
  CHECK(server.get("/v1/settings", agent).status == 200);
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

TEST_CASE("a new number format counts for the very next ticket") {
  const Server server;
  CHECK(server.open_ticket() == "2502280001");
  const Json formats = {{{"pattern", "T{yyyy}-{seq:3}"}}};
  REQUIRE(server.put("/v1/settings/numbering", {{"formats", formats}}).status == 200);
  CHECK(server.open_ticket() == "T2025-001");
  CHECK(server.open_ticket() == "T2025-002");
}
