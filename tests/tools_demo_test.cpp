#include <catch2/catch.hpp>

#include "events/codec.h"
#include "projections/replay.h"
#include "storage/memory_log.h"
#include "tools/demo/simulation.h"

using namespace greffe;

namespace {

struct Played {
  std::unique_ptr<Log> log = open_memory_log();
  ReplayResult replay;
};

Played play(std::uint64_t seed) {
  Played played;
  const Instant start = *parse_rfc3339("2025-01-01T00:00:00Z");
  demo::StoryClock clock(start);
  auto writer = Writer::start(*played.log, clock, {}, [](const LogFailure& failure) { FAIL(failure.detail); });
  REQUIRE(writer);
  const auto result = demo::simulate(**writer, clock, {seed, 60, start, start + std::chrono::days(30)}, {});
  REQUIRE(result);
  CHECK(result->events == played.log->tail().value);
  played.replay = *replay_all(*played.log);
  return played;
}

}  // namespace

TEST_CASE("the demo's history is the same for the same seed and another for another") {
  const auto first = play(7), second = play(7), other = play(8);
  CHECK(first.replay.tickets_digest == second.replay.tickets_digest);
  CHECK(first.replay.tickets_digest != other.replay.tickets_digest);
  CHECK(first.replay.tickets > 50);
}

TEST_CASE("the demo's events lie in the past that was asked for, in order") {
  const auto played = play(7);
  const auto reader = played.log->read(Position{1});
  Instant last = *parse_rfc3339("2025-01-01T00:00:00Z");
  while (reader->next()) {
    const auto record = decode(reader->bytes());
    REQUIRE(record);
    CHECK(record->envelope.recorded_at >= last);
    last = record->envelope.recorded_at;
  }
  CHECK(last < *parse_rfc3339("2025-01-31T00:00:00Z"));
}
