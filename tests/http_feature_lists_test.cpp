// Lists, delays and time spent, feature by feature of the help pages (docs/features.md).
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

using Numbers = std::vector<std::string>;

Numbers numbers(const Server& server, const std::string& target, const Headers& who = {}) {
  const auto list = server.get_now(target, who);
  INFO(list.text);
  REQUIRE(list.status == 200);
  Numbers all;
  for (const auto& row : list.body["items"]) all.push_back(row["number"]);
  return all;
}

Json clock_of(const Server& server, const std::string& number, const std::string& metric) {
  Json found;
  const auto reply = server.get_now("/v1/tickets/" + number + "/clocks");
  for (const auto& clock : reply.body["items"]) {
    if (clock["metric"] == metric) found = clock;
  }
  REQUIRE(!found.is_null());
  return found;
}

void set_delays(const Server& server, std::int64_t first_response_ms, std::int64_t inactivity_ms) {
  const Json normal = {
      {"priority", "normal"}, {"first_response_ms", first_response_ms}, {"inactivity_ms", inactivity_ms}};
  server.set("sla", {{"targets", {normal}}});
}

constexpr std::int64_t hour_ms = 3'600'000;

}  // namespace

TEST_CASE("tickets list: a ticket's evolution is followed in it at any time, each row with its version") {
  const Server server;
  const auto number = server.open_ticket();
  const auto row = [&] { return server.get_now("/v1/tickets?view=all").body["items"][0]; };
  CHECK(row()["status"]["key"] == "new");
  CHECK(row()["version"] == 1);
  server.change(number, "change-status", {{"status", "pending"}});
  CHECK(row()["status"]["key"] == "pending");
  CHECK(row()["version"] == 2);
  server.change(number, "close");
  CHECK(row()["status"]["category"] == "closed");
  CHECK(server.get_now("/v1/tickets").body["position"] == std::to_string(server.log->tail().value));
}

TEST_CASE("four tabs of supervision: mine and all, open and closed, with their counts") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto as = acting_as("agent/" + anna);
  const auto mine = server.open_ticket({{"title", "t"}, {"assignee", anna}});
  const auto other = server.open_ticket();
  CHECK(numbers(server, "/v1/tickets?view=mine-open", as) == Numbers{mine});
  CHECK(numbers(server, "/v1/tickets?view=open&sort=number", as) == Numbers{mine, other});
  server.change(mine, "close");
  CHECK(numbers(server, "/v1/tickets?view=mine-closed", as) == Numbers{mine});
  CHECK(numbers(server, "/v1/tickets?view=closed", as) == Numbers{mine});
  const auto counts = server.get_now("/v1/tickets/counts", as).body["by_view"];
  CHECK(counts["mine-open"] == 0);
  CHECK(counts["open"] == 1);
  CHECK(counts["mine-closed"] == 1);
  CHECK(counts["closed"] == 1);
}

TEST_CASE("views: a filter with columns and an order is saved under a name, chosen from a menu and counted") {
  const Server server;
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto urgent = server.open_ticket({{"title", "t"}, {"priority", "critical"}});
  server.open_ticket();
  const Json view = {{"title", "Urgent"}, {"query", "view=open&priority=critical"}, {"columns", {"number", "title"}}};
  const auto id = server.create("views", view);
  const auto menu = server.get_now("/v1/views", anna).body["items"];
  REQUIRE(menu.size() == 1);
  CHECK(menu[0]["columns"] == view["columns"]);
  CHECK(numbers(server, "/v1/tickets?" + menu[0]["query"].get<std::string>(), anna) == Numbers{urgent});
  const auto counted = server.get_now("/v1/tickets/counts", anna).body["saved_views"];
  REQUIRE(counted.size() == 1);
  CHECK(counted[0]["id"] == id);
  CHECK(counted[0]["count"] == 1);
  const auto facet = server.get_now("/v1/tickets/facets?facet=priority").body["facets"][0];
  CHECK(facet["values"].size() == 2);
}

