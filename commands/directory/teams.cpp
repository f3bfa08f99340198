#include <fmt/format.h>

#include <algorithm>

#include "commands/directory/decide.h"
#include "commands/directory/entry_rules.h"
#include "commands/references.h"

namespace greffe {
namespace {

using TeamOutcome = entry_rules::Outcome<TeamEvent>;

void check_members(const std::vector<AgentId>& members, const Lookup& lookup, FieldFaults& faults) {
  if (members.size() > limits::team_members_max) return faults.add("members", FieldCode::too_many);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto field = fmt::format("members[{}]", i);
    check_agent(field, members[i], lookup, faults);
    const auto here = members.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(members.begin(), here, members[i]) != here) faults.add(field, FieldCode::duplicate);
  }
}

TeamOutcome decide_one(const TeamState&, const CreateTeam& command, const Context& context) {
  TeamDetails d = command.details;
  FieldFaults faults;
  check_text("display_name", d.display_name, entry_rules::name_rule, faults);
  check_members(d.members, context.lookup, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::team, d.external_id, {}, context.lookup)) {
    return fail(std::move(*taken));
  }
  std::sort(d.members.begin(), d.members.end());
  return entry_rules::created<TeamEvent>(d);
}

// Members are checked only when they are named: a team with a member deactivated since can
// still be renamed.
TeamOutcome decide_one(const TeamState& state, const ChangeTeam& command, const Context& context) {
  TeamDetails wanted = state.details;
  FieldFaults faults;
  if (command.display_name) wanted.display_name = *command.display_name;
  check_text("display_name", wanted.display_name, entry_rules::name_rule, faults);
  if (command.members) {
    check_members(*command.members, context.lookup, faults);
    wanted.members = *command.members;
    std::sort(wanted.members.begin(), wanted.members.end());
  }
  if (!faults.empty()) return faults.refuse();
  return entry_rules::changed<TeamEvent>(state, std::move(wanted));
}

TeamOutcome decide_one(const TeamState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<TeamEvent>(state, command.reason);
}

TeamOutcome decide_one(const TeamState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<TeamEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<TeamEvent>> decide(const TeamState& state, const TeamCommand& command, const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
