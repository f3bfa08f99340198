// What a batch did is taken back, wholly or not at all.
#include <catch2/catch.hpp>

#include "tests/http_bulk.h"

using namespace greffe;
using namespace greffe::test;

TEST_CASE("what a batch did is taken back by commands that put every ticket where it was") {
  Server server;
  server.set("handling", {{"deletion", "tombstone"}});
  const auto anna = server.create_agent("Anna");
  const auto bruno = server.create_agent("Bruno");
  const auto team = server.create("teams", {{"display_name", "Network"}});
  const auto root = server.open_ticket();
  struct {
    const char* command;
    Json body;
    const char* member;
  } const rows[] = {
      {"rename", {{"title", "New"}}, "title"},
      {"change-priority", {{"priority", "critical"}}, "priority"},
      {"classify", {{"category", {"Incident"}}, {"group", "g"}}, "category"},
      {"assign", {{"assignee", anna}}, "assignee"},
      {"unassign", Json::object(), "assignee"},
      {"move-to-team", {{"team", team}}, "team"},
      {"change-status", {{"status", "pending"}}, "status"},
      {"close", {{"resolution", "x"}}, "status"},
      {"set-estimated-resolution", {{"estimated_resolution_at", "2025-03-01T00:00:00Z"}}, "estimated_resolution_at"},
      {"add-watcher", {{"kind", "email"}, {"watcher", {{"email", "a@b.c"}}}}, "watchers"},
      {"add-todo", {{"text", "x"}}, "todos"},
      {"link-context", {{"type", "invoice"}, {"label", "7"}}, "contexts"},
      {"link-ticket", {{"type", "depends_on"}, {"other", root}}, "links"},
      {"delete", {{"reason", "x"}}, "status"},
      {"merge", {{"into", root}}, "merged_into"},
  };
  for (const auto& row : rows) {
    INFO(row.command);
    auto tickets = opened(server, 2);
    server.change(tickets[0], "assign", {{"assignee", bruno}});
    std::vector<Json> before;
    for (const auto& number : tickets) before.push_back(server.detail(number)[row.member]);
    const auto done = bulk(server, tickets, row.command, row.body);
    INFO(done.text);
    REQUIRE(statuses(done) == std::vector<int>{200, 200});
    CHECK((server.detail(tickets[0])[row.member] != before[0] || server.detail(tickets[1])[row.member] != before[1]));
    const auto undone = undo(server, done);
    INFO(undone.text);
    REQUIRE(undone.status == 200);
    CHECK(undone.body["batch_id"] != done.body["batch_id"]);
    for (const auto& result : undone.body["results"]) CHECK(result["status"] == 200);
    for (std::size_t i = 0; i < tickets.size(); ++i) CHECK(server.detail(tickets[i])[row.member] == before[i]);
    // Undone is a batch as well, hence it can be undone; not twice the same.
    CHECK(undo(server, done).code() == "not_undoable");
  }
}

TEST_CASE("a context that a batch linked once more is taken back to what it was") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto link = [](const char* url) -> Json { return {{"type", "invoice"}, {"label", "7"}, {"url", url}}; };
  server.change(tickets[0], "link-context", link("https://erp/old"));
  const auto done = bulk(server, tickets, "link-context", link("https://erp/new"));
  REQUIRE(statuses(done) == std::vector<int>{200, 200});
  for (const auto& number : tickets) {
    const auto contexts = server.detail(number)["contexts"];
    REQUIRE(contexts.size() == 1);
    CHECK(contexts[0]["link"] == 1);
    CHECK(contexts[0]["url"] == "https://erp/new");
  }
  REQUIRE(undo(server, done).status == 200);
  CHECK(server.detail(tickets[1])["contexts"].empty());
  const auto back = server.detail(tickets[0])["contexts"];
  REQUIRE(back.size() == 1);
  CHECK(back[0]["url"] == "https://erp/old");

  // Not over what somebody else linked since.
  const auto other = bulk(server, tickets, "link-context", link("https://erp/third"));
  server.change(tickets[0], "link-context", link("https://erp/fourth"));
  CHECK(undo(server, other).code() == "not_undoable");
  CHECK(server.detail(tickets[0])["contexts"][0]["url"] == "https://erp/fourth");
}

