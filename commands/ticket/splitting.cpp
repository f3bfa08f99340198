#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening.h"
#include "commands/ticket/relations.h"

namespace greffe::subjects {

// The new ticket is for the client of the ticket that the message was sent to.
Outcome decide(const TicketState& state, const SplitMessage& command, const Context& context) {
  FieldFaults faults;
  check_text("title", command.title, title_rule, faults);
  const auto ticket = relations::identified(state, context.lookup);
  const auto owner = relations::message_owner(ticket, command.message, context.lookup);
  if (!owner) faults.add("message", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  const TicketId from = ticket.id;
  const TicketId made{context.next.value};
  const TicketOpened opened = follow_up(*owner.state, command.title, context);
  MessageReferenced reference{from, state.number, command.message, {}};
  if (owner.id != from) reference.via = owner.id;
  Steps steps;
  add(steps, made, opened);
  add(steps, made, std::move(reference));
  add(steps, made, TicketsLinked{LinkType::split_from, false, from, state.number});
  add(steps, from, MessageSplitOff{command.message, made, opened.number});
  add(steps, from, TicketsLinked{LinkType::split_from, true, made, opened.number});
  return steps;
}

}  // namespace greffe::subjects
