#include <catch2/catch.hpp>

#include "http/route.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// A request for the route, with something in the place of its {…} segment.
HttpRequest request_for(const Route& route) {
  HttpRequest request;
  request.method = route.method;
  request.path = route.path;
  const auto begin = request.path.find('{');
  if (begin != std::string::npos) request.path.replace(begin, request.path.find('}') - begin + 1, "1");
  request.target = request.path;
  return request;
}

std::string bearer(const std::string& token) { return "Bearer " + token; }

}  // namespace

TEST_CASE("every route but the probes refuses strangers") {
  const Server server;
  const auto tail = server.log->tail();
  int open_count = 0;
  for (const auto& route : server.api->routes()) {
    INFO(route.method << " " << route.path);
    if (route.open) {
      ++open_count;
      CHECK((route.path == "/healthz" || route.path == "/readyz"));
      CHECK(server.ask(request_for(route)).status == 200);
      continue;
    }
    for (const std::string authorization :
         {"", "Bearer", "Bearer ", "Bearer wrong", "Basic dXNlcjpwYXNz", "the-administrator's-token",
          "Bearer the-administrator's-toke", "Bearer the-administrator's-token2", "Bearer THE-ADMINISTRATOR'S-TOKEN"}) {
      auto request = request_for(route);
      if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
      const auto reply = server.ask(std::move(request));
      CHECK(reply.status == 401);
      CHECK(reply.code() == "unauthorised");
      CHECK(reply.header("WWW-Authenticate") == "Bearer");
    }
    auto known = request_for(route);
    known.headers.emplace_back("Authorization", bearer(administrator_token));
    CHECK(server.ask(std::move(known)).status != 401);
  }
  CHECK(open_count == 2);
  // What the walk with the token may have created aside, strangers appended nothing.
  CHECK(server.log->tail() == tail);
}

TEST_CASE("strangers do not learn which paths exist") {
  const Server server;
  for (const std::string path : {"/", "/v1", "/v1/nothing", "/v1/tickets", "/v1/tickets/"}) {
    CHECK(server.get_as_stranger(path).status == 401);
  }
  HttpRequest wrong_method;
  wrong_method.method = "DELETE";
  wrong_method.path = wrong_method.target = "/v1/tickets";
  CHECK(server.ask(wrong_method).status == 401);
}

TEST_CASE("two tokens in one request are refused") {
  const Server server;
  HttpRequest request;
  request.method = "GET";
  request.path = request.target = "/v1/tickets";
  request.headers = {{"Authorization", "Bearer x"}, {"authorization", bearer(administrator_token)}};
  CHECK(server.ask(request).code() == "malformed_header");
}

TEST_CASE("unknown paths are 404 and known paths name their methods") {
  const Server server;
  for (const std::string path : {"/", "/v1", "/v2/tickets", "/v1/tickets/", "/v1//tickets", "/v1/tickets/1/burn",
                                 "/v1/tickets/1/rename/x", "/v1/settings/", "/v1/settings/none", "/tickets"}) {
    INFO(path);
    const auto reply = server.get(path);
    CHECK(reply.status == 404);
    CHECK(reply.code() == "unknown_route");
    CHECK(reply.header("Content-Type") == "application/problem+json");
  }
  const auto wrong = server.send("DELETE", "/v1/tickets", "");
  CHECK(wrong.status == 405);
  CHECK(wrong.code() == "method_not_allowed");
  CHECK(wrong.header("Allow") == "GET, HEAD, POST");
  CHECK(server.send("PUT", "/v1/tickets/1/claim", "").header("Allow") == "POST");
  CHECK(server.send("POST", "/v1/settings/sla", "").header("Allow") == "GET, HEAD, PUT");
}

TEST_CASE("acts in somebody's name keep both names") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto opened = server.post("/v1/tickets", {{"title", "t"}}, acting_as("agent/" + anna));
  REQUIRE(opened.status == 201);
  const auto number = opened.body["number"].get<std::string>();
  const auto events = server.get_now("/v1/tickets/" + number + "/events").body["items"];
  CHECK(events[0]["actor"] == "administrator");
  CHECK(events[0]["on_behalf_of"] == "agent/" + anna);
  CHECK(server.get_now("/v1/tickets/" + number).body["creator"]["name"] == "Anna");
  const auto nobody = server.post("/v1/tickets", {{"title", "t"}}, acting_as("agent/999999"));
  CHECK(nobody.status == 422);
  CHECK(nobody.faults() == "act_as not_found");
  CHECK(server.post("/v1/tickets", {{"title", "t"}}, acting_as("agent/0")).code() == "malformed_header");
}
