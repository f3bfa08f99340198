// What taking a batch back needs besides the inverses of its events: closing and opening tickets
// lets go of agents and asks for looks, and neither says what was before.
#pragma once

#include <vector>

#include "events/record.h"
#include "http/batch/batch.h"
#include "projections/views.h"

namespace greffe {

// The steps to take after the inverses, so that tickets are with whom they were, and need somebody's
// look only if they did before. `repeated` if the same undoing was asked for before: then those that
// were taken at that time.
Result<std::vector<BatchStep>, Problem> aftermath(const Call& call, const CommandRequest& headers,
                                                  const std::vector<Record>& events, const Snapshot& snapshot,
                                                  bool repeated);

}  // namespace greffe
