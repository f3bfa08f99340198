// Answers that come from a source: ranges, and what the head says of them.
#include <catch2/catch.hpp>

#include "http/front/answer.h"
#include "http/front/known_body.h"
#include "http/front/range.h"
#include "tests/http_front_source.h"

namespace greffe {
namespace {

using front::Answer;
using front::Answerer;
using front::ByteRange;
using test::TextSource;

std::string range_of(const NamedTexts& headers, std::uint64_t size_bytes, const NamedTexts& answer_headers = {}) {
  HttpRequest request;
  request.method = "GET";
  request.headers = headers;
  const auto range = front::requested_range(request, answer_headers, size_bytes);
  if (!range) return std::string(name_of(range.error()));
  if (!*range) return "whole";
  return std::to_string((*range)->first) + "+" + std::to_string((*range)->size_bytes);
}

TEST_CASE("one range of bytes is understood, everything else means the whole") {
  struct Row {
    std::string range;
    std::uint64_t size_bytes;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"bytes=0-0", 10, "0+1"},
      {"bytes=2-5", 10, "2+4"},
      {"BYTES=2-5", 10, "2+4"},
      {"bytes= 2-5 ", 10, "2+4"},
      {"bytes=2-", 10, "2+8"},
      {"bytes=2-99", 10, "2+8"},
      {"bytes=2-99999999999999999999999", 10, "2+8"},
      {"bytes=-3", 10, "7+3"},
      {"bytes=-99", 10, "0+10"},
      {"bytes=9-9", 10, "9+1"},
      {"bytes=10-", 10, "range_not_satisfiable"},
      {"bytes=99999999999999999999999-", 10, "range_not_satisfiable"},
      {"bytes=-0", 10, "range_not_satisfiable"},
      {"bytes=0-", 0, "range_not_satisfiable"},
      {"bytes=-1", 0, "range_not_satisfiable"},
      {"bytes=5-2", 10, "whole"},
      {"bytes=0-1,4-5", 10, "whole"},
      {"bytes=", 10, "whole"},
      {"bytes=-", 10, "whole"},
      {"bytes=a-b", 10, "whole"},
      {"bytes=1", 10, "whole"},
      {"bytes=--1", 10, "whole"},
      {"bytes=+1-2", 10, "whole"},
      {"lines=1-2", 10, "whole"},
      {"bytes", 10, "whole"},
      {"", 10, "whole"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.range, row.size_bytes);
    CHECK(range_of({{"Range", row.range}}, row.size_bytes) == row.expected);
  }
  CHECK(range_of({}, 10) == "whole");
  CHECK(range_of({{"Range", "bytes=0-1"}, {"range", "bytes=2-3"}}, 10) == "whole");
}

TEST_CASE("If-Range gives the whole when the document is another") {
  const NamedTexts headers = {{"ETag", "\"a\""}, {"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"}};
  const auto with = [&](const std::string& condition) {
    return range_of({{"Range", "bytes=2-5"}, {"If-Range", condition}}, 10, headers);
  };
  CHECK(with("\"a\"") == "2+4");
  CHECK(with("Sun, 06 Nov 1994 08:49:37 GMT") == "2+4");
  CHECK(with("\"b\"") == "whole");
  CHECK(with("W/\"a\"") == "whole");
  CHECK(with("Sun, 06 Nov 1994 08:49:38 GMT") == "whole");
  CHECK(range_of({{"Range", "bytes=2-5"}, {"If-Range", "\"a\""}}, 10) == "whole");
}

struct Streamed {
  Answer answer;
  bool has(std::string_view text) const { return answer.bytes.find(text) != std::string::npos; }
};

Streamed streamed(const NamedTexts& headers, int status = 200, bool head_only = false,
                  const std::string& method = "GET") {
  const Handler handler = [&](const HttpRequest&, HttpResponse& response) {
    response.status = status;
    response.content_type = "text/plain";
    response.body = "not this";
    response.stream = std::make_shared<TextSource>("0123456789");
  };
  HttpRequest request;
  request.method = method;
  request.head_only = head_only;
  request.headers = headers;
  Answerer answerer(handler);
  Streamed result;
  answerer.run(request, true, false, result.answer);
  return result;
}

TEST_CASE("an answer with a source has its size and none of its bytes yet") {
  const auto whole = streamed({});
  CHECK(whole.answer.bytes.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(whole.answer.bytes.ends_with("\r\n\r\n"));
  CHECK(whole.has("Content-Length: 10\r\n"));
  CHECK(whole.has("Content-Type: text/plain\r\n"));
  CHECK(whole.has("Accept-Ranges: bytes\r\n"));
  CHECK(whole.answer.stream_bytes_left == 10);
  CHECK(whole.answer.stream_offset == 0);
}

TEST_CASE("a range is answered with 206 and says which") {
  const auto part = streamed({{"Range", "bytes=2-5"}});
  CHECK(part.answer.bytes.starts_with("HTTP/1.1 206 Partial Content\r\n"));
  CHECK(part.has("Content-Length: 4\r\n"));
  CHECK(part.has("Content-Range: bytes 2-5/10\r\n"));
  CHECK(part.answer.stream_bytes_left == 4);
  CHECK(part.answer.stream_offset == 2);
}

TEST_CASE("a range without a byte is a problem that names the size") {
  const auto none = streamed({{"Range", "bytes=10-"}});
  CHECK(none.answer.bytes.starts_with("HTTP/1.1 416 Range Not Satisfiable\r\n"));
  CHECK(none.has("Content-Range: bytes */10\r\n"));
  CHECK(none.has("\"code\":\"range_not_satisfiable\""));
  CHECK(none.answer.stream == nullptr);
}

TEST_CASE("a client that names the ETag is told that it has the document") {
  struct Row {
    std::string tags;
    bool known;
  };
  const std::vector<Row> rows = {{"\"etag\"", true},
                                 {"W/\"etag\"", true},
                                 {"\"other\", \"etag\"", true},
                                 {"*", true},
                                 {"\"a,b\" ,\"etag\"", true},
                                 {"\"etag\",", true},
                                 {"\"other\"", false},
                                 {"etag", false},
                                 {"\"etag", false},
                                 {"\"x,\"etag\"", false},
                                 {"", false},
                                 {",", false},
                                 {"W/", false},
                                 {"\"other\", W/\"x\"", false},
                                 {"\"etag\" \"etag\"", false}};
  for (const auto& [tags, known] : rows) {
    INFO(tags);
    HttpRequest request;
    request.method = "GET";
    request.headers = {{"if-none-match", tags}};
    CHECK(front::is_known_body(request, {{"ETag", "\"etag\""}}) == known);
    CHECK_FALSE(front::is_known_body(request, {}));
    request.method = "POST";
    CHECK_FALSE(front::is_known_body(request, {{"ETag", "\"etag\""}}));
  }
}

TEST_CASE("ranges are for GET with 200 only, and HEAD tells the whole size") {
  for (const auto& other :
       {streamed({{"Range", "bytes=2-5"}}, 201), streamed({{"Range", "bytes=2-5"}}, 200, false, "POST")}) {
    CHECK(other.answer.stream_bytes_left == 10);
    CHECK_FALSE(other.has("Content-Range"));
  }
  const auto head = streamed({{"Range", "bytes=2-5"}}, 200, true);
  CHECK(head.has("HTTP/1.1 200 OK\r\n"));
  CHECK(head.has("Content-Length: 10\r\n"));
  CHECK(head.answer.stream == nullptr);
  const auto unchanged = streamed({}, 304);
  CHECK(unchanged.answer.stream == nullptr);
  CHECK_FALSE(unchanged.has("Content-Length"));
}

}  // namespace
}  // namespace greffe
