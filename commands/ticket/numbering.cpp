#include "commands/ticket/numbering.h"

#include <fmt/format.h>

#include <charconv>

#include "commands/settings/time_zone.h"
#include "events/check.h"

namespace greffe {
namespace {

constexpr std::size_t day_size = 6;

}  // namespace

std::string number_day(Instant at, const std::string& time_zone) {
  const std::chrono::year_month_day date(local_date(at, time_zone));
  return fmt::format("{:02}{:02}{:02}", static_cast<int>(date.year()) % 100, static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string ticket_number(std::string_view day, std::uint64_t sequence) {
  GREFFE_CHECK(day.size() == day_size && sequence > 0, "a number has a day and a sequence from 1");
  return fmt::format("{}{:04}", day, sequence);
}

NumberParts number_parts(std::string_view number) {
  NumberParts parts{number.substr(0, day_size), 0};
  const auto digits = number.substr(parts.day.size());
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), parts.sequence);
  GREFFE_CHECK(read.ec == std::errc() && read.ptr == digits.data() + digits.size(), "a ticket's number ends in digits");
  return parts;
}

}  // namespace greffe
