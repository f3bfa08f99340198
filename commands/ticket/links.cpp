#include <algorithm>

#include "commands/field_rules.h"
#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;

// These tell how a ticket came to be; nobody makes or unmakes them by hand.
bool is_by_hand(LinkType type) { return type != LinkType::follow_up_of && type != LinkType::split_from; }

// How the link looks from its other end. What merely relates has no direction.
bool mirrored(LinkType type, bool inverse) { return type != LinkType::relates_to && !inverse; }

Decision<Ticket> other_end(LinkType type, const std::string& number, const Lookup& lookup) {
  FieldFaults faults;
  const Ticket other = relations::numbered(number, lookup);
  if (!is_by_hand(type)) faults.add("type", FieldCode::not_one_of);
  if (number.empty()) faults.add("other", FieldCode::required);
  else if (!other) faults.add("other", FieldCode::not_found);
  if (!faults.empty()) return faults.refuse();
  return other;
}

// Every such link between two tickets, what was merged into them included, as events on both ends.
Steps unlinking(Ticket own, Ticket other, LinkType type, bool inverse, const Lookup& lookup) {
  Steps steps;
  const auto there = relations::parts_of(other, lookup);
  for (const Ticket& here : relations::parts_of(own, lookup)) {
    for (const TicketLink& link : here->links) {
      if (link.type != type || link.inverse != inverse) continue;
      const auto end =
          std::find_if(there.begin(), there.end(), [&](const Ticket& part) { return part.id == link.other; });
      if (end == there.end()) continue;
      add(steps, here.id, TicketsUnlinked{type, inverse, end->id, (*end)->number});
      add(steps, end->id, TicketsUnlinked{type, mirrored(type, inverse), here.id, here->number});
    }
  }
  return steps;
}

}  // namespace

Outcome decide(const TicketState& state, const LinkTickets& command, const Context& context) {
  const Lookup& lookup = context.lookup;
  const auto found = other_end(command.type, command.other, lookup);
  if (!found) return fail(found.error());
  const Ticket own = relations::identified(state, lookup), other = *found;
  if (other.id == own.id) return refuse(RejectionCode::relation_cycle, "A ticket has no links to itself.");
  if (auto refused = relations::other_fault(other, context)) return fail(std::move(*refused));
  const bool linked = !unlinking(own, other, command.type, false, lookup).empty();
  if (linked) return events();
  if (command.type == LinkType::depends_on && relations::depends_on(other, own.id, lookup)) {
    return refuse(RejectionCode::relation_cycle, "The two tickets would wait for each other.");
  }
  Steps steps;
  add(steps, own.id, TicketsLinked{command.type, false, other.id, other->number});
  add(steps, other.id, TicketsLinked{command.type, mirrored(command.type, false), own.id, state.number});
  return steps;
}

// A link to a ticket that was merged or deleted since can still go.
Outcome decide(const TicketState& state, const UnlinkTickets& command, const Context& context) {
  const Lookup& lookup = context.lookup;
  const auto found = other_end(command.type, command.other, lookup);
  if (!found) return fail(found.error());
  const Ticket own = relations::identified(state, lookup), other = relations::root_of(*found, lookup);
  if (other.id == own.id) return events();
  if (auto refused = relations::other_fault(other, context); refused && refused->code == RejectionCode::forbidden) {
    return fail(std::move(*refused));
  }
  const bool inverse = command.inverse && command.type != LinkType::relates_to;
  return unlinking(own, other, command.type, inverse, lookup);
}

}  // namespace greffe::subjects
