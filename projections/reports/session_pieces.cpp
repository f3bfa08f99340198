#include "projections/reports/session_pieces.h"

#include <algorithm>

namespace greffe {

std::vector<SessionPiece> pieces_of(const WorkSession& session, Instant from, Instant to,
                                    const LocalCalendar& calendar) {
  std::vector<SessionPiece> pieces;
  if (counted(session) == Milliseconds{0}) return pieces;
  // Cut to whole milliseconds since the session's start, so that no cut loses any.
  const auto since_start = [&](Instant at) { return std::chrono::floor<Milliseconds>(at - session.started_at); };
  const Instant end = std::min(session.ended_at, to);
  for (Instant begin = std::max(session.started_at, from); begin < end;) {
    const Instant midnight = calendar.start_of(calendar.day_of(begin) + std::chrono::days{1});
    const Instant cut = std::min(end, midnight);
    const auto worked = since_start(cut) - since_start(begin);
    if (worked > Milliseconds{0}) pieces.push_back({begin, worked});
    begin = cut;
  }
  return pieces;
}

}  // namespace greffe
