#include <catch2/catch.hpp>

#include <thread>

#include "tests/http_bulk.h"

using namespace greffe;
using namespace greffe::test;

namespace {

Headers key(const std::string& value) { return {{"Idempotency-Key", value}}; }

}  // namespace

TEST_CASE("a repeated command gets its first answer again and appends nothing") {
  const Server server;
  const auto first = server.post("/v1/tickets", {{"title", "Once"}}, key("k-1"));
  REQUIRE(first.status == 201);
  CHECK(first.header("Idempotent-Replayed") == "");
  server.post("/v1/tickets/" + first.body["number"].get<std::string>() + "/rename", {{"title", "Later"}});
  const auto tail = server.log->tail();
  for (int i = 0; i < 3; ++i) {
    const auto again = server.post("/v1/tickets", {{"title", "Once"}}, key("k-1"));
    CHECK(again.status == 201);
    CHECK(again.text == first.text);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(again.header("Location") == first.header("Location"));
    CHECK(again.header("ETag") == first.header("ETag"));
  }
  CHECK(server.log->tail() == tail);
}

TEST_CASE("a key may not be used for another request") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  const auto path = "/v1/tickets/" + number;
  REQUIRE(server.post(path + "/rename", {{"title", "A"}}, key("k")).status == 200);
  const auto tail = server.log->tail();
  const auto other_body = server.post(path + "/rename", {{"title", "B"}}, key("k"));
  CHECK(other_body.status == 422);
  CHECK(other_body.code() == "command_id_reused");
  CHECK(server.post(path + "/edit-description", {{"description", "A"}}, key("k")).code() == "command_id_reused");
  const auto other_ticket = server.open_ticket();
  CHECK(server.post("/v1/tickets/" + other_ticket + "/rename", {{"title", "A"}}, key("k")).code() ==
        "command_id_reused");
  auto other_person = key("k");
  other_person.emplace("Greffe-Act-As", "agent/" + anna);
  CHECK(server.post(path + "/rename", {{"title", "A"}}, other_person).code() == "command_id_reused");
  CHECK(server.log->tail() == next(tail));
}

TEST_CASE("a batch's key may not be used for another request, and nothing of that is carried out") {
  const Server server;
  const auto tickets = opened(server, 4);
  server.change(tickets[3], "close");
  const auto tail_before = server.log->tail();
  const auto kb = key("kb");
  // The first ticket is refused, so that the second step is the first that is done.
  const auto first = bulk(server, {tickets[3], tickets[0]}, "rename", {{"title", "New"}}, kb);
  REQUIRE(statuses(first) == std::vector<int>{409, 200});
  const auto tail = server.log->tail();
  REQUIRE(tail == next(tail_before));
  CHECK(bulk(server, {tickets[1], tickets[0]}, "rename", {{"title", "New"}}, kb).code() == "command_id_reused");
  CHECK(bulk(server, {tickets[2]}, "rename", {{"title", "New"}}, kb).code() == "command_id_reused");
  CHECK(bulk(server, {tickets[2]}, "claim", Json::object(), kb).code() == "command_id_reused");
  CHECK(server.post("/v1/tickets/" + tickets[2] + "/absorb", {{"sources", {tickets[1]}}}, kb).code() ==
        "command_id_reused");
  CHECK(server.post("/v1/tickets/" + tickets[2] + "/rename", {{"title", "New"}}, kb).code() == "command_id_reused");
  CHECK(undo(server, first, kb).code() == "command_id_reused");
  CHECK(server.log->tail() == tail);
  const auto again = bulk(server, {tickets[3], tickets[0]}, "rename", {{"title", "New"}}, kb);
  CHECK(statuses(again) == std::vector<int>{409, 200});
  CHECK(again.body["batch_id"] == first.body["batch_id"]);
  CHECK(again.body["results"][1]["repeated"] == true);
  CHECK(server.log->tail() == tail);
}

TEST_CASE("the key of one command, or of an undoing, is no batch's key") {
  const Server server;
  const auto tickets = opened(server, 3);
  const auto single = key("ks");
  server.change(tickets[0], "rename", {{"title", "New"}}, single);
  const auto renamed = bulk(server, {tickets[0], tickets[1]}, "rename", {{"title", "Other"}});
  const auto undoing = key("ku");
  REQUIRE(undo(server, renamed, undoing).status == 200);
  const auto tail = server.log->tail();
  CHECK(bulk(server, {tickets[2]}, "rename", {{"title", "New"}}, single).code() == "command_id_reused");
  CHECK(bulk(server, {tickets[2]}, "rename", {{"title", "New"}}, undoing).code() == "command_id_reused");
  CHECK(server.log->tail() == tail);
}

