// Days of the tenant's time zone. A day goes from its first instant, usually midnight, to the
// next day's; where clocks are put forward or back it is shorter or longer than 24 hours.
#pragma once

#include <string>

#include "events/time.h"

namespace date {
class time_zone;
}

namespace greffe {

// A date on a wall calendar.
using Day = std::chrono::sys_days;

class LocalCalendar {
 public:
  // By the zone's IANA name; UTC if this machine does not know it.
  explicit LocalCalendar(const std::string& zone);

  Day day_of(Instant at) const;
  Instant start_of(Day day) const;

 private:
  const date::time_zone* zone_;  // of the library's own table, which lives on; null = UTC
};

// "2025-03-30"
std::string day_text(Day day);
// The week's Monday.
Day week_of(Day day);
// "2025-03"
std::string month_text(Day day);

}  // namespace greffe