TEST_CASE("sortable columns: date, status, priority and client, up and down, equal ones by id") {
  Server server;
  const auto person = [&](const char* name) { return server.create("contacts", {{"display_name", name}}); };
  const auto zoe = person("Zoé"), abel = person("Abel");
  const auto first = server.open_ticket({{"title", "t"}, {"contact", zoe}, {"priority", "low"}});
  server.clock.advance(Milliseconds(1'000));
  const auto second = server.open_ticket({{"title", "t"}, {"contact", abel}, {"priority", "high"}});
  server.change(second, "change-status", {{"status", "pending"}});
  for (const char* column : {"opened_at", "status", "priority"}) {
    INFO(column);
    CHECK(numbers(server, std::string("/v1/tickets?sort=") + column) == Numbers{first, second});
    CHECK(numbers(server, std::string("/v1/tickets?sort=-") + column) == Numbers{second, first});
  }
  CHECK(numbers(server, "/v1/tickets?sort=contact") == Numbers{second, first});
  CHECK(numbers(server, "/v1/tickets?sort=-contact") == Numbers{first, second});
  CHECK(numbers(server, "/v1/tickets?sort=team") == Numbers{first, second});
}

TEST_CASE("magnifier: titles, descriptions, notes and later messages are searched") {
  const Server server;
  const auto number = server.open_ticket({{"title", "Facture"}, {"description", "En double"}});
  server.change(number, "post-message", {{"body", "Un avoir suit"}, {"visibility", "internal"}});
  server.change(number, "post-message", {{"body", "Remboursement envoyé"}});
  for (const char* word : {"facture", "double", "avoir", "remboursements"}) {
    INFO(word);
    CHECK(numbers(server, std::string("/v1/search?q=") + word) == Numbers{number});
  }
}

TEST_CASE("response delay: the most that a client waits for an answer to a new ticket, in hours") {
  Server server;
  set_delays(server, 4 * hour_ms, 0);
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto in_time = server.open_ticket(), late = server.open_ticket();
  server.clock.advance(Milliseconds(4 * hour_ms));
  server.change(in_time, "post-message", {{"body", "We look at it."}}, anna);
  server.clock.advance(Milliseconds(1));
  CHECK(clock_of(server, in_time, "first_response")["state"] == "met");
  CHECK(clock_of(server, in_time, "first_response")["counted_ms"] == 4 * hour_ms);
  CHECK(clock_of(server, late, "first_response")["state"] == "breached");
}

TEST_CASE("action delay: the most that an open ticket stays without an act of the desk") {
  Server server;
  set_delays(server, 0, 24 * hour_ms);
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto number = server.open_ticket();
  server.clock.advance(Milliseconds(20 * hour_ms));
  server.change(number, "add-todo", {{"text", "Call"}}, anna);
  CHECK(clock_of(server, number, "inactivity")["remaining_ms"] == 24 * hour_ms);
  server.clock.advance(Milliseconds(24 * hour_ms + 1));
  CHECK(clock_of(server, number, "inactivity")["state"] == "breached");
}

TEST_CASE("delays: a choice counts from its change on, and what ended before stays judged") {
  Server server;
  set_delays(server, 4 * hour_ms, 24 * hour_ms);
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto before = server.open_ticket(), after = server.open_ticket();
  server.clock.advance(Milliseconds(hour_ms));
  server.change(before, "close", Json::object(), anna);
  server.set("sla", {{"close_counts_as_response", false}, {"inactivity_counts", "public_message"}});
  server.change(after, "add-todo", {{"text", "Call"}}, anna);
  CHECK(clock_of(server, after, "inactivity")["counted_ms"] == hour_ms);
  CHECK(clock_of(server, after, "inactivity")["ended"] == false);
  server.change(after, "close", Json::object(), anna);
  CHECK(clock_of(server, before, "first_response")["state"] == "met");
  CHECK(clock_of(server, after, "first_response")["state"] == "cancelled");
  server.set("sla", {{"close_counts_as_response", true}});
  CHECK(clock_of(server, after, "first_response")["state"] == "cancelled");
}

TEST_CASE("canned replies: written once with variables, given with the ticket's words, kept with the message") {
  const Server server;
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto reply =
      server.create("canned-replies", {{"title", "Hello"}, {"language", "fr"}, {"body", "Bonjour {{client.name}}"}});
  const auto target = "/v1/canned-replies/" + reply + "/render?ticket=" + number +
                      "&min_position=" + std::to_string(server.log->tail().value);
  const std::string text = server.post(target).body["text"];
  CHECK(text == "Bonjour Jeanne");
  server.change(number, "post-message", {{"body", text + "!"}, {"canned_reply", reply}});
  const auto message = server.get_now("/v1/tickets/" + number + "/timeline").body["items"].back()["data"];
  CHECK(message["body"] == "Bonjour Jeanne!");
  CHECK(message["canned_reply"] == reply);
}
