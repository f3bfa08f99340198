// The settings that let contradicting help pages both come true (C1 to C12 of docs/features.md):
// each is turned and both behaviours are seen.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

Headers agent(const Server& server, const char* role = "agent") {
  return acting_as("agent/" + server.create("agents", {{"display_name", role}, {"role", role}, {"assignable", true}}));
}

std::string id_of(const Headers& who) { return who.find("Greffe-Act-As")->second.substr(6); }

std::vector<std::string> numbers(const Server& server, const std::string& query, const Headers& who = {}) {
  std::vector<std::string> all;
  const auto reply = server.get_now("/v1/tickets?" + query, who);
  for (const auto& row : reply.body["items"]) all.push_back(row["number"]);
  return all;
}
using Numbers = std::vector<std::string>;

// The decisions about telling somebody of that event: "client always", "assignee not_chosen".
std::vector<std::string> told(const Server& server, const std::string& number, const std::string& event) {
  std::vector<std::string> all;
  const auto reply = server.get_now("/v1/tickets/" + number + "/notices?limit=200");
  for (const auto& entry : reply.body["items"]) {
    if (entry["data"]["event"] != event) continue;
    for (const auto& one : entry["data"]["notices"]) {
      all.push_back(one["audience"].get<std::string>() + " " + one["reason"].get<std::string>());
    }
  }
  return all;
}

}  // namespace

