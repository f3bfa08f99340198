// The tabs of a ticket, feature by feature of the help pages (docs/features.md).
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// The types of the timeline's entries, oldest first.
std::vector<std::string> timeline(const Server& server, const std::string& number, const Headers& who = {}) {
  std::vector<std::string> types;
  const auto page = server.get_now("/v1/tickets/" + number + "/timeline", who);
  for (const auto& entry : page.body["items"]) types.push_back(entry["type"]);
  return types;
}

std::vector<std::string> texts(const Json& items, const char* member) {
  std::vector<std::string> all;
  for (const auto& item : items) all.push_back(item[member]);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("messages section: exchanges and updates stand in one history, in the order in which they happened") {
  Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  const auto later = [&] { server.clock.advance(Milliseconds(1'000)); };
  later();
  server.change(number, "post-message", {{"body", "We look at it."}}, acting_as("agent/" + anna));
  later();
  server.change(number, "change-priority", {{"priority", "high"}});
  later();
  server.change(number, "post-message", {{"body", "Done."}}, acting_as("agent/" + anna));
  CHECK(timeline(server, number) == Texts{"TicketOpened", "MessagePosted", "PriorityChanged", "MessagePosted"});
}

TEST_CASE("private message: for chosen recipients inside and outside, decided and recorded, never on the portal") {
  const Server server;
  const auto anna = server.create("agents", {{"display_name", "Anna"}, {"email", "anna@example.org"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const Json to = {{{"agent", anna}}, {{"email", "expert@example.org"}}};
  server.change(number, "post-message", {{"body", "Between us."}, {"visibility", "internal"}, {"to", to}});
  const auto entries = server.get_now("/v1/tickets/" + number + "/timeline").body["items"];
  const auto of = [&](const char* type) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Json& e) { return e["type"] == type; });
    REQUIRE(found != entries.end());
    return (*found)["data"];
  };
  CHECK(of("MessagePosted")["to"].size() == 2);
  // Who is outside is named once more: to them it is disclosed.
  CHECK(of("MessageDisclosed")["to"] == Json::array({{{"email", "expert@example.org"}}}));
  const auto decided = server.get_now("/v1/tickets/" + number + "/notices").body["items"][0]["data"];
  CHECK(decided["event"] == "private_message");
  CHECK(decided["notices"][0]["sent"] == true);
  CHECK(decided["notices"][0]["recipients"] == Json::array({{{"agent", anna}}, {{"email", "expert@example.org"}}}));
  CHECK(server.get_now("/v1/tickets/" + number + "/timeline", acting_as("contact/" + jeanne)).text.find("Between us") ==
        std::string::npos);
}

TEST_CASE("context tab: the context as it was when it was linked, as it is now, and the way there") {
  const Server server;
  const auto invoice = server.create("contexts", {{"type", "invoice"},
                                                  {"label", "F-12"},
                                                  {"url", "https://erp.example.org/f12"},
                                                  {"summary", {{{"name", "amount"}, {"text", "100"}}}}});
  const auto number = server.open_ticket({{"title", "t"}, {"contexts", {{{"context", invoice}}}}});
  const Json change = {{"summary", {{{"name", "amount"}, {"text", "120"}}}}};
  REQUIRE(server.post("/v1/contexts/" + invoice + "/change", change).status == 200);
  const auto linked = server.detail(number)["contexts"];
  REQUIRE(linked.size() == 1);
  CHECK(linked[0]["label"] == "F-12");
  CHECK(linked[0]["url"] == "https://erp.example.org/f12");
  CHECK(linked[0]["summary"][0]["text"] == "100");
  CHECK(linked[0]["live"]["summary"][0]["text"] == "120");
}

TEST_CASE("linked context: invoice, quote or project, of the types that the settings name") {
  const Server server;
  const auto type = [](const char* key, const char* url) -> Json {
    return {{"key", key},
            {"labels", {{{"language", "fr"}, {"text", key}}, {{"language", "en"}, {"text", key}}}},
            {"url_pattern", url},
            {"catalogue", false}};
  };
  server.set(
      "contexts",
      {{"open", false},
       {"types", {type("invoice", "https://erp.example.org/i/{label}"), type("quote", ""), type("project", "")}}});
  const auto number = server.open_ticket();
  for (const char* key : {"invoice", "quote", "project"}) {
    server.change(number, "link-context", {{"type", key}, {"label", "X-1"}});
  }
  CHECK(texts(server.detail(number)["contexts"], "type") == Texts{"invoice", "quote", "project"});
  CHECK(server.detail(number)["contexts"][0]["url"] == "https://erp.example.org/i/X-1");
  CHECK(server.post("/v1/tickets/" + number + "/link-context", {{"type", "boat"}, {"label", "X"}}).faults() ==
        "type unknown_value");
  server.change(number, "unlink-context", {{"link", 2}});
  CHECK(texts(server.detail(number)["contexts"], "type") == Texts{"invoice", "project"});
  CHECK(server.get_now("/v1/tickets?context_type=project").body["items"].size() == 1);
}

TEST_CASE("project link and contract link: a ticket is tied to a project and to a contract at once") {
  const Server server;
  const Json both = {{{"type", "project"}, {"label", "Atlas"}}, {{"type", "contract"}, {"label", "C-7"}}};
  const auto number = server.open_ticket({{"title", "t"}, {"contexts", both}});
  CHECK(texts(server.detail(number)["contexts"], "label") == Texts{"Atlas", "C-7"});
}

TEST_CASE("to-do tab: tasks are added with who and when, done, put in order and dropped") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  server.change(number, "add-todo", {{"text", "Call"}, {"assignee", anna}, {"due_at", "2025-03-03T12:00:00Z"}});
  server.change(number, "add-todo", {{"text", "Write"}});
  server.change(number, "complete-todo", {{"todo", 1}}, acting_as("agent/" + anna));
  auto todos = server.detail(number)["todos"];
  CHECK(texts(todos, "text") == Texts{"Call", "Write"});
  CHECK(todos[0]["assignee"]["name"] == "Anna");
  CHECK(todos[0]["due_at"] == "2025-03-03T12:00:00Z");
  CHECK(todos[0]["done"] == true);
  CHECK(todos[0]["done_by"]["name"] == "Anna");
  server.change(number, "reorder-todos", {{"todos", {2, 1}}});
  CHECK(texts(server.detail(number)["todos"], "text") == Texts{"Write", "Call"});
  server.change(number, "reopen-todo", {{"todo", 1}});
  server.change(number, "drop-todo", {{"todo", 2}});
  CHECK(texts(server.detail(number)["todos"], "text") == Texts{"Call"});
  CHECK(server.get_now("/v1/tickets").body["items"][0]["open_todo_count"] == 1);
}

TEST_CASE("related articles: pages that help are linked with a title and taken off again") {
  const Server server;
  const auto number = server.open_ticket();
  server.change(number, "link-article", {{"title", "How to restart"}, {"url", "https://help.example.org/1"}});
  const auto articles = server.detail(number)["articles"];
  CHECK(articles[0]["title"] == "How to restart");
  CHECK(articles[0]["url"] == "https://help.example.org/1");
  server.change(number, "unlink-article", {{"article", 1}});
  CHECK(server.detail(number)["articles"].empty());
}

TEST_CASE("intervention: requested with what the ticket says, and what became of it is linked back") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket({{"title", "Boiler out"},
                                          {"description", "Cold since nine."},
                                          {"organisation", house},
                                          {"assignee", anna},
                                          {"site", "2nd floor"},
                                          {"client_reference", "order 4711"}});
  server.change(number, "link-context", {{"type", "contract"}, {"label", "C-7"}});
  server.change(number, "request-intervention", {{"details", "Bring a valve"}, {"wanted_at", "2025-03-03T08:00:00Z"}});
  // Another program takes it from the feed.
  const auto batch = server.get("/v1/events?type=InterventionRequested").body;
  REQUIRE(batch.size() == 1);
  CHECK(batch[0]["data"]["number"] == number);
  CHECK(batch[0]["data"]["title"] == "Boiler out");
  CHECK(batch[0]["data"]["priority"]["key"] == "normal");
  CHECK(batch[0]["data"]["details"] == "Bring a valve");
  CHECK(batch[0]["data"]["description"] == "Cold since nine.");
  CHECK(batch[0]["data"]["particulars"]["site"] == "2nd floor");
  CHECK(batch[0]["data"]["particulars"]["client_reference"] == "order 4711");
  CHECK(batch[0]["data"]["assignee"] == anna);
  CHECK(batch[0]["data"]["party"]["organisation"] == house);
  CHECK(batch[0]["data"]["contexts"][0]["label"] == "C-7");
  const auto asked = server.detail(number)["interventions"][0];
  CHECK(asked["answered_at"].is_null());
  CHECK(asked["details"] == "Bring a valve");
  CHECK(asked["wanted_at"] == "2025-03-03T08:00:00Z");
  server.change(number, "answer-intervention",
                {{"intervention", 1}, {"reference", "INT-9"}, {"url", "https://erp.example.org/9"}});
  const auto answered = server.detail(number)["interventions"][0];
  CHECK(answered["reference"] == "INT-9");
  CHECK(answered["url"] == "https://erp.example.org/9");
}
