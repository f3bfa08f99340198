#include <catch2/catch.hpp>

#include <set>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::vector<std::string> bodies_of(const Server& server, const std::string& number, const std::string& query = "") {
  std::vector<std::string> bodies;
  const auto page = server.get_now("/v1/tickets/" + number + "/timeline" + query);
  INFO(page.text);
  REQUIRE(page.status == 200);
  for (const auto& entry : page.body["items"]) {
    if (entry["type"] == "MessagePosted") bodies.push_back(entry["data"]["body"]);
  }
  return bodies;
}

const Json sha = std::string(64, 'a');

}  // namespace

TEST_CASE("a merged ticket answers by its own number and says where it went") {
  const Server server;
  const auto source = server.open_ticket({{"title", "Smoke"}});
  const auto target = server.open_ticket({{"title", "Fire"}});
  server.change(source, "merge", {{"into", target}});
  const auto merged = server.detail(source);
  CHECK(merged["number"] == source);
  CHECK(merged["title"] == "Smoke");
  CHECK(merged["status"]["category"] == "merged");
  CHECK(merged["merged_into"] == target);
  CHECK(merged["merged_into_ticket"]["title"] == "Fire");
  CHECK(server.detail(target)["absorbed"] == Json::array({source}));
  const auto refused = server.post("/v1/tickets/" + source + "/rename", {{"title", "x"}});
  CHECK(refused.status == 409);
  CHECK(refused.code() == "ticket_merged");
  CHECK(refused.body["root"] == target);
}

TEST_CASE("the root shows what it absorbed, each item with the number it is from, until it is unmerged") {
  Server server;
  const auto source = server.open_ticket();
  const auto target = server.open_ticket();
  for (const auto& [number, text] : {std::pair{source, "of the source"}, std::pair{target, "of the target"}}) {
    server.clock.advance(Milliseconds(1'000));
    server.change(number, "post-message", {{"body", text}});
    server.change(number, "add-todo", {{"text", text}});
    server.change(number, "link-context", {{"type", "invoice"}, {"label", text}});
    server.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "a@b.c"}}}});
  }
  server.change(source, "link-ticket", {{"other", target}});
  server.change(source, "merge", {{"into", target}});
  const auto united = server.detail(target);
  for (const auto* list : {"todos", "contexts", "watchers"}) {
    INFO(list << united[list].dump());
    REQUIRE(united[list].size() == 2);
    CHECK(united[list][0]["origin"].is_null());
    CHECK(united[list][1]["origin"] == source);
  }
  CHECK(united["links"].empty());  // they are one ticket now
  CHECK(bodies_of(server, target) == std::vector<std::string>{"of the source", "of the target"});
  CHECK(bodies_of(server, source) == std::vector<std::string>{"of the source"});

  server.change(source, "unmerge");
  CHECK(server.detail(target)["todos"].size() == 1);
  CHECK(bodies_of(server, target) == std::vector<std::string>{"of the target"});
}

