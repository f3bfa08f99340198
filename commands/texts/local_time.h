// Instants as people read them.
#pragma once

#include <string>
#include <string_view>

#include "events/time.h"

namespace greffe {

// The wall clock of the zone, to the minute: "28/02/2025 11:30" in French, "2025-02-28 11:30" in
// any other language. UTC if this machine does not know the zone.
std::string local_text(Instant at, const std::string& zone, std::string_view language);

}  // namespace greffe
