// The tenant's time zone, by its IANA name and the machine's own zone data.
#pragma once

#include <string>

#include "events/time.h"

namespace greffe {

// Whether it is a zone of the IANA data that this machine has, and stands for a place. The data's
// folder also holds what the machine itself is set to, zones that count leap seconds, and tables.
bool is_iana_zone(const std::string& name);

// Whether this machine knows the zone, by whatever name: a store made earlier may have another.
bool time_zone_known(const std::string& name);

// The date on a wall calendar there, as days since 1970-01-01. The zone must be known.
std::chrono::sys_days local_date(Instant at, const std::string& name);

}  // namespace greffe
