#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "http/command_bodies.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// Everything that a ticket can be done to has something there to be done with.
struct Desk {
  Server server;
  std::string anna, bruno, outsider, boss, auditor, team, house, jeanne, marc, contract, other, child, strangers;

  Desk() {
    server.set("points", {{"enabled", true}});
    anna = server.create_agent("Anna");
    bruno = server.create_agent("Bruno");
    outsider = server.create_agent("Otto", false);
    boss = server.create("agents", {{"display_name", "Boss"}, {"assignable", true}, {"role", "supervisor"}});
    auditor = server.create("agents", {{"display_name", "Audit"}, {"role", "auditor"}});
    team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
    house = server.create("organisations", {{"display_name", "Maison"}});
    jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
    marc = server.create("contacts", {{"display_name", "Marc"}, {"organisation", house}, {"role", "manager"}});
    contract = server.create("contracts", {{"title", "Gold"}, {"organisation", house}});
    server.post("/v1/contracts/" + contract + "/credit", {{"points", 1000}});
    other = server.open_ticket({{"title", "other"}, {"contact", jeanne}});
    child = server.open_ticket({{"title", "child"}, {"contact", jeanne}});
    const auto paul = server.create("contacts", {{"display_name", "Paul"}});
    strangers = server.open_ticket({{"title", "strangers"}, {"contact", paul}});
  }

  // A ticket with one of everything on it.
  std::string full_ticket() const {
    const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}, {"team", team}});
    server.change(number, "post-message", {{"body", "m"}});
    for (const char* text : {"one", "two"}) server.change(number, "add-todo", {{"text", text}});
    server.change(number, "complete-todo", {{"todo", 2}});
    server.change(number, "link-context", {{"type", "vehicle"}, {"label", "v"}});
    server.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "a@b.c"}}}});
    server.change(number, "link-article", {{"title", "a"}, {"url", "https://a/1"}});
    server.change(number, "request-intervention");
    server.change(number, "link-ticket", {{"other", other}});
    return number;
  }

  // A body with which the command would change something on a ticket that takes it.
  Json body(const std::string& command, const Json& ticket) const {
    const auto ordinal = [&](const char* list, const char* key) -> Json {
      return ticket[list].empty() ? Json(1) : ticket[list].back()[key];
    };
    const bool has_child = !ticket["children"].empty();
    const std::map<std::string, Json> bodies = {
        {"rename", {{"title", "New"}}},
        {"edit-description", {{"description", "New"}}},
        {"change-priority", {{"priority", "critical"}}},
        {"classify", {{"group", "g"}}},
        {"change-origin", {{"origin", "call"}}},
        {"change-particulars", {{"client_reference", "order 4711"}}},
        {"link-contact", {{"contact", nullptr}}},
        {"set-due-date", {{"due_at", ticket["due_at"].is_null() ? Json("2025-04-01T00:00:00Z") : Json()}}},
        {"set-estimated-resolution", {{"estimated_resolution_at", "2025-04-01T00:00:00Z"}}},
        {"set-notifications", {{"notify_client", !ticket["notify_client"].get<bool>()}}},
        {"assign", {{"assignee", ticket["assignee"].is_null() || ticket["assignee"]["id"] != bruno ? bruno : anna}}},
        {"move-to-team", {{"team", ticket["team"].is_null() ? Json(team) : Json()}}},
        {"change-status", {{"status", "pending"}}},
        {"close", {{"force", true}, {"reason", "r"}}},
        {"delete", {{"reason", "r"}}},
        {"post-message", {{"body", "m"}}},
        {"add-watcher", {{"kind", "email"}, {"watcher", {{"email", "new@b.c"}}}}},
        {"remove-watcher", {{"kind", "email"}, {"watcher", {{"email", "a@b.c"}}}}},
        {"link-context", {{"type", "vehicle"}, {"label", "new"}}},
        {"unlink-context", {{"link", ordinal("contexts", "link")}}},
        {"add-todo", {{"text", "new"}}},
        {"complete-todo", {{"todo", 1}}},
        {"reopen-todo", {{"todo", 2}}},
        {"drop-todo", {{"todo", 1}}},
        {"reorder-todos", {{"todos", {2, 1}}}},
        {"remove-document", {{"document", 1}}},
        {"link-article", {{"title", "a"}, {"url", "https://a/2"}}},
        {"unlink-article", {{"article", 1}}},
        {"request-intervention", Json::object()},
        {"answer-intervention", {{"intervention", 1}, {"reference", "r"}}},
        {"spend-points", {{"contract", contract}, {"points", 1}}},
        {"merge", {{"into", other}}},
        {"split-message", {{"message", 1}, {"title", "t"}}},
        {"open-sub-ticket", {{"title", "t"}}},
        {"attach-sub-ticket", {{"child", child}}},
        {"detach-sub-ticket", {{"child", has_child ? ticket["children"][0]["number"] : Json(child)}}},
        {"move-sub-ticket", {{"parent", other}}},
        {"link-ticket", {{"type", "causes"}, {"other", other}}},
        {"unlink-ticket", {{"other", other}}},
    };
    const auto found = bodies.find(command);
    return found == bodies.end() ? Json::object() : found->second;
  }
};

