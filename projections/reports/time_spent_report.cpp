#include <unordered_map>

#include "projections/reports/grouping.h"
#include "projections/reports/percentile.h"
#include "projections/reports/session_pieces.h"

namespace greffe {
namespace {

struct Sums {
  Count sessions = 0;
  Position last_session;
  std::unordered_map<TicketId, Milliseconds> by_ticket;
};

void add(Sums& sums, const WorkSession& session, const SessionPiece& piece) {
  // The pieces of one session come one after the other.
  if (sums.last_session != session.first_evidence) ++sums.sessions;
  sums.last_session = session.first_evidence;
  sums.by_ticket[session.ticket] += piece.worked_ms;
}

TimeSpentMeasures measured(Sums& sums) {
  TimeSpentMeasures measures;
  std::vector<Milliseconds> of_tickets;
  for (const auto& [ticket, worked] : sums.by_ticket) {
    measures.worked_ms += worked;
    of_tickets.push_back(worked);
  }
  measures.sessions = sums.sessions;
  measures.tickets = of_tickets.size();
  measures.ticket_median_ms = percentile(of_tickets, 50);
  measures.ticket_p90_ms = percentile(of_tickets, 90);
  return measures;
}

}  // namespace

ReportResult time_spent_report(const ReportQuery& query, const ReportSources& sources) {
  Grouping grouping(query, sources);
  Groups<Sums> groups(query.limits);
  const Instant from = begin_of(query), to = end_of(query);
  sources.work.for_each_session(sources.at, from, to, [&](const WorkSession& session) {
    if (!groups.take_fact()) return false;
    if (!grouping.shows(session.agent)) return true;
    const Dimensions& d = grouping.dimensions(session.ticket, session.last_evidence);
    for (const SessionPiece& piece : pieces_of(session, from, to, grouping.calendar())) {
      auto key = grouping.key({d, session.agent, d.priority, piece.begins_at});
      if (!groups.add(std::move(key), [&](Sums& sums) { add(sums, session, piece); })) return false;
    }
    return true;
  });
  return groups.answer(measured);
}

}  // namespace greffe
