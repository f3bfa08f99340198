#include "commands/ticket/decide.h"

#include <type_traits>

#include "commands/field_rules.h"
#include "commands/rights.h"
#include "commands/ticket/notices.h"
#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe {
namespace {

template <class Command, class... Some>
inline constexpr bool is_one_of = (std::is_same_v<Command, Some> || ...);

// The commands that a closed ticket takes under any settings: those that are no edits of it.
template <class Command>
inline constexpr bool is_for_closed =
    is_one_of<Command, OpenTicket, MarkRead, ChangeStatus, CloseTicket, ReopenTicket, DeleteTicket, RestoreTicket,
              PostMessage, DismissLook, RemoveWatcher, CompleteTodo, AnswerIntervention, MergeTickets, UnmergeTicket,
              SplitMessage, OpenSubTicket, AttachSubTicket, DetachSubTicket, MoveSubTicket, LinkTickets, UnlinkTickets>;

// C7: what a closed ticket takes besides.
template <class Command>
bool takes_when_closed(ClosedEdit edit) {
  if (is_for_closed<Command> || edit == ClosedEdit::all) return true;
  return edit == ClosedEdit::reclassify && is_one_of<Command, ClassifyTicket, ChangePriority>;
}

// What a client may not read is not named to them.
bool may_name(const TicketState& root, const Context& context) {
  const bool is_gone = context.doer.kind == ActorKind::contact && root.status.category == Category::deleted;
  return !is_gone && rights::may_read(context.doer, root, context.lookup);
}

Rejection merged(const TicketState& state, const Context& context) {
  Rejection rejection = refuse(RejectionCode::ticket_merged, "The ticket is part of another one now.").value();
  const TicketState* root = &state;
  while (root != nullptr && root->merged_into) root = context.lookup.ticket(*root->merged_into);
  if (root != nullptr && may_name(*root, context)) rejection.root = root->number;
  return rejection;
}

template <class Command>
std::optional<Rejection> standing_fault(const TicketState& state, const Context& context) {
  switch (state.status.category) {
    case Category::merged:
      if (is_one_of<Command, UnmergeTicket, PostMessage, MergeTickets>) return std::nullopt;
      return merged(state, context);
    case Category::deleted:
      if (is_one_of<Command, RestoreTicket, DeleteTicket>) return std::nullopt;
      // What a client writes to a deleted ticket opens a new one.
      if (is_one_of<Command, PostMessage> && context.doer.kind == ActorKind::contact) return std::nullopt;
      return refuse(RejectionCode::ticket_deleted, "The ticket is deleted: restore it first.").value();
    case Category::closed:
      if (context.imported || takes_when_closed<Command>(context.settings.handling.closed_edit)) return std::nullopt;
      return refuse(RejectionCode::ticket_closed, "A closed ticket is not edited: reopen it first.").value();
    default: return std::nullopt;
  }
}

// What an absorbed ticket brought along is changed in that ticket's own stream, so that it goes
// back with it as it is then.
template <NamesPart Command>
Decision<Steps> decide_in_part(const TicketState& root, const Command& command, const Context& context) {
  const auto part = relations::part_numbered(relations::identified(root, context.lookup), command.part, context.lookup);
  if (!part) {
    FieldFaults faults;
    faults.add("origin", FieldCode::not_found);
    return faults.refuse();
  }
  Context of_part = context;
  of_part.target = part.id.value;
  auto steps = subjects::decide(*part.state, command, of_part);
  if (!steps) return steps;
  for (Step& step : *steps) {
    if (step.stream.id == 0) step.stream = stream_of(part.id);
  }
  return steps;
}

}  // namespace

Decision<Steps> decide(const TicketState& state, const TicketCommand& command, const Context& context) {
  if (auto rejection = rights::fault(state, command, context)) return fail(std::move(*rejection));
  auto steps = std::visit(
      [&]<class Command>(const Command& c) -> Decision<Steps> {
        if (state.version != Version{}) {
          if (auto rejection = standing_fault<Command>(state, context)) return fail(std::move(*rejection));
        }
        if constexpr (NamesPart<Command>) {
          if (!c.part.empty()) return decide_in_part(state, c, context);
        }
        return subjects::decide(state, c, context);
      },
      command);
  if (steps) notices::add_notices(state, *steps, context);
  return steps;
}

}  // namespace greffe
