// What the settings ask of a ticket at its opening, and keep of it later. `wanted` is the whole of
// what is about to be opened, with what follows from who opens it: its channel, its client, who
// gets it.
#pragma once

#include <initializer_list>
#include <string_view>

#include "commands/context.h"
#include "commands/field_rules.h"
#include "commands/ticket/commands.h"

namespace greffe::subjects {

// Notes every mandatory field that is missing, by the name of the field.
void check_mandatory(const OpenTicket& wanted, const Context& context, FieldFaults& faults);

// Whether a ticket has something in a field, before a command and after it.
struct FieldChange {
  std::string_view field;
  bool before = false;
  bool after = false;
};

// Notes every mandatory field that the command would empty. One that was missing before is not
// asked for: the rule may be younger than the ticket.
void check_kept(const TicketState& ticket, std::initializer_list<FieldChange> changes, const Context& context,
                FieldFaults& faults);

// The answers with the questions as they were asked; faults on "answers.<question>".
std::vector<Answer> checked_answers(const OpenTicket& wanted, const Context& context, FieldFaults& faults);

}  // namespace greffe::subjects
