#include "projections/reports/grouping.h"

namespace greffe {
namespace {

// The number that the fact counts in; null if it changes no volume.
Count* count_for(FactKind kind, VolumeMeasures& measures) {
  switch (kind) {
    case FactKind::opened: return &measures.opened;
    case FactKind::closed: return &measures.closed;
    case FactKind::reopened: return &measures.reopened;
    case FactKind::message_in: return &measures.messages_in;
    case FactKind::answer:
    case FactKind::message_out: return &measures.messages_out;
    case FactKind::passed_on: break;
  }
  return nullptr;
}

VolumeMeasures measured(VolumeMeasures& sums) { return sums; }

}  // namespace

ReportResult volume_report(const ReportQuery& query, const ReportSources& sources) {
  Grouping grouping(query, sources);
  Groups<VolumeMeasures> groups(query.limits);
  sources.reports.for_each_fact(sources.at, begin_of(query), end_of(query), [&](const TicketFact& fact) {
    if (!groups.take_fact()) return false;
    if (fact.kind == FactKind::passed_on) return true;
    const Dimensions& d = grouping.dimensions(fact.ticket, fact.position);
    if (!grouping.shows(d.agent)) return true;
    return groups.add(grouping.key(d, fact.at), [&](VolumeMeasures& sums) {
      if (Count* count = count_for(fact.kind, sums)) ++*count;
    });
  });
  return groups.answer(measured);
}

}  // namespace greffe
