#include "projections/reports/local_calendar.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

namespace greffe {
namespace {

using std::chrono::days;

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

LocalCalendar::LocalCalendar(const std::string& zone) : zone_(find_zone(zone)) {}

Instant LocalCalendar::start_of(Day day) const {
  if (zone_ == nullptr) return Instant(day);
  const date::local_days midnight{day.time_since_epoch()};
  // A midnight that the clocks skip is the instant at which they do; of two the first begins the day.
  return std::chrono::time_point_cast<Instant::duration>(zone_->to_sys(midnight, date::choose::earliest));
}

Day LocalCalendar::day_of(Instant at) const {
  if (zone_ == nullptr) return std::chrono::floor<days>(at);
  const Day day{date::floor<days>(zone_->to_local(at)).time_since_epoch()};
  // Where clocks are put back over midnight, the wall shows the old date once more: days follow
  // one another by their beginnings nevertheless.
  if (at < start_of(day)) return day - days{1};
  return at < start_of(day + days{1}) ? day : day + days{1};
}

std::string day_text(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Day week_of(Day day) { return day - days{std::chrono::weekday(day).iso_encoding() - 1}; }

std::string month_text(Day day) { return day_text(day).substr(0, 7); }

}  // namespace greffe
