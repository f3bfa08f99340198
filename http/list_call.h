// Ticket lists as somebody asks for them: whose "mine", whose teams, and what they may see.
#pragma once

#include "http/query_call.h"

namespace greffe {

// Completes the query with the caller's person. Refused with agent_required where a view is an
// agent's own and the caller is none.
Handled complete_query(const Call& call, const Snapshot& snapshot, ListQuery& query);

// The parts of a completed query that are not in the request's target: two callers whose parts
// differ never share a cached page.
std::string caller_key(const ListQuery& query);

}  // namespace greffe
