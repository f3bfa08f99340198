// Months of a help desk's life, played through the real commands on a clock of the
// simulation's own: clients write, agents claim, answer, wait, close; some tickets come back.
// Equal options give equal histories.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "commands/writer.h"
#include "storage/log.h"

namespace greffe::demo {

// A clock that stands where it is put. Any thread may read it.
class StoryClock final : public Clock {
 public:
  explicit StoryClock(Instant start) : now_us_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant(std::chrono::microseconds(now_us_.load())); }
  void set(Instant instant) { now_us_ = instant.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> now_us_;
};

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::size_t tickets = 1'500;
  Instant start;  // the first ticket comes after it
  Instant end;    // nothing happens after it: what is not finished stays open
};

struct SimulationResult {
  std::uint64_t commands = 0;
  std::uint64_t events = 0;
};

// Whether the store has nobody and no ticket in it: nothing but what its profile laid down.
Result<bool, LogFailure> is_untouched(const Log& log);

// Plays the whole history into an untouched store whose writer runs on `clock`. The error names
// the first refused command: the simulation only asks for what is allowed.
Result<SimulationResult, std::string> simulate(Writer& writer, StoryClock& clock, const SimulationOptions& options,
                                               const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace greffe::demo
