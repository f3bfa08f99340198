// What an absorbed ticket brought along, on the root's screen: counted there, worked on there, and
// for the same people as before.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// "messages documents todos open": of the detail, which the lists must agree with.
std::string counts(const Server& server, const std::string& number) {
  const auto text = [](const Json& row) {
    std::string counts;
    for (const auto* name : {"message_count", "document_count", "todo_count", "open_todo_count"}) {
      counts += (counts.empty() ? "" : " ") + row[name].dump();
    }
    return counts;
  };
  const auto whole = server.detail(number);
  CHECK(whole["todos"].size() == whole["todo_count"]);
  CHECK(whole["documents"].size() == whole["document_count"]);
  for (const auto* view : {"all", "merged"}) {
    const auto listed = server.get_now("/v1/tickets?view=" + std::string(view));
    for (const auto& row : listed.body["items"]) {
      if (row["number"] == number) CHECK(text(row) == text(whole));
    }
  }
  return text(whole);
}

bool may(const Json& ticket, const std::string& action) {
  const auto& allowed = ticket["allowed_actions"];
  return std::find(allowed.begin(), allowed.end(), action) != allowed.end();
}

Reply attach(const Server& server, const std::string& number, const std::string& query = "") {
  return server.send("POST", "/v1/tickets/" + number + "/documents" + query, "bytes",
                     {{"Content-Disposition", "attachment; filename=\"a.txt\""}}, "text/plain");
}

// A ticket of Jeanne's, with a message, a file and a to-do, in one of Marie's, which has a message.
struct United {
  Server server;
  std::string jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  std::string marie = server.create("contacts", {{"display_name", "Marie"}, {"email", "m@example.org"}});
  std::string source = server.open_ticket({{"title", "Smoke"}, {"contact", jeanne}});
  std::string root = server.open_ticket({{"title", "Fire"}, {"contact", marie}});

  United() {
    server.change(source, "post-message", {{"body", "It smokes"}});
    attach(server, source);
    server.change(source, "add-todo", {{"text", "Call"}});
    server.change(root, "post-message", {{"body", "It burns"}});
    server.change(source, "merge", {{"into", root}, {"confirm_contact_mismatch", true}});
  }
};

}  // namespace

