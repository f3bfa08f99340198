// What merging, following up and reopening show outside (docs/features.md).
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::string client(const Server& server) {
  return server.create("contacts", {{"display_name", "Jeanne"}, {"email", "jeanne@example.org"}});
}

Json rule(const char* event, const char* mode) { return {{"event", event}, {"audience", "client"}, {"mode", mode}}; }

// The reasons given for telling the client of that event, or not.
std::vector<std::string> reasons(const Server& server, const std::string& number, const std::string& event) {
  std::vector<std::string> all;
  const auto reply = server.get_now("/v1/tickets/" + number + "/notices?limit=200");
  for (const auto& entry : reply.body["items"]) {
    if (entry["data"]["event"] != event) continue;
    for (const auto& notice : entry["data"]["notices"]) all.push_back(notice["reason"]);
  }
  return all;
}
using Reasons = std::vector<std::string>;

}  // namespace

TEST_CASE("a merge into a number that no ticket has is 404, one without the right to change both is 403") {
  const Server server;
  const auto auditor = server.create("agents", {{"display_name", "Otto"}, {"role", "auditor"}});
  const auto source = server.open_ticket(), target = server.open_ticket();
  const auto unknown = server.post("/v1/tickets/" + source + "/merge", {{"into", "999999"}});
  CHECK(unknown.status == 404);
  CHECK(unknown.code() == "ticket_not_found");
  CHECK(server.post("/v1/tickets/999999/merge", {{"into", target}}).status == 404);
  const auto forbidden =
      server.post("/v1/tickets/" + source + "/merge", {{"into", target}}, acting_as("agent/" + auditor));
  CHECK(forbidden.status == 403);
  CHECK(forbidden.code() == "forbidden");
}

TEST_CASE("the client is not told of a merge unless the settings say so, with a template if one is named") {
  const Server server;
  const auto jeanne = client(server);
  const auto merged = [&](const Json& rules) {
    server.set("notifications", {{"rules", rules}});
    const auto source = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
    server.change(source, "merge", {{"into", server.open_ticket({{"title", "t"}, {"contact", jeanne}})}});
    return source;
  };
  CHECK(reasons(server, merged(Json::array()), "merged").empty());
  const auto text = server.create("templates", {{"title", "Merged"},
                                                {"purpose", "notification"},
                                                {"language", "fr"},
                                                {"event", "merged"},
                                                {"body", "<p>{{ticket.number}}</p>"}});
  auto wanted = rule("merged", "always");
  wanted["text_template"] = text;
  const auto source = merged(Json::array({wanted}));
  CHECK(reasons(server, source, "merged") == Reasons{"always"});
  const auto notice = server.get_now("/v1/tickets/" + source + "/notices").body["items"][0]["data"]["notices"][0];
  CHECK(notice["text_template"] == text);
  CHECK(notice["template_version"] == 1);
}

TEST_CASE("an external ticket in an internal one: the client hears no more, unless they are kept as a watcher") {
  const Server server;
  server.set(
      "notifications",
      {{"rules", {rule("replied", "always"), {{"event", "replied"}, {"audience", "watchers"}, {"mode", "always"}}}}});
  const auto jeanne = client(server);
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto told = [&](bool kept) {
    const auto source = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
    const auto target = server.open_ticket({{"title", "t"}, {"kind", "internal"}});
    server.change(source, "merge", {{"into", target}, {"keep_contact_as_watcher", kept}});
    server.change(target, "post-message", {{"body", "hello"}}, anna);
    Json recipients = Json::array();
    const auto decided = server.get_now("/v1/tickets/" + target + "/notices").body["items"][0]["data"];
    for (const auto& notice : decided["notices"]) {
      for (const auto& one : notice.value("recipients", Json::array())) recipients.push_back(one);
    }
    return recipients;
  };
  CHECK(told(false).empty());
  CHECK(told(true) == Json::array({{{"contact", jeanne}}}));
}

TEST_CASE("messages to a merged number are stored on the root, which opens again as its own settings say") {
  Server server;
  const auto jeanne = client(server);
  const auto source = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto root = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  server.change(source, "merge", {{"into", root}});
  server.change(root, "close");
  const auto sent =
      server.change(source, "post-message", {{"body", "Still broken"}}, acting_as("contact/" + jeanne)).body;
  CHECK(server.detail(root)["status"]["category"] == "open");
  CHECK(server.detail(source)["status"]["category"] == "merged");
  const auto entries = server.get_now("/v1/tickets/" + root + "/timeline").body["items"];
  CHECK(entries.back()["data"]["body"] == "Still broken");
  CHECK(entries.back()["origin"] == source);
  CHECK(sent["events"].size() >= 2);
}

