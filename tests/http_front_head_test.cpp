#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "http/front/head.h"

namespace greffe {
namespace {

using front::Framing;
using front::parse_head;
using front::Refusal;

std::string refusal_of(const std::string& head) {
  HttpRequest request;
  const auto parsed = parse_head(head, request);
  return parsed ? "" : std::string(name_of(parsed.error()));
}

const std::string host = "Host: a\r\n";

TEST_CASE("a head is read into method, path, parameters and headers") {
  HttpRequest request;
  const auto framing = parse_head(
      "POST /v1/a%20b/%C3%A9?view=open&q=x+y%26&flag&=v HTTP/1.1\r\nHost: h\r\nX-Two:  a b\t\r\nx-two: c\r\n"
      "Empty:\r\nContent-Length: 12\r\n\r\n",
      request);
  REQUIRE(framing);
  CHECK(request.method == "POST");
  CHECK_FALSE(request.head_only);
  CHECK(request.target == "/v1/a%20b/%C3%A9?view=open&q=x+y%26&flag&=v");
  CHECK(request.path == "/v1/a b/\xC3\xA9");
  CHECK(request.parameters == NamedTexts{{"view", "open"}, {"q", "x y&"}, {"flag", ""}, {"", "v"}});
  CHECK(request.header("x-TWO") == "a b");
  CHECK(request.header("empty") == "");
  CHECK(request.header("absent") == std::nullopt);
  CHECK(request.parameter("q") == "x y&");
  CHECK(request.parameter("Q") == std::nullopt);
  CHECK(framing->content_length == 12);
  CHECK(framing->keep_alive);
}

TEST_CASE("HEAD reaches the handler as GET without a body") {
  HttpRequest request;
  REQUIRE(parse_head("HEAD / HTTP/1.1\r\n" + host + "\r\n", request));
  CHECK(request.method == "GET");
  CHECK(request.head_only);
}

TEST_CASE("the version and the Connection header decide whether a connection stays") {
  struct Row {
    std::string version, connection;
    bool keeps;
  };
  for (const auto& row : std::vector<Row>{{"1.1", "", true},
                                          {"1.1", "close", false},
                                          {"1.1", "CLOSE", false},
                                          {"1.1", "foo, close", false},
                                          {"1.1", "keep-alive, close", false},
                                          {"1.1", "closed", true},
                                          {"1.0", "", false},
                                          {"1.0", "Keep-Alive", true},
                                          {"1.0", "close, keep-alive", false}}) {
    CAPTURE(row.version, row.connection);
    HttpRequest request;
    const auto header = row.connection.empty() ? "" : "Connection: " + row.connection + "\r\n";
    const auto framing = parse_head("GET / HTTP/" + row.version + "\r\n" + host + header + "\r\n", request);
    REQUIRE(framing);
    CHECK(framing->keep_alive == row.keeps);
  }
}

TEST_CASE("a malformed head is refused with its own code, its neighbours are not") {
  struct Row {
    std::string head, code;
  };
  const std::string line = "GET / HTTP/1.1\r\n";
  const std::vector<Row> rows = {
      {line + host + "\r\n", ""},
      {line + "\r\n", "bad_host"},
      {line + host + host + "\r\n", "bad_host"},
      {line + "Host: a,b\r\n\r\n", "bad_host"},
      {"GET / HTTP/1.0\r\n\r\n", ""},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", "http_version_not_supported"},
      {"PRI * HTTP/2.0\r\n\r\n", "http_version_not_supported"},
      {"GET / HTTP/1.2\r\n" + host + "\r\n", "http_version_not_supported"},
      {"GET / http/1.1\r\n" + host + "\r\n", "bad_request_head"},
      {"GET /\r\n" + host + "\r\n", "bad_request_head"},
      {"GET  / HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {" GET / HTTP/1.1\r\n" + host + "\r\n", "bad_request_head"},
      {"G@T / HTTP/1.1\r\n" + host + "\r\n", "bad_request_head"},
      {"get / HTTP/1.1\r\n" + host + "\r\n", "method_not_allowed"},
      {"TRACE / HTTP/1.1\r\n" + host + "\r\n", "method_not_allowed"},
      {"CONNECT a:1 HTTP/1.1\r\n" + host + "\r\n", "method_not_allowed"},
      {"GET http://a/ HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /a#b HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /a b HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /%4 HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /%zz HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /%00 HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /%0A HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /?a=%0A HTTP/1.1\r\n" + host + "\r\n", ""},
      {"GET /?a=%00 HTTP/1.1\r\n" + host + "\r\n", "bad_target"},
      {"GET /" + std::string(front::target_bytes_max - 1, 'a') + " HTTP/1.1\r\n" + host + "\r\n", ""},
      {"GET /" + std::string(front::target_bytes_max, 'a') + " HTTP/1.1\r\n" + host + "\r\n", "target_too_long"},
      {line + host + "A : b\r\n\r\n", "bad_request_head"},
      {line + host + "A: b\r\n folded\r\n\r\n", "bad_request_head"},
      {line + host + ": b\r\n\r\n", "bad_request_head"},
      {line + host + "no colon\r\n\r\n", "bad_request_head"},
      {line + host + "A: b\rc\r\n\r\n", "bad_request_head"},
      {line + host + "A: b\nc: d\r\n\r\n", "bad_request_head"},
      {line + host + "A: b" + std::string(1, '\0') + "\r\n\r\n", "bad_request_head"},
      {line + host + "A: \xC3\xA9\tx\r\n\r\n", ""},
      {line + host + "Expect: 200-ok\r\n\r\n", "expectation_failed"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.head);
    CHECK(refusal_of(row.head) == row.code);
  }
}

TEST_CASE("a body's length that two servers could read differently is refused") {
  struct Row {
    std::string headers, code;
  };
  const std::vector<Row> rows = {
      {"Content-Length: 5\r\n", ""},
      {"Content-Length: 0\r\n", ""},
      {"Content-Length:\r\n", "bad_framing"},
      {"Content-Length: +5\r\n", "bad_framing"},
      {"Content-Length: -5\r\n", "bad_framing"},
      {"Content-Length: 5 5\r\n", "bad_framing"},
      {"Content-Length: 5, 5\r\n", "bad_framing"},
      {"Content-Length: 0x5\r\n", "bad_framing"},
      {"Content-Length: 999999999999999999\r\n", ""},
      {"Content-Length: 9999999999999999999\r\n", "bad_framing"},
      {"Content-Length: 18446744073709551621\r\n", "bad_framing"},
      {"Content-Length: 5\r\nContent-Length: 5\r\n", "bad_framing"},
      {"Transfer-Encoding: chunked\r\n", ""},
      {"Transfer-Encoding: Chunked\r\n", ""},
      {"Transfer-Encoding: gzip, chunked\r\n", "bad_framing"},
      {"Transfer-Encoding: xchunked\r\n", "bad_framing"},
      {"Transfer-Encoding: identity\r\n", "bad_framing"},
      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "bad_framing"},
      {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "bad_framing"},
      {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "bad_framing"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.headers);
    CHECK(refusal_of("POST / HTTP/1.1\r\n" + host + row.headers + "\r\n") == row.code);
  }
  CHECK(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == "bad_framing");
}

TEST_CASE("a hundred headers are taken, one more is too many") {
  std::string headers = host;
  for (std::size_t i = 1; i < front::header_count_max; ++i) headers += "A: b\r\n";
  CHECK(refusal_of("GET / HTTP/1.1\r\n" + headers + "\r\n") == "");
  CHECK(refusal_of("GET / HTTP/1.1\r\n" + headers + "A: b\r\n\r\n") == "head_too_large");
}

TEST_CASE("whatever is escaped comes back as it was") {
  CHECK(rc::check("percent-escaped parameters decode to the original", [](const std::string& original) {
    std::string escaped;
    std::string expected;
    for (const char c : original) {
      if (c == '\0') continue;
      constexpr std::string_view digits = "0123456789aBcDeF";
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'%', digits[byte / 16], digits[byte % 16]};
      expected += c;
    }
    HttpRequest request;
    RC_ASSERT(front::parse_target("/p?" + escaped + "=" + escaped, request).has_value());
    RC_ASSERT(request.parameters == (NamedTexts{{expected, expected}}));
  }));
}

}  // namespace
}  // namespace greffe
