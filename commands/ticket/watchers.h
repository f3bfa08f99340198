// People who follow a ticket without having it.
#pragma once

#include <string>

#include "commands/context.h"
#include "commands/field_rules.h"

namespace greffe::subjects {

// Exactly one of the three; a person must be there and active. Faults on "<field>.agent" ….
void check_addressee(const std::string& field, const Addressee& who, const Lookup& lookup, FieldFaults& faults);

}  // namespace greffe::subjects
