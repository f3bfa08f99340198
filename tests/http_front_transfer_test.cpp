// Bodies that are not held in memory, over real sockets: uploads into sinks, answers out of
// sources, and what slow, broken or ill-behaved clients and disks do to them.
#include <catch2/catch.hpp>

#include <future>

#include "http/front/pace.h"
#include "tests/http_front_echo.h"
#include "tests/http_front_source.h"

namespace greffe {
namespace {

using test::byte_at;
using test::bytes_from;
using test::code_of;
using test::EndlessSource;
using test::eventually;
using test::get;
using test::RecordingSink;
using test::SinkRecord;
using test::WireClient;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t body_max = 50'000'000;

// "/sink" takes uploads, "/refused" answers them at once, "/source?bytes=n&broken=m" streams.
struct Server {
  explicit Server(FrontOptions options = test::quick_options()) : running(with_plan(std::move(options)), handler()) {}

  FrontOptions with_plan(FrontOptions options) {
    options.plan_body = [this](const HttpRequest& head) -> BodyPlan {
      ++planned;
      if (head.path == "/sink") return SpoolRule{std::make_shared<RecordingSink>(record), body_max};
      if (head.path == "/throwing-plan") throw std::runtime_error("boom");
      if (head.path != "/refused") return {};
      HttpResponse refusal;
      refusal.status = 401;
      refusal.body = "{}";
      refusal.headers = {{"WWW-Authenticate", "Bearer"}};
      return refusal;
    };
    return options;
  }

  Handler handler() const {
    return [](const HttpRequest& request, HttpResponse& response) {
      if (const auto sink = std::dynamic_pointer_cast<RecordingSink>(request.body_sink)) {
        response.body = sink->summary();
        return;
      }
      if (request.path != "/source") return test::echo(request, response);
      const auto number = [&](std::string_view name, std::uint64_t otherwise) {
        const auto value = request.parameter(name);
        return value ? std::stoull(std::string(*value)) : otherwise;
      };
      response.content_type = "text/plain";
      response.stream = std::make_shared<EndlessSource>(number("bytes", 0), number("broken", UINT64_MAX));
    };
  }

  // Nothing of an upload is left anywhere.
  bool is_clean() {
    return eventually([this] { return record.made == record.destroyed; });
  }

