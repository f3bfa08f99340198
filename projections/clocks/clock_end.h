// The end of a clock as a fact, for reports on delays.
//
// Each end is a fact of its own. A ticket's first resolution is judged once: what was true at its
// first end stays true of it (first_resolution). Resolution that a reopening took up again ends
// once more, at another instant, with all it counted so far (total_resolution); such ends are marked
// `again`, and reports count them apart. The first closing is the first end also where no target
// applied then, so that no ticket is resolved for the first time twice.
//
// A clock that a merge, a deletion, a priority without target or a closing that is no response
// cancelled gives no verdict; it is a fact only if it had been breached before. An unmerge or a
// restoring takes that fact back, since the clock goes on: however often a ticket is merged and taken
// out again, one breach counts once.
//
// A first response is a fact also where no target applied to it: how fast a house answers can be
// asked without targets.
#pragma once

#include <optional>
#include <string>

#include "projections/clocks/delays.h"

namespace greffe {

struct ClockEnd {
  Metric metric = Metric::first_response;
  std::uint32_t instance = 0;  // 0 where no target applied
  TicketId ticket;
  std::optional<AgentId> agent;  // whose act ended it
  bool answered = false;         // by a message
  bool breached = false;
  bool cancelled = false;
  std::string priority;  // the key whose target applied
  Milliseconds target_ms{0};
  Milliseconds counted_ms{0};
  bool again = false;  // a resolution, of a ticket that was resolved before
  static constexpr auto fields = std::make_tuple(
      field("metric", &ClockEnd::metric), field("instance", &ClockEnd::instance), field("ticket", &ClockEnd::ticket),
      field("agent", &ClockEnd::agent), field("answered", &ClockEnd::answered), field("breached", &ClockEnd::breached),
      field("cancelled", &ClockEnd::cancelled), field("priority", &ClockEnd::priority),
      field("target_ms", &ClockEnd::target_ms), field("counted_ms", &ClockEnd::counted_ms),
      field("again", &ClockEnd::again));
  bool operator==(const ClockEnd& o) const { return same_fields(*this, o); }
};

// With where it stands in time and in the log.
struct DatedClockEnd {
  Instant at;
  Position position;
  ClockEnd end;
};

// Of a clock that the event stopped; absent if that is no fact.
std::optional<ClockEnd> end_of(const StoppedClock& stopped, const Envelope& envelope, const TicketEvent& event);

}  // namespace greffe
