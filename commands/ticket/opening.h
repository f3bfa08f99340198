// Opening tickets: by the command, below another ticket, or as what follows from one. A new
// ticket's id is Context::next, so its TicketOpened must be the first step of its decision.
#pragma once

#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// The steps that open the ticket, all checks included; the first is its TicketOpened.
Outcome open_ticket(const OpenTicket& wanted, const Context& context);

// A new ticket for the same people about the same matter as `from`: kind, party, team,
// priority and classification are those of `from`, the status is the one tickets start with.
TicketOpened follow_up(const TicketState& from, std::string title, const Context& context);

}  // namespace greffe::subjects