TEST_CASE("C1: numbers begin with the date or follow any pattern, and none is ever given twice") {
  Server server;
  server.set("handling", {{"deletion", "tombstone"}});
  const auto first = server.open_ticket();
  CHECK(first == "2502280001");
  // Neither a merged nor a deleted ticket's number comes back.
  const auto second = server.open_ticket();
  server.change(second, "merge", {{"into", first}});
  const auto third = server.open_ticket();
  server.change(third, "delete", {{"reason", "x"}});
  CHECK(server.open_ticket() == "2502280004");
  // 23:30 in Paris is still the same day, half an hour later is the next.
  server.clock.advance(Milliseconds(12 * 3'600'000 + 30 * 60'000));
  CHECK(server.open_ticket() == "2502280005");
  server.clock.advance(Milliseconds(30 * 60'000));
  CHECK(server.open_ticket() == "2503010001");
  server.set("numbering",
             {{"formats", {{{"kinds", {"internal"}}, {"pattern", "MI-{seq:1}"}}, {{"pattern", "T{seq:3}"}}}}});
  CHECK(server.open_ticket() == "T001");
  for (int i = 1; i <= 9; ++i) server.open_ticket({{"title", "t"}, {"kind", "internal"}});
  CHECK(server.open_ticket({{"title", "t"}, {"kind", "internal"}}) == "MI-10");
  CHECK(server.put("/v1/settings/numbering", {{"formats", {{{"pattern", "T"}}}}}).status == 422);
}

TEST_CASE("C2: the due date is frozen or edited as the setting says, the estimate is always free while open") {
  const Server server;
  const auto worker = agent(server), chief = agent(server, "supervisor");
  const Json due = {{"due_at", "2025-03-05T17:00:00Z"}};
  const auto number = server.open_ticket({{"title", "t"}, {"due_at", "2025-03-04T17:00:00Z"}});
  struct {
    const char* edit;
    bool by_agent, by_supervisor;
  } const rows[] = {{"never", false, false}, {"supervisor", false, true}, {"agent", true, true}};
  for (const auto& row : rows) {
    INFO(row.edit);
    server.set("handling", {{"due_edit", row.edit}});
    for (const auto& [who, may] : {std::pair{worker, row.by_agent}, std::pair{chief, row.by_supervisor}}) {
      auto dry = who;
      dry.emplace("Prefer", "dry-run");
      const auto answer = server.command(number, "set-due-date", due, dry);
      CHECK(answer.code() == (may ? "" : "due_date_frozen"));
    }
    CHECK(
        server
            .command(number, "set-estimated-resolution", {{"estimated_resolution_at", "2025-03-03T12:00:00Z"}}, worker)
            .status == 200);
  }
  // Of manually created tickets only.
  const Json by_mail = {{"title", "t"}, {"channel", "email"}, {"due_at", "2025-03-04T17:00:00Z"}};
  CHECK(server.post("/v1/tickets", by_mail).code() == "due_date_not_allowed");
  server.set("opening", {{"due_channels", {"manual", "email"}}});
  CHECK(server.post("/v1/tickets", by_mail).status == 201);
}

TEST_CASE("C3: who is told is a matrix of event and audience, always, by the ticket or never, refusals recorded too") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  const auto anna = agent(server);
  const auto rule = [](const char* audience, const char* mode) -> Json {
    return {{"event", "priority_changed"}, {"audience", audience}, {"mode", mode}};
  };
  const auto number =
      server.open_ticket({{"title", "t"}, {"contact", jeanne}, {"assignee", id_of(anna)}, {"notify_client", false}});
  const auto turn = [&](const Json& rules, const char* priority) {
    server.set("notifications", {{"rules", rules}});
    const auto before = told(server, number, "priority_changed").size();
    server.change(number, "change-priority", {{"priority", priority}});
    const auto all = told(server, number, "priority_changed");
    return all.size() - before;
  };
  CHECK(turn(Json::array(), "high") == 0);
  CHECK(turn({rule("client", "always"), rule("assignee", "never"), rule("watchers", "per_ticket")}, "low") == 3);
  const auto decided = server.get_now("/v1/tickets/" + number + "/notices").body["items"][0]["data"];
  CHECK("\"" + decided["policy_version"].dump() + "\"" == server.get("/v1/settings/notifications").header("ETag"));
  CHECK(told(server, number, "priority_changed") == Numbers{"client always", "assignee never", "watchers not_chosen"});
  server.change(number, "set-notifications", {{"notify_client", true}});
  CHECK(turn(Json::array({rule("client", "per_ticket")}), "critical") == 1);
}

TEST_CASE("C4: deletion is impossible, or a tombstone that leaves all lists, is restored and keeps its history") {
  const Server server;
  const auto number = server.open_ticket();
  CHECK(server.command(number, "delete", {{"reason", "spam"}}).code() == "deletion_not_allowed");
  server.set("handling", {{"deletion", "tombstone"}});
  CHECK(server.command(number, "delete").faults() == "reason required");
  server.change(number, "delete", {{"reason", "spam"}});
  for (const char* view : {"open", "closed", "all", "unassigned"}) {
    CHECK(numbers(server, std::string("view=") + view).empty());
  }
  const auto auditor = agent(server, "auditor");
  const auto history = server.get_now("/v1/tickets/" + number + "/events", auditor).body["items"];
  CHECK(history.back()["type"] == "TicketDeleted");
  CHECK(history.back()["data"]["reason"] == "spam");
  server.change(number, "restore");
  CHECK(numbers(server, "view=open") == Numbers{number});
}

TEST_CASE("C5: statuses are data, three or six of them, while rules and lists know their categories only") {
  const Server server;
  auto statuses = server.get("/v1/settings/statuses").body;
  auto extra = statuses["statuses"][0];
  const auto number = server.open_ticket();
  for (const auto& [category, view] :
       {std::pair{"new", "open"}, std::pair{"open", "open"}, std::pair{"pending", "open"}, std::pair{"on_hold", "open"},
        std::pair{"closed", "closed"}}) {
    INFO(category);
    extra["key"] = std::string("my_") + category;
    extra["category"] = category;
    statuses["statuses"].push_back(extra);
    REQUIRE(server.put("/v1/settings/statuses", statuses).status == 200);
    server.change(number, "change-status", {{"status", extra["key"]}});
    CHECK(numbers(server, std::string("view=") + view) == Numbers{number});
    CHECK(server.detail(number)["status"]["category"] == category);
  }
  // A status's category is what it was when the ticket got it.
  statuses["statuses"].back()["category"] = "open";
  REQUIRE(server.put("/v1/settings/statuses", statuses).status == 200);
  CHECK(numbers(server, "view=closed") == Numbers{number});
  statuses["statuses"].back()["category"] = "merged";
  REQUIRE(server.put("/v1/settings/statuses", statuses).status == 200);
  // Merging and deleting have commands of their own.
  CHECK(server.command(number, "change-status", {{"status", extra["key"]}}).faults() == "status status_not_settable");
}

TEST_CASE("C6: three axes with names of their own, a tree and two flat ones, on or off, and the team beside them") {
  const Server server;
  auto taxonomy = server.get("/v1/settings/taxonomy").body;
  const Json all = {{"title", "t"}, {"category", {"a", "b"}}, {"request_type", "r"}, {"group", "g"}};
  CHECK(server.post("/v1/tickets", all).status == 201);
  const std::pair<const char*, const char*> off[] = {{"category", "category unknown_category"},
                                                     {"request_type", "request_type unknown_value"},
                                                     {"group", "group unknown_value"}};
  for (const auto& [axis, fault] : off) {
    INFO(axis);
    auto changed = taxonomy;
    changed[axis]["enabled"] = false;
    changed[axis]["labels"] = {{{"language", "fr"}, {"text", "Mon axe"}}, {{"language", "en"}, {"text", "My axis"}}};
    REQUIRE(server.put("/v1/settings/taxonomy", changed).status == 200);
    CHECK(server.get("/v1/settings/taxonomy").body[axis]["labels"][1]["text"] == "My axis");
    const auto refused = server.post("/v1/tickets", all);
    CHECK(refused.status == 422);
    CHECK(refused.faults() == fault);
  }
  REQUIRE(server.put("/v1/settings/taxonomy", taxonomy).status == 200);
  const auto team = server.create("teams", {{"display_name", "Network"}});
  auto with_team = all;
  with_team["team"] = team;
  const auto ticket = server.detail(server.open_ticket(with_team));
  CHECK(ticket["group"] == "g");
  CHECK(ticket["team"]["name"] == "Network");
}

TEST_CASE("C7: a closed ticket takes no change, a new classification, or every change") {
  const Server server;
  struct {
    const char* edit;
    bool classified, renamed;
  } const rows[] = {{"none", false, false}, {"reclassify", true, false}, {"all", true, true}};
  for (const auto& row : rows) {
    INFO(row.edit);
    server.set("handling", {{"closed_edit", row.edit}});
    const auto number = server.open_ticket();
    server.change(number, "close");
    CHECK(server.command(number, "classify", {{"category", {"x"}}}).code() == (row.classified ? "" : "ticket_closed"));
    CHECK(server.command(number, "rename", {{"title", "x"}}).code() == (row.renamed ? "" : "ticket_closed"));
    // A message is no edit: it is stored, or reopens, as the policy of follow-ups says.
    CHECK(server.command(number, "post-message", {{"body", "thanks"}}).status == 200);
  }
}

TEST_CASE("C8: a claim needs a free ticket, taking over does not, and an answer may need a claim") {
  const Server server;
  const auto anna = agent(server), bruno = agent(server);
  const auto number = server.open_ticket();
  server.change(number, "claim", Json::object(), anna);
  CHECK(server.command(number, "claim", Json::object(), bruno).code() == "already_assigned");
  server.change(number, "take-over", Json::object(), bruno);
  CHECK(server.detail(number)["assignee"]["id"] == id_of(bruno));

  const Json hello = {{"body", "hello"}};
  const auto answer = [&](const char* strictness) {
    server.set("handling", {{"claim_before_reply", strictness}});
    const auto unclaimed = server.open_ticket();
    const auto code = server.command(unclaimed, "post-message", hello, anna).code();
    return std::pair(code, server.detail(unclaimed)["needs_look"].get<bool>());
  };
  CHECK(answer("off") == std::pair<std::string, bool>("", false));
  CHECK(answer("warn") == std::pair<std::string, bool>("", true));
  CHECK(answer("refuse") == std::pair<std::string, bool>("claim_required", false));

  const auto assignee = [&] {
    return server.detail(server.post("/v1/tickets", {{"title", "t"}}, anna).body["number"]);
  };
  CHECK(assignee()["assignee"].is_null());
  server.set("opening", {{"auto_assign_creator", true}});
  CHECK(assignee()["assignee"]["id"] == id_of(anna));
  server.set("opening", {{"mandatory", {{{"required", {"assignee"}}}}}});
  CHECK(server.post("/v1/tickets", {{"title", "t"}}).faults() == "assignee required");
}

TEST_CASE("C9: an internal message may name recipients outside, which is recorded, and is never on the portal") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const Json outside = {{{"email", "expert@example.org"}}};
  CHECK(server.command(number, "post-message", {{"body", "x"}, {"visibility", "public"}, {"to", outside}}).faults() ==
        "to not_one_of");
  server.change(number, "post-message", {{"body", "secret"}, {"visibility", "internal"}});
  server.change(number, "post-message", {{"body", "secret"}, {"visibility", "internal"}, {"to", outside}});
  int disclosed = 0;
  const auto reply = server.get_now("/v1/tickets/" + number + "/events");
  for (const auto& event : reply.body["items"]) {
    disclosed += event["type"] == "MessageDisclosed" ? 1 : 0;
  }
  CHECK(disclosed == 1);
  const auto portal = acting_as("contact/" + jeanne);
  CHECK(server.get_now("/v1/tickets/" + number + "/timeline", portal).text.find("secret") == std::string::npos);
  CHECK(server.get_now("/v1/search?q=secret", portal).body["items"].empty());
}

TEST_CASE("C10: mine is what I have, what I am in copy of and what I opened, each of them by the setting") {
  const Server server;
  const auto anna = agent(server);
  const auto has = server.open_ticket({{"title", "t"}, {"assignee", id_of(anna)}});
  const auto copy = server.open_ticket({{"title", "t"}, {"copies", {{{"agent", id_of(anna)}}}}});
  const std::string opened = server.post("/v1/tickets", {{"title", "t"}}, anna).body["number"];
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {id_of(anna)}}});
  const auto of_team = server.open_ticket({{"title", "t"}, {"team", team}});
  const auto mine = [&] { return numbers(server, "view=mine-open&sort=number", anna); };
  CHECK(mine() == Numbers{has, copy, opened});
  CHECK(numbers(server, "view=team-open", anna) == Numbers{of_team});
  server.set("handling", {{"mine_copy", false}});
  CHECK(mine() == Numbers{has, opened});
  server.set("handling", {{"mine_creator", false}});
  CHECK(mine() == Numbers{has});
  server.set("handling", {{"mine_assignee", false}, {"mine_copy", true}});
  CHECK(mine() == Numbers{copy});
}

