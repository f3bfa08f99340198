// What of a batch is time spent. A batch is many commands asked for as one (http/batch): its
// events share a correlation id, which nothing else gives. Acting on fifty tickets at once is
// work on none of them: the batch counts on no ticket, and no session reaches over it.
//
// Merging several tickets into one is a batch too, but an act by hand on a single ticket, the one
// that they become part of: it counts there, once, as `TicketAbsorbed`.
#pragma once

#include "projections/clocks/work_time.h"

namespace greffe {

// Whether the event happened to another ticket than the one that a merge within a batch counts
// on, and so says nothing of where the agent was.
bool is_far_side_of_batch_merge(const Envelope& envelope, const TicketEvent& event);

// What counts of the event, by what its ticket's status says (Tracking).
Tracking tracking_in_batch(const Envelope& envelope, const TicketEvent& event, Tracking by_status);

}  // namespace greffe
