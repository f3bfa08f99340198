#include <algorithm>

#include "commands/rights.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening_rules.h"

namespace greffe::subjects {
namespace {

// C2: who may edit a due date, if anybody.
bool may_edit_due_date(const Context& context) {
  const auto role = rights::role_of(context.doer, context.lookup);
  switch (context.settings.handling.due_edit) {
    case DueEdit::never: return context.imported;
    case DueEdit::supervisor: return role != rights::Role::agent;
    case DueEdit::agent: return true;
  }
  return false;
}

}  // namespace

Outcome decide(const TicketState& state, const SetDueDate& command, const Context& context) {
  if (command.due_at == state.due_at) return events();
  if (!may_edit_due_date(context)) {
    return refuse(RejectionCode::due_date_frozen, "A ticket's due date is not edited here (due_edit).");
  }
  const auto& channels = context.settings.opening.due_channels;
  if (command.due_at && std::find(channels.begin(), channels.end(), state.channel) == channels.end()) {
    return refuse(RejectionCode::due_date_not_allowed, "Tickets of this channel have no due date here.");
  }
  FieldFaults faults;
  check_kept(state, {{"due_at", state.due_at.has_value(), command.due_at.has_value()}}, context, faults);
  if (!faults.empty()) return faults.refuse();
  return events(DueDateChanged{state.due_at, command.due_at});
}

Outcome decide(const TicketState& state, const SetEstimatedResolution& command, const Context& context) {
  const auto& old = state.estimated_resolution_at;
  const auto& wanted = command.estimated_resolution_at;
  if (wanted == old) return events();
  FieldFaults faults;
  check_kept(state, {{"estimated_resolution_at", old.has_value(), wanted.has_value()}}, context, faults);
  if (!faults.empty()) return faults.refuse();
  return events(EstimatedResolutionChanged{old, wanted});
}

Outcome decide(const TicketState& state, const SetNotifications& command, const Context&) {
  const bool client = command.notify_client.value_or(state.notify_client);
  const bool assignee = command.notify_assignee.value_or(state.notify_assignee);
  if (client == state.notify_client && assignee == state.notify_assignee) return events();
  return events(NotifyChoiceChanged{client, assignee});
}

}  // namespace greffe::subjects
