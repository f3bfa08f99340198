// Ticket numbers: a pattern of literals, parts of the tenant's day and one sequence.
// "{yy}{mm}{dd}{seq:4}" gives "2502280001", in the series "250228".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "commands/rejection.h"
#include "events/settings_policies.h"
#include "events/time.h"

namespace greffe {

// The format that tickets of this kind are numbered by: the first that fits. Null only if
// the settings have none for the kind, which settings_fault() refuses. Points into `numbering`.
const NumberFormat* format_for(const NumberingDefined& numbering, TicketKind kind);

// What the sequence counts in at that instant: the number without its sequence, whose place
// is marked by '#' unless it is the end. The format must have passed pattern_fault(), the
// zone must be known; so also below.
std::string series_of(const NumberFormat& format, Instant at, const std::string& time_zone);

// The number of that place in the series, `sequence` from 1: at least as many digits as the
// pattern says, more where they do not suffice. Two numbers of one format differ if their
// series or sequences do. A format used before may have given the same number already:
// ask Lookup::with_number and take the next sequence then.
std::string number_of(const NumberFormat& format, Instant at, const std::string& time_zone, std::uint64_t sequence);

// What is wrong with a pattern: malformed, too_long, no_sequence (none, or more than one).
std::optional<FieldCode> pattern_fault(std::string_view pattern);

// Whether some number is in the reach of both patterns, on whatever days. Both must have
// passed pattern_fault(). Every day from 01 to 31 counts for every month.
bool patterns_collide(std::string_view one, std::string_view other);

}  // namespace greffe
