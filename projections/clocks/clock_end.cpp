#include "projections/clocks/clock_end.h"

namespace greffe {

std::optional<ClockEnd> end_of(const StoppedClock& stopped, const Envelope& envelope, const TicketEvent& event) {
  const ClockRow& clock = stopped.clock;
  const bool targeted = clock.target_ms > Milliseconds{0};
  const bool breached = targeted && clock.breached_at;
  const bool cancelled = clock.phase == ClockPhase::cancelled;
  const bool is_fact = cancelled ? breached : targeted || clock.metric == Metric::first_response;
  if (!is_fact) return std::nullopt;
  ClockEnd end;
  end.metric = clock.metric;
  end.instance = clock.instance;
  end.ticket = stopped.ticket;
  const Actor& who = doer(envelope);
  if (who.kind == ActorKind::agent && who.id != 0) end.agent = AgentId{who.id};
  end.answered = std::holds_alternative<MessagePosted>(event);
  end.breached = breached;
  end.cancelled = cancelled;
  end.again = stopped.again;
  end.priority = clock.priority;
  end.target_ms = clock.target_ms;
  end.counted_ms = clock.counted_ms;
  return end;
}

}  // namespace greffe