TEST_CASE("a closing taken back leaves a look only where there was one") {
  const Server server;
  const auto tickets = opened(server, 3);
  for (const auto& number : tickets) server.change(number, "add-todo", {{"text", "x"}});
  server.change(tickets[1], "close");
  server.change(tickets[1], "reopen");
  REQUIRE(server.detail(tickets[1])["needs_look"] == true);
  const auto done = bulk(server, tickets, "close");
  for (const auto& number : tickets) CHECK(server.detail(number)["needs_look"] == true);
  // Somebody writes to one meanwhile: that calls for a look whatever becomes of the closing.
  server.change(tickets[2], "post-message", {{"body", "out of office"}, {"automatic", true}});
  const Headers key = {{"Idempotency-Key", "undo"}};
  const auto undone = undo(server, done, key);
  INFO(undone.text);
  REQUIRE(undone.status == 200);
  for (const auto& result : undone.body["results"]) CHECK(result["status"] == 200);
  CHECK(server.detail(tickets[0])["needs_look"] == false);
  CHECK(server.detail(tickets[1])["needs_look"] == true);
  CHECK(server.detail(tickets[2])["needs_look"] == true);
  const auto tail = server.log->tail();
  CHECK(undo(server, done, key).body["results"].size() == undone.body["results"].size());
  CHECK(server.log->tail() == tail);
  // A reopening taken back closes again what has open to-dos.
  const auto other = opened(server, 1);
  server.change(other[0], "add-todo", {{"text", "x"}});
  server.change(other[0], "close");
  server.change(other[0], "dismiss-look");
  REQUIRE(undo(server, bulk(server, other, "reopen")).status == 200);
  CHECK(server.detail(other[0])["status"]["key"] == "closed");
  CHECK(server.detail(other[0])["needs_look"] == false);
}

TEST_CASE("a cascade of closings taken back opens every ticket in its old status, and asks for no look") {
  for (const char* policy : {"notify_parent_assignee", "reopen_parent"}) {
    INFO(policy);
    const Server server;
    server.set("relations", {{"close_parent", "cascade"}, {"child_reopened", policy}});
    const auto top = server.open_ticket();
    const std::string child = server.change(top, "open-sub-ticket", {{"title", "part"}}).body["number"];
    const std::string below = server.change(child, "open-sub-ticket", {{"title", "part"}}).body["number"];
    for (const auto& number : {top, child}) server.change(number, "change-status", {{"status", "pending"}});
    const auto done = bulk(server, {top}, "close");
    REQUIRE(server.detail(below)["status"]["category"] == "closed");
    const auto undone = undo(server, done);
    INFO(undone.text);
    REQUIRE(undone.status == 200);
    CHECK(server.detail(top)["status"]["key"] == "pending");
    CHECK(server.detail(child)["status"]["key"] == "pending");
    CHECK(server.detail(below)["status"]["key"] == "new");
    for (const auto& number : {top, child, below}) CHECK(server.detail(number)["needs_look"] == false);
  }
}

TEST_CASE("a closing or deletion taken back leaves a parent that stayed closed as it was") {
  const Server server;
  server.set("relations", {{"close_parent", "warn"}});
  server.set("handling", {{"deletion", "tombstone"}});
  const auto top = server.open_ticket();
  const std::string child = server.change(top, "open-sub-ticket", {{"title", "part"}}).body["number"];
  server.change(top, "close");
  server.change(top, "dismiss-look");
  REQUIRE(undo(server, bulk(server, {child}, "close")).status == 200);
  CHECK(server.detail(child)["status"]["category"] == "new");
  CHECK(server.detail(top)["needs_look"] == false);
  REQUIRE(undo(server, bulk(server, {child}, "delete", {{"reason", "x"}})).status == 200);
  CHECK(server.detail(top)["needs_look"] == false);
}

