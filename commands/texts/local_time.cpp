#include "commands/texts/local_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

namespace greffe {
namespace {

date::local_time<std::chrono::minutes> local_minute(Instant at, const std::string& zone) {
  try {
    return date::floor<std::chrono::minutes>(date::locate_zone(zone)->to_local(at));
  } catch (const std::runtime_error&) {
    return date::local_time<std::chrono::minutes>(date::floor<std::chrono::minutes>(at.time_since_epoch()));
  }
}

}  // namespace

std::string local_text(Instant at, const std::string& zone, std::string_view language) {
  const auto local = local_minute(at, zone);
  const auto day = date::floor<date::days>(local);
  const date::year_month_day ymd(day);
  const auto minutes = (local - day).count();
  const auto clock = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  const int y = static_cast<int>(ymd.year());
  const unsigned m = static_cast<unsigned>(ymd.month()), d = static_cast<unsigned>(ymd.day());
  if (language == "fr") return fmt::format("{:02}/{:02}/{:04} {}", d, m, y, clock);
  return fmt::format("{:04}-{:02}-{:02} {}", y, m, d, clock);
}

}  // namespace greffe
