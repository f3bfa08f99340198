#include "commands/references.h"

namespace greffe {
namespace {

template <class Details>
void check_entry(std::string_view field, const Entry<Details>* entry, FieldFaults& faults) {
  if (entry == nullptr) faults.add(field, FieldCode::not_found);
  else if (!entry->active) faults.add(field, FieldCode::inactive);
}

}  // namespace

void check_contact(std::string_view field, ContactId id, const Lookup& lookup, FieldFaults& faults) {
  check_entry(field, lookup.contact(id), faults);
}

void check_organisation(std::string_view field, OrganisationId id, const Lookup& lookup, FieldFaults& faults) {
  check_entry(field, lookup.organisation(id), faults);
}

void check_agent(std::string_view field, AgentId id, const Lookup& lookup, FieldFaults& faults) {
  check_entry(field, lookup.agent(id), faults);
}

void check_team(std::string_view field, TeamId id, const Lookup& lookup, FieldFaults& faults) {
  check_entry(field, lookup.team(id), faults);
}

void check_assignee(std::string_view field, AgentId id, const Lookup& lookup, FieldFaults& faults) {
  const AgentState* agent = lookup.agent(id);
  check_entry(field, agent, faults);
  if (agent != nullptr && agent->active && !agent->details.assignable) {
    faults.add(field, FieldCode::not_in_support_team);
  }
}

bool may_be_assigned(AgentId id, const Lookup& lookup) {
  const AgentState* agent = lookup.agent(id);
  return agent != nullptr && agent->active && agent->details.assignable;
}

}  // namespace greffe
