#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "events/time.h"

namespace greffe {
namespace {

using std::chrono::microseconds;

Instant at(long long micros) { return Instant(microseconds(micros)); }

}  // namespace

TEST_CASE("RFC 3339 instants are read") {
  const auto [text, micros] = GENERATE(table<std::string, long long>({
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T00:00:00.000001Z", 1},
      {"1969-12-31T23:59:59.999999Z", -1},
      {"2016-02-29T01:16:00Z", 1'456'708'560'000'000},
      {"2016-02-29t01:16:00z", 1'456'708'560'000'000},
      {"2016-02-29T01:16:00.5+01:00", 1'456'704'960'500'000},
      {"2016-02-29T01:16:00-00:00", 1'456'708'560'000'000},
      {"2016-02-28T23:46:00-01:30", 1'456'708'560'000'000},
      {"2000-02-29T00:00:00Z", 951'782'400'000'000},
      {"1970-01-01T00:00:00.1Z", 100'000},
      {"1970-01-01T00:00:00.123456Z", 123'456},
      {"1970-01-01T00:00:00.123456789Z", 123'456},
      {"1970-01-01T00:00:00.999999999Z", 999'999},
      {"1970-01-01T23:59:00+23:59", 0},
      {"1900-01-01T00:00:00Z", -2'208'988'800'000'000},
      {"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999},
      {"9999-12-31T23:59:59+00:01", 253'402'300'739'000'000},
  }));
  CAPTURE(text);
  const auto read = parse_rfc3339(text);
  REQUIRE(read);
  CHECK(read->time_since_epoch().count() == micros);
}

TEST_CASE("neighbours of RFC 3339 instants are refused") {
  const std::string text = GENERATE(values<std::string>({
      "",
      "Z",
      "2016",
      "2016-02-29",
      "2016-02-29T01:16Z",
      "2016-02-29T01:16:00",  // parts missing
      "2016-02-29T01:16:00Z ",
      " 2016-02-29T01:16:00Z",
      "2016-02-29T01:16:00ZZ",  // something around it
      "2016-02-29 01:16:00Z",
      "2016/02/29T01:16:00Z",
      "2016-02-29T01.16.00Z",  // other separators
      "20160229T011600Z",
      "2016-2-29T01:16:00Z",
      "02016-02-29T01:16:00Z",  // other widths
      "2015-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z",
      "2016-02-30T00:00:00Z",  // dates that never were
      "2016-04-31T00:00:00Z",
      "2016-00-01T00:00:00Z",
      "2016-13-01T00:00:00Z",
      "2016-01-00T00:00:00Z",
      "2016-01-32T00:00:00Z",
      "1899-12-31T23:59:59Z",
      "0000-01-01T00:00:00Z",
      "2016-01-01T24:00:00Z",
      "2016-01-01T23:60:00Z",
      "2016-12-31T23:59:60Z",  // times, leap second included
      "2016-01-01T00:00:00.Z",
      "2016-01-01T00:00:00,5Z",
      "2016-01-01T00:00:00.1234567890Z",
      "2016-01-01T00:00:00.5",
      "2016-01-01T00:00:00+1:00",
      "2016-01-01T00:00:00+0100",
      "2016-01-01T00:00:00+01",
      "2016-01-01T00:00:00+24:00",
      "2016-01-01T00:00:00+01:60",
      "2016-01-01T00:00:00+01:00Z",
      "2016-01-01T00:00:00 +01:00",
      "2016-01-01T00:00:0xZ",
      "-016-01-01T00:00:00Z",
      "2016-01-01T-1:00:00Z",
      "+2016-01-01T00:00:00Z",
      "1900-01-01T00:00:00+00:01",
      "9999-12-31T23:59:59-00:01",  // the offset leads out of the years
  }));
  CAPTURE(text);
  CHECK_FALSE(parse_rfc3339(text));
}

TEST_CASE("a NUL inside an instant is refused") {
  CHECK_FALSE(parse_rfc3339(std::string_view("2016-02-29T01:16:00Z\0", 21)));
}

TEST_CASE("instants are written with no more of a fraction than they have") {
  CHECK(to_rfc3339(at(0)) == "1970-01-01T00:00:00Z");
  CHECK(to_rfc3339(at(1)) == "1970-01-01T00:00:00.000001Z");
  CHECK(to_rfc3339(at(500'000)) == "1970-01-01T00:00:00.5Z");
  CHECK(to_rfc3339(at(120'000)) == "1970-01-01T00:00:00.12Z");
  CHECK(to_rfc3339(at(-1)) == "1969-12-31T23:59:59.999999Z");
  CHECK(to_rfc3339(at(1'456'708'560'000'000)) == "2016-02-29T01:16:00Z");
}

TEST_CASE("instants outside the years that have a text show as the nearest one") {
  CHECK(to_rfc3339(Instant::min()) == "1900-01-01T00:00:00Z");
  CHECK(to_rfc3339(Instant::max()) == "9999-12-31T23:59:59.999999Z");
  CHECK(to_rfc3339(at(-2'208'988'800'000'001)) == "1900-01-01T00:00:00Z");
  CHECK(to_rfc3339(at(253'402'300'800'000'000)) == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("what is written is read back") {
  CHECK(rc::check("parse(text(instant)) == instant", [] {
    const auto instant = at(*rc::gen::inRange<long long>(-2'208'988'800'000'000, 253'402'300'800'000'000));
    RC_ASSERT(parse_rfc3339(to_rfc3339(instant)) == instant);
    std::string appended = "x";
    append_rfc3339(appended, instant);
    RC_ASSERT(appended == "x" + to_rfc3339(instant));
  }));
}

TEST_CASE("texts are ordered as instants are when they have no fraction") {
  CHECK(rc::check("order", [] {
    const auto second = [] { return *rc::gen::inRange<long long>(-2'208'988'800, 253'402'300'800); };
    const auto a = second(), b = second();
    RC_ASSERT((to_rfc3339(at(a * 1'000'000)) < to_rfc3339(at(b * 1'000'000))) == (a < b));
  }));
}

TEST_CASE("no text crashes the reader") {
  CHECK(rc::check("any text", [](const std::string& text) { parse_rfc3339(text); }));
  CHECK(rc::check("a changed instant", [] {
    std::string text = "2016-02-29T01:16:00.123456+01:00";
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    const auto read = parse_rfc3339(text);
    if (read) RC_ASSERT(parse_rfc3339(to_rfc3339(*read)) == read);
  }));
}

TEST_CASE("the system's clock is in this century") {
  CHECK(SystemClock().now() > *parse_rfc3339("2024-01-01T00:00:00Z"));
  CHECK(SystemClock().now() < *parse_rfc3339("2100-01-01T00:00:00Z"));
}

}  // namespace greffe