TEST_CASE("a past detail unites what was one ticket then") {
  Server server;
  const auto source = server.open_ticket();
  const auto target = server.open_ticket();
  server.change(source, "add-todo", {{"text", "x"}});
  server.clock.advance(Milliseconds(60'000));
  server.change(source, "merge", {{"into", target}});
  const auto now = server.detail(target);
  CHECK(now["todos"].size() == 1);
  const auto past = server.get_now("/v1/tickets/" + target + "?as_of=2025-02-28T10:00:30Z").body;
  CHECK(past["todos"].empty());
  CHECK(past["absorbed"].empty());
  const auto later = server.get_now("/v1/tickets/" + target + "?as_of=2025-02-28T10:01:30Z").body;
  CHECK(later["todos"] == now["todos"]);
}

TEST_CASE("a past detail shows the other tickets as they were then") {
  Server server;
  const auto open = [&](const char* title) { return server.open_ticket({{"title", title}}); };
  const auto ticket = open("Ticket"), child = open("Child"), parent = open("Parent"), linked = open("Linked"),
             source = open("Source");
  server.change(ticket, "attach-sub-ticket", {{"child", child}});
  server.change(parent, "attach-sub-ticket", {{"child", ticket}});
  server.change(ticket, "link-ticket", {{"other", linked}});
  server.change(source, "merge", {{"into", ticket}});
  const auto then = server.detail(ticket), source_then = server.detail(source);
  server.clock.advance(Milliseconds(60'000));
  for (const auto& number : {ticket, child, parent, linked}) {
    server.change(number, "rename", {{"title", "Later"}});
  }
  server.change(child, "close");
  server.change(linked, "close");
  const auto past = [&](const std::string& number, const char* second) {
    return server.get_now("/v1/tickets/" + number + "?as_of=2025-02-28T10:" + second + "Z").body;
  };
  for (const auto* member : {"children", "parent_ticket", "parent", "links", "absorbed"}) {
    INFO(member);
    CHECK(past(ticket, "00:30")[member] == then[member]);
  }
  CHECK(then["children"][0]["title"] == "Child");
  CHECK(past(source, "00:30")["merged_into_ticket"] == source_then["merged_into_ticket"]);
  const auto now = past(ticket, "01:00");
  CHECK(now["children"][0]["title"] == "Later");
  CHECK(now["children"] == server.detail(ticket)["children"]);
  CHECK(now["links"][0]["ticket"]["status"]["category"] == "closed");
}

TEST_CASE("a ticket and its sub-ticket merged into the same one are its parts, and not below it") {
  const Server server;
  const bool parent_first = GENERATE(true, false);
  const auto root = server.open_ticket(), parent = server.open_ticket(), child = server.open_ticket();
  server.change(parent, "attach-sub-ticket", {{"child", child}});
  for (const auto& source : parent_first ? std::vector{parent, child} : std::vector{child, parent}) {
    server.change(source, "merge", {{"into", root}});
  }
  const auto merged = server.detail(root);
  CHECK(merged["children"].empty());
  CHECK(merged["child_count"] == 0);
  CHECK(merged["absorbed"].size() == 2);
  CHECK(server.detail(child)["parent_ticket"].is_null());
  CHECK(server.detail(child)["parent"].is_null());
  CHECK(server.detail(child)["merged_into"] == root);
  CHECK(server.detail(parent)["children"].empty());
  const auto listed = server.get_now("/v1/tickets?view=all");
  for (const auto& row : listed.body["items"]) CHECK(row["child_count"] == 0);
  const auto gone = server.get_now("/v1/tickets?view=merged");
  for (const auto& row : gone.body["items"]) {
    INFO(row["number"]);
    CHECK(row["child_count"] == server.detail(row["number"])["child_count"]);
    CHECK(row["parent"] == server.detail(row["number"])["parent"]);
  }
  SECTION("the sub-ticket first") {
    server.change(child, "unmerge");
    CHECK(server.detail(root)["children"][0]["number"] == child);
    CHECK(server.detail(root)["child_count"] == 1);
    const auto back = server.get_now("/v1/tickets?view=all");
    for (const auto& row : back.body["items"]) {
      CHECK(row["child_count"] == (row["number"] == root ? 1 : 0));
      CHECK(row["parent"] == (row["number"] == child ? Json(root) : Json()));
    }
    CHECK(server.detail(child)["parent_ticket"]["number"] == root);
    server.change(parent, "unmerge");
  }
  SECTION("its parent first") {
    server.change(parent, "unmerge");
    CHECK(server.detail(root)["absorbed"] == Json::array({child}));
    CHECK(server.detail(child)["parent_ticket"]["number"] == parent);
    server.change(child, "unmerge");
  }
  CHECK(server.detail(root)["children"].empty());
  CHECK(server.detail(parent)["children"][0]["number"] == child);
  CHECK(server.detail(child)["parent_ticket"]["number"] == parent);
}

TEST_CASE("merging refuses what the table refuses, each with its own code") {
  const Server server;
  server.set("handling", {{"deletion", "tombstone"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto paul = server.create("contacts", {{"display_name", "Paul"}});
  const auto target = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto closed = server.open_ticket();
  server.change(closed, "close");
  const auto deleted = server.open_ticket();
  server.change(deleted, "delete", {{"reason", "x"}});
  const auto merged = server.open_ticket();
  server.change(merged, "merge", {{"into", target}});
  const auto child = server.open_ticket();
  const auto source = server.open_ticket();
  server.change(source, "attach-sub-ticket", {{"child", child}});
  const auto of_paul = server.open_ticket({{"title", "t"}, {"contact", paul}});
  const auto internal = server.open_ticket({{"title", "t"}, {"kind", "internal"}});
  struct {
    std::string number, into;
    Json more;
    int status;
    const char* code;
  } const rows[] = {
      {source, source, {}, 422, "merge_self"},
      {source, "nothing", {}, 404, "ticket_not_found"},
      {source, closed, {}, 409, "target_closed"},
      {source, deleted, {}, 409, "ticket_deleted"},
      {source, merged, {}, 409, "target_merged"},
      {source, child, {}, 422, "merge_descendant"},
      {merged, source, {}, 409, "already_merged"},
      {of_paul, target, {}, 409, "contact_mismatch"},
      {internal, target, {}, 422, "disclosure_not_confirmed"},
      {source, target, {{"into_version", 1}}, 412, "stale_version"},
  };
  for (const auto& row : rows) {
    Json body = {{"into", row.into}};
    if (!row.more.is_null()) body.update(row.more);
    const auto refused = server.post("/v1/tickets/" + row.number + "/merge", body);
    INFO(row.code << " " << refused.text);
    CHECK(refused.status == row.status);
    CHECK(refused.code() == row.code);
    if (row.code == std::string("target_merged")) CHECK(refused.body["root"] == target);
  }
  // The neighbours that are taken.
  CHECK(server.post("/v1/tickets/" + merged + "/merge", {{"into", target}}).body["events"].empty());
  CHECK(server.post("/v1/tickets/" + source + "/merge", {{"into", merged}, {"follow", true}}).status == 200);
  CHECK(
      server.post("/v1/tickets/" + of_paul + "/merge", {{"into", target}, {"confirm_contact_mismatch", true}}).status ==
      200);
  CHECK(server.post("/v1/tickets/" + internal + "/merge", {{"into", target}, {"allow_disclosure", true}}).status ==
        200);
}

TEST_CASE("sub-tickets are lines of their parent, and the parent is told by the child") {
  Server server;
  const auto parent = server.open_ticket({{"title", "Move"}});
  const std::string child =
      server.change(parent, "open-sub-ticket", {{"title", "Pack"}}, {{"Idempotency-Key", "k"}}).body["number"];
  const auto shown = server.detail(parent);
  REQUIRE(shown["children"].size() == 1);
  CHECK(shown["children"][0]["number"] == child);
  CHECK(shown["children"][0]["title"] == "Pack");
  CHECK(shown["children"][0]["status"]["label"] == "Nouveau");
  CHECK(shown["child_count"] == 1);
  CHECK(server.detail(child)["parent"] == parent);
  CHECK(server.detail(child)["parent_ticket"]["title"] == "Move");
  const auto refused = server.post("/v1/tickets/" + parent + "/close");
  CHECK(refused.status == 409);
  CHECK(refused.code() == "children_open");
  server.clock.advance(Milliseconds(1'000));
  server.change(parent, "post-message", {{"body", "above"}});
  server.change(child, "post-message", {{"body", "below"}});
  CHECK(bodies_of(server, parent) == std::vector<std::string>{"above"});
  CHECK(bodies_of(server, parent, "?with_children=true") == std::vector<std::string>{"above", "below"});
}

TEST_CASE("links have the inverse name at the other end") {
  const Server server;
  const auto first = server.open_ticket();
  const auto second = server.open_ticket();
  server.change(first, "link-ticket", {{"type", "depends_on"}, {"other", second}});
  const auto here = server.detail(first)["links"];
  const auto there = server.detail(second)["links"];
  REQUIRE(here.size() == 1);
  REQUIRE(there.size() == 1);
  CHECK(here[0]["name"] == "depends_on");
  CHECK(here[0]["ticket"]["number"] == second);
  CHECK(there[0]["name"] == "required_by");
  CHECK(there[0]["type"] == "depends_on");
  CHECK(there[0]["inverse"] == true);
  const auto cycle = server.post("/v1/tickets/" + second + "/link-ticket", {{"type", "depends_on"}, {"other", first}});
  CHECK(cycle.code() == "relation_cycle");
  server.change(second, "unlink-ticket", {{"type", "depends_on"}, {"inverse", true}, {"other", first}});
  CHECK(server.detail(first)["links"].empty());
}

TEST_CASE("a message split off is shown in both tickets") {
  const Server server;
  const auto number = server.open_ticket();
  server.change(number, "post-message", {{"body", "And the toner"}});
  const std::string split = server.change(number, "split-message", {{"message", 1}, {"title", "Toner"}}).body["number"];
  CHECK(server.detail(split)["split_from"] == number);
  const auto timeline = server.get_now("/v1/tickets/" + split + "/timeline").body["items"];
  const auto shown =
      std::find_if(timeline.begin(), timeline.end(), [](const Json& e) { return e["referenced"] == true; });
  REQUIRE(shown != timeline.end());
  CHECK((*shown)["data"]["body"] == "And the toner");
  CHECK(bodies_of(server, number) == std::vector<std::string>{"And the toner"});
}

TEST_CASE("notices tell who was told of what, and why somebody was not") {
  const Server server;
  server.set("notifications", {{"rules", {{{"event", "closed"}, {"audience", "client"}, {"mode", "always"}}}}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  server.change(number, "close");
  const auto notices = server.get_now("/v1/tickets/" + number + "/notices");
  INFO(notices.text);
  REQUIRE(notices.status == 200);
  REQUIRE(!notices.body["items"].empty());
  for (const auto& notice : notices.body["items"]) CHECK(notice["type"] == "NotificationDecided");
}

TEST_CASE("who closes a ticket is told which sub-tickets stay open, and told the same again") {
  const Server server;
  server.set("relations", {{"close_parent", "cascade"}});
  server.set("handling", {{"close_scope", "team"}});
  const auto anne = server.create_agent("Anne");
  const auto own = server.create("teams", {{"display_name", "Own"}, {"members", {anne}}});
  const auto other = server.create("teams", {{"display_name", "Other"}});
  const auto parent = server.open_ticket({{"title", "t"}, {"team", own}});
  const auto below = [&](const std::string& team) -> std::string {
    return server.change(parent, "open-sub-ticket", {{"title", "part"}, {"team", team}}).body["number"];
  };
  const auto closed = below(own), left = below(other);
  auto headers = acting_as("agent/" + anne);
  headers.emplace("Idempotency-Key", "close-once");
  const auto first = server.change(parent, "close", Json::object(), headers);
  CHECK(first.body["left_open"] == Json::array({left}));
  CHECK(server.detail(closed)["status"]["category"] == "closed");
  CHECK(server.detail(left)["status"]["category"] != "closed");
  // Later changes do not change what was answered.
  server.change(left, "close");
  const auto again = server.change(parent, "close", Json::object(), headers);
  CHECK(again.text == first.text);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(server.change(parent, "close").body["left_open"] == Json::array());
}

TEST_CASE("a dry run of a closing tells what would stay open, except to clients") {
  const Server server;
  server.set("relations", {{"close_parent", "warn"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto parent = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto part = server.change(parent, "open-sub-ticket", {{"title", "part"}, {"kind", "internal"}});
  const auto left = Json::array({part.body["number"]});
  const auto dry = [&](const char* command, const Json& body, Headers headers = {}) {
    headers.emplace("Prefer", "dry-run");
    return server.change(parent, command, body, std::move(headers)).body;
  };
  CHECK(dry("close", Json::object())["left_open"] == left);
  CHECK(dry("change-status", {{"status", "closed"}})["left_open"] == left);
  CHECK(dry("rename", {{"title", "other"}})["left_open"] == Json::array());
  CHECK(dry("close", Json::object(), acting_as("contact/" + jeanne))["left_open"] == Json::array());
  const auto bulk =
      server.post("/v1/tickets/bulk", {{"tickets", {parent}}, {"command", "close"}}, {{"Prefer", "dry-run"}});
  CHECK(bulk.body["results"][0]["left_open"] == left);
  CHECK(server.change(parent, "close").body["left_open"] == left);
}

TEST_CASE("what stays open is told for each ticket of a bulk, and never to clients") {
  const Server server;
  server.set("relations", {{"close_parent", "warn"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto with_part = [&] {
    const auto parent = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
    const auto part = server.change(parent, "open-sub-ticket", {{"title", "part"}, {"kind", "internal"}});
    return std::pair(parent, part.body["number"].get<std::string>());
  };
  const auto [parent, part] = with_part();
  const auto alone = server.open_ticket();
  const auto bulk =
      server.post("/v1/tickets/bulk", {{"tickets", {parent, alone}}, {"command", "close"}, {"body", Json::object()}});
  INFO(bulk.text);
  REQUIRE(bulk.status == 200);
  CHECK(bulk.body["results"][0]["left_open"] == Json::array({part}));
  CHECK(bulk.body["results"][1]["left_open"] == Json::array());
  const auto mine = with_part().first;
  CHECK(server.change(mine, "close", Json::object(), acting_as("contact/" + jeanne)).body["left_open"] ==
        Json::array());
}
