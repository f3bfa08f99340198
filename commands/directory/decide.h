// Decisions about directory entries. Pure; `state` has version 0 for the commands that
// create, and is an existing entry for the others.
#pragma once

#include <vector>

#include "commands/context.h"
#include "commands/directory/commands.h"
#include "commands/rejection.h"

namespace greffe {

Decision<std::vector<ContactEvent>> decide(const ContactState& state, const ContactCommand& command,
                                           const Context& context);
Decision<std::vector<OrganisationEvent>> decide(const OrganisationState& state, const OrganisationCommand& command,
                                                const Context& context);
Decision<std::vector<AgentEvent>> decide(const AgentState& state, const AgentCommand& command, const Context& context);
Decision<std::vector<TeamEvent>> decide(const TeamState& state, const TeamCommand& command, const Context& context);

}  // namespace greffe
