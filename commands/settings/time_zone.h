// The tenant's time zone, by its IANA name and the machine's own zone data.
#pragma once

#include <string>

#include "events/time.h"

namespace greffe {

// Whether this machine knows the zone.
bool time_zone_known(const std::string& name);

// The date on a wall calendar there, as days since 1970-01-01. The zone must be known.
std::chrono::sys_days local_date(Instant at, const std::string& name);

}  // namespace greffe
