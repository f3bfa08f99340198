// Ticket lists as somebody asks for them: whose "mine", whose teams, and what they may see.
#pragma once

#include "http/query_call.h"

namespace greffe {

// Completes the query with the caller's person and with the tickets that it names. Refused with agent_required where a
// view is an agent's own and the caller is none, and with invalid_fields where a client filters by what their rows
// leave blank: the count of what is found would tell it.
Handled complete_query(const Call& call, const Snapshot& snapshot, TicketListAsked& asked);

// Refused with invalid_fields where a client counts by what their rows leave blank.
Handled check_facets(const Call& call, const Snapshot& snapshot, const std::vector<FacetColumn>& facets);

// The teams that the agent is a member of.
std::vector<TeamId> teams_of(AgentId agent, const Snapshot& snapshot);

// The parts of a completed query that are not in the request's target: two callers whose parts
// differ never share a cached page.
std::string caller_key(const ListQuery& query);

}  // namespace greffe
