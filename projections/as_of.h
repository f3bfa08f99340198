// The past of tickets and of their people, from the log alone. Every function reads whole streams and throws
// ViewsUnreadable (projections/view_failure.h) if the log cannot be read.
#pragma once

#include <optional>
#include <vector>

#include "projections/directory_rows.h"
#include "projections/ticket_parts.h"
#include "projections/ticket_row.h"
#include "projections/timeline.h"
#include "storage/log.h"

namespace greffe {

// The ticket as its events up to `instant` (inclusive, by when they happened) make it; absent
// if there is no such ticket or it was not opened by then.
std::optional<TicketRow> ticket_as_of(const Log& log, TicketId id, Instant instant);

// Its parts, by the same events; absent under the same conditions.
std::optional<TicketParts> parts_as_of(const Log& log, TicketId id, Instant instant);

// The ticket and what it had absorbed by then (Snapshot::origins); empty under the same conditions.
std::vector<Origin> origins_as_of(const Log& log, TicketId id, Instant instant);

// The entry as its events up to `instant` make it. Who was entered later, as tickets of imported
// history name them, is as first entered; absent if there is no such entry.
std::optional<ContactRow> entry_as_of(const Log& log, ContactId id, Instant instant);
std::optional<OrganisationRow> entry_as_of(const Log& log, OrganisationId id, Instant instant);
std::optional<AgentRow> entry_as_of(const Log& log, AgentId id, Instant instant);
std::optional<TeamRow> entry_as_of(const Log& log, TeamId id, Instant instant);

}  // namespace greffe
