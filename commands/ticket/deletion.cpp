#include "commands/ticket/closing_relations.h"
#include "commands/ticket/field_rules.h"

namespace greffe::subjects {

Outcome decide(const TicketState& state, const DeleteTicket& command, const Context& context) {
  if (context.settings.handling.deletion == Deletion::never) {
    return refuse(RejectionCode::deletion_not_allowed, "Tickets are not deleted here (deletion): close it.");
  }
  FieldFaults faults;
  check_text("reason", command.reason, {limits::reason_bytes_max, true, true}, faults);
  if (!faults.empty()) return faults.refuse();
  if (state.status.category == Category::deleted) return events();
  if (auto refused = deletion_fault(state, context)) return fail(std::move(*refused));
  Steps steps;
  add(steps, TicketDeleted{state.status, {"deleted", Category::deleted}, {command.reason}});
  add_deletion_effects(state, {}, steps, context);
  return steps;
}

Outcome decide(const TicketState& state, const RestoreTicket& command, const Context& context) {
  FieldFaults faults;
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (state.status.category != Category::deleted) return events();
  Steps steps;
  add(steps, TicketRestored{state.status, state.status_before, {command.reason}});
  if (is_open(state.status_before.category)) add_reopening_effects(state, {}, steps, context);
  return steps;
}

}  // namespace greffe::subjects
