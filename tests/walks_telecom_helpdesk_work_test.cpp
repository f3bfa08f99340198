// The fifth help page, under the profile "telecom-helpdesk": what stands on a ticket and what is
// configured and measured.
#include <map>

#include "tests/walks_telecom_helpdesk.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("telecom-helpdesk: the upper part has the client's data: name, company, how to reach them") {
  const Operator desk;
  const auto client = desk.ticket(desk.at("opened"), desk.nora)["client"];
  CHECK(client["contact"]["name"] == "Lucie Roy");
  CHECK(client["contact"]["email"] == "lucie@roy.example");
  CHECK(client["contact"]["phone"] == "+33 3 00 00 00 00");
  CHECK(client["organisation"]["name"] == "Boulangerie Roy");
}

TEST_CASE("telecom-helpdesk: the upper part has the dates of opening and of resolution") {
  Operator desk;
  const auto number = desk.at("answered");
  CHECK(desk.ticket(number)["first_closed_at"].is_null());
  desk.clock.advance(Milliseconds(60'000));
  desk.change(number, "close", Json::object(), acting_as(desk.nora));
  const auto ticket = desk.ticket(number);
  CHECK(ticket["opened_at"] == "2025-02-28T10:00:00Z");
  CHECK(ticket["first_closed_at"] == "2025-02-28T10:01:00Z");
  CHECK(ticket["last_closed_at"] == "2025-02-28T10:01:00Z");
}

TEST_CASE("telecom-helpdesk: the additional contact is one more address for the notifications") {
  const Operator desk;
  const auto number = desk.at("handling");
  desk.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "accounts@roy.example"}}}},
              acting_as(desk.nora));
  CHECK(desk.ticket(number)["watchers"][0]["watcher"]["email"] == "accounts@roy.example");
  desk.change(number, "change-status", {{"status", "reported"}}, acting_as(desk.nora));
  const auto decided = desk.decisions(number).back();
  CHECK(decided["event"] == "status_changed");
  REQUIRE(decided["notices"].size() == 2);
  CHECK(decided["notices"][1]["audience"] == "watchers");
  CHECK(decided["notices"][1]["recipients"][0]["email"] == "accounts@roy.example");
}

TEST_CASE("telecom-helpdesk: priority, category, status and estimated date of resolution are adjusted at any time") {
  const Operator desk;
  for (const char* step : {"opened", "handling", "reported", "answered"}) {
    INFO(step);
    const auto number = desk.at(step);
    desk.change(number, "change-priority", {{"priority", "high"}}, acting_as(desk.nora));
    desk.change(number, "classify", {{"category", {"internet"}}}, acting_as(desk.nora));
    desk.change(number, "set-estimated-resolution", {{"estimated_resolution_at", "2025-03-03T12:00:00Z"}},
                acting_as(desk.nora));
    const auto ticket = desk.ticket(number);
    CHECK(ticket["priority"]["label"] == "Haute");
    CHECK(ticket["category"] == Json::array({"internet"}));
    CHECK(ticket["estimated_resolution_at"] == "2025-03-03T12:00:00Z");
    CHECK(desk.offers(number, "change-status", desk.nora));
  }
}

TEST_CASE("telecom-helpdesk: any change of these fields tells the client by itself") {
  const Operator desk;
  struct {
    const char* command;
    Json body;
    const char* told;
  } const changes[] = {
      {"change-priority", {{"priority", "high"}}, "priority_changed"},
      {"classify", {{"category", {"internet"}}}, "classified"},
      {"change-status", {{"status", "reported"}}, "status_changed"},
      {"set-estimated-resolution", {{"estimated_resolution_at", "2025-03-03T12:00:00Z"}}, "estimate_changed"},
  };
  const auto number = desk.at("handling");
  // It is not the ticket's choice.
  desk.change(number, "set-notifications", {{"notify_client", false}}, acting_as(desk.nora));
  for (const auto& change : changes) {
    INFO(change.command);
    desk.change(number, change.command, change.body, acting_as(desk.nora));
    const auto decided = desk.decisions(number).back();
    CHECK(decided["event"] == change.told);
    CHECK(decided["notices"][0]["audience"] == "client");
    CHECK(decided["notices"][0]["sent"] == true);
  }
}

