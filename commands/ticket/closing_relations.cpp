#include "commands/ticket/closing_relations.h"

#include "commands/ticket/field_rules.h"
#include "commands/ticket/reopening.h"
#include "commands/ticket/reparenting.h"
#include "events/check.h"

namespace greffe::subjects {

using relations::Ticket;

std::optional<Rejection> closing_hindrance(const TicketState& state, const Context& context) {
  if (context.imported) return std::nullopt;
  const Lookup& lookup = context.lookup;
  const bool blocks = context.settings.relations.close_parent == CloseParent::block;
  if (blocks && !relations::open_children(state, lookup).empty()) {
    return refuse(RejectionCode::children_open, "Sub-tickets are open: close them, or force with a reason.").value();
  }
  for (const Ticket& needed : relations::dependencies_of(relations::identified(state, lookup), lookup)) {
    if (!is_open(needed->status.category)) continue;
    return refuse(RejectionCode::dependencies_open,
                  "Tickets that this one depends on are open: close them, or force with a reason.")
        .value();
  }
  return std::nullopt;
}

std::optional<Rejection> closing_fault(const TicketState& state, const CloseTicket& command, const Context& context) {
  const bool forced = command.force && !command.reason.empty();
  return forced ? std::nullopt : closing_hindrance(state, context);
}

void add_reopening_effects(const TicketState& state, TicketId, Steps& steps, const Context& context) {
  const Ticket parent = state.parent ? relations::find(*state.parent, context.lookup) : Ticket{};
  if (parent && parent->status.category == Category::closed) add_open_child_effects(parent, steps, context);
}

void add_open_child_effects(Ticket parent, Steps& steps, const Context& context) {
  if (context.imported) return;
  const bool reopens = context.settings.relations.child_reopened == ChildReopened::reopen_parent;
  if (!reopens || is_final(*parent.state, context)) {
    return add(steps, parent.id, LookRequested{LookReason::child_reopened});
  }
  add_own_reopening(parent, ReopenCause::child_reopened, steps, context);
}

void add_own_reopening(Ticket ticket, ReopenCause cause, Steps& steps, const Context& context) {
  const Status* status = find_status(context.settings, context.settings.statuses.on_reopen);
  GREFFE_CHECK(status != nullptr, "the settings' rules keep on_reopen among the statuses");
  add_reopening(*ticket.state, ticket.id, at_present(*status), cause, {}, steps, context);
}

std::optional<Rejection> deletion_fault(const TicketState& state, const Context& context) {
  if (context.imported || relations::open_children(state, context.lookup).empty()) return std::nullopt;
  return refuse(RejectionCode::children_open, "Sub-tickets are open: close or detach them first.").value();
}

void add_deletion_effects(const TicketState& state, TicketId, Steps& steps, const Context& context) {
  for (const Ticket& child : relations::find_all(state.children, context.lookup)) {
    add_reparenting(child, {}, ParentCause::deleted, steps, context);
  }
}

}  // namespace greffe::subjects
