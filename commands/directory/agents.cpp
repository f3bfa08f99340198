#include "commands/directory/decide.h"
#include "commands/directory/entry_rules.h"

namespace greffe {
namespace {

using AgentOutcome = entry_rules::Outcome<AgentEvent>;

void check_details(const AgentDetails& d, FieldFaults& faults) {
  check_text("display_name", d.display_name.text, entry_rules::name_rule, faults);
  check_email("email", d.email.text, faults);
  entry_rules::check_contact_points(d.contact_points, faults);
}

AgentOutcome decide_one(const AgentState&, const CreateAgent& command, const Context& context) {
  const AgentDetails& d = command.details;
  FieldFaults faults;
  check_details(d, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::agent, d.external_id, d.email.text, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::created<AgentEvent>(d);
}

// An agent who leaves the support team keeps the tickets assigned until then.
AgentOutcome decide_one(const AgentState& state, const ChangeAgent& command, const Context& context) {
  AgentDetails wanted = state.details;
  if (command.display_name) wanted.display_name.text = *command.display_name;
  if (command.email) wanted.email.text = *command.email;
  if (command.assignable) wanted.assignable = *command.assignable;
  if (command.role) wanted.role = *command.role;
  if (command.contact_points) wanted.contact_points = *command.contact_points;
  FieldFaults faults;
  check_details(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_new_email(StreamKind::agent, state, wanted, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::changed<AgentEvent>(state, std::move(wanted));
}

AgentOutcome decide_one(const AgentState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<AgentEvent>(state, command.reason);
}

AgentOutcome decide_one(const AgentState& state, const Reactivate& command, const Context& context) {
  return entry_rules::reactivated_with_email<AgentEvent>(StreamKind::agent, state, command.reason, context.lookup);
}

}  // namespace

Decision<std::vector<AgentEvent>> decide(const AgentState& state, const AgentCommand& command, const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
