// What closing, reopening and deleting a ticket means for those above and below it, and which
// of them stand in the way. `ticket` {} stands for the command's own. `state` is the ticket
// before the act, whose own event the caller has added to the steps already.
//
// Imports tell what did happen in another system: nothing hinders them or follows from them.
#pragma once

#include <optional>

#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// What stands against closing the ticket: open sub-tickets (close_parent = block), open tickets
// that it depends on. Absent: nothing does.
std::optional<Rejection> closing_hindrance(const TicketState& state, const Context& context);

// The same, unless the command forces its way with a reason.
std::optional<Rejection> closing_fault(const TicketState& state, const CloseTicket& command, const Context& context);

// Sub-tickets (close_parent), parents (children_closed) and open to-dos.
void add_closing_effects(const TicketState& state, TicketId ticket, Steps& steps, const Context& context);

// An open sub-ticket is below a parent that is closed, and was not before (child_reopened).
void add_open_child_effects(relations::Ticket parent, Steps& steps, const Context& context);

// The same for the parent of a ticket that opens again, if it has one that is closed.
void add_reopening_effects(const TicketState& state, TicketId ticket, Steps& steps, const Context& context);

// Opens a closed ticket by itself, to the status that the settings have for reopened ones.
void add_own_reopening(relations::Ticket ticket, ReopenCause cause, Steps& steps, const Context& context);

// A ticket with open sub-tickets is not deleted; the others are detached.
std::optional<Rejection> deletion_fault(const TicketState& state, const Context& context);
void add_deletion_effects(const TicketState& state, TicketId ticket, Steps& steps, const Context& context);

}  // namespace greffe::subjects
