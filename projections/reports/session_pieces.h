// A work session divided among the days and ranges that reports ask about.
#pragma once

#include <vector>

#include "projections/clocks/work_time.h"
#include "projections/reports/local_calendar.h"

namespace greffe {

// What lies within one day and within the range.
struct SessionPiece {
  Instant begins_at;
  Milliseconds worked_ms{0};
};

// In order of time, each with at least a millisecond; together they are what the session counts
// within the range, which is half open. Pieces of ranges that follow one another add up to what
// the whole session counts, to the millisecond.
std::vector<SessionPiece> pieces_of(const WorkSession& session, Instant from, Instant to,
                                    const LocalCalendar& calendar);

}  // namespace greffe
