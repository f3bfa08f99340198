// Rules on a ticket's fields that opening and editing share.
#pragma once

#include "commands/context.h"
#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {

inline constexpr TextRule title_rule{limits::title_bytes_max, true};
inline constexpr TextRule long_text_rule{limits::text_bytes_max, false, true};
inline constexpr TextRule reason_rule{limits::reason_bytes_max, false, true};
inline constexpr TextRule key_rule{limits::key_bytes_max};

void check_classification(const Classification& wanted, FieldFaults& faults);

// Checks those halves of the party that differ from `old`: who is linked already may have
// been deactivated since.
void check_party(const Party& old, const Party& wanted, const Lookup& lookup, FieldFaults& faults);

// Whoever a ticket is for, it is for their organisation as well, as it is now, unless another is named.
Party with_organisation(Party party, const Lookup& lookup);

void check_particulars(const Particulars& wanted, FieldFaults& faults);

// The setting as an event keeps it.
StatusAt at_present(const Status& status);
PriorityAt at_present(const Settings& settings, const Priority& priority);

}  // namespace greffe::subjects
