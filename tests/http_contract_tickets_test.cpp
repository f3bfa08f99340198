#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "http/command_bodies.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

TEST_CASE("opening a ticket answers 201 with its place, its version and its events") {
  const Server server;
  const auto opened = server.post("/v1/tickets", {{"title", "Printer on fire"}, {"kind", "external"}});
  REQUIRE(opened.status == 201);
  CHECK(opened.body["number"] == "2502280001");
  CHECK(opened.header("Location") == "/v1/tickets/2502280001");
  CHECK(opened.header("ETag") == "\"1\"");
  CHECK(opened.header("Content-Type") == "application/json");
  CHECK(opened.body == Json::parse(R"({"number":"2502280001","version":1,"position":"5",
                        "events":[{"type":"TicketOpened","position":"5"}]})"));
}

TEST_CASE("every command of a ticket is answered with what it appended") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto bruno = server.create_agent("Bruno");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", Json::array({anna})}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket();
  struct {
    const char* command;
    Json body;
    const char* event;
  } const rows[] = {
      {"rename", {{"title", "Printer smokes"}}, "TitleChanged"},
      {"edit-description", {{"description", "Since\nthis morning"}}, "DescriptionChanged"},
      {"claim", Json::object(), "TicketAssigned"},
      {"assign", {{"assignee", bruno}}, "TicketAssigned"},
      {"take-over", Json::object(), "TicketAssigned"},
      {"unassign", Json::object(), "TicketUnassigned"},
      {"move-to-team", {{"team", team}}, "TicketMovedToTeam"},
      {"change-status", {{"status", "pending"}}, "StatusChanged"},
      {"change-priority", {{"priority", "critical"}}, "PriorityChanged"},
      {"classify", {{"category", {"Incident", "Network"}}, {"group", "g"}}, "TicketClassified"},
      {"link-contact", {{"contact", contact}, {"organisation", nullptr}}, "ContactLinked"},
      {"post-message", {{"body", "We look at it"}, {"visibility", "internal"}}, "MessagePosted"},
      {"close", {{"resolution", "Extinguished"}}, "TicketClosed"},
      {"reopen", {{"reason", "It burns again"}}, "TicketReopened"},
  };
  int version = 1;
  for (const auto& row : rows) {
    INFO(row.command);
    const auto answer = server.post("/v1/tickets/" + number + "/" + row.command, row.body, acting_as("agent/" + anna));
    INFO(answer.text);
    REQUIRE(answer.status == 200);
    ++version;
    CHECK(answer.body["number"] == number);
    CHECK(answer.body["version"] == version);
    CHECK(answer.header("ETag") == "\"" + std::to_string(version) + "\"");
    REQUIRE(answer.body["events"].size() == 1);
    CHECK(answer.body["events"][0]["type"] == row.event);
    CHECK(answer.body["events"][0]["position"] == answer.body["position"]);
  }
}

