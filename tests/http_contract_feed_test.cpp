#include <catch2/catch.hpp>

#include "events/json.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::vector<std::uint64_t> positions(const Reply& reply) {
  std::vector<std::uint64_t> all;
  for (const auto& event : reply.body) all.push_back(std::stoull(event["id"].get<std::string>()));
  return all;
}

}  // namespace

TEST_CASE("the feed gives every event once, in the order of the log") {
  const Server server;
  for (int i = 0; i < 7; ++i) server.open_ticket();
  std::vector<std::uint64_t> all;
  std::string from = "1";
  for (int page = 0; page < 10; ++page) {
    const auto reply = server.get("/v1/events?limit=3&from=" + from);
    REQUIRE(reply.status == 200);
    CHECK(reply.header("Content-Type") == "application/cloudevents-batch+json");
    for (const auto position : positions(reply)) all.push_back(position);
    from = reply.header("Greffe-Next-Position");
    if (reply.body.empty()) break;
  }
  REQUIRE(all.size() == default_areas + 7);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i] == i + 1);
  CHECK(from == std::to_string(default_areas + 8));
  // A reader that is up to date goes on where it stood as soon as there is more.
  server.open_ticket();
  CHECK(positions(server.get("/v1/events?from=" + from)) == std::vector<std::uint64_t>{default_areas + 8});
}

TEST_CASE("an event of the feed is a CloudEvent") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  auto headers = acting_as("agent/" + anna);
  headers.emplace("Idempotency-Key", "k-7");
  const auto opened = server.post("/v1/tickets", {{"title", "Élan"}}, headers);
  const auto feed = server.get("/v1/events?from=" + opened.body["position"].get<std::string>());
  REQUIRE(feed.body.size() == 1);
  const auto& event = feed.body[0];
  CHECK(event["specversion"] == "1.0");
  CHECK(event["id"] == opened.body["position"]);
  CHECK(event["source"] == "/v1/events");
  CHECK(event["type"] == "TicketOpened");
  CHECK(event["subject"] == "ticket/" + opened.body["position"].get<std::string>());
  CHECK(event["time"] == "2025-02-28T10:00:00Z");
  CHECK(event["datacontenttype"] == "application/json");
  CHECK(event["data"]["title"] == "Élan");
  CHECK(event["actor"] == "administrator");
  CHECK(event["onbehalfof"] == "agent/" + anna);
  CHECK(event["commandid"] == "k-7");
  for (const auto& [name, value] : event.items()) {
    INFO(name);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos);
  }
}

TEST_CASE("the feed can be narrowed to a stream and to types") {
  const Server server;
  const auto first = server.open_ticket();
  const auto second = server.open_ticket();
  server.post("/v1/tickets/" + first + "/rename", {{"title", "New"}});
  server.post("/v1/tickets/" + second + "/rename", {{"title", "New"}});
  using Positions = std::vector<std::uint64_t>;
  constexpr std::uint64_t opened = default_areas + 1;
  constexpr std::uint64_t renamed = opened + 2;
  const auto stream = "/v1/events?stream=ticket/" + std::to_string(opened);
  CHECK(positions(server.get(stream)) == Positions{opened, renamed});
  CHECK(positions(server.get(stream + "&from=" + std::to_string(opened + 1))) == Positions{renamed});
  CHECK(positions(server.get("/v1/events?type=TitleChanged")) == Positions{renamed, renamed + 1});
  CHECK(positions(server.get("/v1/events?type=TitleChanged,TenantConfigured")) == Positions{1, renamed, renamed + 1});
  CHECK(positions(server.get("/v1/events?stream=settings/sla")) == Positions{4});
  CHECK(positions(server.get("/v1/events?stream=ticket/999")).empty());
  const auto page = server.get("/v1/events?type=TitleChanged&limit=1");
  CHECK(positions(page) == Positions{renamed});
  const auto rest = "/v1/events?from=" + std::to_string(renamed + 1) + "&type=TitleChanged&limit=1";
  CHECK(page.header("Link") == "<" + rest + ">; rel=\"next\"");
  CHECK(positions(server.get(rest)) == Positions{renamed + 1});
  const auto none = server.get("/v1/events?type=TicketDeleted");
  CHECK(none.body.empty());
  CHECK(none.header("Greffe-Next-Position") == std::to_string(renamed + 2));
}

TEST_CASE("the feed of a type that no event has is refused by the parameter's name") {
  const Server server;
  for (const char* types : {"Unheard", "TitleChanged,Unheard", "titlechanged", ""}) {
    const auto reply = server.get(std::string("/v1/events?type=") + types);
    CHECK(reply.status == 422);
    CHECK(reply.faults() == "type not_one_of");
  }
}

TEST_CASE("the feed beyond the end is empty and waits at the same place") {
  const Server server;
  const auto reply = server.get("/v1/events?from=1000");
  CHECK(reply.status == 200);
  CHECK(reply.text == "[]");
  CHECK(reply.header("Greffe-Next-Position") == "1000");
}

TEST_CASE("imports are for administrators, in whose name they are") {
  ApiHooks hooks;
  hooks.import = [](const HttpRequest&, const Principal& principal, HttpResponse& response) {
    response.body = Json(actor_text(principal.person())).dump();
  };
  const Server server(std::move(hooks));
  const auto person = [&](const char* plural, const char* role) {
    return server.create(plural, {{"display_name", "x"}, {"role", role}});
  };
  const auto import = [&](Headers headers) {
    return server.send("POST", "/v1/import", "", std::move(headers), "application/x-ndjson");
  };
  for (const auto* role : {"auditor", "agent", "supervisor"}) {
    INFO(role);
    const auto refused = import(acting_as("agent/" + person("agents", role)));
    CHECK(refused.status == 403);
    CHECK(refused.code() == "forbidden");
  }
  CHECK(import(acting_as("contact/" + person("contacts", "manager"))).code() == "forbidden");
  CHECK(import(acting_as("agent/999999")).faults() == "act_as not_found");
  const auto boss = person("agents", "administrator");
  CHECK(import(acting_as("agent/" + boss)).body == "agent/" + boss);
  CHECK(import({}).body == "administrator");
  REQUIRE(server.post("/v1/agents/" + boss + "/deactivate").status == 200);
  CHECK(import(acting_as("agent/" + boss)).faults() == "act_as inactive");
}