// Whether the command, tried, would change something.
bool would_change(const Desk& desk, const std::string& number, const std::string& command, const Json& ticket,
                  const std::string& person, std::string& told) {
  auto headers = person.empty() ? Headers{} : acting_as(person);
  headers.emplace("Prefer", "dry-run");
  std::vector<Json> bodies = {desk.body(command, ticket)};
  // One side of the border may be closed to somebody while the other is not, and a status may lead
  // to some of a side only.
  if (command == "change-status" || command == "close" || command == "reopen") {
    for (const char* status : {"resolved", "closed", "open"}) {
      bodies.push_back(bodies.front());
      bodies.back()["status"] = status;
    }
  }
  return std::any_of(bodies.begin(), bodies.end(), [&](const Json& body) {
    const auto reply = desk.server.post("/v1/tickets/" + number + "/" + command, body, headers);
    told += reply.text;
    return reply.status < 300 && !reply.body["events"].empty();
  });
}

void check_all(const Desk& desk, const std::string& number) {
  const auto ticket = desk.server.get_now("/v1/tickets/" + number).body;
  const std::string people[] = {"",
                                "agent/" + desk.anna,
                                "agent/" + desk.bruno,
                                "agent/" + desk.outsider,
                                "agent/" + desk.boss,
                                "agent/" + desk.auditor,
                                "contact/" + desk.jeanne,
                                "contact/" + desk.marc};
  for (const auto& person : people) {
    const auto shown = desk.server.get_now("/v1/tickets/" + number, person.empty() ? Headers{} : acting_as(person));
    // A ticket that somebody does not see offers them nothing. What its client writes to a deleted
    // one, answering an old mail, opens another.
    std::set<std::string> allowed;
    const bool is_deleted = ticket["status"]["category"] == "deleted";
    if (shown.status == 200) allowed = shown.body["allowed_actions"].get<std::set<std::string>>();
    else if (is_deleted && person == "contact/" + desk.jeanne) allowed = {"post-message"};
    for (const auto& command : ticket_bodies().changes) {
      // Needs a stored blob; tests/http_contract_documents_test.cpp has it.
      if (command.name == "attach-document" || command.name == "remove-document") continue;
      std::string told;
      const bool changes = would_change(desk, number, command.name, ticket, person, told);
      INFO(number << " " << ticket["status"]["key"] << " " << person << " " << command.name << ": " << told);
      CHECK(allowed.contains(command.name) == changes);
    }
  }
}

}  // namespace