TEST_CASE("telecom-helpdesk: the levels of priority are defined") {
  const Operator desk;
  const Json vital = {{"key", "vital"}, {"labels", labelled("Vitale")}, {"colour", "#ff0000"}};
  auto priorities = desk.setting("priorities")["priorities"];
  priorities.push_back(vital);
  desk.set("priorities", {{"priorities", priorities}});
  const auto number = desk.at("handling");
  desk.change(number, "change-priority", {{"priority", "vital"}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["priority"]["label"] == "Vitale");
}

TEST_CASE("telecom-helpdesk: categories order the tickets by theme") {
  const Operator desk;
  auto categories = desk.setting("taxonomy")["category"];
  categories["nodes"].push_back(
      {{"key", "fibre"}, {"parent", ""}, {"labels", labelled("Fibre")}, {"audience", Json::array()}});
  desk.set("taxonomy", {{"category", categories}});
  auto body = desk.request();
  body["category"] = {"fibre"};
  const auto number = desk.open(body, desk.nora);
  desk.open(desk.request(), desk.nora);
  CHECK(desk.numbers("view=open&category=fibre") == Texts{number});
}

TEST_CASE("telecom-helpdesk: statuses make the steps of a ticket's life one's own") {
  const Operator desk;
  auto statuses = desk.setting("statuses")["statuses"];
  for (auto& status : statuses) {
    if (status["key"] == "handling") status["next"].push_back("on_site");
  }
  statuses.push_back({{"key", "on_site"},
                      {"labels", labelled("Technicien sur place")},
                      {"colour", "#123456"},
                      {"category", "on_hold"},
                      {"next", {"answered"}},
                      {"tracks_time", true}});
  desk.set("statuses", {{"statuses", statuses}});
  const auto number = desk.at("handling");
  desk.change(number, "change-status", {{"status", "on_site"}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["status"]["label"] == "Technicien sur place");
  CHECK(desk.attempt(number, "change-status", {{"status", "reported"}}).code() == "transition_not_allowed");
}

TEST_CASE("telecom-helpdesk: the lower part has the whole history of messages and replies with the client") {
  const Operator desk;
  const auto number = desk.at("handling");
  Texts written;
  for (int i = 0; i < 30; ++i) {
    const auto& person = i % 2 == 0 ? desk.nora : desk.client;
    written.push_back("Message " + std::to_string(i));
    desk.change(number, "post-message", {{"body", written.back()}}, acting_as(person));
  }
  Texts read;
  for (const auto& message : desk.entries(number, "MessagePosted")) read.push_back(message["body"]);
  CHECK(read == written);
}

TEST_CASE("telecom-helpdesk: canned replies for frequent questions are written once and used again") {
  const Operator desk;
  const auto reply =
      desk.create("canned-replies", {{"title", "Greeting"},
                                     {"language", "fr"},
                                     {"body", "Bonjour {{client.name}}, au sujet de {{ticket.number}} :"}});
  for (const char* step : {"handling", "reported"}) {
    const auto number = desk.at(step);
    desk.ticket(number);
    const auto rendered =
        desk.post("/v1/canned-replies/" + reply + "/render?ticket=" + number, Json::object(), acting_as(desk.nora));
    INFO(rendered.text);
    REQUIRE(rendered.status == 200);
    CHECK(rendered.body["text"] == "Bonjour Lucie Roy, au sujet de " + number + " :");
    desk.change(number, "post-message", {{"body", rendered.body["text"]}, {"canned_reply", reply}},
                acting_as(desk.nora));
    CHECK(desk.entries(number, "MessagePosted")[0]["canned_reply"] == reply);
  }
}

TEST_CASE("telecom-helpdesk: canned replies are configured") {
  const Operator desk;
  const auto laid_down = desk.get_now("/v1/canned-replies").body["items"].size();
  CHECK(laid_down > 0);
  const auto reply =
      desk.create("canned-replies", {{"title", "Thanks"}, {"language", "fr"}, {"body", "Merci, {{client.name}}."}});
  CHECK(desk.get_now("/v1/canned-replies").body["items"].size() == laid_down + 1);
  CHECK(desk.post("/v1/canned-replies/" + reply + "/change", {{"body", "Merci bien."}}).status == 200);
  CHECK(desk.get_now("/v1/canned-replies/" + reply).body["body"] == "Merci bien.");
  CHECK(desk.post("/v1/canned-replies/" + reply + "/change", {{"body", "{{client.age}}"}}).faults() ==
        "body.client.age unknown_variable");
}

TEST_CASE("telecom-helpdesk: the time spent on each ticket is measured by the system itself") {
  Operator desk;
  const auto number = desk.at("handling");
  desk.clock.advance(Milliseconds(120'000));
  desk.change(number, "post-message", {{"body", "Looking at the line."}}, acting_as(desk.nora));
  const auto time = desk.get_now("/v1/tickets/" + number + "/time").body;
  CHECK(time["worked_ms"].get<std::int64_t>() >= 120'000);
  CHECK(time["by_agent"][0]["agent"]["name"] == "Nora");
  // Another ticket has its own time.
  CHECK(desk.get_now("/v1/tickets/" + desk.at("opened") + "/time").body["worked_ms"] == 0);
}

TEST_CASE("telecom-helpdesk: the workload of the team is followed") {
  Operator desk;
  const auto omar = desk.agent("Omar");
  desk.at("handling");
  desk.at("reported");
  desk.change(desk.at("opened"), "claim", Json::object(), acting_as(omar));
  const auto backlog = desk.get_now("/v1/reports/backlog?group_by=agent");
  INFO(backlog.text);
  REQUIRE(backlog.status == 200);
  std::map<std::string, Json> open;
  for (const auto& row : backlog.body["items"]) open[row["agent"]["name"].get<std::string>()] = row["open"];
  CHECK(open == std::map<std::string, Json>{{"Nora", 2}, {"Omar", 1}});
}

TEST_CASE("telecom-helpdesk: on request there is a contract of points") {
  const Operator desk;
  const auto contract = desk.create("contracts", {{"title", "Ten visits"}, {"organisation", desk.company}});
  CHECK(desk.post("/v1/contracts/" + contract + "/credit", {{"points", 2}}).status == 200);
  const auto number = desk.at("handling");
  desk.change(number, "spend-points", {{"contract", contract}, {"points", 2}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["points"][0]["points"] == 2);
  CHECK(desk.attempt(number, "spend-points", {{"contract", contract}, {"points", 1}}).code() == "points_insufficient");
  desk.set("points", {{"enabled", false}});
  CHECK(desk.attempt(number, "spend-points", {{"contract", contract}, {"points", 1}}).code() == "points_disabled");
}

TEST_CASE("telecom-helpdesk: on request there is a questionnaire before a ticket is opened") {
  const Operator desk;
  CHECK(desk.post("/v1/tickets", desk.request(), acting_as(desk.client)).faults() ==
        "answers.line_number required, answers.since required");
  auto body = desk.request();
  body["answers"] = {{"since", "this morning"}, {"line_number", "+33 3 00 00 00 00"}};
  const auto answers = desk.ticket(desk.open(body, desk.client))["answers"];
  REQUIRE(answers.size() == 2);
  CHECK(answers[0]["label"] == "Depuis quand le problème existe-t-il ?");
  CHECK(answers[0]["answer"] == "this morning");
}

TEST_CASE("telecom-helpdesk: on request the time spent is followed session by session") {
  Operator desk;
  const auto number = desk.at("handling");
  desk.clock.advance(Milliseconds(60'000));
  desk.change(number, "post-message", {{"body", "Looking at the line."}}, acting_as(desk.nora));
  desk.clock.advance(Milliseconds(3 * 3'600'000));
  desk.change(number, "post-message", {{"body", "It works again."}}, acting_as(desk.nora));
  const auto sessions = desk.get_now("/v1/tickets/" + number + "/time").body["sessions"];
  REQUIRE(sessions.size() == 2);
  CHECK(sessions[0]["agent"]["name"] == "Nora");
  CHECK(sessions[0]["started_at"] < sessions[1]["started_at"]);
}

TEST_CASE("telecom-helpdesk: the kinds of requests that take most time are found") {
  Operator desk;
  const auto work_on = [&](const char* category, int minutes) {
    const auto number = desk.at("handling");
    desk.change(number, "classify", {{"category", {category}}}, acting_as(desk.nora));
    desk.clock.advance(Milliseconds(minutes * 60'000));
    desk.change(number, "post-message", {{"body", "Done."}}, acting_as(desk.nora));
    desk.clock.advance(Milliseconds(3'600'000));
  };
  work_on("telephony", 3);
  work_on("internet", 9);
  work_on("telephony", 8);
  const auto report = desk.get_now("/v1/reports/time-spent?group_by=category");
  INFO(report.text);
  REQUIRE(report.status == 200);
  std::map<std::string, std::int64_t> worked_ms;
  for (const auto& row : report.body["items"]) worked_ms[row["category"].dump()] = row["worked_ms"];
  // Two minutes are counted before the first act on each.
  CHECK(worked_ms ==
        std::map<std::string, std::int64_t>{{R"(["internet"])", 11 * 60'000}, {R"(["telephony"])", 15 * 60'000}});
}

TEST_CASE("telecom-helpdesk: the time measured feeds the reports on the support's activity") {
  Operator desk;
  const auto number = desk.at("handling");
  desk.clock.advance(Milliseconds(60'000));
  desk.change(number, "post-message", {{"body", "Looking at the line."}}, acting_as(desk.nora));
  const auto of_the_ticket = desk.get_now("/v1/tickets/" + number + "/time").body["worked_ms"];
  const auto report = desk.get_now("/v1/reports/time-spent?group_by=agent");
  INFO(report.text);
  REQUIRE(report.status == 200);
  REQUIRE(report.body["items"].size() == 1);
  CHECK(report.body["items"][0]["agent"]["name"] == "Nora");
  CHECK(report.body["items"][0]["worked_ms"] == of_the_ticket);
}
