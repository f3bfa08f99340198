// What the settings ask of a ticket at its opening. `wanted` is the whole of what is about to be
// opened, with what follows from who opens it: its channel, its client, who gets it.
#pragma once

#include "commands/context.h"
#include "commands/field_rules.h"
#include "commands/ticket/commands.h"

namespace greffe::subjects {

// Notes every mandatory field that is missing, by the name of the field.
void check_mandatory(const OpenTicket& wanted, const Context& context, FieldFaults& faults);

// The answers with the questions as they were asked; faults on "answers.<question>".
std::vector<Answer> checked_answers(const OpenTicket& wanted, const Context& context, FieldFaults& faults);

}  // namespace greffe::subjects
