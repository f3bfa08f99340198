// Whether a classification keeps to the taxonomy of the settings.
#pragma once

#include "commands/context.h"
#include "commands/field_rules.h"
#include "commands/rights.h"

namespace greffe::subjects {

// Checks those axes of `wanted` that differ from `old`: a ticket keeps what it was classed as
// when the settings drop a value. Fields: "category[1]", "request_type", "group".
void check_taxonomy(const Classification& old, const Classification& wanted, const Context& context,
                    FieldFaults& faults);

// The tree as people of that role may choose from it: without what is for others, and what is
// below that.
TreeAxis offered_to(rights::Role role, TreeAxis axis);

// The origin, where it differs.
void check_origin(const std::string& old, const std::string& wanted, const Context& context, FieldFaults& faults);

}  // namespace greffe::subjects