TEST_CASE("a root counts what it shows, and after an unmerge each ticket has its own again") {
  United t;
  CHECK(counts(t.server, t.root) == "2 1 1 1");
  CHECK(counts(t.server, t.source) == "1 1 1 1");
  t.server.change(t.source, "post-message", {{"body", "To the old number"}});
  CHECK(counts(t.server, t.root) == "3 1 1 1");
  const auto merged_at = t.server.clock.now();
  t.server.clock.advance(Milliseconds(60'000));
  t.server.change(t.source, "unmerge");
  CHECK(counts(t.server, t.root) == "1 0 0 0");
  CHECK(counts(t.server, t.source) == "2 1 1 1");
  const auto past = t.server.get_now("/v1/tickets/" + t.root + "?as_of=" + to_rfc3339(merged_at)).body;
  CHECK(past["message_count"] == 3);
  CHECK(past["todo_count"] == 1);
}

TEST_CASE("a to-do of an absorbed ticket is done on the root's screen by the origin shown with it") {
  United t;
  const auto whole = t.server.detail(t.root);
  REQUIRE(may(whole, "complete-todo"));
  const auto& todo = whole["todos"][0];
  CHECK(todo["origin"] == t.source);
  const auto without = t.server.post("/v1/tickets/" + t.root + "/complete-todo", {{"todo", todo["todo"]}});
  CHECK(without.faults() == "todo not_found");
  const auto wrong = t.server.post("/v1/tickets/" + t.root + "/complete-todo", {{"todo", 1}, {"origin", "nowhere"}});
  CHECK(wrong.status == 422);
  CHECK(wrong.faults() == "origin not_found");
  t.server.change(t.root, "complete-todo", {{"todo", todo["todo"]}, {"origin", todo["origin"]}});
  const auto done = t.server.detail(t.root);
  CHECK(done["todos"][0]["done"] == true);
  CHECK(done["open_todo_count"] == 0);
  CHECK_FALSE(may(done, "complete-todo"));
  t.server.change(t.source, "unmerge");
  CHECK(t.server.detail(t.source)["todos"][0]["done"] == true);
}

TEST_CASE("a file to a message that came by a merged number is for that ticket's client only") {
  United t;
  const auto as_jeanne = acting_as("contact/" + t.jeanne), as_marie = acting_as("contact/" + t.marie);
  t.server.change(t.source, "post-message", {{"body", "To the old number"}}, as_jeanne);
  const auto attached = attach(t.server, t.root, "?message=2");
  INFO(attached.text);
  REQUIRE(attached.status == 201);
  const std::string url = attached.body["documents"][0]["url"];
  CHECK(url == "/v1/tickets/" + t.source + "/documents/2");
  CHECK(t.server.get_now(url, as_jeanne).text == "bytes");
  CHECK(t.server.get_now(url, as_marie).status == 404);
  CHECK(t.server.detail(t.root)["documents"].size() == 2);
  CHECK(t.server.detail(t.root, as_marie)["documents"].empty());
  CHECK(t.server.detail(t.source, as_jeanne)["documents"].size() == 2);
}

TEST_CASE("a message that came by a merged number is read where it was split off by its own client") {
  United t;
  const auto as_jeanne = acting_as("contact/" + t.jeanne), as_marie = acting_as("contact/" + t.marie);
  t.server.change(t.source, "post-message", {{"body", "To the old number"}}, as_jeanne);
  t.server.change(t.root, "split-message", {{"message", 2}, {"title", "Another matter"}});
  const auto listed = t.server.get_now("/v1/tickets?view=open&sort=-number").body["items"];
  const auto made =
      std::find_if(listed.begin(), listed.end(), [](auto& row) { return row["title"] == "Another matter"; });
  REQUIRE(made != listed.end());
  const std::string number = (*made)["number"];
  const auto timeline = t.server.get_now("/v1/tickets/" + number + "/timeline", as_jeanne);
  CHECK(timeline.status == 200);
  CHECK(timeline.text.find("To the old number") != std::string::npos);
  CHECK(t.server.get_now("/v1/tickets/" + number, as_marie).status == 404);
}

TEST_CASE("what a batch did to an absorbed ticket's things is taken back there, and nothing else") {
  United t;
  const auto undo = [&](const Reply& batch) {
    const auto undone = t.server.post("/v1/batches/" + batch.body["batch_id"].get<std::string>() + "/undo");
    INFO(undone.text);
    CHECK(undone.status == 200);
  };
  const auto bulk = [&](const char* command, const Json& body) {
    const auto batch = t.server.post("/v1/tickets/bulk", {{"tickets", {t.root}}, {"command", command}, {"body", body}});
    INFO(batch.text);
    REQUIRE(batch.status == 200);
    return batch;
  };
  undo(bulk("complete-todo", {{"todo", 1}, {"origin", t.source}}));
  CHECK(t.server.detail(t.root)["todos"][0]["done"] == false);

  const Json watcher = {{"kind", "email"}, {"watcher", {{"email", "keep@example.org"}}}};
  t.server.change(t.source, "unmerge");
  t.server.change(t.source, "add-watcher", watcher);
  t.server.change(t.source, "merge", {{"into", t.root}, {"confirm_contact_mismatch", true}});
  undo(bulk("add-watcher", watcher));
  const auto watchers = t.server.detail(t.root)["watchers"];
  REQUIRE(watchers.size() == 1);
  CHECK(watchers[0]["origin"] == t.source);
}

TEST_CASE("a message is named by its number and the ticket that is shown to hold it") {
  United t;
  t.server.change(t.source, "post-message", {{"body", "To the old number"}});
  const auto of = [&](const std::string& number, const std::string& body) {
    const auto timeline = t.server.get_now("/v1/tickets/" + number + "/timeline?limit=200");
    for (const auto& entry : timeline.body["items"]) {
      if (entry["data"].value("body", "") == body) return entry;
    }
    return Json();
  };
  CHECK(of(t.root, "It smokes")["held_by"] == t.source);
  CHECK(of(t.root, "It burns")["held_by"].is_null());
  CHECK(of(t.root, "To the old number")["held_by"].is_null());
  t.server.change(t.source, "unmerge");
  const auto returned = of(t.source, "To the old number");
  CHECK(returned["held_by"] == t.root);
  CHECK(returned["data"]["message"] == 2);
  t.server.change(t.source, "split-message", {{"message", 2}, {"held_by", t.root}, {"title", "Another matter"}});
  const auto whole = t.server.detail(t.source);
  REQUIRE(whole["links"].size() == 1);
  CHECK(whole["links"][0]["ticket"]["title"] == "Another matter");
  const auto refused = t.server.post("/v1/tickets/" + t.root + "/split-message", {{"message", 2}, {"title", "x"}});
  CHECK(refused.faults() == "message not_found");
}
