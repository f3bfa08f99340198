// One decision a command, grouped by subject into files; for decide.cpp only, which has
// already seen to it that the ticket may be edited.
#pragma once

#include <utility>
#include <vector>

#include "commands/ticket/decide.h"

namespace greffe::subjects {

using Outcome = Decision<std::vector<TicketEvent>>;

// opening.cpp
Outcome decide(const TicketState&, const OpenTicket&, const Context&);

// fields.cpp
Outcome decide(const TicketState&, const RenameTicket&, const Context&);
Outcome decide(const TicketState&, const EditDescription&, const Context&);
Outcome decide(const TicketState&, const ChangePriority&, const Context&);
Outcome decide(const TicketState&, const ClassifyTicket&, const Context&);
Outcome decide(const TicketState&, const LinkContact&, const Context&);

// assignment.cpp
Outcome decide(const TicketState&, const ClaimTicket&, const Context&);
Outcome decide(const TicketState&, const TakeOverTicket&, const Context&);
Outcome decide(const TicketState&, const AssignTicket&, const Context&);
Outcome decide(const TicketState&, const UnassignTicket&, const Context&);
Outcome decide(const TicketState&, const MoveTicketToTeam&, const Context&);

// status.cpp
Outcome decide(const TicketState&, const ChangeStatus&, const Context&);
Outcome decide(const TicketState&, const CloseTicket&, const Context&);
Outcome decide(const TicketState&, const ReopenTicket&, const Context&);

// messages.cpp
Outcome decide(const TicketState&, const PostMessage&, const Context&);

// The events of an accepted command, in order; without any: nothing changes.
template <class... Es>
Outcome events(Es&&... es) {
  std::vector<TicketEvent> made;
  made.reserve(sizeof...(es));
  (made.emplace_back(std::forward<Es>(es)), ...);
  return made;
}

}  // namespace greffe::subjects
