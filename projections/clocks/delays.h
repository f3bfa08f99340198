// The delays of all tickets together: the fold of one ticket's clocks (sla.h), and what merging
// does to the wait for an answer, which needs the rows of more tickets than one.
//
// The target of a merge keeps its own clocks. Only its next_response then begins at the oldest
// message that nobody answered on either: what the source's client asked is not forgotten because
// the source's clocks stop. A source without any answer yet brings its wait since the opening,
// which is what its first_response measured. While the target owes its own first answer, that
// delay runs for both. The target's targets apply. A public message of an agent on the target
// answers everything that stands there.
//
// Unmerging gives back what is the source's: its own messages, and those that came by its number
// meanwhile (`via`). An answer that was given on the target stays there and so was none to the
// source, whose wait goes on without the merged time: two tickets are taken apart because they were
// not about the same, and a question that is asked for twice does less harm than one that is lost.
// An answer by the source's number returns with it: that wait is over, without a verdict of the
// source's own, since the target's clock has had it. What only the source brought ends on the
// target without a verdict, and the oldest of the rest counts from when it was asked.
//
// What a closed ticket has is settled with it; so is what was merged into it, unless the merge
// itself reopened it. In a chain each hop has its own part: whatever comes through a merged number
// is noted on each ticket up to the root.
#pragma once

#include "projections/clocks/sla.h"
#include "projections/clocks/sla_memory.h"

namespace greffe {

// The rows, to be edited. References hold for the fold of one event.
class DelayRows {
 public:
  virtual ~DelayRows() = default;
  virtual SlaRow& open(TicketId id) = 0;    // a new ticket's
  virtual SlaRow* clocks(TicketId id) = 0;  // null if there is no such ticket
  virtual SlaMemory& memory(TicketId id) = 0;
  // Of a ticket that has none yet: spares looking.
  virtual SlaMemory& new_memory(TicketId id) = 0;
};

struct StoppedClock {
  TicketId ticket;
  ClockRow clock;
  bool again = false;  // a resolution of a ticket that was resolved before and reopened
};

// Folds one event of a ticket; `targets` are those in force at it. `stopped` gets each clock that
// it ended or cancelled, as it then stands, also those to which no target applies. Throws
// std::runtime_error if the ticket was never opened.
void fold_delays(DelayRows& rows, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets,
                 std::vector<StoppedClock>& stopped);

}  // namespace greffe
