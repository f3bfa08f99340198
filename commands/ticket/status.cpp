#include <algorithm>

#include "commands/references.h"
#include "commands/ticket/closing_relations.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/reopening.h"
#include "commands/ticket/status_following.h"

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

// What another system's history says happened, whatever the settings allow.
bool may_follow(const StatusAt& from, const Status& to, const Context& context) {
  return context.imported || leads_to(context.settings, from.key, to.key);
}

auto no_transition(const StatusAt& from, const Status& to) {
  return refuse(RejectionCode::transition_not_allowed, "Status " + from.key + " does not lead to " + to.key + ".");
}

Outcome close(const TicketState& state, const Status& to, const CloseTicket& command, CloseCause cause,
              const Context& context) {
  if (!may_follow(state.status, to, context)) return no_transition(state.status, to);
  if (auto refused = closing_fault(state, command, context)) return fail(std::move(*refused));
  Steps steps;
  add(steps, TicketClosed{state.status,
                          at_present(to),
                          {command.resolution},
                          cause,
                          {closing_hindrance(state, context) ? command.reason : std::string()},
                          command.notify});
  add_closing_effects(state, {}, steps, context);
  return steps;
}

Outcome reopen(const TicketState& state, const Status& to, ReopenCause cause, const std::string& reason,
               const Context& context) {
  if (only_new_ticket(state, context)) {
    return refuse(RejectionCode::ticket_final, "This ticket does not open again: open a new one.");
  }
  if (!may_follow(state.status, to, context)) return no_transition(state.status, to);
  Steps steps;
  add_reopening(state, {}, at_present(to), cause, reason, steps, context);
  return steps;
}

}  // namespace

Outcome decide(const TicketState& state, const MarkRead&, const Context& context) {
  if (state.read) return events();
  Steps steps;
  add(steps, TicketRead{});
  StatusAt status = state.status;
  if (is_open(status.category)) follow_read(status, {}, steps, context);
  return steps;
}

Outcome decide(const TicketState& state, const ChangeStatus& command, const Context& context) {
  FieldFaults faults;
  const Status* status = settable_status(command.status, context.settings, faults);
  if (!faults.empty()) return faults.refuse();
  StatusAt wanted = at_present(*status);
  if (wanted == state.status) return events();
  const bool was_open = is_open(state.status.category);
  if (was_open && !is_open(wanted.category)) return close(state, *status, {}, CloseCause::status_changed, context);
  if (!was_open && is_open(wanted.category)) {
    return reopen(state, *status, ReopenCause::status_changed, {}, context);
  }
  if (!may_follow(state.status, *status, context)) return no_transition(state.status, *status);
  return events(StatusChanged{state.status, std::move(wanted), StatusCause::changed});
}

Outcome decide(const TicketState& state, const CloseTicket& command, const Context& context) {
  const Settings& settings = context.settings;
  FieldFaults faults;
  const Status* status = status_of_side(command.status.value_or(settings.statuses.on_close), false, settings, faults);
  check_text("resolution", command.resolution, reason_rule, faults);
  check_text("reason", command.reason, {limits::reason_bytes_max, command.force, true}, faults);
  if (!faults.empty()) return faults.refuse();
  if (!is_open(state.status.category)) return events();
  return close(state, *status, command, CloseCause::closed, context);
}

Outcome decide(const TicketState& state, const ReopenTicket& command, const Context& context) {
  const Settings& settings = context.settings;
  FieldFaults faults;
  const Status* status = status_of_side(command.status.value_or(settings.statuses.on_reopen), true, settings, faults);
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (is_open(state.status.category)) return events();
  return reopen(state, *status, ReopenCause::reopened, command.reason, context);
}

}  // namespace greffe::subjects
