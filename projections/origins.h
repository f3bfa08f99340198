// Which tickets make up a united one: a walk along the merges, and the sub-tickets if wanted.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "projections/ticket_parts.h"
#include "projections/timeline.h"

namespace greffe {

// The parts of a ticket, null if it has none.
using PartsOf = std::function<std::shared_ptr<const TicketParts>(TicketId)>;

// Whether a sub-ticket belongs to what is asked for, and with it all below it.
using ChildWanted = std::function<bool(TicketId)>;

// `first` and all it absorbed, theirs included, nearest first; with `child_wanted` also the
// sub-tickets of any of them. Each once, whatever the parts say.
std::vector<Origin> united_origins(Origin first, const PartsOf& parts_of, const ChildWanted& child_wanted = {});

}  // namespace greffe