TEST_CASE("a late answer of the client begins a new ticket, and the client is told both numbers") {
  Server server;
  server.set("notifications", {{"rules", {rule("opened", "always")}}});
  const auto jeanne = client(server);
  const auto closed = server.open_ticket({{"title", "Leak"}, {"contact", jeanne}});
  server.change(closed, "close");
  server.clock.advance(std::chrono::days(31));
  const auto answer =
      server.change(closed, "post-message", {{"body", "It leaks again"}}, acting_as("contact/" + jeanne)).body;
  const std::string fresh = answer["number"];
  REQUIRE(fresh != closed);
  CHECK(server.detail(fresh)["links"][0]["name"] == "follow_up_of");
  CHECK(server.detail(fresh)["links"][0]["ticket"]["number"] == closed);
  CHECK(server.detail(closed)["links"][0]["name"] == "followed_up_by");
  CHECK(server.detail(closed)["status"]["category"] == "closed");
  const auto model = server.create("templates", {{"title", "Both"},
                                                 {"purpose", "document"},
                                                 {"language", "fr"},
                                                 {"body",
                                                  "{{ticket.number}}{{#ticket.follow_up_of}} for {{.}}"
                                                  "{{/ticket.follow_up_of}}"}});
  const auto text = [&](const std::string& number) {
    return server.get_now("/v1/tickets/" + number + "/document?model=" + model).text;
  };
  CHECK(text(fresh) == fresh + " for " + closed);
  CHECK(text(closed) == closed);
}

TEST_CASE("reopening moves a ticket from the closed lists to the open ones under its own number") {
  Server server;
  const auto number = server.open_ticket();
  const auto in = [&](const char* view) {
    return server.get_now(std::string("/v1/tickets?view=") + view).body["items"].size();
  };
  server.change(number, "close");
  CHECK(in("open") == 0);
  CHECK(in("closed") == 1);
  const auto reopened = server.change(number, "reopen", {{"reason", "Again"}}).body;
  CHECK(reopened["number"] == number);
  CHECK(in("open") == 1);
  CHECK(in("closed") == 0);
  const auto event = server.get_now("/v1/tickets/" + number + "/events").body["items"].back();
  CHECK(event["type"] == "TicketReopened");
  CHECK(event["data"]["cause"] == "reopened");
  CHECK(event["data"]["old_status"]["key"] == "closed");
  CHECK(event["data"]["new_status"]["key"] == "open");
  CHECK(event["data"]["reopen_count"] == 1);
  // A second time it is open already.
  CHECK(server.change(number, "reopen").body["events"].empty());
}

TEST_CASE("a merged ticket is not reopened but unmerged, a deleted one is restored first") {
  const Server server;
  server.set("handling", {{"deletion", "tombstone"}});
  const auto merged = server.open_ticket(), deleted = server.open_ticket();
  server.change(merged, "merge", {{"into", server.open_ticket()}});
  server.change(deleted, "delete", {{"reason", "x"}});
  CHECK(server.post("/v1/tickets/" + merged + "/reopen").code() == "ticket_merged");
  CHECK(server.post("/v1/tickets/" + deleted + "/reopen").code() == "ticket_deleted");
  server.change(merged, "unmerge");
  server.change(deleted, "restore");
  for (const auto& number : {merged, deleted}) CHECK(server.detail(number)["status"]["category"] == "new");
}

TEST_CASE("a ticket closed for longer than the settings allow is final: it says so, and only a new one follows it") {
  Server server;
  server.set("reopening", {{"followup", "reopen"}, {"finalize_after_days", 7}});
  const auto jeanne = client(server);
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  server.change(number, "close");
  server.clock.advance(std::chrono::days(7));
  CHECK(server.detail(number)["final"] == false);
  server.clock.advance(Milliseconds(1));
  CHECK(server.detail(number)["final"] == true);
  CHECK(server.post("/v1/tickets/" + number + "/reopen").code() == "ticket_final");
  const auto later =
      server.change(number, "post-message", {{"body", "Again"}}, acting_as("contact/" + jeanne)).body["number"];
  CHECK(later != number);
  CHECK(server.detail(number)["status"]["category"] == "closed");
}
