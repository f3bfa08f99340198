// Decisions about tickets. Pure; `state` has version 0 for OpenTicket and is an existing
// ticket for every other command. No events = accepted, and nothing changes.
//
// A ticket that is not open takes ChangeStatus, CloseTicket (which changes nothing) and
// ReopenTicket; any other command is refused with ticket_closed unless it is imported.
#pragma once

#include "commands/context.h"
#include "commands/rejection.h"
#include "commands/step.h"
#include "commands/ticket/commands.h"
#include "commands/ticket/state.h"

namespace greffe {

Decision<Steps> decide(const TicketState& state, const TicketCommand& command, const Context& context);

}  // namespace greffe
