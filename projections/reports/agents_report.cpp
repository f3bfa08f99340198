#include "projections/reports/grouping.h"
#include "projections/reports/percentile.h"
#include "projections/reports/session_pieces.h"

namespace greffe {
namespace {

struct Sums {
  AgentsMeasures counts;
  std::vector<Milliseconds> first_responses;
};

AgentsMeasures measured(Sums& sums) {
  AgentsMeasures measures = sums.counts;
  measures.first_responses = sums.first_responses.size();
  measures.first_response_median_ms = percentile(sums.first_responses, 50);
  measures.first_response_p90_ms = percentile(sums.first_responses, 90);
  return measures;
}

// The number that the fact counts in; null if it is none of an agent's own acts.
Count* count_for(FactKind kind, AgentsMeasures& counts) {
  switch (kind) {
    case FactKind::answer: return &counts.answers;
    case FactKind::closed: return &counts.closings;
    case FactKind::passed_on: return &counts.reassignments;
    case FactKind::opened:
    case FactKind::reopened:
    case FactKind::message_in:
    case FactKind::message_out: break;
  }
  return nullptr;
}

class AgentsReport {
 public:
  AgentsReport(const ReportQuery& query, const ReportSources& sources)
      : query_(query), sources_(sources), grouping_(query, sources), groups_(query.limits) {}

  ReportResult run() {
    const Instant from = begin_of(query_), to = end_of(query_);
    sources_.reports.for_each_fact(sources_.at, from, to, [&](const TicketFact& fact) { return add(fact); });
    sources_.sla.for_each_end(sources_.at, from, to, [&](const DatedClockEnd& end) { return add(end); });
    sources_.work.for_each_session(sources_.at, from, to, [&](const WorkSession& session) { return add(session); });
    return groups_.answer(measured);
  }

 private:
  bool add(const TicketFact& fact) {
    if (!groups_.take_fact()) return false;
    AgentsMeasures none;
    if (!fact.agent || !grouping_.shows(fact.agent) || count_for(fact.kind, none) == nullptr) return true;
    return groups_.add(key(fact.ticket, fact.position, *fact.agent, fact.at),
                       [&](Sums& sums) { ++*count_for(fact.kind, sums.counts); });
  }

  bool add(const DatedClockEnd& dated) {
    if (!groups_.take_fact()) return false;
    const ClockEnd& end = dated.end;
    const bool is_answer = end.metric == Metric::first_response && end.answered && end.agent;
    if (!is_answer || !grouping_.shows(end.agent)) return true;
    return groups_.add(key(end.ticket, dated.position, *end.agent, dated.at),
                       [&](Sums& sums) { sums.first_responses.push_back(end.counted_ms); });
  }

  bool add(const WorkSession& session) {
    if (!groups_.take_fact()) return false;
    if (!grouping_.shows(session.agent)) return true;
    for (const SessionPiece& piece : pieces_of(session, begin_of(query_), end_of(query_), grouping_.calendar())) {
      const bool added = groups_.add(key(session.ticket, session.last_evidence, session.agent, piece.begins_at),
                                     [&](Sums& sums) { sums.counts.worked_ms += piece.worked_ms; });
      if (!added) return false;
    }
    return true;
  }

  GroupKey key(TicketId ticket, Position position, AgentId agent, Instant at) {
    const Dimensions& d = grouping_.dimensions(ticket, position);
    return grouping_.key({d, agent, d.priority, at});
  }

  const ReportQuery& query_;
  const ReportSources& sources_;
  Grouping grouping_;
  Groups<Sums> groups_;
};

}  // namespace

ReportResult agents_report(const ReportQuery& query, const ReportSources& sources) {
  return AgentsReport(query, sources).run();
}

}  // namespace greffe
