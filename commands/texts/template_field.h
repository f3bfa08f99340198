// The check of a command's field that holds a template.
#pragma once

#include "commands/field_rules.h"
#include "commands/texts/template.h"

namespace greffe {

// The rules of a text, then those of a template: unknown_variable at "body.ticket.nmber" for a
// name that there is none of (each once, the first few), malformed for any other fault.
void check_template(std::string_view field, std::string_view text, TextRule rule, TextPurpose purpose,
                    FieldFaults& faults);

}  // namespace greffe
