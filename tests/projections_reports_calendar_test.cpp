// Days of a zone, sessions divided among them, and percentiles.
#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "projections/reports/percentile.h"
#include "projections/reports/session_pieces.h"

namespace greffe {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

Instant at(const char* text) { return *parse_rfc3339(text); }
Day day(const char* text) { return std::chrono::floor<days>(at((std::string(text) + "T00:00:00Z").c_str())); }

WorkSession session(Instant begin, Instant end) {
  WorkSession made;
  made.started_at = begin;
  made.ended_at = end;
  return made;
}

std::vector<Milliseconds> worked(const std::vector<SessionPiece>& pieces) {
  std::vector<Milliseconds> all;
  for (const auto& piece : pieces) all.push_back(piece.worked_ms);
  return all;
}

std::vector<SessionPiece> all_pieces(const WorkSession& s, const LocalCalendar& calendar) {
  return pieces_of(s, Instant::min(), Instant::max(), calendar);
}

}  // namespace

TEST_CASE("a day begins at the midnight of its zone, also where clocks change") {
  const LocalCalendar paris("Europe/Paris");
  CHECK(paris.start_of(day("2025-03-29")) == at("2025-03-28T23:00:00Z"));
  CHECK(paris.start_of(day("2025-03-30")) == at("2025-03-29T23:00:00Z"));
  CHECK(paris.start_of(day("2025-03-31")) == at("2025-03-30T22:00:00Z"));  // 23 hours later
  CHECK(paris.start_of(day("2025-10-26")) == at("2025-10-25T22:00:00Z"));
  CHECK(paris.start_of(day("2025-10-27")) == at("2025-10-26T23:00:00Z"));  // 25 hours later
  CHECK(paris.day_of(at("2025-03-30T21:59:59.999999Z")) == day("2025-03-30"));
  CHECK(paris.day_of(at("2025-03-30T22:00:00Z")) == day("2025-03-31"));
  CHECK(paris.day_of(at("2025-10-26T22:59:59Z")) == day("2025-10-26"));
  CHECK(paris.day_of(at("1969-12-31T23:30:00Z")) == day("1970-01-01"));
}

TEST_CASE("a midnight that the clocks skip is the instant at which they do") {
  const LocalCalendar sao_paulo("America/Sao_Paulo");  // 2018-11-04 began at one
  CHECK(sao_paulo.start_of(day("2018-11-04")) == at("2018-11-04T03:00:00Z"));
  CHECK(sao_paulo.day_of(at("2018-11-04T03:00:00Z")) == day("2018-11-04"));
  CHECK(sao_paulo.day_of(at("2018-11-04T02:59:59Z")) == day("2018-11-03"));
}

TEST_CASE("every instant is in one day, whatever the clocks do") {
  // St John's put its clocks back a minute after midnight, into the day before.
  const auto zone = GENERATE("America/St_Johns", "America/Sao_Paulo", "Europe/Paris", "Pacific/Apia", "Asia/Tokyo");
  const LocalCalendar calendar(zone);
  CAPTURE(zone);
  const Instant begin = at("2006-10-25T00:00:00Z"), end = at("2006-11-02T00:00:00Z");
  Day last = calendar.day_of(begin);
  Instant t = begin;
  for (; t < end; t += 1min) {
    const Day found = calendar.day_of(t);
    if (calendar.start_of(found) > t || calendar.start_of(found + days{1}) <= t || found < last) break;
    last = found;
  }
  CHECK(to_rfc3339(t) == to_rfc3339(end));
}

TEST_CASE("a zone that is not known counts as UTC") {
  const LocalCalendar nowhere("Nowhere/At_All");
  CHECK(nowhere.start_of(day("2025-03-30")) == at("2025-03-30T00:00:00Z"));
  CHECK(nowhere.day_of(at("1969-12-31T23:59:59Z")) == day("1969-12-31"));
}

TEST_CASE("weeks begin on Monday") {
  CHECK(day_text(week_of(day("2025-03-30"))) == "2025-03-24");  // a Sunday
  CHECK(day_text(week_of(day("2025-03-31"))) == "2025-03-31");
  CHECK(day_text(week_of(day("2025-01-01"))) == "2024-12-30");
  CHECK(month_text(day("2025-03-30")) == "2025-03");
}

TEST_CASE("a session over midnight is divided there") {
  const LocalCalendar paris("Europe/Paris");
  const auto night = session(at("2025-03-10T22:50:00Z"), at("2025-03-10T23:20:00Z"));
  const auto pieces = all_pieces(night, paris);
  REQUIRE(worked(pieces) == std::vector<Milliseconds>{10min, 20min});
  CHECK(pieces[1].begins_at == at("2025-03-10T23:00:00Z"));
}

