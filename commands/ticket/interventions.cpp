#include <algorithm>

#include "commands/catalogue/decide.h"
#include "commands/ticket/field_rules.h"
#include "events/codec.h"

namespace greffe::subjects {
namespace {

// What the settings let a ticket of this category cost.
std::uint32_t points_of(const TicketState& state, const PointsDefined& rules) {
  const auto& category = state.classification.category;
  for (const PointsRate& rate : rules.rates) {
    if (!category.empty() && rate.category == category.front()) return rate.points;
  }
  return rules.points_per_ticket;
}

// Points are for the tickets of whoever the contract names; where it names a person and an
// organisation, for that person's tickets there.
bool is_for(const ContractState& contract, const TicketState& ticket) {
  const auto& contact = contract.details.contact;
  const auto& organisation = contract.details.organisation;
  return (!contact || contact == ticket.party.contact) && (!organisation || organisation == ticket.party.organisation);
}

// A long description and the summaries of many contexts may be more than one record holds. What the
// contexts were is nowhere else; the description is on the ticket too.
void leave_out_what_is_too_long(InterventionRequested& asked) {
  constexpr std::size_t envelope_bytes_max = 1024;
  Record record;
  record.event = TicketEvent(asked);
  std::string bytes;
  const bool fits = encode(record, bytes) && bytes.size() <= record_bytes_max - envelope_bytes_max;
  if (!fits) asked.description = {};
}

InterventionRequested asked_of(const TicketState& state, const RequestIntervention& command) {
  InterventionRequested asked;
  asked.intervention = state.counts.interventions + 1;
  asked.title = {state.title};
  asked.details = {command.details};
  asked.party = state.party;
  asked.contexts = state.contexts;
  asked.wanted_at = command.wanted_at;
  asked.number = state.number;
  asked.priority = state.priority;
  asked.classification = state.classification;
  asked.team = state.team;
  asked.due_at = state.due_at;
  asked.description = {state.description};
  asked.particulars = state.particulars;
  asked.assignee = state.assignee;
  leave_out_what_is_too_long(asked);
  return asked;
}

}  // namespace

Outcome decide(const TicketState& state, const RequestIntervention& command, const Context&) {
  FieldFaults faults;
  check_text("details", command.details, {limits::reason_bytes_max, false, true}, faults);
  if (state.interventions.size() >= limits::interventions_max) faults.add("details", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  return events(asked_of(state, command));
}

Outcome decide(const TicketState& state, const AnswerIntervention& command, const Context&) {
  FieldFaults faults;
  const auto at = std::find_if(state.interventions.begin(), state.interventions.end(),
                               [&](const InterventionState& i) { return i.intervention == command.intervention; });
  if (at == state.interventions.end()) faults.add("intervention", FieldCode::not_found);
  check_text("reference", command.reference, {limits::external_id_bytes_max, true}, faults);
  check_url("url", command.url, faults);
  check_text("note", command.note, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (at->answered && at->answer == digest_of({command.reference, command.url, command.note})) return events();
  return events(InterventionAnswered{command.intervention, command.reference, command.url, {command.note}});
}

// Both streams say it: the contract's how much is left, the ticket's what it cost.
Outcome decide(const TicketState& state, const SpendPoints& command, const Context& context) {
  FieldFaults faults;
  const ContractState* contract = context.lookup.contract(command.contract);
  if (contract == nullptr) faults.add("contract", FieldCode::not_found);
  else if (!contract->active) faults.add("contract", FieldCode::inactive);
  else if (!is_for(*contract, state) && !context.imported) faults.add("contract", FieldCode::not_one_of);
  if (command.points && (*command.points == 0 || *command.points > limits::points_max)) {
    faults.add("points", FieldCode::out_of_range);
  }
  check_text("reason", command.reason, reason_rule, faults);
  if (!faults.empty()) return faults.refuse();
  const std::uint32_t points = command.points.value_or(points_of(state, context.settings.points));
  auto booked = debit(*contract, points, TicketId{context.target}, command.reason, context);
  if (!booked) return fail(std::move(booked.error()));
  if (points == 0) return events();
  Steps steps;
  add(steps, PointsSpent{command.contract, points, {command.reason}});
  steps.push_back({stream_of(command.contract), ContractEvent(std::move(*booked))});
  return steps;
}

}  // namespace greffe::subjects
