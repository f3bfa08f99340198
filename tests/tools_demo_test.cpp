#include <catch2/catch.hpp>

#include "events/codec.h"
#include "projections/replay.h"
#include "storage/memory_log.h"
#include "tests/temporary_directory.h"
#include "tools/demo/simulation.h"
#include "tools/store.h"

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

TEST_CASE("the demo goes into a store of any profile in which nothing happened yet, and into no other") {
  const auto profile = GENERATE("default", "mobility", "erp-module", "call-log", "telecom-helpdesk");
  const TemporaryDirectory dir;
  const SystemClock clock;
  StoreOptions options;
  options.profile = profile;
  const auto store = Store::open(dir.path(), options, clock, [](const std::string& failure) { FAIL(failure); });
  REQUIRE(store);
  CHECK(demo::is_untouched((*store)->log()).value());
  CHECK_FALSE(demo::is_untouched(*play(7).log).value());
}

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
