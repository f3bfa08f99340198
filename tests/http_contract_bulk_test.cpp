#include <catch2/catch.hpp>

#include "tests/http_bulk.h"

using namespace greffe;
using namespace greffe::test;

namespace {

Json numbers(const std::vector<std::string>& tickets) { return Json(tickets); }

}  // namespace

TEST_CASE("one command for many tickets is answered for each, and one refusal stops no other") {
  const Server server;
  const auto tickets = opened(server, 3);
  server.change(tickets[1], "close");
  auto asked = tickets;
  asked.emplace_back("nothing");
  const auto reply = bulk(server, asked, "rename", {{"title", "New"}});
  INFO(reply.text);
  REQUIRE(reply.status == 200);
  CHECK(statuses(reply) == std::vector<int>{200, 409, 200, 404});
  CHECK(reply.body["results"][0]["number"] == tickets[0]);
  CHECK(reply.body["results"][0]["version"] == 2);
  CHECK(reply.body["results"][0]["problem"].is_null());
  CHECK(reply.body["results"][1]["problem"]["code"] == "ticket_closed");
  CHECK(reply.body["results"][3]["problem"]["code"] == "ticket_not_found");
  CHECK(server.detail(tickets[2])["title"] == "New");
  CHECK(server.detail(tickets[1])["title"] == "Printer on fire");
  // All events of the batch carry its id.
  std::size_t found = 0;
  const auto events = server.get("/v1/events?type=TitleChanged&limit=10").body;
  for (const auto& event : events) found += event["correlationid"] == reply.body["batch_id"] ? 1 : 0;
  CHECK(found == 2);
}

TEST_CASE("a batch is refused whole for what is wrong with all of it") {
  const Server server;
  const auto number = server.open_ticket();
  const auto version = server.log->tail();
  CHECK(bulk(server, {number}, "rename").faults() == "body.title required");
  CHECK(bulk(server, {number}, "open").faults() == "command not_one_of");
  CHECK(bulk(server, {}, "claim").faults() == "tickets required");
  CHECK(bulk(server, {number, number}, "claim").faults() == "tickets[1] duplicate");
  CHECK(bulk(server, std::vector<std::string>(501, number), "claim").faults() == "tickets too_many");
  CHECK(bulk(server, {number}, "claim", Json::object(), {{"If-Match", "\"1\""}}).code() == "malformed_header");
  CHECK(bulk(server, {number}, "claim", Json::object(), {{"Idempotency-Key", std::string(181, 'k')}}).code() ==
        "malformed_header");
  CHECK(server.log->tail() == version);
}

TEST_CASE("a ticket that has another version than named is left alone") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto reply = server.post("/v1/tickets/bulk", {{"tickets", numbers(tickets)},
                                                      {"command", "rename"},
                                                      {"body", {{"title", "New"}}},
                                                      {"if_versions", {{tickets[0], 1}, {tickets[1], 7}}}});
  CHECK(statuses(reply) == std::vector<int>{200, 412});
}

TEST_CASE("a ticket of a batch with a stale version is told what the caller missed, as on its own path") {
  const Server server;
  const auto tickets = opened(server, 2);
  server.change(tickets[1], "rename", {{"title", "Meanwhile"}});
  const auto reply = server.post("/v1/tickets/bulk", {{"tickets", numbers(tickets)},
                                                      {"command", "rename"},
                                                      {"body", {{"title", "New"}}},
                                                      {"if_versions", {{tickets[0], 1}, {tickets[1], 1}}}});
  REQUIRE(statuses(reply) == std::vector<int>{200, 412});
  const auto& problem = reply.body["results"][1]["problem"];
  const auto alone = server.post("/v1/tickets/" + tickets[1] + "/rename", {{"title", "New"}}, {{"If-Match", "\"1\""}});
  CHECK(problem == alone.body);
  CHECK(problem["current_version"] == 2);
  REQUIRE(problem["missed"].size() == 1);
  CHECK(problem["missed"][0]["data"]["new_title"] == "Meanwhile");
}

TEST_CASE("a version of a ticket that the batch does not ask of is refused") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto reply = server.post("/v1/tickets/bulk", {{"tickets", {tickets[0]}},
                                                      {"command", "rename"},
                                                      {"body", {{"title", "New"}}},
                                                      {"if_versions", {{tickets[0], 1}, {tickets[1], 1}}}});
  CHECK(reply.status == 422);
  CHECK(reply.faults() == "if_versions." + tickets[1] + " not_one_of");
}

