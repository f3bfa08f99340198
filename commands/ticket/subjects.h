// One decision a command, grouped by subject into files; for decide.cpp only, which has
// already seen to it that the caller may ask for it and that the ticket stands for it.
#pragma once

#include <utility>
#include <vector>

#include "commands/ticket/decide.h"

namespace greffe::subjects {

using Outcome = Decision<Steps>;

// opening.cpp
Outcome decide(const TicketState&, const OpenTicket&, const Context&);

// fields.cpp, dates.cpp
Outcome decide(const TicketState&, const RenameTicket&, const Context&);
Outcome decide(const TicketState&, const EditDescription&, const Context&);
Outcome decide(const TicketState&, const ChangePriority&, const Context&);
Outcome decide(const TicketState&, const ClassifyTicket&, const Context&);
Outcome decide(const TicketState&, const ChangeOrigin&, const Context&);
Outcome decide(const TicketState&, const ChangeParticulars&, const Context&);
Outcome decide(const TicketState&, const LinkContact&, const Context&);
Outcome decide(const TicketState&, const SetDueDate&, const Context&);
Outcome decide(const TicketState&, const SetEstimatedResolution&, const Context&);
Outcome decide(const TicketState&, const SetNotifications&, const Context&);

// assignment.cpp
Outcome decide(const TicketState&, const ClaimTicket&, const Context&);
Outcome decide(const TicketState&, const TakeOverTicket&, const Context&);
Outcome decide(const TicketState&, const AssignTicket&, const Context&);
Outcome decide(const TicketState&, const UnassignTicket&, const Context&);
Outcome decide(const TicketState&, const MoveTicketToTeam&, const Context&);

// status.cpp, deletion.cpp
Outcome decide(const TicketState&, const MarkRead&, const Context&);
Outcome decide(const TicketState&, const ChangeStatus&, const Context&);
Outcome decide(const TicketState&, const CloseTicket&, const Context&);
Outcome decide(const TicketState&, const ReopenTicket&, const Context&);
Outcome decide(const TicketState&, const DeleteTicket&, const Context&);
Outcome decide(const TicketState&, const RestoreTicket&, const Context&);

// messages.cpp, watchers.cpp
Outcome decide(const TicketState&, const PostMessage&, const Context&);
Outcome decide(const TicketState&, const AddWatcher&, const Context&);
Outcome decide(const TicketState&, const RemoveWatcher&, const Context&);
Outcome decide(const TicketState&, const DismissLook&, const Context&);

// contexts.cpp, todos.cpp, documents.cpp, interventions.cpp
Outcome decide(const TicketState&, const LinkTicketContext&, const Context&);
Outcome decide(const TicketState&, const UnlinkTicketContext&, const Context&);
Outcome decide(const TicketState&, const AddTodo&, const Context&);
Outcome decide(const TicketState&, const CompleteTodo&, const Context&);
Outcome decide(const TicketState&, const ReopenTodo&, const Context&);
Outcome decide(const TicketState&, const DropTodo&, const Context&);
Outcome decide(const TicketState&, const ReorderTodos&, const Context&);
Outcome decide(const TicketState&, const AttachDocument&, const Context&);
Outcome decide(const TicketState&, const RemoveDocument&, const Context&);
Outcome decide(const TicketState&, const LinkArticle&, const Context&);
Outcome decide(const TicketState&, const UnlinkArticle&, const Context&);
Outcome decide(const TicketState&, const RequestIntervention&, const Context&);
Outcome decide(const TicketState&, const AnswerIntervention&, const Context&);
Outcome decide(const TicketState&, const SpendPoints&, const Context&);

// merging.cpp, splitting.cpp, sub_tickets.cpp, links.cpp
Outcome decide(const TicketState&, const MergeTickets&, const Context&);
Outcome decide(const TicketState&, const UnmergeTicket&, const Context&);
Outcome decide(const TicketState&, const SplitMessage&, const Context&);
Outcome decide(const TicketState&, const OpenSubTicket&, const Context&);
Outcome decide(const TicketState&, const AttachSubTicket&, const Context&);
Outcome decide(const TicketState&, const DetachSubTicket&, const Context&);
Outcome decide(const TicketState&, const MoveSubTicket&, const Context&);
Outcome decide(const TicketState&, const LinkTickets&, const Context&);
Outcome decide(const TicketState&, const UnlinkTickets&, const Context&);

// Adds an event of the command's own ticket, or of another one.
inline void add(Steps& steps, TicketEvent event) { steps.push_back({{StreamKind::ticket, 0}, std::move(event)}); }
inline void add(Steps& steps, TicketId ticket, TicketEvent event) {
  steps.push_back({stream_of(ticket), std::move(event)});
}

// The events of an accepted command on its own ticket, in order; without any: nothing changes.
template <class... Es>
Outcome events(Es&&... es) {
  Steps steps;
  steps.reserve(sizeof...(es));
  (add(steps, TicketEvent(std::forward<Es>(es))), ...);
  return steps;
}

}  // namespace greffe::subjects
