#include "commands/ticket/closing_relations.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/merge_rules.h"
#include "commands/ticket/reparenting.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;

// Sub-tickets of the source go to the target, with all that is below them.
void add_children(Ticket source, Ticket target, Steps& steps, const Context& context) {
  for (const Ticket& child : relations::find_all(source->children, context.lookup)) {
    add_reparenting(child, target, ParentCause::merged, steps, context);
  }
}

void add_source_steps(const Merge& m, Steps& steps) {
  const TicketState& source = *m.source.state;
  if (source.assignee) {
    add(steps, m.source.id, TicketUnassigned{*source.assignee, UnassignCause::merged});
  }
  TicketMergedInto merged;
  merged.target = m.target.id;
  merged.target_number = m.target->number;
  merged.old_status = source.status;
  merged.new_status = {"merged", Category::merged};
  merged.old_assignee = source.assignee;
  merged.reason = {m.command.reason};
  add(steps, m.source.id, std::move(merged));
  add_children(m.source, m.target, steps, m.context);
  // This link is no loan: it does not come back.
  if (leaves_its_parent(m)) add_reparenting(m.source, {}, ParentCause::detached, steps, m.context);
}

void add_target_steps(const Merge& m, Steps& steps) {
  const auto watcher = new_watcher(m);
  add(steps, m.target.id, TicketAbsorbed{m.source.id, m.source->number, m.source->version.value, watcher.has_value()});
  if (watcher) add(steps, m.target.id, WatcherAdded{watcher->kind, watcher->who});
  const bool closed = m.target->status.category == Category::closed;
  if (closed && m.context.settings.relations.closed_target == ClosedTarget::reopen) {
    add_own_reopening(m.target, ReopenCause::merged, steps, m.context);
  }
}

}  // namespace

Outcome decide(const TicketState& state, const MergeTickets& command, const Context& context) {
  const Lookup& lookup = context.lookup;
  FieldFaults faults;
  const Ticket named = relations::numbered(command.into, lookup);
  check_text("reason", command.reason, reason_rule, faults);
  if (command.into.empty()) faults.add("into", FieldCode::required);
  if (!faults.empty()) return faults.refuse();
  if (!named) return refuse(RejectionCode::ticket_not_found, "No ticket has the number `into`.");

  const Ticket source = relations::identified(state, lookup);
  const Merge merge{source, relations::root_of(named, lookup), named, command, context};
  if (named.id == source.id) return refuse(RejectionCode::merge_self, "A ticket is not merged into itself.");
  if (auto refused = pair_fault(merge)) return fail(std::move(*refused));
  if (state.merged_into && relations::root_of(source, lookup).id == merge.target.id) return events();
  if (auto refused = merge_fault(merge)) return fail(std::move(*refused));
  Steps steps;
  add_source_steps(merge, steps);
  add_target_steps(merge, steps);
  return steps;
}

}  // namespace greffe::subjects
