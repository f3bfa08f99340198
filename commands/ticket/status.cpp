#include "commands/references.h"
#include "commands/ticket/field_rules.h"

namespace greffe::subjects {
namespace {

// The status of that key; null, and a fault, if a command cannot lead there.
const Status* settable_status(const std::string& key, const Settings& settings, FieldFaults& faults) {
  const Status* status = find_status(settings, key);
  if (status == nullptr) faults.add("status", FieldCode::unknown_status);
  else if (!is_open(status->category) && status->category != Category::closed) {
    faults.add("status", FieldCode::status_not_settable);
    return nullptr;
  }
  return status;
}

// The same, for commands that lead to one side of the border between open and closed only.
const Status* status_of_side(const std::string& key, bool open, const Settings& settings, FieldFaults& faults) {
  const Status* status = settable_status(key, settings, faults);
  if (status != nullptr && is_open(status->category) != open) faults.add("status", FieldCode::not_one_of);
  return status;
}

// Who had the ticket gets it back, unless they cannot have tickets any more.
Outcome reopen(const TicketState& state, StatusAt to, ReopenCause cause, std::string reason, const Context& context) {
  TicketReopened reopened{state.status, std::move(to), cause, {std::move(reason)}, state.reopen_count + 1};
  if (state.assignee && !may_be_assigned(*state.assignee, context.lookup)) {
    return events(std::move(reopened), TicketUnassigned{*state.assignee});
  }
  return events(std::move(reopened));
}

}  // namespace

Outcome decide(const TicketState& state, const ChangeStatus& command, const Context& context) {
  FieldFaults faults;
  const Status* status = settable_status(command.status, context.settings, faults);
  if (!faults.empty()) return faults.refuse();
  StatusAt wanted = at_present(*status);
  if (wanted == state.status) return events();
  const bool was_open = is_open(state.status.category);
  if (was_open == is_open(wanted.category)) return events(StatusChanged{state.status, std::move(wanted)});
  if (was_open) return events(TicketClosed{state.status, std::move(wanted), {}});
  return reopen(state, std::move(wanted), ReopenCause::status_changed, {}, context);
}

Outcome decide(const TicketState& state, const CloseTicket& command, const Context& context) {
  const Settings& settings = context.settings;
  FieldFaults faults;
  const Status* status = status_of_side(command.status.value_or(settings.statuses.on_close), false, settings, faults);
  check_text("resolution", command.resolution, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (!is_open(state.status.category)) return events();
  return events(TicketClosed{state.status, at_present(*status), {command.resolution}});
}

Outcome decide(const TicketState& state, const ReopenTicket& command, const Context& context) {
  const Settings& settings = context.settings;
  FieldFaults faults;
  const Status* status = status_of_side(command.status.value_or(settings.statuses.on_reopen), true, settings, faults);
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (is_open(state.status.category)) return events();
  return reopen(state, at_present(*status), ReopenCause::reopened, command.reason, context);
}

}  // namespace greffe::subjects
