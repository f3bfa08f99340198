// The clocks of one ticket as a set: which are live, which target applies to them. Shared by
// the parts of the fold in sla.cpp.
//
// Every metric is measured from its start even while no target applies to it (in
// SlaRow::untargeted). When a later priority brings a target, it therefore applies to the
// whole wait: the client has been waiting since the opening, not since somebody chose a
// priority.
#pragma once

#include "projections/clocks/clock_steps.h"

namespace greffe::ticket_clocks {

// The event being folded, without its payload.
struct Act {
  const Envelope& envelope;
  const SlaTargetsDefined& targets;
  Instant at;
  std::vector<ClockRow>& stopped;  // gets what the event ends or cancels
  Position by() const { return envelope.position; }
};

// All events of a commit share one instant and count as one act.
bool in_same_commit(const Act& act, Position position);

// Whether the metric's clock stands still in an open category, by the settings in force at the act.
bool pauses(const Act& act, Metric metric, Category category);

// The clock of the metric that is not over; there is at most one. Null if there is none.
// Starting, ending or retargeting any clock invalidates the pointer.
ClockRow* live(SlaRow& row, Metric metric);

template <class F>
void for_each_live(SlaRow& row, F&& f) {
  for (auto* clocks : {&row.clocks, &row.untargeted}) {
    for (auto& clock : *clocks) {
      if (clock_steps::is_live(clock)) f(clock);
    }
  }
}

// Starts the next instance of the metric, paused if the status says so. Imported history
// starts nothing.
void start(SlaRow& row, const Act& act, Metric metric);

void end(SlaRow& row, const Act& act, ClockRow& clock);

// Without a verdict; see clock_steps::cancel.
void cancel(const Act& act, ClockRow& clock);

// Closing: ends every live clock. Where closing counts as no response, one that awaits an answer
// and is in time ends without a verdict: nobody answered, and nobody waits any more.
void end_all(SlaRow& row, const Act& act);

// Applies the row's priority to every live clock that stands under another one. Elapsed time
// is kept. Where the priority sets no target the clock is cancelled, and measured on in
// silence: a later target applies to the same instance again.
void retarget_all(SlaRow& row, const Act& act);

}  // namespace greffe::ticket_clocks