TEST_CASE("a batch sent again answers the same and does nothing twice") {
  const Server server;
  const auto tickets = opened(server, 3);
  const Headers key = {{"Idempotency-Key", "once"}};
  const auto first = bulk(server, tickets, "post-message", {{"body", "x"}}, key);
  const auto tail = server.log->tail();
  const auto again = bulk(server, tickets, "post-message", {{"body", "x"}}, key);
  CHECK(server.log->tail() == tail);
  CHECK(again.body["batch_id"] == first.body["batch_id"]);
  for (std::size_t i = 0; i < tickets.size(); ++i) {
    CHECK(again.body["results"][i]["position"] == first.body["results"][i]["position"]);
    CHECK(again.body["results"][i]["repeated"] == true);
  }
  const auto other = bulk(server, tickets, "post-message", {{"body", "y"}}, key);
  CHECK(other.status == 422);
  CHECK(other.code() == "command_id_reused");
  CHECK(server.log->tail() == tail);
}

TEST_CASE("a dry run of a batch appends nothing") {
  const Server server;
  const auto tickets = opened(server, 2);
  const auto tail = server.log->tail();
  const auto reply = bulk(server, tickets, "close", Json::object(), {{"Prefer", "dry-run"}});
  CHECK(statuses(reply) == std::vector<int>{200, 200});
  CHECK(server.log->tail() == tail);
}

TEST_CASE("a dry run of a batch tells for each ticket what its own path would tell") {
  const Server server;
  const auto tickets = opened(server, 2);
  const Headers dry = {{"Prefer", "dry-run"}};
  const auto reply = bulk(server, tickets, "rename", {{"title", "New"}}, dry);
  CHECK(reply.header("Preference-Applied") == "dry-run");
  for (std::size_t i = 0; i < tickets.size(); ++i) {
    const auto single = server.post("/v1/tickets/" + tickets[i] + "/rename", {{"title", "New"}}, dry);
    auto events = reply.body["results"][i]["events"];
    REQUIRE(events.size() == 1);
    events[0].erase("correlation_id");  // of the batch
    CHECK(events == single.body["events"]);
  }
}

TEST_CASE("where a batch opens tickets, its results give their numbers, in the order asked") {
  const Server server;
  const auto parents = opened(server, 2);
  const auto reply = bulk(server, parents, "open-sub-ticket", {{"title", "part"}});
  REQUIRE(statuses(reply) == std::vector<int>{200, 200});
  for (std::size_t i = 0; i < parents.size(); ++i) {
    const auto child = server.detail(reply.body["results"][i]["number"]);
    CHECK(child["parent"] == parents[i]);
    CHECK(child["version"] == reply.body["results"][i]["version"]);
  }
  CHECK(bulk(server, parents, "open-sub-ticket", {{"title", "part"}}, {{"Prefer", "dry-run"}})
            .body["results"][0]["number"] == parents[0]);
}

TEST_CASE("a ticket absorbs several at once, each by its own rules") {
  const Server server;
  const auto target = server.open_ticket();
  const auto sources = opened(server, 3);
  server.change(sources[1], "merge", {{"into", sources[2]}});
  const auto reply = server.post("/v1/tickets/" + target + "/absorb",
                                 {{"sources", {sources[0], sources[1], target}}, {"reason", "the same"}});
  INFO(reply.text);
  CHECK(statuses(reply) == std::vector<int>{200, 409, 422});
  CHECK(reply.body["results"][1]["problem"]["code"] == "already_merged");
  CHECK(reply.body["results"][1]["problem"]["root"] == sources[2]);
  CHECK(reply.body["results"][2]["problem"]["code"] == "merge_self");
  CHECK(server.detail(target)["absorbed"] == Json::array({sources[0]}));
  CHECK(undo(server, reply).status == 200);
  CHECK(server.detail(target)["absorbed"].empty());
  const auto too_many = server.post("/v1/tickets/" + target + "/absorb", {{"sources", Json(opened(server, 21))}});
  CHECK(too_many.faults() == "sources too_many");
}

TEST_CASE("a batch is no time spent on its tickets, except on the one that several are merged into") {
  Server server;
  const auto anna = server.create_agent("Anna");
  const auto tickets = opened(server, 3);
  const auto worked = [&](const std::string& number) {
    return server.get_now("/v1/tickets/" + number + "/time").body["worked_ms"].get<std::int64_t>();
  };
  server.clock.advance(Milliseconds(60 * 60'000));
  REQUIRE(bulk(server, tickets, "rename", {{"title", "New"}}, acting_as("agent/" + anna)).status == 200);
  for (const auto& number : tickets) CHECK(worked(number) == 0);
  server.clock.advance(Milliseconds(60 * 60'000));
  const auto merged = server.post("/v1/tickets/" + tickets[0] + "/absorb",
                                  {{"sources", numbers({tickets[1], tickets[2]})}}, acting_as("agent/" + anna));
  INFO(merged.text);
  REQUIRE(statuses(merged) == std::vector<int>{200, 200});
  CHECK(worked(tickets[0]) == 2 * 60'000);
}