TEST_CASE("a batch sent many times at once is carried out once") {
  const Server server;
  const auto tickets = opened(server, 3);
  // The first step is refused each time.
  const Json body = {{"tickets", Json(tickets)},
                     {"command", "post-message"},
                     {"body", {{"body", "x"}}},
                     {"if_versions", {{tickets[0], 7}}}};
  std::vector<Reply> replies(8);
  std::vector<std::thread> threads;
  for (auto& reply : replies) {
    threads.emplace_back([&] { reply = server.post("/v1/tickets/bulk", body, key("race")); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(server.get("/v1/events?type=MessagePosted&limit=100").body.size() == 2);
  for (const auto& reply : replies) {
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    CHECK(statuses(reply) == std::vector<int>{412, 200, 200});
    CHECK(reply.body["results"][1]["position"] == replies[0].body["results"][1]["position"]);
  }
}

TEST_CASE("repeats sent at the same time open one ticket") {
  const Server server;
  const auto before = server.log->tail();
  std::vector<Reply> replies(8);
  std::vector<std::thread> threads;
  for (auto& reply : replies) {
    threads.emplace_back([&] { reply = server.post("/v1/tickets", {{"title", "Race"}}, key("race")); });
  }
  for (auto& thread : threads) thread.join();
  int first_answers = 0;
  for (const auto& reply : replies) {
    CHECK(reply.status == 201);
    CHECK(reply.text == replies[0].text);
    first_answers += reply.header("Idempotent-Replayed") == "true" ? 0 : 1;
  }
  CHECK(first_answers == 1);
  CHECK(server.log->tail() == next(before));
}

TEST_CASE("of many who claim a ticket at once one gets it") {
  const Server server;
  std::vector<std::string> agents;
  for (int i = 0; i < 8; ++i) agents.push_back(server.create_agent("A" + std::to_string(i)));
  const auto number = server.open_ticket();
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  std::vector<std::thread> threads;
  for (const auto& agent : agents) {
    threads.emplace_back([&, agent] {
      const auto reply = server.post("/v1/tickets/" + number + "/claim", Json::object(), acting_as("agent/" + agent));
      if (reply.status == 200) ++won;
      if (reply.status == 409 && reply.code() == "already_assigned") ++lost;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(won == 1);
  CHECK(lost == 7);
}

TEST_CASE("a stale If-Match is refused with the events that the caller missed") {
  const Server server;
  const auto number = server.open_ticket({{"title", "One"}});
  const auto path = "/v1/tickets/" + number;
  server.post(path + "/rename", {{"title", "Two"}});
  server.post(path + "/rename", {{"title", "Three"}});
  const auto tail = server.log->tail();
  const auto stale = server.post(path + "/rename", {{"title", "Four"}}, {{"If-Match", "\"1\""}});
  CHECK(stale.status == 412);
  CHECK(stale.code() == "stale_version");
  CHECK(stale.body["current_version"] == 3);
  REQUIRE(stale.body["missed"].size() == 2);
  CHECK(stale.body["missed"][0]["version"] == 2);
  CHECK(stale.body["missed"][1]["data"]["new_title"] == "Three");
  const auto ahead = server.post(path + "/rename", {{"title", "Four"}}, {{"If-Match", "\"4\""}});
  CHECK(ahead.status == 412);
  CHECK(ahead.body["missed"].empty());
  CHECK(server.log->tail() == tail);
  CHECK(server.post(path + "/rename", {{"title", "Four"}}, {{"If-Match", "\"3\""}}).status == 200);
}

TEST_CASE("a dry run answers the events and leaves nothing") {
  const Server server;
  const auto tail = server.log->tail();
  const auto dry = server.post("/v1/tickets", {{"title", "Maybe"}}, {{"Prefer", "dry-run"}, {"Idempotency-Key", "d"}});
  INFO(dry.text);
  REQUIRE(dry.status == 200);
  CHECK(dry.header("Preference-Applied") == "dry-run");
  CHECK(dry.header("ETag") == "");
  CHECK(dry.body["dry_run"] == true);
  REQUIRE(dry.body["events"].size() == 1);
  CHECK(dry.body["events"][0]["type"] == "TicketOpened");
  CHECK(dry.body["events"][0]["data"]["title"] == "Maybe");
  CHECK(!dry.body["events"][0].contains("position"));
  CHECK(server.log->tail() == tail);
  // Neither the number nor the key is used up.
  const auto real = server.post("/v1/tickets", {{"title", "Surely"}}, {{"Idempotency-Key", "d"}});
  CHECK(real.status == 201);
  CHECK(real.body["number"] == dry.body["events"][0]["data"]["number"]);
  const auto refused = server.post("/v1/tickets", {{"title", ""}}, {{"Prefer", "dry-run"}});
  CHECK(refused.status == 422);
}

TEST_CASE("a command that changes nothing answers 200 without events") {
  const Server server;
  const auto number = server.open_ticket({{"title", "Same"}});
  const auto tail = server.log->tail();
  const auto same = server.post("/v1/tickets/" + number + "/rename", {{"title", "Same"}}, key("same"));
  CHECK(same.status == 200);
  CHECK(same.body["events"].empty());
  CHECK(same.body["version"] == 1);
  CHECK(same.header("ETag") == "\"1\"");
  CHECK(server.post("/v1/tickets/" + number + "/rename", {{"title", "Same"}}, key("same")).text == same.text);
  CHECK(server.log->tail() == tail);
}

TEST_CASE("a repeated creation of a canned reply gets its first answer, and the store goes on") {
  const Server server;
  const Json reply = {{"title", "Thanks"}, {"language", "fr"}, {"body", "Merci."}};
  const auto first = server.post("/v1/canned-replies", reply, key("k-1"));
  INFO(first.text);
  REQUIRE(first.status == 201);
  const auto tail = server.log->tail();
  for (int i = 0; i < 2; ++i) {
    const auto again = server.post("/v1/canned-replies", reply, key("k-1"));
    CHECK(again.status == 201);
    CHECK(again.text == first.text);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(again.header("Location") == first.header("Location"));
  }
  CHECK(server.log->tail() == tail);
  CHECK(server.post("/v1/canned-replies", {{"title", "Other"}, {"language", "fr"}, {"body", "x"}}, key("k-1")).code() ==
        "command_id_reused");
  CHECK(server.get_as_stranger("/readyz").status == 200);
  CHECK(server.post("/v1/tickets", {{"title", "Later"}}).status == 201);
}