TEST_CASE("a closing taken back gives the ticket to whom it had, where reopening lets go of them") {
  const Server server;
  server.set("reopening", {{"keep_assignee", false}});
  const auto anna = server.create_agent("Anna");
  const auto gone = server.create_agent("Gone");
  const auto tickets = opened(server, 3);
  server.change(tickets[0], "assign", {{"assignee", anna}});
  server.change(tickets[1], "assign", {{"assignee", gone}});
  const auto done = bulk(server, tickets, "close");
  server.post("/v1/agents/" + gone + "/change", {{"assignable", false}});
  const auto undone = undo(server, done);
  INFO(undone.text);
  REQUIRE(undone.status == 200);
  for (const auto& result : undone.body["results"]) CHECK(result["status"] == 200);
  CHECK(server.detail(tickets[0])["assignee"]["id"] == anna);
  CHECK(server.detail(tickets[1])["assignee"].is_null());
  CHECK(server.detail(tickets[2])["assignee"].is_null());
}

TEST_CASE("a batch that cannot be taken back wholly is not taken back at all") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto messages = bulk(server, tickets, "post-message", {{"body", "x"}});
  auto refused = undo(server, messages);
  CHECK(refused.status == 409);
  CHECK(refused.code() == "not_undoable");
  REQUIRE(refused.body["steps"].size() == 2);
  CHECK(refused.body["steps"][0]["type"] == "MessagePosted");
  CHECK(refused.body["steps"][0]["reason"] == "no_inverse");

  const auto renamed = bulk(server, tickets, "rename", {{"title", "New"}});
  server.change(tickets[1], "rename", {{"title", "Newer"}});
  const auto tail = server.log->tail();
  refused = undo(server, renamed);
  CHECK(refused.code() == "not_undoable");
  REQUIRE(refused.body["steps"].size() == 1);
  CHECK(refused.body["steps"][0]["number"] == tickets[1]);
  CHECK(refused.body["steps"][0]["reason"] == "changed_since");
  CHECK(server.log->tail() == tail);
  // What the rules refuse by now is found before anything is done.
  const auto classed = bulk(server, tickets, "classify", {{"group", "g"}});
  server.change(tickets[0], "close");
  refused = undo(server, classed);
  CHECK(refused.code() == "not_undoable");
  REQUIRE(refused.body["steps"].size() == 1);
  CHECK(refused.body["steps"][0]["reason"] == "ticket_closed");
  CHECK(server.post("/v1/batches/1.00/undo").code() == "batch_not_found");
  CHECK(server.post("/v1/batches/nonsense/undo").code() == "batch_not_found");
}

TEST_CASE("an undoing sent again with its key answers the same") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto renamed = bulk(server, tickets, "rename", {{"title", "New"}});
  const Headers key = {{"Idempotency-Key", "undo-once"}};
  const auto first = undo(server, renamed, key);
  REQUIRE(first.status == 200);
  const auto again = undo(server, renamed, key);
  CHECK(again.status == 200);
  CHECK(again.body["batch_id"] == first.body["batch_id"]);
  CHECK(again.body["results"][0]["repeated"] == true);
}

TEST_CASE("undoing gives a party and a context back as they were, and can be undone itself") {
  const Server server;
  const auto paul = server.create("contacts", {{"display_name", "Paul"}});
  const auto rosa = server.create("contacts", {{"display_name", "Rosa"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", paul}});
  server.change(number, "link-context", {{"type", "invoice"}, {"label", "F1"}});
  server.change(number, "link-context", {{"type", "invoice"}, {"label", "F2"}});
  const auto before = server.detail(number);
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  REQUIRE(server.post("/v1/contacts/" + paul + "/change", {{"organisation", house}}).status == 200);
  const auto linked = bulk(server, {number}, "link-contact", {{"contact", rosa}});
  REQUIRE(undo(server, linked).status == 200);
  CHECK(server.detail(number)["organisation"].is_null());
  CHECK(server.detail(number)["contact"]["id"] == paul);
  const auto moved =
      bulk(server, {number}, "link-context", {{"type", "invoice"}, {"label", "F1"}, {"url", "https://erp.example/F1"}});
  CHECK(server.detail(number)["contexts"][0]["url"] == "https://erp.example/F1");
  const auto undone = undo(server, moved);
  REQUIRE(undone.status == 200);
  CHECK(server.detail(number)["contexts"] == before["contexts"]);
  REQUIRE(undo(server, undone).status == 200);
  CHECK(server.detail(number)["contexts"][0]["url"] == "https://erp.example/F1");
}
