#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

TEST_CASE("probes answer without a token") {
  const Server server;
  server.get_now("/v1/tickets");
  CHECK(server.get_as_stranger("/healthz").text == R"({"status":"ok"})");
  REQUIRE(server.search->wait_for(server.log->tail(), std::chrono::seconds(30)));
  CHECK(server.get_as_stranger("/readyz").text ==
        R"({"status":"ready","reasons":[],"search":{"lag_ms":0,"rebuilding":false}})");
}

TEST_CASE("a reported failure turns readiness red for good") {
  Server server;
  server.api->report_failure("the log failed: no space left");
  const auto ready = server.get_as_stranger("/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.body["reasons"] == Json::array({"the log failed: no space left"}));
  CHECK(server.get_as_stranger("/healthz").status == 200);
}

TEST_CASE("views that fall far behind turn readiness red until they have caught up") {
  Views::Options by_hand;
  by_hand.follow = false;
  Server server({}, by_hand);
  REQUIRE(server.views->catch_up({}));
  server.open_ticket();
  CHECK(server.get_as_stranger("/readyz").status == 200);
  server.clock.advance(Milliseconds(10'001));
  const auto red = server.get_as_stranger("/readyz");
  CHECK(red.status == 503);
  CHECK(red.body["reasons"][0] == "the views are 10001 ms behind the log");
  const auto list = server.get("/v1/tickets").body;
  CHECK(list["age_ms"] == 10'001);
  REQUIRE(server.views->catch_up({}));
  CHECK(server.get_as_stranger("/readyz").status == 200);
  CHECK(server.get("/v1/tickets").body["age_ms"] == 0);
}

TEST_CASE("metrics count requests by route and show the engine's figures") {
  const Server server;
  server.open_ticket();
  server.get_now("/v1/tickets");
  server.get("/v1/tickets/no-such-number");
  server.get("/v1/tickets/no-other-number");
  server.get("/nothing/here");
  const auto metrics = server.get("/metrics");
  CHECK(metrics.status == 200);
  CHECK(metrics.header("Content-Type") == "text/plain; version=0.0.4");
  // The settings, and the ticket.
  const auto events = std::to_string(default_areas + 1);
  for (const std::string& line :
       {std::string(R"(greffe_requests_total{method="POST",route="/v1/tickets",status="201"} 1)"),
        std::string(R"(greffe_requests_total{method="GET",route="/v1/tickets/{number}",status="404"} 2)"),
        std::string(R"(greffe_requests_total{method="any",route="none",status="404"} 1)"),
        "greffe_log_tail_position " + events, "greffe_views_position " + events,
        std::string("greffe_views_lag_events 0"), "greffe_events_total " + events,
        std::string("greffe_queue_commands 0"),
        std::string(R"(greffe_request_seconds_count{method="POST",route="/v1/tickets"} 1)")}) {
    INFO(line);
    CHECK(metrics.text.find(line) != std::string::npos);
  }
  CHECK(metrics.text.find("no-such-number") == std::string::npos);
}

TEST_CASE("an exception in a handler is answered with 500 and told to the journal") {
  std::string journal;
  ApiHooks hooks;
  hooks.import = [](const HttpRequest&, const Principal&, HttpResponse&) { throw std::runtime_error("inner detail"); };
  hooks.on_defect = [&journal](const std::string& what) { journal = what; };
  const Server server(std::move(hooks));
  const auto reply = server.send("POST", "/v1/import", "{}\n", {}, "application/x-ndjson");
  CHECK(reply.status == 500);
  CHECK(reply.code() == "internal");
  CHECK(reply.text.find("inner detail") == std::string::npos);
  CHECK(journal == "inner detail");
  CHECK(server.get("/metrics").text.find("greffe_defects_total 1") != std::string::npos);
}

TEST_CASE("the import route exists where the program has an import") {
  const Server without;
  CHECK(without.send("POST", "/v1/import", "{}\n", {}, "application/x-ndjson").code() == "unknown_route");
  ApiHooks hooks;
  hooks.import = [](const HttpRequest& request, const Principal& principal, HttpResponse& response) {
    CHECK(principal.actor.kind == ActorKind::administrator);
    response.body = "{\"bytes\":" + std::to_string(request.body.size()) + "}";
  };
  const Server with(std::move(hooks));
  CHECK(with.send("POST", "/v1/import", "{}\n{}\n", {}, "application/x-ndjson").body["bytes"] == 6);
  CHECK(with.send("POST", "/v1/import", "{}\n").code() == "unsupported_media_type");
}
