#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening.h"
#include "commands/ticket/relations.h"

namespace greffe::subjects {

// The new ticket is for the client of the ticket that the message was sent to, which keeps the link.
Outcome decide(const TicketState& state, const SplitMessage& command, const Context& context) {
  FieldFaults faults;
  check_text("title", command.title, title_rule, faults);
  const auto ticket = relations::identified(state, context.lookup);
  const auto message = relations::message_of(ticket, command.held_by, command.message, context.lookup);
  if (!message) faults.add("message", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  const auto& [holder, owner, internal] = message;
  const TicketId made{context.next.value};
  const TicketOpened opened = follow_up(*owner.state, command.title, context);
  MessageReferenced reference{holder.id, holder->number, command.message, {}};
  if (owner.id != holder.id) reference.via = owner.id;
  Steps steps;
  add(steps, made, opened);
  add(steps, made, std::move(reference));
  add(steps, made, TicketsLinked{LinkType::split_from, false, owner.id, owner->number});
  add(steps, owner.id, MessageSplitOff{command.message, made, opened.number});
  add(steps, owner.id, TicketsLinked{LinkType::split_from, true, made, opened.number});
  return steps;
}

}  // namespace greffe::subjects