TEST_CASE("the midnights of the days on which the clocks change are their own") {
  const LocalCalendar paris("Europe/Paris");
  // The night into the day of 23 hours, and the one out of it an hour earlier by UTC.
  CHECK(worked(all_pieces(session(at("2025-03-29T22:30:00Z"), at("2025-03-29T23:45:00Z")), paris)) ==
        std::vector<Milliseconds>{30min, 45min});
  CHECK(worked(all_pieces(session(at("2025-03-30T21:30:00Z"), at("2025-03-30T22:45:00Z")), paris)) ==
        std::vector<Milliseconds>{30min, 45min});
  // While clocks change, work is counted as it is on a stopwatch.
  CHECK(worked(all_pieces(session(at("2025-03-30T00:30:00Z"), at("2025-03-30T01:30:00Z")), paris)) ==
        std::vector<Milliseconds>{60min});
  CHECK(worked(all_pieces(session(at("2025-10-26T00:30:00Z"), at("2025-10-26T01:30:00Z")), paris)) ==
        std::vector<Milliseconds>{60min});
  CHECK(worked(all_pieces(session(at("2025-10-26T22:30:00Z"), at("2025-10-26T23:45:00Z")), paris)) ==
        std::vector<Milliseconds>{30min, 45min});
}

TEST_CASE("a session is cut at the ends of the range, and one outside leaves nothing") {
  const LocalCalendar paris("Europe/Paris");
  const auto one = session(at("2025-03-10T10:00:00Z"), at("2025-03-10T11:00:00Z"));
  const auto within = [&](const char* from, const char* to) { return worked(pieces_of(one, at(from), at(to), paris)); };
  CHECK(within("2025-03-10T10:15:00Z", "2025-03-10T10:20:00Z") == std::vector<Milliseconds>{5min});
  CHECK(within("2025-03-10T10:45:00Z", "2025-03-11T00:00:00Z") == std::vector<Milliseconds>{15min});
  CHECK(within("2025-03-10T11:00:00Z", "2025-03-11T00:00:00Z").empty());
  CHECK(within("2025-03-10T09:00:00Z", "2025-03-10T10:00:00Z").empty());
}

TEST_CASE("a session too short to count leaves nothing, though a piece of a longer one may be shorter") {
  const LocalCalendar paris("Europe/Paris");
  CHECK(all_pieces(session(at("2025-03-10T10:00:00Z"), at("2025-03-10T10:00:09.999Z")), paris).empty());
  const auto longer = session(at("2025-03-10T22:59:58Z"), at("2025-03-10T23:00:10Z"));
  CHECK(worked(all_pieces(longer, paris)) == std::vector<Milliseconds>{2s, 10s});
}

TEST_CASE("pieces of ranges that follow one another add up to what the session counts") {
  rc::prop("to the millisecond", [] {
    const LocalCalendar paris("Europe/Paris");
    const auto begin = at("2025-03-29T20:00:00Z") + std::chrono::microseconds(*rc::gen::inRange(0, 2'000'000'000));
    const auto one = session(begin, begin + std::chrono::microseconds(*rc::gen::inRange(0L, 14'400'000'000L)));
    const auto cut = begin + std::chrono::microseconds(*rc::gen::inRange(-1'000'000L, 15'000'000'000L));
    Milliseconds sum{0};
    for (const auto& piece : pieces_of(one, Instant::min(), cut, paris)) sum += piece.worked_ms;
    for (const auto& piece : pieces_of(one, cut, Instant::max(), paris)) sum += piece.worked_ms;
    RC_ASSERT(sum == counted(one));
  });
}

TEST_CASE("percentiles are values that occurred") {
  const auto of = [](std::vector<int> numbers, std::size_t percent) {
    std::vector<Milliseconds> values;
    for (const int number : numbers) values.emplace_back(number);
    return percentile(values, percent);
  };
  CHECK_FALSE(of({}, 50));
  CHECK(of({7}, 50) == Milliseconds{7});
  CHECK(of({7}, 90) == Milliseconds{7});
  CHECK(of({4, 1}, 50) == Milliseconds{1});
  CHECK(of({3, 1, 2}, 50) == Milliseconds{2});
  CHECK(of({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 90) == Milliseconds{9});
  CHECK(of({11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 90) == Milliseconds{10});
}

}  // namespace greffe
