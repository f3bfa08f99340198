#include "commands/references.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening_rules.h"
#include "commands/ticket/status_following.h"

namespace greffe::subjects {
namespace {

// The acting agent, who must be able to have tickets.
Decision<AgentId> acting_assignee(const Context& context) {
  if (context.doer.kind != ActorKind::agent) {
    return refuse(RejectionCode::agent_required, "Only an agent can take a ticket: act as one.");
  }
  const AgentId agent{context.doer.id};
  FieldFaults faults;
  check_assignee("assignee", agent, context.lookup, faults);
  if (!faults.empty()) return faults.refuse();
  return agent;
}

Outcome assign(const TicketState& state, AgentId assignee, AssignCause cause, const Context& context) {
  if (state.assignee == assignee) return events();
  Steps steps;
  add(steps, TicketAssigned{state.assignee, assignee, cause});
  StatusAt status = state.status;
  follow_assignment(status, {}, steps, context);
  return steps;
}

}  // namespace

Outcome decide(const TicketState& state, const ClaimTicket&, const Context& context) {
  const auto agent = acting_assignee(context);
  if (!agent) return fail(agent.error());
  if (state.assignee && state.assignee != *agent) {
    return refuse(RejectionCode::already_assigned, "Another agent has this ticket.");
  }
  return assign(state, *agent, AssignCause::claimed, context);
}

Outcome decide(const TicketState& state, const TakeOverTicket&, const Context& context) {
  const auto agent = acting_assignee(context);
  if (!agent) return fail(agent.error());
  return assign(state, *agent, AssignCause::taken_over, context);
}

Outcome decide(const TicketState& state, const AssignTicket& command, const Context& context) {
  FieldFaults faults;
  check_assignee("assignee", command.assignee, context.lookup, faults);
  if (!faults.empty()) return faults.refuse();
  return assign(state, command.assignee, AssignCause::assigned, context);
}

Outcome decide(const TicketState& state, const UnassignTicket&, const Context&) {
  if (!state.assignee) return events();
  return events(TicketUnassigned{*state.assignee, UnassignCause::unassigned});
}

Outcome decide(const TicketState& state, const MoveTicketToTeam& command, const Context& context) {
  FieldFaults faults;
  if (command.team && command.team != state.team) check_team("team", *command.team, context.lookup, faults);
  check_kept(state, {{"team", state.team.has_value(), command.team.has_value()}}, context, faults);
  if (!faults.empty()) return faults.refuse();
  if (state.team == command.team) return events();
  return events(TicketMovedToTeam{state.team, command.team});
}

}  // namespace greffe::subjects
