#include "events/time.h"

#include <fmt/format.h>

#include <algorithm>

namespace greffe {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

// Reads exactly `count` digits at `at` and moves past them; absent if there are fewer.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const std::size_t end = at + count; at < end; ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view any_of) {
  if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
  ++at;
  return true;
}

std::optional<std::chrono::sys_days> read_date(std::string_view text, std::size_t& at) {
  const auto year = digits(text, at, 4);
  if (!year || *year < 1900 || !skip(text, at, "-")) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !skip(text, at, "-")) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<microseconds> read_fraction(std::string_view text, std::size_t& at) {
  if (!skip(text, at, ".")) return microseconds(0);
  long long value = 0;
  std::size_t count = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count) {
    if (count < 6) value = value * 10 + (text[at] - '0');
  }
  if (count == 0 || count > 9) return std::nullopt;
  for (; count < 6; ++count) value *= 10;
  return microseconds(value);
}

std::optional<microseconds> read_clock(std::string_view text, std::size_t& at) {
  const auto hours = digits(text, at, 2);
  if (!hours || *hours > 23 || !skip(text, at, ":")) return std::nullopt;
  const auto minutes = digits(text, at, 2);
  if (!minutes || *minutes > 59 || !skip(text, at, ":")) return std::nullopt;
  const auto seconds = digits(text, at, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  const auto fraction = read_fraction(text, at);
  if (!fraction) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds) + *fraction;
}

std::optional<std::chrono::minutes> read_offset(std::string_view text, std::size_t& at) {
  if (skip(text, at, "Zz")) return std::chrono::minutes(0);
  const bool west = at < text.size() && text[at] == '-';
  if (!skip(text, at, "+-")) return std::nullopt;
  const auto hours = digits(text, at, 2);
  if (!hours || *hours > 23 || !skip(text, at, ":")) return std::nullopt;
  const auto minutes = digits(text, at, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const auto offset = std::chrono::minutes(*hours * 60 + *minutes);
  return west ? -offset : offset;
}

// The instants that have a text: those of the years 1900 to 9999.
constexpr Instant first_instant = std::chrono::sys_days(std::chrono::year(1900) / 1 / 1);
constexpr Instant last_instant = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - microseconds(1);

void put(char* at, int value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
}

void append_rfc3339(std::string& out, Instant instant) {
  instant = std::clamp(instant, first_instant, last_instant);
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  char text[] = "0000-00-00T00:00:00";
  put(text, static_cast<int>(date.year()), 4);
  put(text + 5, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  put(text + 8, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  put(text + 11, static_cast<int>(clock.hours().count()), 2);
  put(text + 14, static_cast<int>(clock.minutes().count()), 2);
  put(text + 17, static_cast<int>(clock.seconds().count()), 2);
  out.append(text, sizeof text - 1);
  if (const auto micros = clock.subseconds().count(); micros != 0) {
    auto fraction = fmt::format(".{:06}", micros);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    out += fraction;
  }
  out += 'Z';
}

std::string to_rfc3339(Instant instant) {
  std::string out;
  append_rfc3339(out, instant);
  return out;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  std::size_t at = 0;
  const auto date = read_date(text, at);
  if (!date || !skip(text, at, "Tt")) return std::nullopt;
  const auto clock = read_clock(text, at);
  if (!clock) return std::nullopt;
  const auto offset = read_offset(text, at);
  if (!offset || at != text.size()) return std::nullopt;
  const Instant instant(*date + *clock - *offset);
  if (instant < first_instant || instant > last_instant) return std::nullopt;  // the offset led out of the years
  return instant;
}

}  // namespace greffe
