// People who follow a ticket without having it.
#pragma once

#include <string>

#include "commands/context.h"
#include "commands/field_rules.h"

namespace greffe::subjects {

// The same person or address, in whatever letters.
bool is_same(const Addressee& one, const Addressee& other);
// Whether both are one to the ticket: an address is the same however its letters are written.
bool is_same(const Watcher& one, const Watcher& other);

// Exactly one of the three; a person must be there and active. Faults on "<field>.agent" ….
void check_addressee(const std::string& field, const Addressee& who, const Lookup& lookup, FieldFaults& faults);

}  // namespace greffe::subjects
