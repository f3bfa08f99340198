#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening.h"
#include "commands/ticket/relations.h"

namespace greffe::subjects {

Outcome decide(const TicketState& state, const SplitMessage& command, const Context& context) {
  FieldFaults faults;
  check_text("title", command.title, title_rule, faults);
  if (command.message == 0 || command.message > state.counts.messages) faults.add("message", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  const TicketId from = relations::identified(state, context.lookup).id;
  const TicketId made{context.next.value};
  const TicketOpened opened = follow_up(state, command.title, context);
  Steps steps;
  add(steps, made, opened);
  add(steps, made, MessageReferenced{from, state.number, command.message});
  add(steps, made, TicketsLinked{LinkType::split_from, false, from, state.number});
  add(steps, from, MessageSplitOff{command.message, made, opened.number});
  add(steps, from, TicketsLinked{LinkType::split_from, true, made, opened.number});
  return steps;
}

}  // namespace greffe::subjects
