// What the settings say of closed tickets as time goes by: the same for decisions, which hold a
// ticket's state, and for what is offered, which holds a row of the views. Pure.
#pragma once

#include <optional>

#include "events/settings.h"

namespace greffe::reopening_rules {

// Closed for longer than the settings let a ticket come back (finalize_after_days). `last_closed_at`
// is absent for a ticket that was never closed; that one is not.
bool is_final(const ReopeningDefined& rules, std::optional<Instant> last_closed_at, Instant now);

// Whether what a client wants after the closing goes on in the same ticket, not in a new one.
bool goes_on(const ReopeningDefined& rules, std::optional<Instant> last_closed_at, Instant now);

}  // namespace greffe::reopening_rules
