// The front's deadlines, bounds and its stop, over real sockets.
#include <catch2/catch.hpp>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "tests/http_front_echo.h"

namespace greffe {
namespace {

using test::code_of;
using test::echo;
using test::eventually;
using test::get;
using test::quick_options;
using test::Running;
using test::WireClient;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST_CASE("a head or a body that does not arrive in time is cut, however it trickles") {
  Running server;
  struct Row {
    std::string start, code;
  };
  for (const auto& row :
       std::vector<Row>{{"GET / HTTP/1.1\r\nHost: a\r\nA: ", "head_timeout"},
                        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", "body_timeout"},
                        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n", "body_timeout"}}) {
    CAPTURE(row.start);
    WireClient client(server.port);
    const auto begin = Clock::now();
    client.send(row.start);
    std::atomic<bool> done = false;
    std::thread trickle([&] {
      while (!done) {
        client.send("x");
        std::this_thread::sleep_for(20ms);
      }
    });
    const auto answer = client.read_answer();
    const auto took = Clock::now() - begin;
    done = true;
    trickle.join();
    CHECK(answer.status == 408);
    CHECK(code_of(answer) == row.code);
    CHECK(took >= 290ms);
    CHECK(took < 2s);
  }
  CHECK(server.front.stats().head_timeouts == 1);
  CHECK(server.front.stats().body_timeouts == 2);
}

TEST_CASE("an idle connection is closed without a word when its time is over") {
  auto options = quick_options();
  options.idle_timeout_ms = 200;
  Running server(options);
  WireClient fresh(server.port);
  WireClient used(server.port);
  used.send(get("/"));
  CHECK(used.read_answer().status == 200);
  CHECK(used.sees_close());
  CHECK(fresh.sees_close());
  CHECK(server.front.stats().idle_timeouts == 2);
}

TEST_CASE("clients too slow with their part do not keep the workers from others") {
  auto options = quick_options();
  options.head_timeout_ms = options.body_timeout_ms = options.write_timeout_ms = 3'000;
  Running server(options);
  std::vector<std::unique_ptr<WireClient>> slow;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(std::make_unique<WireClient>(server.port));
    slow.back()->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx");
    slow.push_back(std::make_unique<WireClient>(server.port));
    slow.back()->send("GET / HT");
    slow.push_back(std::make_unique<WireClient>(server.port, 4096));
    slow.back()->send(get("/large?bytes=8000000"));
  }
  const auto begin = Clock::now();
  WireClient client(server.port);
  for (int i = 0; i < 10; ++i) {
    client.send(get("/"));
    REQUIRE(client.read_answer().status == 200);
  }
  // Did each hold one of the 4 workers until its time is over, this would take 12 s.
  CHECK(Clock::now() - begin < 5s);
  CHECK(eventually([&] { return server.front.stats().write_timeouts == 8; }));
  CHECK(eventually([&] { return server.front.stats().active == 0; }));
}

TEST_CASE("a large answer arrives whole at a client that takes it in time") {
  auto options = quick_options();
  options.write_timeout_ms = 10'000;
  Running server(options);
  WireClient client(server.port, 4096);
  client.send(get("/shared") + get("/large?bytes=3000000") + get("/next"));
  CHECK(client.read_answer().body == std::string(3'000'000, 's'));
  CHECK(client.read_answer().body == std::string(3'000'000, 'x'));
  CHECK(client.read_answer().body == "GET /next 127.0.0.1 ");
}

TEST_CASE("more connections than allowed are refused, and room made is used again") {
  auto options = quick_options();
  options.connections_max = 2;
  Running server(options);
  auto first = std::make_unique<WireClient>(server.port);
  WireClient second(server.port);
  REQUIRE(eventually([&] { return server.front.stats().parked == 2; }));
  WireClient third(server.port);
  const auto answer = third.read_answer();
  CHECK(code_of(answer) == "too_many_connections");
  CHECK(answer.header("Retry-After") == "1");
  first.reset();
  REQUIRE(eventually([&] { return server.front.stats().parked == 1; }));
  WireClient fourth(server.port);
  fourth.send(get("/"));
  CHECK(fourth.read_answer().status == 200);
}

TEST_CASE("unfinished requests may hold only so many bytes between them") {
  auto options = quick_options();
  options.body_timeout_ms = 10'000;
  options.held_bytes_max = 1'000'000;
  Running server(options);
  std::vector<std::unique_ptr<WireClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<WireClient>(server.port));
    clients.back()->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(300'000, 'x'));
  }
  CHECK(eventually([&] { return server.front.stats().refused >= 4; }));
  WireClient other(server.port);
  clients.clear();
  REQUIRE(eventually([&] { return server.front.stats().parked == 1; }));
  other.send(get("/"));
  CHECK(other.read_answer().status == 200);
}

TEST_CASE("a lingering worker does not keep ready connections waiting") {
  auto options = quick_options();
  options.worker_count = 2;
  options.linger_us = 100'000;
  Running server(options);
  std::vector<std::future<void>> clients;
  std::atomic<int> answered = 0;
  const auto begin = Clock::now();
  for (int c = 0; c < 16; ++c) {
    clients.push_back(std::async(std::launch::async, [&] {
      WireClient client(server.port);
      for (int i = 0; i < 50; ++i) {
        client.send(get("/"));
        if (client.read_answer().status == 200) ++answered;
      }
    }));
  }
  clients.clear();
  CHECK(answered == 16 * 50);
  // Were each request to wait for a lingering worker, this would take 40 s.
  CHECK(Clock::now() - begin < 10s);
}

TEST_CASE("stop lets running requests finish and then nobody is served") {
  Running server;
  WireClient idle(server.port);
  WireClient busy(server.port);
  busy.send(get("/wait?ms=300"));
  REQUIRE(eventually([&] { return server.front.stats().active == 1; }));
  const auto begin = Clock::now();
  server.front.stop();
  CHECK(Clock::now() - begin < 2s);
  const auto answer = busy.read_answer();
  CHECK(answer.status == 200);
  CHECK(busy.sees_close());
  CHECK(idle.sees_close());
  CHECK_FALSE(WireClient(server.port).connected());
  server.front.stop();
}

TEST_CASE("stop is bounded by its time when a client does not take its answer") {
  auto options = quick_options();
  options.write_timeout_ms = 60'000;
  options.stop_timeout_ms = 300;
  Running server(options);
  WireClient client(server.port, 4096);
  client.send(get("/large?bytes=20000000"));
  REQUIRE(eventually([&] { return server.front.stats().parked == 1 && server.front.stats().requests == 1; }));
  const auto begin = Clock::now();
  server.front.stop();
  CHECK(Clock::now() - begin >= 250ms);
  CHECK(Clock::now() - begin < 2s);
}

TEST_CASE("stop under load answers every request wholly or not at all") {
  for (int round = 0; round < 5; ++round) {
    Running server;
    std::atomic<bool> broken = false;
    std::atomic<int> answered = 0;
    std::vector<std::future<void>> clients;
    for (int c = 0; c < 8; ++c) {
      clients.push_back(std::async(std::launch::async, [&] {
        for (;;) {
          WireClient client(server.port);
          if (!client.connected()) return;
          for (int i = 0; i < 20; ++i) {
            client.send(get("/wait?ms=1"));
            const auto answer = client.read_answer();
            if (answer.status == 0 && !client.received().empty()) broken = true;
            if (answer.status != 200) break;
            ++answered;
          }
        }
      }));
    }
    REQUIRE(eventually([&] { return answered > 50; }));
    server.front.stop();
    clients.clear();
    CHECK_FALSE(broken);
    CHECK(server.front.stats().active == 0);
    CHECK(server.front.stats().parked == 0);
  }
}

TEST_CASE("an address that cannot be had is a failure with its reason") {
  Running server;
  auto options = quick_options();
  options.port = server.port;
  Front taken(options, echo);
  const auto started = taken.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().detail.find(std::to_string(server.port)) != std::string::npos);
  options.address = "localhost";
  CHECK_FALSE(Front(options, echo).start());
}

TEST_CASE("IPv6 clients are served and named") {
  auto options = quick_options();
  options.address = "::1";
  Front front(options, echo);
  const auto started = front.start();
  if (!started) return;  // a machine without IPv6
  WireClient client(*started, 0, WireClient::Family::ipv6);
  client.send(get("/six"));
  CHECK(client.read_answer().body == "GET /six ::1 ");
}

TEST_CASE("the limit of open files is raised to what is allowed") {
  Running server;
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  CHECK(limit.rlim_cur == limit.rlim_max);
}

}  // namespace
}  // namespace greffe
