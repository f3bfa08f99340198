// The past of one ticket, from the log alone.
#pragma once

#include <optional>

#include "projections/ticket_row.h"
#include "storage/log.h"

namespace greffe {

// The ticket as its events up to `instant` (inclusive, by when they happened) make it; absent
// if there is no such ticket or it was not opened by then. Reads the whole stream. Throws
// ViewsUnreadable (projections/view_failure.h) if the log cannot be read.
std::optional<TicketRow> ticket_as_of(const Log& log, TicketId id, Instant instant);

}  // namespace greffe
