#include "commands/settings/reopening_rules.h"

namespace greffe::reopening_rules {
namespace {

bool closed_for(std::optional<Instant> last_closed_at, std::uint32_t days, Instant now) {
  return last_closed_at && now - *last_closed_at > std::chrono::days(days);
}

}  // namespace

bool is_final(const ReopeningDefined& rules, std::optional<Instant> last_closed_at, Instant now) {
  return rules.finalize_after_days > 0 && closed_for(last_closed_at, rules.finalize_after_days, now);
}

bool goes_on(const ReopeningDefined& rules, std::optional<Instant> last_closed_at, Instant now) {
  if (is_final(rules, last_closed_at, now)) return false;
  switch (rules.followup) {
    case Followup::reopen: return true;
    case Followup::new_ticket: return false;
    case Followup::reopen_within: return !closed_for(last_closed_at, rules.within_days, now);
  }
  return false;
}

}  // namespace greffe::reopening_rules
