// Instants and durations. Nothing below reads a clock by itself: "now" is an argument,
// taken from a Clock by the program's edge only.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace greffe {

// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Milliseconds = std::chrono::milliseconds;

// Where "now" comes from. Implementations are safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's own clock. It may jump: the writer, not the clock, promises that
// recorded_at never goes back.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// "2016-02-29T01:16:00Z", with a fraction of up to six digits only where it is not zero.
// Instants outside the years 1900 to 9999 (damaged data) show as the nearest one inside.
std::string to_rfc3339(Instant instant);

// Appends the same text to `out` without a temporary: the hot path of every list.
void append_rfc3339(std::string& out, Instant instant);

// Reads RFC 3339 ("2016-02-29T01:16:00.5+01:00"; `T` and `Z` in either case, fraction of up to
// nine digits cut to microseconds, years 1900 to 9999 in UTC too, no leap second). Absent if it is
// anything else, an impossible date such as 30 February included.
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace greffe
