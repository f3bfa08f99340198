#include "projections/clocks/clock_steps.h"

#include <algorithm>

#include "events/check.h"

namespace greffe {
namespace clock_steps {
namespace {

using MillisecondInstant = std::chrono::sys_time<Milliseconds>;

MillisecondInstant whole(Instant instant) { return std::chrono::floor<Milliseconds>(instant); }

// The earliest instant from which a running clock may be stopped, judged or retargeted.
Instant not_before_start(const ClockRow& clock, Instant at) {
  return std::max(at, clock.running_since.value_or(clock.started_at));
}

// When a running clock's counted time equals its target; in the past once it is overdue.
Instant deadline_of(const ClockRow& clock) {
  return whole(*clock.running_since) + (clock.target_ms - clock.counted_ms);
}

bool has_target(const ClockRow& clock) { return clock.target_ms > Milliseconds{0}; }

// Remembers the breach of a running clock as of `at`. One that was noted later than `at` was
// noted before a late entry became known, and did not happen.
void note_breach(ClockRow& clock, Instant at) {
  if (clock.breached_at && *clock.breached_at > at) clock.breached_at.reset();
  if (clock.breached_at || !has_target(clock)) return;
  if (counted_at(clock, at) > clock.target_ms) clock.breached_at = deadline_of(clock);
}

void stop(ClockRow& clock, Instant at) {
  if (!clock.running_since) return;
  note_breach(clock, at);
  clock.counted_ms = counted_at(clock, at);
  clock.running_since.reset();
  GREFFE_CHECK(clock.counted_ms >= Milliseconds{0}, "a clock counts no negative time");
}

void finish(ClockRow& clock, Instant at, Position by, ClockPhase phase) {
  GREFFE_CHECK(is_live(clock), "only a live clock can be finished");
  at = not_before_start(clock, at);
  stop(clock, at);
  clock.phase = phase;
  clock.ended_at = at;
  clock.ended_by = by;
}

}  // namespace

Milliseconds counted_at(const ClockRow& clock, Instant at) {
  if (!clock.running_since) return clock.counted_ms;
  return clock.counted_ms + std::max(Milliseconds{0}, whole(at) - whole(*clock.running_since));
}

void pause(ClockRow& clock, Instant at) {
  stop(clock, not_before_start(clock, at));
  clock.phase = ClockPhase::paused;
}

void resume(ClockRow& clock, Instant at) {
  GREFFE_CHECK(!clock.running_since, "a clock that runs cannot be resumed");
  clock.phase = ClockPhase::running;
  clock.running_since = std::max(at, clock.started_at);
  clock.ended_at.reset();
  clock.ended_by = Position{};
}

void end(ClockRow& clock, Instant at, Position by) { finish(clock, at, by, ClockPhase::ended); }

void end_unfulfilled(ClockRow& clock, Instant at, Position by) {
  finish(clock, at, by, ClockPhase::ended);
  if (!clock.breached_at) clock.phase = ClockPhase::cancelled;
}

void cancel(ClockRow& clock, Instant at, Position by) { finish(clock, at, by, ClockPhase::cancelled); }

void retarget(ClockRow& clock, Instant at, Position by, const std::string& priority, Milliseconds target) {
  GREFFE_CHECK(is_live(clock), "only a live clock can be retargeted");
  GREFFE_CHECK(target > Milliseconds{0}, "a clock without target is cancelled, not retargeted");
  at = not_before_start(clock, at);
  if (clock.running_since) note_breach(clock, at);
  if (clock.breached_at && has_target(clock)) return;
  clock.priority = priority;
  clock.target_ms = target;
  clock.retargeted_by = by;
  if (!clock.breached_at && counted_at(clock, at) >= target) clock.breached_at = at;
}

}  // namespace clock_steps

ClockReading read_clock(const ClockRow& clock, Instant now) {
  const auto counted = clock_steps::counted_at(clock, now);
  ClockReading reading;
  reading.ended = !clock_steps::is_live(clock);
  reading.counted_ms = counted;
  if (!reading.ended) reading.remaining_ms = clock.target_ms - counted;
  reading.breached_at = clock.breached_at;
  if (clock.running_since) {
    reading.deadline = clock_steps::deadline_of(clock);
    if (!reading.breached_at && counted > clock.target_ms) reading.breached_at = reading.deadline;
  }
  if (clock.phase == ClockPhase::cancelled) reading.state = ClockState::cancelled;
  else if (reading.breached_at) reading.state = ClockState::breached;
  else if (reading.ended) reading.state = ClockState::met;
  else reading.state = clock.running_since ? ClockState::running : ClockState::paused;
  return reading;
}

}  // namespace greffe
