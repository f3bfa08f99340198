#include "commands/field_rules.h"
#include "commands/references.h"
#include "commands/ticket/contexts.h"
#include "commands/ticket/opening.h"
#include "commands/ticket/reparenting.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;

Decision<Ticket> named(std::string_view field, const std::string& number, const Lookup& lookup) {
  if (const Ticket ticket = relations::numbered(number, lookup)) return ticket;
  FieldFaults faults;
  faults.add(field, number.empty() ? FieldCode::required : FieldCode::not_found);
  return faults.refuse();
}

bool is_child_of(Ticket child, Ticket parent) { return child->parent == parent.id; }

// Contexts of the parent as somebody would choose them now.
std::vector<WantedContext> contexts_of(const TicketState& parent, const Context& context) {
  std::vector<WantedContext> wanted;
  for (const ContextAt& c : parent.contexts) {
    FieldFaults faults;
    const WantedContext again = c.context ? WantedContext{c.context, {}, {}, {}, {}}
                                          : WantedContext{{}, c.type, c.label.text, c.url, c.summary};
    checked_context(again, 1, {}, context, faults);
    if (faults.empty()) wanted.push_back(again);
  }
  return wanted;
}

// What the command leaves open is as at the parent, at this instant: both live apart from then
// on. What is no longer in use there is not copied, since no new ticket could have it.
OpenTicket completed(OpenTicket wanted, const TicketState& parent, const Context& context) {
  const Lookup& lookup = context.lookup;
  if (wanted.party == Party{}) {
    const Party& party = parent.party;
    const ContactState* contact = party.contact ? lookup.contact(*party.contact) : nullptr;
    const OrganisationState* organisation = party.organisation ? lookup.organisation(*party.organisation) : nullptr;
    if (contact != nullptr && contact->active) wanted.party.contact = party.contact;
    if (organisation != nullptr && organisation->active) wanted.party.organisation = party.organisation;
  }
  const TeamState* team = parent.team ? lookup.team(*parent.team) : nullptr;
  if (!wanted.team && team != nullptr && team->active) wanted.team = parent.team;
  if (wanted.contexts.empty()) wanted.contexts = contexts_of(parent, context);
  return wanted;
}

}  // namespace

Outcome decide(const TicketState& state, const OpenSubTicket& command, const Context& context) {
  const Ticket parent = relations::identified(state, context.lookup);
  if (auto refused = parent_fault(parent, context)) return fail(std::move(*refused));
  auto steps = open_ticket(completed(command.ticket, state, context), context);
  if (!steps) return steps;
  const TicketId child{context.next.value};
  const std::string number = std::get<TicketOpened>(std::get<TicketEvent>(steps->front().event)).number;
  add(*steps, child, ParentChanged{{}, {}, parent.id, state.number, ParentCause::opened});
  add(*steps, parent.id, SubTicketAdded{child, number, ParentCause::opened});
  return steps;
}

Outcome decide(const TicketState& state, const AttachSubTicket& command, const Context& context) {
  const auto found = named("child", command.child, context.lookup);
  if (!found) return fail(found.error());
  const Ticket child = *found, parent = relations::identified(state, context.lookup);
  if (auto refused = relations::other_fault(child, context)) return fail(std::move(*refused));
  if (is_child_of(child, parent)) return events();
  if (auto refused = place_fault(child, parent, context)) return fail(std::move(*refused));
  // It is somebody else's already: that is a move, and asked for as one.
  if (child->parent) {
    FieldFaults faults;
    faults.add("child", FieldCode::duplicate);
    return faults.refuse();
  }
  Steps steps;
  add_reparenting(child, parent, ParentCause::attached, steps, context);
  return steps;
}

Outcome decide(const TicketState& state, const DetachSubTicket& command, const Context& context) {
  const auto found = named("child", command.child, context.lookup);
  if (!found) return fail(found.error());
  const Ticket child = *found, parent = relations::identified(state, context.lookup);
  if (auto refused = relations::other_fault(child, context)) return fail(std::move(*refused));
  if (!is_child_of(child, parent)) {
    return refuse(RejectionCode::not_a_child, "It is no sub-ticket of this ticket.");
  }
  Steps steps;
  add_reparenting(child, {}, ParentCause::detached, steps, context);
  return steps;
}

Outcome decide(const TicketState& state, const MoveSubTicket& command, const Context& context) {
  const auto found = named("parent", command.parent, context.lookup);
  if (!found) return fail(found.error());
  const Ticket parent = *found, child = relations::identified(state, context.lookup);
  if (auto refused = relations::other_fault(parent, context)) return fail(std::move(*refused));
  if (is_child_of(child, parent)) return events();
  if (auto refused = place_fault(child, parent, context)) return fail(std::move(*refused));
  if (!state.parent) return refuse(RejectionCode::not_a_child, "It is no sub-ticket of any ticket: attach it.");
  Steps steps;
  add_reparenting(child, parent, ParentCause::moved, steps, context);
  return steps;
}

}  // namespace greffe::subjects
