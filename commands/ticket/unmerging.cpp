#include <algorithm>

#include "commands/references.h"
#include "commands/rights.h"
#include "commands/ticket/closing_relations.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/reparenting.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;

// A sub-ticket comes back unless somebody moved it since, or the trees have grown so that it
// has no place below the source any more.
bool comes_back(Ticket child, Ticket source, const Context& context) {
  const Lookup& lookup = context.lookup;
  const auto& lenders = child->lent_by;
  if (std::find(lenders.begin(), lenders.end(), source.id) == lenders.end()) return false;
  if (relations::is_below(source, child.id, lookup)) return false;
  const std::uint32_t depth = relations::depth_of(source, lookup);
  const std::uint32_t depth_max = context.settings.relations.depth_max;
  return depth < depth_max && relations::fits_into(child, depth_max - depth, lookup);
}

std::optional<AgentId> former_assignee(const TicketState& state, const Lookup& lookup) {
  const auto& agent = state.assignee_before;
  return agent && may_be_assigned(*agent, lookup) ? agent : std::nullopt;
}

// Gives back the sub-tickets. True if one of them is open.
bool add_returning_children(Ticket source, Steps& steps, const Context& context) {
  bool any_open = false;
  for (const Ticket& child : relations::find_all(source->lent_children, context.lookup)) {
    if (!comes_back(child, source, context)) continue;
    add_reparenting(child, source, ParentCause::unmerged, steps, context);
    any_open = any_open || is_open(child->status.category);
  }
  return any_open;
}

std::optional<Rejection> unmerge_fault(const TicketState& state, Ticket root, const Context& context) {
  if (!rights::may_change(state, context) || !rights::may_change(*root.state, context)) {
    return refuse(RejectionCode::forbidden, "Unmerging needs the right to change both tickets.").value();
  }
  if (root->status.category == Category::deleted) {
    return refuse(RejectionCode::root_deleted, "The ticket that it was merged into is deleted: restore it first.")
        .value();
  }
  return std::nullopt;
}

// The source's contact, if the merge made them a watcher and nobody took them off since.
std::optional<Watcher> brought_watcher(Ticket source, Ticket target) {
  const auto& kept = target->contacts_kept;
  if (std::find(kept.begin(), kept.end(), source.id) == kept.end()) return std::nullopt;
  const Watcher watcher{WatcherKind::copy, {{}, source->party.contact, {}}};
  const auto& watchers = target->watchers;
  if (std::find(watchers.begin(), watchers.end(), watcher) == watchers.end()) return std::nullopt;
  return watcher;
}

}  // namespace

// Undoes the source's own hop; what the target is part of itself stays as it is. An unmerge is
// never refused for links that were within one ticket until now: where the two wait for each
// other then, somebody unlinks them or closes one by force.
Outcome decide(const TicketState& state, const UnmergeTicket& command, const Context& context) {
  const Lookup& lookup = context.lookup;
  FieldFaults faults;
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  const Ticket source = relations::identified(state, lookup);
  const Ticket target = state.merged_into ? relations::find(*state.merged_into, lookup) : Ticket{};
  if (!target) return refuse(RejectionCode::not_merged, "The ticket is not part of another one.");
  // What the source lent went along when the target was merged on.
  const Ticket root = relations::root_of(target, lookup);
  if (auto refused = unmerge_fault(state, root, context)) return fail(std::move(*refused));

  Steps steps;
  const auto assignee = former_assignee(state, lookup);
  const TicketUnmerged unmerged{target.id,           target->number, state.status,
                                state.status_before, assignee,       {command.reason}};
  add(steps, source.id, unmerged);
  if (assignee) add(steps, source.id, TicketAssigned{std::nullopt, *assignee, AssignCause::unmerged});
  const bool has_open_children = add_returning_children(source, steps, context);
  add(steps, target.id, TicketReleased{source.id, state.number});
  if (const auto watcher = brought_watcher(source, target)) {
    add(steps, target.id, WatcherRemoved{watcher->kind, watcher->who});
  }
  // While the two were one, the source's parent may have been closed, or its sub-tickets opened.
  TicketState after = state;
  evolve(after, unmerged, context.now);
  if (is_open(after.status.category)) add_reopening_effects(after, source.id, steps, context);
  else if (has_open_children) add_open_child_effects({source.id, &after}, steps, context);
  return steps;
}

}  // namespace greffe::subjects