TEST_CASE("the detail shows the ticket as it stands, with the names of its people") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto house = server.create("organisations", {{"display_name", "Maison \"Dupont\""}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto number = server.open_ticket({{"title", "Élan"},
                                          {"contact", contact},
                                          {"description", "a\nb"},
                                          {"assignee", anna},
                                          {"category", {"Incident"}}});
  const auto ticket = server.get_now("/v1/tickets/" + number);
  REQUIRE(ticket.status == 200);
  CHECK(ticket.header("ETag") == "\"2\"");
  CHECK(ticket.body["number"] == number);
  CHECK(ticket.body["title"] == "Élan");
  CHECK(ticket.body["description"] == "a\nb");
  CHECK(ticket.body["status"] == Json{{"key", "new"}, {"category", "new"}});
  CHECK(ticket.body["assignee"] == Json{{"id", anna}, {"name", "Anna"}});
  CHECK(ticket.body["contact"] == Json{{"id", contact}, {"name", "Jeanne"}});
  CHECK(ticket.body["organisation"] == Json{{"id", house}, {"name", "Maison \"Dupont\""}});
  CHECK(ticket.body["team"].is_null());
  CHECK(ticket.body["category"] == Json::array({"Incident"}));
  CHECK(ticket.body["opened_at"] == "2025-02-28T10:00:00Z");
  CHECK(ticket.body["creator"]["kind"] == "administrator");
  CHECK(ticket.body["age_ms"] == 0);
  CHECK(ticket.body["position"] == std::to_string(server.log->tail().value));
  CHECK(server.get("/v1/tickets/nothing").code() == "ticket_not_found");
}

TEST_CASE("allowed actions follow the ticket and the person who acts") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto bruno = server.create_agent("Bruno", false);
  const auto number = server.open_ticket();
  const auto path = "/v1/tickets/" + number + "?min_position=" + std::to_string(server.log->tail().value);
  const auto has = [](const Reply& reply, const char* action) {
    const auto& actions = reply.body["allowed_actions"];
    return std::find(actions.begin(), actions.end(), action) != actions.end();
  };
  CHECK(has(server.get(path, acting_as("agent/" + anna)), "claim"));
  CHECK(!has(server.get(path, acting_as("agent/" + bruno)), "claim"));
  CHECK(!has(server.get(path), "claim"));
  CHECK(has(server.get(path), "close"));
  server.post("/v1/tickets/" + number + "/close");
  const auto closed = server.get_now("/v1/tickets/" + number);
  CHECK(closed.body["allowed_actions"] == Json::array({"change-status", "reopen"}));
}

TEST_CASE("every action that is allowed is accepted and every other one is refused") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto bruno = server.create_agent("Bruno");
  const auto team = server.create("teams", {{"display_name", "Network"}});
  const std::map<std::string, Json> bodies = {
      {"rename", {{"title", "New"}}},          {"edit-description", {{"description", "New"}}},
      {"assign", {{"assignee", bruno}}},       {"move-to-team", {{"team", team}}},
      {"change-status", {{"status", "open"}}}, {"change-priority", {{"priority", "critical"}}},
      {"classify", {{"group", "g"}}},          {"link-contact", {{"contact", nullptr}}},
      {"post-message", {{"body", "m"}}}};
  const Json none = Json::object();
  const auto unassigned = server.open_ticket();
  const auto hers = server.open_ticket({{"title", "t"}, {"assignee", anna}});
  const auto his = server.open_ticket({{"title", "t"}, {"assignee", bruno}});
  const auto closed = server.open_ticket();
  server.post("/v1/tickets/" + closed + "/close");
  const auto tail = std::to_string(server.log->tail().value);
  for (const auto& number : {unassigned, hers, his, closed}) {
    const auto detail = server.get("/v1/tickets/" + number + "?min_position=" + tail, acting_as("agent/" + anna));
    std::set<std::string> allowed = detail.body["allowed_actions"];
    for (const auto& body : ticket_bodies().changes) {
      auto headers = acting_as("agent/" + anna);
      headers.emplace("Prefer", "dry-run");
      const auto found = bodies.find(body.name);
      const auto answer =
          server.post("/v1/tickets/" + number + "/" + body.name, found == bodies.end() ? none : found->second, headers);
      INFO(detail.text << "\n" << body.name << ": " << answer.text);
      if (allowed.contains(body.name)) CHECK(answer.status == 200);
      // Not offered, but accepted without effect: there is nothing left to do.
      else if (answer.status == 200) CHECK(answer.body["events"].empty());
      else CHECK((answer.status == 409 || answer.status == 422));
    }
  }
}

