#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "http/front/gather.h"

namespace greffe {
namespace {

using front::Gatherer;
using front::Refusal;
using Progress = front::Gatherer::Progress;

constexpr std::size_t head_max = 1024;
constexpr std::size_t body_max = 100;

std::string refusal_of(const std::string& bytes) {
  Gatherer gatherer(head_max, body_max);
  gatherer.append(bytes);
  return gatherer.advance() == Progress::refused ? std::string(name_of(gatherer.refusal())) : "";
}

std::string post(const std::string& headers, const std::string& body) {
  return "POST /p HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }

TEST_CASE("progress names what is still missing") {
  Gatherer gatherer(head_max, body_max);
  CHECK(gatherer.advance() == Progress::idle);
  gatherer.append("POST / HT");
  CHECK(gatherer.advance() == Progress::head);
  gatherer.append("TP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
  CHECK(gatherer.advance() == Progress::body);
  gatherer.append("lloGET /n");
  REQUIRE(gatherer.advance() == Progress::complete);
  CHECK(gatherer.request().body == "hello");
  gatherer.next();
  CHECK(gatherer.advance() == Progress::head);
}

TEST_CASE("one empty line before a request is overlooked, two are not") {
  Gatherer gatherer(head_max, body_max);
  gatherer.append("\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  REQUIRE(gatherer.advance() == Progress::complete);
  CHECK(gatherer.request().path == "/a");
  CHECK(refusal_of("\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n") == "bad_request_head");
}

TEST_CASE("lines must end in CR LF") {
  CHECK(refusal_of("GET / HTTP/1.1\n") == "bad_request_head");
  CHECK(refusal_of("\n") == "bad_request_head");
  CHECK(refusal_of("GET / HTTP/1.1\r\nHost: a\n\r\n") == "bad_request_head");
}

TEST_CASE("a head is bounded before its end is seen") {
  const std::string line = "GET / HTTP/1.1\r\nHost: a\r\n";
  CHECK(refusal_of(line + "A: " + std::string(head_max, 'x')) == "head_too_large");
  const std::string rest = "A: " + std::string(head_max - line.size() - 7, 'x') + "\r\n\r\n";
  CHECK(refusal_of(line + rest) == "");
  CHECK(refusal_of(line + "B" + rest) == "head_too_large");
  Gatherer wide(16 * 1024, body_max);
  wide.append("GET /" + std::string(9 * 1024, 'x'));
  REQUIRE(wide.advance() == Progress::refused);
  CHECK(wide.refusal() == Refusal::target_too_long);
}

TEST_CASE("a body is bounded by what it declares and by what it brings") {
  CHECK(refusal_of(post("Content-Length: 100\r\n", "")) == "");
  CHECK(refusal_of(post("Content-Length: 101\r\n", "")) == "body_too_large");
  CHECK(refusal_of(chunked("64\r\n")) == "");
  CHECK(refusal_of(chunked("65\r\n")) == "body_too_large");
  CHECK(refusal_of(chunked("32\r\n" + std::string(50, 'x') + "\r\n33\r\n")) == "body_too_large");
}

TEST_CASE("a chunk that two servers could read differently is refused") {
  struct Row {
    std::string body, code;
  };
  const std::vector<Row> rows = {
      {"3\r\nabc\r\n0\r\n\r\n", ""},
      {"03\r\nabc\r\n0\r\n\r\n", ""},
      {"3;name=\"v\"\r\nabc\r\n0;x\r\nTrailer: y\r\n\r\n", ""},
      {"0x3\r\nabc\r\n", "bad_body"},
      {"+3\r\nabc\r\n", "bad_body"},
      {"-1\r\n", "bad_body"},
      {" 3\r\nabc\r\n", "bad_body"},
      {"3 \r\nabc\r\n", "bad_body"},
      {"\r\n", "bad_body"},
      {";x\r\n", "bad_body"},
      {"3\nabc\n", "bad_body"},
      {"3\r\nabcd", "bad_body"},
      {"3\r\nabc\n", "bad_body"},
      {"3;a\nb\r\nabc", "bad_body"},
      {"000000003\r\n", "bad_body"},
      {"FFFFFFFFFFFFFFFF\r\n", "bad_body"},
      {"3;" + std::string(257, 'x'), "bad_body"},
      {"0\r\n\rX", "bad_body"},
      {"0\r\nA: b\nc\r\n\r\n", "bad_body"},
      {"0\r\nA: " + std::string(5000, 'x'), "bad_body"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(refusal_of(chunked(row.body)) == row.code);
  }
}

TEST_CASE("a client that expects 100 Continue is told so once, and only before its body") {
  Gatherer gatherer(head_max, body_max);
  gatherer.append(post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
  REQUIRE(gatherer.advance() == Progress::body);
  CHECK(gatherer.take_continue());
  CHECK_FALSE(gatherer.take_continue());
  gatherer.append("ok");
  REQUIRE(gatherer.advance() == Progress::complete);
  gatherer.next();
  gatherer.append(post("Content-Length: 2\r\n", ""));
  REQUIRE(gatherer.advance() == Progress::body);
  CHECK_FALSE(gatherer.take_continue());
}

// Bodies of all requests in `bytes`, given in pieces of the lengths of `cuts` in turn.
std::vector<std::string> bodies_in_pieces(std::string_view bytes, const std::vector<std::uint8_t>& cuts) {
  Gatherer gatherer(head_max, body_max);
  std::vector<std::string> bodies;
  std::size_t cut = 0;
  while (!bytes.empty()) {
    const auto wanted = cuts.empty() ? bytes.size() : std::size_t{cuts[cut++ % cuts.size()]} + 1;
    const auto piece = bytes.substr(0, wanted);
    bytes.remove_prefix(piece.size());
    gatherer.append(piece);
    while (gatherer.advance() == Progress::complete) {
      bodies.push_back(gatherer.request().method + gatherer.request().body);
      gatherer.next();
    }
    if (gatherer.advance() == Progress::refused) bodies.emplace_back(name_of(gatherer.refusal()));
    if (gatherer.advance() == Progress::refused) return bodies;
  }
  return bodies;
}

TEST_CASE("requests are the same however their bytes are cut") {
  CHECK(rc::check("a pipeline read in pieces gives what was sent",
                  [](const std::vector<std::string>& texts, const std::vector<std::uint8_t>& cuts) {
                    std::string bytes;
                    std::vector<std::string> expected;
                    for (std::size_t i = 0; i < texts.size(); ++i) {
                      const auto text = texts[i].substr(0, body_max);
                      if (i % 3 == 0) {
                        bytes += post("Content-Length: " + std::to_string(text.size()) + "\r\n", text);
                        expected.push_back("POST" + text);
                      } else if (i % 3 == 1) {
                        std::string chunks;
                        for (const char c : text) chunks += std::string("1;e\r\n") + c + "\r\n";
                        bytes += chunked(chunks + "0\r\nT: r\r\n\r\n");
                        expected.push_back("POST" + text);
                      } else {
                        bytes += "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
                        expected.emplace_back("GET");
                      }
                    }
                    RC_ASSERT(bodies_in_pieces(bytes, cuts) == expected);
                  }));
}

TEST_CASE("a long pipeline keeps only the bytes that are not used") {
  Gatherer gatherer(head_max, body_max);
  const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (int round = 0; round < 100; ++round) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += request;
    gatherer.append(many);
    int count = 0;
    while (gatherer.advance() == Progress::complete) {
      ++count;
      gatherer.next();
    }
    REQUIRE(count == 1000);
  }
  CHECK(gatherer.held_bytes() < 200'000);
  gatherer.shrink();
  CHECK(gatherer.held_bytes() < 5'000);
}

}  // namespace
}  // namespace greffe
