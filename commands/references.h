// Checks of fields that refer to somebody in the directory.
#pragma once

#include <string_view>

#include "commands/context.h"
#include "commands/field_rules.h"

namespace greffe {

void check_contact(std::string_view field, ContactId id, const Lookup& lookup, FieldFaults& faults);
void check_organisation(std::string_view field, OrganisationId id, const Lookup& lookup, FieldFaults& faults);
void check_agent(std::string_view field, AgentId id, const Lookup& lookup, FieldFaults& faults);
void check_team(std::string_view field, TeamId id, const Lookup& lookup, FieldFaults& faults);

// As check_agent; the agent must also be in the support team.
void check_assignee(std::string_view field, AgentId id, const Lookup& lookup, FieldFaults& faults);

// Whether that check would pass.
bool may_be_assigned(AgentId id, const Lookup& lookup);

}  // namespace greffe
