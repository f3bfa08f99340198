#include "commands/settings/time_zone.h"

#include <date/tz.h>

#include <stdexcept>

#include "events/check.h"

namespace greffe {
namespace {

// Null if the zone, or any zone data at all, is missing: the library answers by throwing.
const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

bool is_iana_zone(const std::string& name) {
  // All of the IANA's names begin with a capital letter; "Factory" says that no zone was set.
  const bool is_capital = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
  return is_capital && name != "Factory" && time_zone_known(name);
}

bool time_zone_known(const std::string& name) { return find_zone(name) != nullptr; }

std::chrono::sys_days local_date(Instant at, const std::string& name) {
  const date::time_zone* zone = find_zone(name);
  GREFFE_CHECK(zone != nullptr, "the tenant's zone was known when it was set and when the writer started");
  const auto local = date::floor<date::days>(zone->to_local(at));
  return std::chrono::sys_days(std::chrono::days(local.time_since_epoch().count()));
}

}  // namespace greffe