TEST_CASE("a ticket is shown as it was at an instant of the past") {
  Server server;
  const auto number = server.open_ticket({{"title", "First"}});
  server.clock.advance(Milliseconds(60'000));
  server.post("/v1/tickets/" + number + "/rename", {{"title", "Second"}});
  const auto path = "/v1/tickets/" + number;
  CHECK(server.get_now(path).body["title"] == "Second");
  const auto past = server.get_now(path + "?as_of=2025-02-28T10:00:59Z");
  CHECK(past.body["title"] == "First");
  CHECK(past.body["version"] == 1);
  CHECK(past.body["allowed_actions"].empty());
  CHECK(past.header("ETag") == "");
  CHECK(server.get_now(path + "?as_of=2025-02-28T11:01:00%2B01:00").body["title"] == "Second");
  CHECK(server.get_now(path + "?as_of=2025-02-28T09:59:59Z").code() == "ticket_not_found");
}

TEST_CASE("the timeline and the events tell the ticket's history page by page") {
  Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  for (const char* body : {"one", "two", "three"}) {
    server.clock.advance(Milliseconds(1'000));
    server.post("/v1/tickets/" + number + "/post-message", {{"body", body}}, acting_as("agent/" + anna));
  }
  for (const std::string document : {"timeline", "events"}) {
    std::vector<std::string> types;
    std::string cursor;
    do {
      const auto page = server.get_now("/v1/tickets/" + number + "/" + document + "?limit=2&cursor=" + cursor);
      INFO(page.text);
      REQUIRE(page.status == 200);
      for (const auto& item : page.body["items"]) types.push_back(item["type"]);
      cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
    } while (!cursor.empty());
    CHECK(types == std::vector<std::string>{"TicketOpened", "MessagePosted", "MessagePosted", "MessagePosted"});
  }
  const auto last = server.get_now("/v1/tickets/" + number + "/timeline").body["items"].back();
  CHECK(last["by"] == Json{{"kind", "agent"}, {"id", anna}, {"name", "Anna"}});
  CHECK(last["actor"] == Json{{"kind", "administrator"}, {"id", nullptr}, {"name", nullptr}});
  CHECK(last["data"] == Json{{"visibility", "public"}, {"body", "three"}});
}

TEST_CASE("clocks are computed for the moment of the question") {
  Server server;
  const auto number = server.open_ticket({{"title", "t"}, {"priority", "critical"}});
  const auto clock_of = [&](const std::string& metric) {
    const auto reply = server.get_now("/v1/tickets/" + number + "/clocks");
    for (const auto& clock : reply.body["items"]) {
      if (clock["metric"] == metric) return clock;
    }
    FAIL("no clock " << metric << " in " << reply.text);
    return Json();
  };
  const auto target = clock_of("first_response")["target_ms"].get<std::int64_t>();
  REQUIRE(target > 0);
  server.clock.advance(Milliseconds(target - 1));
  CHECK(clock_of("first_response")["state"] == "running");
  CHECK(clock_of("first_response")["remaining_ms"] == 1);
  server.clock.advance(Milliseconds(2));
  CHECK(clock_of("first_response")["state"] == "breached");
  CHECK(clock_of("first_response")["remaining_ms"] == -1);
  CHECK(clock_of("first_response")["counted_ms"] == target + 1);
  CHECK(clock_of("first_response")["breached_at"].is_string());
}

TEST_CASE("time spent is summed by agent") {
  Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  for (int i = 0; i < 3; ++i) {
    server.clock.advance(Milliseconds(5 * 60'000));
    server.post("/v1/tickets/" + number + "/post-message", {{"body", "x"}}, acting_as("agent/" + anna));
  }
  const auto time = server.get_now("/v1/tickets/" + number + "/time").body;
  REQUIRE(time["by_agent"].size() == 1);
  CHECK(time["by_agent"][0]["agent"]["name"] == "Anna");
  // Two gaps of five minutes and the lead-in of two.
  CHECK(time["worked_ms"] == 12 * 60'000);
  CHECK(time["sessions"].size() == 1);
  CHECK(time["sessions"][0]["evidence_count"] == 3);
}
