#include <catch2/catch.hpp>

#include <set>

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
  const auto position = std::to_string(default_areas + 1);
  CHECK(opened.body["version"] == 1);
  CHECK(opened.body["position"] == position);
  CHECK(opened.body["events"] == Json::array({{{"type", "TicketOpened"}, {"position", position}}}));
}

namespace {

// Whom and what the commands below name.
struct Named {
  std::string anna, bruno, team, contact, contract, other, child;
};

struct CommandRow {
  const char* command;
  Json body;
  const char* event;
};

// In an order in which one ticket can take them all.
std::vector<CommandRow> all_commands(const Named& desk) {
  const Json copy = {{"watcher", {{"agent", desk.bruno}}}};
  const Json vehicle = {{"type", "vehicle"}, {"label", "AB-123-CD"}, {"summary", {{{"name", "make"}, {"text", "X"}}}}};
  const Json article = {{"title", "How to"}, {"url", "https://help/1"}};
  return {
      {"rename", {{"title", "Printer smokes"}}, "TitleChanged"},
      {"edit-description", {{"description", "Since\nthis morning"}}, "DescriptionChanged"},
      {"mark-read", Json::object(), "TicketRead"},
      {"claim", Json::object(), "TicketAssigned"},
      {"assign", {{"assignee", desk.bruno}}, "TicketAssigned"},
      {"take-over", Json::object(), "TicketAssigned"},
      {"unassign", Json::object(), "TicketUnassigned"},
      {"move-to-team", {{"team", desk.team}}, "TicketMovedToTeam"},
      {"change-status", {{"status", "pending"}}, "StatusChanged"},
      {"change-priority", {{"priority", "critical"}}, "PriorityChanged"},
      {"classify", {{"category", {"Incident", "Network"}}, {"group", "g"}}, "TicketClassified"},
      {"change-origin", {{"origin", "call"}}, "OriginChanged"},
      {"change-particulars", {{"client_reference", "order 4711"}}, "ParticularsChanged"},
      {"set-due-date", {{"due_at", "2025-03-01T12:00:00+01:00"}}, "DueDateChanged"},
      {"set-estimated-resolution", {{"estimated_resolution_at", "2025-03-02T12:00:00Z"}}, "EstimatedResolutionChanged"},
      {"set-notifications", {{"notify_assignee", true}}, "NotifyChoiceChanged"},
      {"link-contact", {{"contact", desk.contact}, {"organisation", nullptr}}, "ContactLinked"},
      {"add-watcher", copy, "WatcherAdded"},
      {"remove-watcher", copy, "WatcherRemoved"},
      {"link-context", vehicle, "ContextLinked"},
      {"unlink-context", {{"link", 1}}, "ContextUnlinked"},
      {"add-todo", {{"text", "Call back"}, {"assignee", desk.anna}, {"due_at", "2025-03-01T12:00:00Z"}}, "TodoAdded"},
      {"complete-todo", {{"todo", 1}}, "TodoCompleted"},
      {"reopen-todo", {{"todo", 1}}, "TodoReopened"},
      {"add-todo", {{"text", "Write"}}, "TodoAdded"},
      {"reorder-todos", {{"todos", {2, 1}}}, "TodosReordered"},
      {"drop-todo", {{"todo", 1}}, "TodoDropped"},
      {"complete-todo", {{"todo", 2}}, "TodoCompleted"},
      {"link-article", article, "ArticleLinked"},
      {"unlink-article", {{"article", 1}}, "ArticleUnlinked"},
      {"request-intervention", {{"details", "Bring paper"}}, "InterventionRequested"},
      {"answer-intervention", {{"intervention", 1}, {"reference", "I-7"}}, "InterventionAnswered"},
      {"spend-points", {{"contract", desk.contract}, {"points", 3}}, "PointsSpent"},
      {"link-ticket", {{"type", "depends_on"}, {"other", desk.other}}, "TicketsLinked"},
      {"unlink-ticket", {{"type", "depends_on"}, {"other", desk.other}}, "TicketsUnlinked"},
      {"attach-sub-ticket", {{"child", desk.child}}, "ParentChanged"},
      {"detach-sub-ticket", {{"child", desk.child}}, "ParentChanged"},
      {"post-message", {{"body", "We look at it"}, {"visibility", "internal"}}, "MessagePosted"},
      {"close", {{"resolution", "Extinguished"}, {"notify", "no"}}, "TicketClosed"},
      {"reopen", {{"reason", "It burns again"}}, "TicketReopened"},
      {"merge", {{"into", desk.other}, {"confirm_contact_mismatch", true}}, "TicketMergedInto"},
      {"unmerge", {{"reason", "Another fire"}}, "TicketUnmerged"},
      {"delete", {{"reason", "By mistake"}}, "TicketDeleted"},
      {"restore", Json::object(), "TicketRestored"},
  };
}

}  // namespace