TEST_CASE("every action that is allowed would change something, and every other one would not") {
  Desk desk;
  const auto& server = desk.server;
  struct {
    const char* name;
    std::function<void(const std::string&)> make;
  } const situations[] = {
      {"open, nobody has it", [](const std::string&) {}},
      {"read", [&](const std::string& n) { server.change(n, "mark-read"); }},
      {"Anna has it",
       [&](const std::string& n) {
         server.change(n, "assign", {{"assignee", desk.anna}});
       }},
      {"Bruno has it",
       [&](const std::string& n) {
         server.change(n, "assign", {{"assignee", desk.bruno}});
       }},
      {"with an open sub-ticket",
       [&](const std::string& n) {
         server.change(n, "open-sub-ticket", {{"title", "s"}});
       }},
      {"below another",
       [&](const std::string& n) {
         const auto above = server.open_ticket();
         server.change(above, "attach-sub-ticket", {{"child", n}});
       }},
      {"closed", [&](const std::string& n) { server.change(n, "close"); }},
      {"merged",
       [&](const std::string& n) {
         server.change(n, "merge", {{"into", desk.other}});
       }},
      {"merged into another client's",
       [&](const std::string& n) {
         server.change(n, "merge", {{"into", desk.strangers}, {"confirm_contact_mismatch", true}});
       }},
      {"merged into one that is deleted",
       [&](const std::string& n) {
         const auto root = server.open_ticket({{"title", "root"}, {"contact", desk.jeanne}});
         server.change(n, "merge", {{"into", root}});
         server.change(root, "delete", {{"reason", "r"}});
       }},
      {"deleted",
       [&](const std::string& n) {
         server.change(n, "delete", {{"reason", "r"}});
       }},
  };
  server.set("handling", {{"deletion", "tombstone"}});
  for (const auto& situation : situations) {
    INFO(situation.name);
    const auto number = desk.full_ticket();
    situation.make(number);
    check_all(desk, number);
  }
}

TEST_CASE("allowed actions follow the settings") {
  Desk desk;
  const auto& server = desk.server;
  struct {
    const char* area;
    Json members;
    bool closed;
  } const settings[] = {
      {"handling", {{"deletion", "never"}}, false},
      {"handling", {{"close_scope", "assignee"}}, false},
      {"handling", {{"close_scope", "team"}}, false},
      {"handling", {{"due_edit", "supervisor"}}, false},
      {"handling", {{"due_edit", "agent"}}, false},
      {"opening", {{"due_channels", Json::array()}}, false},
      {"opening", {{"origins", {{"enabled", false}, {"open", true}}}}, false},
      {"points", {{"enabled", false}}, false},
      {"relations", {{"depth_max", 1}}, false},
      {"handling", {{"closed_edit", "reclassify"}}, true},
      {"handling", {{"closed_edit", "all"}}, true},
      {"reopening", {{"followup", "new_ticket"}}, true},
      {"reopening", {{"followup", "reopen_within"}, {"within_days", 1}}, true},
      {"reopening", {{"finalize_after_days", 1}}, true},
  };
  for (const auto& setting : settings) {
    INFO(setting.area << " " << setting.members.dump());
    const auto number = desk.full_ticket();
    if (setting.closed) server.change(number, "close");
    server.set(setting.area, setting.members);
    check_all(desk, number);
  }
  desk.server.clock.advance(std::chrono::days(2));
  const auto closed = desk.server.get_now("/v1/tickets?view=closed").body["items"];
  REQUIRE(!closed.empty());
  check_all(desk, closed[0]["number"]);
}

TEST_CASE("allowed actions follow what a status leads to") {
  const Desk desk;
  const auto& server = desk.server;
  std::vector<std::string> numbers;
  for (const char* status : {"new", "open", "pending", "closed", "resolved"}) {
    numbers.push_back(desk.full_ticket());
    if (status != std::string("new")) server.change(numbers.back(), "change-status", {{"status", status}});
  }
  // No closing from new; from open to one closed status that is not the default; nothing from
  // pending; no reopening from closed; from resolved to one open status.
  const std::map<std::string, Json> next = {{"new", {"open"}},
                                            {"open", {"resolved"}},
                                            {"pending", {"pending"}},
                                            {"closed", {"resolved"}},
                                            {"resolved", {"open"}}};
  Json statuses = server.get("/v1/settings/statuses").body["statuses"];
  for (auto& status : statuses) {
    const auto found = next.find(status["key"]);
    if (found != next.end()) status["next"] = found->second;
  }
  server.set("statuses", {{"statuses", statuses}});
  for (const auto& number : numbers) check_all(desk, number);
  const auto offered = [&](const std::string& number) {
    return server.get_now("/v1/tickets/" + number).body["allowed_actions"].get<std::set<std::string>>();
  };
  CHECK_FALSE(offered(numbers[0]).contains("close"));
  CHECK(offered(numbers[1]).contains("close"));
  CHECK_FALSE(offered(numbers[2]).contains("change-status"));
  CHECK_FALSE(offered(numbers[3]).contains("reopen"));
}
