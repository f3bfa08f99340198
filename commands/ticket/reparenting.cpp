#include "commands/ticket/reparenting.h"

namespace greffe::subjects {

using relations::Ticket;

std::optional<Rejection> parent_fault(Ticket parent, const Context& context) {
  const RelationsDefined& rules = context.settings.relations;
  if (parent->status.category == Category::closed) {
    return refuse(RejectionCode::parent_closed, "A closed ticket gets no sub-tickets: reopen it first.").value();
  }
  if (relations::depth_of(parent, context.lookup) >= rules.depth_max) {
    return refuse(RejectionCode::too_deep, "More levels of sub-tickets than depth_max.").value();
  }
  if (parent->children.size() >= rules.children_max) {
    return refuse(RejectionCode::too_many_children, "More sub-tickets than children_max.").value();
  }
  return std::nullopt;
}

std::optional<Rejection> place_fault(Ticket child, Ticket parent, const Context& context) {
  const Lookup& lookup = context.lookup;
  if (child.id == parent.id || relations::is_below(parent, child.id, lookup)) {
    return refuse(RejectionCode::relation_cycle, "A ticket would be a part of itself.").value();
  }
  if (auto refused = parent_fault(parent, context)) return refused;
  const std::uint32_t levels_left = context.settings.relations.depth_max - relations::depth_of(parent, lookup);
  if (!relations::fits_into(child, levels_left, lookup)) {
    return refuse(RejectionCode::too_deep, "With its own sub-tickets, more levels than depth_max.").value();
  }
  return std::nullopt;
}

void add_reparenting(Ticket child, Ticket parent, ParentCause cause, Steps& steps, const Context& context) {
  const Ticket old = child->parent ? relations::find(*child->parent, context.lookup) : Ticket{};
  ParentChanged changed;
  changed.cause = cause;
  if (old) {
    changed.old_parent = old.id;
    changed.old_number = old->number;
  }
  if (parent) {
    changed.new_parent = parent.id;
    changed.new_number = parent->number;
  }
  add(steps, child.id, std::move(changed));
  if (old) add(steps, old.id, SubTicketRemoved{child.id, child->number, cause});
  if (parent) add(steps, parent.id, SubTicketAdded{child.id, child->number, cause});
}

}  // namespace greffe::subjects