TEST_CASE("every command of a ticket is answered with what it appended") {
  const Server server;
  server.set("handling", {{"deletion", "tombstone"}, {"due_edit", "agent"}});
  server.set("points", {{"enabled", true}});
  Named desk;
  desk.anna = server.create_agent("Anna");
  desk.bruno = server.create_agent("Bruno");
  desk.team = server.create("teams", {{"display_name", "Network"}, {"members", Json::array({desk.anna})}});
  desk.contact = server.create("contacts", {{"display_name", "Jeanne"}});
  desk.contract = server.create("contracts", {{"title", "Gold"}, {"contact", desk.contact}});
  REQUIRE(server.post("/v1/contracts/" + desk.contract + "/credit", {{"points", 10}}).status == 200);
  desk.other = server.open_ticket();
  desk.child = server.open_ticket();
  const auto number = server.open_ticket();
  for (const auto& row : all_commands(desk)) {
    INFO(row.command << " " << row.body.dump());
    const auto answer =
        server.post("/v1/tickets/" + number + "/" + row.command, row.body, acting_as("agent/" + desk.anna));
    INFO(answer.text);
    REQUIRE(answer.status == 200);
    CHECK(answer.body["number"] == number);
    CHECK(answer.header("ETag") == "\"" + answer.body["version"].dump() + "\"");
    std::set<std::string> types;
    for (const auto& event : answer.body["events"]) types.insert(event["type"]);
    CHECK(types.contains(row.event));
    CHECK(answer.body["events"].back()["position"] == answer.body["position"]);
  }
}

TEST_CASE("a sub-ticket and a message split off are answered as the new tickets that they are") {
  const Server server;
  const auto number = server.open_ticket();
  const auto below = server.post("/v1/tickets/" + number + "/open-sub-ticket", {{"title", "Paper"}});
  INFO(below.text);
  REQUIRE(below.status == 201);
  CHECK(below.body["number"] != number);
  CHECK(below.header("Location") == "/v1/tickets/" + below.body["number"].get<std::string>());
  server.change(number, "post-message", {{"body", "And the toner"}});
  const auto split = server.post("/v1/tickets/" + number + "/split-message", {{"message", 1}, {"title", "Toner"}});
  REQUIRE(split.status == 201);
  CHECK(split.body["events"][0]["type"] == "TicketOpened");
  const auto stale =
      server.post("/v1/tickets/" + number + "/open-sub-ticket", {{"title", "x"}}, {{"If-Match", "\"1\""}});
  CHECK(stale.status == 412);
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
  CHECK(ticket.body["status"] ==
        Json{{"key", "new"}, {"category", "new"}, {"label", "Nouveau"}, {"colour", "#2f6fed"}});
  CHECK(ticket.body["priority"] == Json{{"key", "normal"}, {"rank", 1}, {"label", "Normale"}, {"colour", "#2f6fed"}});
  CHECK(ticket.body["shown_number"] == "#" + number);
  CHECK(ticket.body["client"]["contact"]["organisation"] == Json{{"id", house}, {"name", "Maison \"Dupont\""}});
  CHECK(ticket.body["points_of_contact"]["assignee"]["name"] == "Anna");
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
  CHECK(last["data"]["body"] == "three");
  CHECK(last["data"]["message"] == 3);
  CHECK(last["origin"].is_null());
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
