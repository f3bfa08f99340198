// The steps of one clock, shared by the fold of service-level delays (sla.cpp) and its reading
// (clock_steps.cpp). Pure. A step that would lie before the clock's last start counts as
// happening at that start, so late entries never make counted time negative.
//
// Instants are cut to whole milliseconds before they are subtracted: the parts of an
// interrupted clock then add up exactly.
#pragma once

#include "projections/clocks/sla.h"

namespace greffe::clock_steps {

// Running or paused, that is, not over.
inline bool is_live(const ClockRow& clock) { return clock.phase <= ClockPhase::paused; }

// Time counted up to `at`.
Milliseconds counted_at(const ClockRow& clock, Instant at);

void pause(ClockRow& clock, Instant at);

// Also takes an ended or cancelled clock up again; the time in between is not counted.
void resume(ClockRow& clock, Instant at);

// Ends a live clock; it is breached if it counted more than its target.
void end(ClockRow& clock, Instant at, Position by);

// Ends a live clock that nothing fulfilled: its breach is its verdict, without one it is cancelled.
void end_unfulfilled(ClockRow& clock, Instant at, Position by);

// Stops a live clock without a verdict. A breach that happened before stays.
void cancel(ClockRow& clock, Instant at, Position by);

// Applies another priority's target, which is not 0, to what remains of a live clock; breached
// at `at` if it counted that much already. A clock past its old target has nothing left for
// a new one to apply to and stays as it is.
void retarget(ClockRow& clock, Instant at, Position by, const std::string& priority, Milliseconds target);

}  // namespace greffe::clock_steps
