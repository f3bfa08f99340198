// A ticket gets, changes or loses its parent: what stands against it, and the events of all
// three streams. Used by the sub-ticket commands, merging, unmerging and deletion.
#pragma once

#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// Why nothing can be added below the parent: closed, too deep, too many; absent if it can.
std::optional<Rejection> parent_fault(relations::Ticket parent, const Context& context);

// The same for this child, with all that is below it: also a cycle.
std::optional<Rejection> place_fault(relations::Ticket child, relations::Ticket parent, const Context& context);

// ParentChanged on the child, SubTicketRemoved on its parent and SubTicketAdded on the new
// one, where there are such.
void add_reparenting(relations::Ticket child, relations::Ticket parent, ParentCause cause, Steps& steps,
                     const Context& context);

}  // namespace greffe::subjects