TEST_CASE("C11: a contact is mandatory, optional or asked of some kinds only, as the mandatory fields say") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto opens = [&](const char* kind, bool with_contact) {
    Json body = {{"title", "t"}, {"kind", kind}};
    if (with_contact) body["contact"] = jeanne;
    const auto reply = server.post("/v1/tickets", body);
    return reply.status == 201 ? "opened" : reply.faults();
  };
  CHECK(opens("external", false) == "opened");
  server.set("opening", {{"mandatory", {{{"kinds", {"external"}}, {"required", {"contact"}}}}}});
  CHECK(opens("external", false) == "contact required");
  CHECK(opens("external", true) == "opened");
  CHECK(opens("internal", false) == "opened");
  server.set("opening", {{"mandatory", {{{"required", {"contact"}}}}}});
  CHECK(opens("internal", false) == "contact required");
}

TEST_CASE("C12: a ticket is closed by anybody of the desk, by its team, or by who has it") {
  const Server server;
  const auto anna = agent(server), bruno = agent(server), carla = agent(server);
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {id_of(anna), id_of(bruno)}}});
  const auto number = server.open_ticket({{"title", "t"}, {"team", team}, {"assignee", id_of(anna)}});
  const auto may = [&](Headers who) {
    who.emplace("Prefer", "dry-run");
    return server.command(number, "close", Json::object(), who).status == 200;
  };
  struct {
    const char* scope;
    bool anna, bruno, carla;
  } const rows[] = {{"any", true, true, true}, {"team", true, true, false}, {"assignee", true, false, false}};
  for (const auto& row : rows) {
    INFO(row.scope);
    server.set("handling", {{"close_scope", row.scope}});
    CHECK(may(anna) == row.anna);
    CHECK(may(bruno) == row.bruno);
    CHECK(may(carla) == row.carla);
  }
}
