// The front over real sockets: what a client sees, well behaved or not.
#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "tests/http_front_echo.h"

namespace greffe {
namespace {

using test::code_of;
using test::get;
using test::quick_options;
using test::Running;
using test::WireClient;
using namespace std::chrono_literals;

TEST_CASE("requests on one connection are answered one after another") {
  Running server;
  WireClient client(server.port);
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a%20b?x=1"));
    const auto answer = client.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == "GET /a b 127.0.0.1 ");
    CHECK(answer.header("Content-Type") == "text/plain");
    CHECK(answer.header("Connection").empty());
    CHECK(answer.header("Keep-Alive").empty());
    std::this_thread::sleep_for(i * 20ms);  // the later ones come after the worker has left
  }
  CHECK(server.front.stats().requests == 3);
  CHECK(server.front.stats().accepted == 1);
}

TEST_CASE("a pipeline is answered in order") {
  Running server;
  WireClient client(server.port);
  std::string pipeline;
  for (int i = 0; i < 200; ++i) {
    pipeline += get("/" + std::to_string(i));
    pipeline += "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
  }
  client.send(pipeline);
  for (int i = 0; i < 200; ++i) {
    REQUIRE(client.read_answer().body == "GET /" + std::to_string(i) + " 127.0.0.1 ");
    REQUIRE(client.read_answer().body == "POST /p 127.0.0.1 abc");
  }
}

TEST_CASE("a request may arrive byte by byte") {
  Running server;
  WireClient client(server.port);
  for (const char c :
       std::string("PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(1ms);
  }
  CHECK(client.read_answer().body == "PUT /p 127.0.0.1 abc");
}

TEST_CASE("a body arrives whole, by length or in chunks") {
  Running server;
  WireClient client(server.port);
  const std::string body(1024 * 1024, 'b');
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  CHECK(client.read_answer().body == "POST / 127.0.0.1 " + body);
  std::string chunks;
  for (int i = 0; i < 1024; ++i) chunks += "400\r\n" + std::string(1024, 'c') + "\r\n";
  client.send("PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
  CHECK(client.read_answer().body == "PATCH / 127.0.0.1 " + std::string(1024 * 1024, 'c'));
}

TEST_CASE("Expect: 100-continue is answered before the body") {
  Running server;
  WireClient client(server.port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.read_answer().status == 100);
  client.send("ok");
  CHECK(client.read_answer().body == "POST / 127.0.0.1 ok");
}

TEST_CASE("HEAD answers like GET without the body") {
  Running server;
  WireClient client(server.port);
  client.send("HEAD /shared HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.read_answer(true);
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Length") == "3000000");
  client.send(get("/next"));
  CHECK(client.read_answer().body == "GET /next 127.0.0.1 ");
}

TEST_CASE("the connection closes when the client asks for it or speaks HTTP/1.0") {
  Running server;
  for (const auto* request : {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    WireClient client(server.port);
    client.send(request);
    CHECK(client.read_answer().header("Connection") == "close");
    CHECK(client.sees_close());
  }
  WireClient old(server.port);
  for (int i = 0; i < 2; ++i) {
    old.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    CHECK(old.read_answer().header("Connection") == "keep-alive");
  }
}

TEST_CASE("a client that stops sending after its request is still answered") {
  Running server;
  WireClient client(server.port);
  client.send(get("/wait?ms=50"));
  client.end_sending();
  CHECK(client.read_answer().status == 200);
  CHECK(client.sees_close());
}

TEST_CASE("a bad request is answered with its code, and the connection closes") {
  auto options = quick_options();
  options.body_bytes_max = 1000;
  Running server(options);
  struct Row {
    std::string bytes;
    int status;
    std::string code;
  };
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  const std::vector<Row> rows = {
      {post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", 400, "bad_framing"},
      {post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400, "bad_framing"},
      {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "bad_body"},
      {post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'), 413, "body_too_large"},
      {post + "Content-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n", 413, "body_too_large"},
      {post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x'), 413, "body_too_large"},
      {post + "Expect: what\r\n\r\n", 417, "expectation_failed"},
      {get("/", "A: " + std::string(20'000, 'x') + "\r\n"), 431, "head_too_large"},
      {get("/" + std::string(9'000, 'x')), 414, "target_too_long"},
      {get("http://a/"), 400, "bad_target"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "http_version_not_supported"},
      {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 405, "method_not_allowed"},
      {"\x16\x03\x01\x02\n", 400, "bad_request_head"},
      {get("/", "A: " + std::string(1, '\0') + "\r\n"), 400, "bad_request_head"},
      {"GET / HTTP/1.1\r\nHost: a\r\nA: b\rc\r\n\r\n", 400, "bad_request_head"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.bytes);
    WireClient client(server.port);
    client.send(row.bytes + get("/smuggled"));
    const auto answer = client.read_answer();
    CHECK(answer.status == row.status);
    CHECK(code_of(answer) == row.code);
    CHECK(answer.header("Connection") == "close");
    CHECK(client.sees_close());
  }
  CHECK(server.front.stats().requests == 0);
  CHECK(server.front.stats().refused == rows.size());
}

TEST_CASE("a refused client that goes on sending still gets to read why") {
  Running server;
  WireClient client(server.port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'));
  CHECK(code_of(client.read_answer()) == "body_too_large");
  client.end_sending();
  CHECK(client.sees_close());
}

TEST_CASE("a handler that throws costs its request only") {
  Running server;
  WireClient client(server.port);
  client.send(get("/throw"));
  CHECK(code_of(client.read_answer()) == "internal");
  client.send(get("/after"));
  CHECK(client.read_answer().status == 200);
}

}  // namespace
}  // namespace greffe