  std::atomic<int> planned = 0;
  SinkRecord record;
  test::Running running;
  std::uint16_t port = running.port;
};

std::string post_head(std::string_view path, const std::string& headers) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

std::string post(std::string_view path, const std::string& body) {
  return post_head(path, "Content-Length: " + std::to_string(body.size()) + "\r\n") + body;
}

std::string chunks(std::string_view body, std::size_t size) {
  std::string out;
  while (!body.empty()) {
    const auto chunk = body.substr(0, size);
    body.remove_prefix(chunk.size());
    char hex[20];
    std::snprintf(hex, sizeof hex, "%zx\r\n", chunk.size());
    out += hex + std::string(chunk) + "\r\n";
  }
  return out + "0\r\n\r\n";
}

TEST_CASE("a body goes to its sink in pieces, by length or in chunks, and the connection goes on") {
  Server server;
  WireClient client(server.port);
  for (const std::size_t size : {0U, 1U, 70'000U, 3'000'000U}) {
    CAPTURE(size);
    const auto body = bytes_from(0, size);
    client.send(post("/sink", body) + get("/next"));
    CHECK(client.read_answer().body == std::to_string(size) + " intact");
    CHECK(client.read_answer().body == "GET /next 127.0.0.1 ");
    client.send(post_head("/sink", "Transfer-Encoding: chunked\r\n") + chunks(body, 10'007) + get("/next"));
    CHECK(client.read_answer().body == std::to_string(size) + " intact");
    CHECK(client.read_answer().body == "GET /next 127.0.0.1 ");
  }
  CHECK(server.record.largest_piece < 200'000);
  CHECK(server.record.ended == 8);
  CHECK(server.is_clean());
  CHECK(server.running.front.stats().spooled == 8);
}

TEST_CASE("bodies of other requests are held as before, and only requests with a body are planned") {
  Server server;
  WireClient client(server.port);
  client.send(get("/a") + post("/b", "text") + get("/c"));
  CHECK(client.read_answer().status == 200);
  CHECK(client.read_answer().body == "POST /b 127.0.0.1 text");
  CHECK(client.read_answer().status == 200);
  CHECK(server.planned == 1);
  client.send(post("/b", std::string(1024 * 1024 + 1, 'x')));
  CHECK(code_of(client.read_answer()) == "body_too_large");
}

TEST_CASE("a plan may answer before the body, also to a client that waits for 100 Continue") {
  Server server;
  for (const auto* headers : {"Content-Length: 40000000\r\nExpect: 100-continue\r\n", "Content-Length: 40000000\r\n",
                              "Transfer-Encoding: chunked\r\n"}) {
    CAPTURE(headers);
    WireClient client(server.port);
    client.send(post_head("/refused", headers));
    const auto answer = client.read_answer();
    CHECK(answer.status == 401);
    CHECK(answer.header("WWW-Authenticate") == "Bearer");
    CHECK(answer.header("Connection") == "close");
    client.end_sending();
    CHECK(client.sees_close());
  }
  CHECK(server.running.front.stats().requests == 0);
  CHECK(server.running.front.stats().planned_answers == 3);
  WireClient client(server.port);
  client.send(post("/throwing-plan", "x"));
  CHECK(code_of(client.read_answer()) == "internal");
}

TEST_CASE("a refused client that sends its body all the same gets to read why") {
  Server server;
  WireClient client(server.port);
  client.send(post("/refused", std::string(3'000'000, 'x')));
  CHECK(client.read_answer().status == 401);
}

TEST_CASE("a client that expects 100 Continue is told to send its upload") {
  Server server;
  WireClient client(server.port);
  client.send(post_head("/sink", "Expect: 100-continue\r\nContent-Length: 5\r\n"));
  CHECK(client.read_answer().status == 100);
  client.send(bytes_from(0, 5));
  CHECK(client.read_answer().body == "5 intact");
}

TEST_CASE("an upload that is too long is refused, declared or not, and leaves nothing") {
  Server server;
  WireClient declared(server.port);
  declared.send(post_head("/sink", "Expect: 100-continue\r\nContent-Length: 50000001\r\n"));
  CHECK(code_of(declared.read_answer()) == "body_too_large");
  WireClient chunked(server.port);
  chunked.send(post_head("/sink", "Transfer-Encoding: chunked\r\n") + "10000\r\n" + std::string(65536, 'x') +
               "\r\n2FAF080\r\n");
  CHECK(code_of(chunked.read_answer()) == "body_too_large");
  CHECK(server.is_clean());
  CHECK(server.record.ended == 0);
}

TEST_CASE("a client that goes away in the middle leaves nothing") {
  Server server;
  for (const std::size_t sent : {0U, 10U, 200'000U}) {
    CAPTURE(sent);
    WireClient client(server.port);
    client.send(post_head("/sink", "Content-Length: 1000000\r\n") + std::string(sent, 'x'));
    std::this_thread::sleep_for(20ms);
  }
  CHECK(eventually([&] { return server.record.made == 3; }));
  CHECK(server.is_clean());
  CHECK(server.record.ended == 0);
  CHECK(eventually([&] { return server.running.front.stats().parked == 0; }));
}

TEST_CASE("a malformed chunk in an upload is refused and leaves nothing") {
  Server server;
  WireClient client(server.port);
  client.send(post_head("/sink", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\nzz\r\n");
  CHECK(code_of(client.read_answer()) == "bad_body");
  CHECK(server.is_clean());
}

TEST_CASE("what a sink fails with is the answer, and the handler is not called") {
  Server server;
  server.record.full_at = 300'000;
  WireClient full(server.port);
  full.send(post("/sink", bytes_from(0, 2'000'000)));
  CHECK(full.read_answer().status == 507);
  CHECK(full.sees_close());
  server.record.full_at = UINT64_MAX;
  server.record.refuses_end = true;
  WireClient ended(server.port);
  ended.send(post("/sink", "x"));
  CHECK(ended.read_answer().status == 422);
  server.record.throws = true;
  WireClient thrown(server.port);
  thrown.send(post("/sink", "x"));
  CHECK(code_of(thrown.read_answer()) == "internal");
  CHECK(server.is_clean());
  CHECK(server.running.front.stats().requests == 0);
}

TEST_CASE("a slow disk slows its uploads only, and holds back their clients") {
  Server server;
  server.record.write_ms = 100;
  const auto request = post("/sink", bytes_from(0, 10'000'000));
  std::vector<std::unique_ptr<WireClient>> uploads;
  std::vector<std::future<void>> sending;
  for (int i = 0; i < 12; ++i) {
    uploads.push_back(std::make_unique<WireClient>(server.port));
    sending.push_back(std::async(std::launch::async, [&client = *uploads.back(), &request] { client.send(request); }));
  }
  CHECK(eventually([&] { return server.record.bytes > 500'000; }));
  WireClient other(server.port);
  const auto begin = Clock::now();
  for (int i = 0; i < 20; ++i) {
    other.send(get("/"));
    REQUIRE(other.read_answer().status == 200);
  }
  CHECK(Clock::now() - begin < 5s);
  // 12 x 10 MB were offered; kernel buffers apart, nothing of it is taken before it can be written.
  CHECK(server.record.bytes < 30'000'000);
  server.record.write_ms = 0;
  for (auto& upload : uploads) CHECK(upload->read_answer(false, 30'000).body == "10000000 intact");
}

TEST_CASE("an upload goes on for as long as it moves, and is cut when it does not") {
  auto options = test::quick_options();
  options.transfer_timeout_ms = 1'000;
  options.transfer_bytes_min = 1'000;
  Server server(options);
  // Longer in all than body_timeout_ms and transfer_timeout_ms.
  WireClient steady(server.port);
  steady.send(post_head("/sink", "Content-Length: 20000\r\n"));
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(80ms);
    steady.send(bytes_from(static_cast<std::uint64_t>(i) * 1'000, 1'000));
  }
  CHECK(steady.read_answer().body == "20000 intact");
  for (const bool trickles : {false, true}) {
    WireClient slow(server.port);
    slow.send(post_head("/sink", "Content-Length: 20000\r\n"));
    const auto begin = Clock::now();
    std::atomic<bool> done = false;
    std::thread trickle([&] {
      while (!done && trickles) {
        slow.send("x");
        std::this_thread::sleep_for(20ms);
      }
    });
    const auto answer = slow.read_answer();
    done = true;
    trickle.join();
    CHECK(code_of(answer) == "body_timeout");
    CHECK(answer.status == 408);
    CHECK(Clock::now() - begin >= 990ms);
    CHECK(Clock::now() - begin < 5s);
  }
  CHECK(server.is_clean());
  CHECK(server.running.front.stats().upload_timeouts == 2);
}

TEST_CASE("only what a client takes counts against it, and enough bytes give it all its time again") {
  front::Pace pace(100, 10s);
  pace.waited(9s);
  pace.moved(99);
  CHECK(pace.left() == 1s);
  pace.moved(1);
  CHECK(pace.left() == 10s);
  pace.waited(4s);
  pace.moved(50);
  pace.waited(4s);
  CHECK(pace.left() == 2s);
  pace.restart();
  CHECK(pace.left() == 10s);
  pace.moved(99);
  CHECK(pace.left() == 10s);
}

TEST_CASE("an answer out of a source arrives whole, and the connection goes on") {
  Server server;
  WireClient client(server.port);
  for (const std::size_t size : {0U, 1U, 100'000U, 131'072U, 131'073U, 5'000'000U}) {
    CAPTURE(size);
    client.send(get("/source?bytes=" + std::to_string(size)) + get("/next"));
    const auto answer = client.read_answer();
    CHECK(answer.status == 200);
    CHECK((answer.body == bytes_from(0, size)));
    CHECK(client.read_answer().body == "GET /next 127.0.0.1 ");
  }
  client.send("HEAD /source?bytes=5000000 HTTP/1.1\r\nHost: a\r\n\r\n" +
              get("/source?bytes=5000000", "Range: bytes=1000000-3999999\r\n"));
  CHECK(client.read_answer(true).header("Content-Length") == "5000000");
  const auto part = client.read_answer();
  CHECK(part.status == 206);
  CHECK(part.header("Content-Range") == "bytes 1000000-3999999/5000000");
  CHECK((part.body == bytes_from(1'000'000, 3'000'000)));
}

TEST_CASE("a source that fails at once is a 500, one that fails later cuts the connection") {
  Server server;
  WireClient early(server.port);
  early.send(get("/source?bytes=1000&broken=0"));
  CHECK(code_of(early.read_answer()) == "internal");
  CHECK(early.sees_close());
  WireClient late(server.port);
  late.send(get("/source?bytes=5000000&broken=1000000"));
  CHECK(late.read_answer().status == 0);
  CHECK(late.received().size() < 1'100'000);
  CHECK(server.running.front.stats().broken_streams == 2);
}

TEST_CASE("a slow reader gets everything while it reads, and is cut when it stops") {
  auto options = test::quick_options();
  options.transfer_timeout_ms = 2'000;
  options.transfer_bytes_min = 1'000;
  Server server(options);
  WireClient stopped(server.port, 4096);
  stopped.send(get("/source?bytes=40000000"));
  // Its buffer is larger than a segment of the loopback, lest TCP wait to send less than one.
  WireClient slow(server.port, 200'000);
  slow.send(get("/source?bytes=40000000"));
  const auto begin = Clock::now();
  while (Clock::now() - begin < 2500ms) {
    std::this_thread::sleep_for(20ms);
    REQUIRE(slow.read_more());
  }
  CHECK((slow.read_answer().body == bytes_from(0, 40'000'000)));
  CHECK(eventually([&] { return server.running.front.stats().download_timeouts == 1; }));
  CHECK(server.running.front.stats().download_timeouts == 1);
}

TEST_CASE("transfers in great number hold no more memory than allowed") {
  auto options = test::quick_options();
  options.transfer_timeout_ms = 20'000;
  options.held_bytes_max = 2'000'000;
  Server server(options);
  std::vector<std::unique_ptr<WireClient>> clients;
  for (int i = 0; i < 60; ++i) {
    clients.push_back(std::make_unique<WireClient>(server.port, 4096));
    if (i % 2 == 0) clients.back()->send(get("/source?bytes=30000000"));
    if (i % 2 == 1) {
      clients.back()->send(post_head("/sink", "Content-Length: 1000000\r\n") + std::string(60'000, 'x'));
    }
  }
  // Those over the limit are cut or refused; the rest wait, and others are served.
  CHECK(eventually([&] { return server.running.front.stats().parked < 60; }));
  WireClient other(server.port);
  clients.clear();
  REQUIRE(eventually([&] { return server.running.front.stats().parked == 1; }));
  other.send(get("/"));
  CHECK(other.read_answer().status == 200);
  CHECK(server.is_clean());
}

TEST_CASE("stop lets downloads be taken and drops uploads that are not whole") {
  auto options = test::quick_options();
  options.stop_timeout_ms = 5'000;
  Server server(options);
  WireClient upload(server.port);
  upload.send(post_head("/sink", "Content-Length: 1000000\r\n") + std::string(100'000, 'x'));
  WireClient download(server.port);
  download.send(get("/source?bytes=20000000"));
  REQUIRE(eventually([&] { return server.record.bytes > 0 && server.running.front.stats().requests == 1; }));
  auto stopped = std::async(std::launch::async, [&] { server.running.front.stop(); });
  CHECK((download.read_answer().body == bytes_from(0, 20'000'000)));
  CHECK(stopped.wait_for(4s) == std::future_status::ready);
  CHECK(server.is_clean());
  CHECK(upload.sees_close());
  CHECK(server.running.front.stats().active == 0);
}

TEST_CASE("stop is bounded by its time when a download is not taken") {
  auto options = test::quick_options();
  options.stop_timeout_ms = 300;
  Server server(options);
  WireClient client(server.port, 4096);
  client.send(get("/source?bytes=50000000"));
  REQUIRE(eventually([&] { return server.running.front.stats().requests == 1; }));
  const auto begin = Clock::now();
  server.running.front.stop();
  CHECK(Clock::now() - begin < 2s);
  CHECK(server.running.front.stats().active == 0);
  CHECK(server.running.front.stats().parked == 0);
}

TEST_CASE("stop under transfers answers every upload wholly or not at all") {
  for (int round = 0; round < 3; ++round) {
    Server server;
    std::atomic<bool> broken = false;
    std::atomic<int> answered = 0;
    std::vector<std::future<void>> clients;
    for (int c = 0; c < 6; ++c) {
      clients.push_back(std::async(std::launch::async, [&] {
        const auto request = post("/sink", bytes_from(0, 300'000));
        for (;;) {
          WireClient client(server.port);
          if (!client.connected()) return;
          for (int i = 0; i < 5; ++i) {
            client.send(request);
            const auto answer = client.read_answer();
            if (answer.status == 0 && !client.received().empty()) broken = true;
            if (answer.status == 200 && answer.body != "300000 intact") broken = true;
            if (answer.status != 200) break;
            ++answered;
          }
        }
      }));
    }
    REQUIRE(eventually([&] { return answered > 30; }));
    server.running.front.stop();
    clients.clear();
    CHECK_FALSE(broken);
    CHECK(server.is_clean());
    CHECK(server.running.front.stats().active == 0);
    CHECK(server.running.front.stats().parked == 0);
  }
}

}  // namespace
}  // namespace greffe
