#include "projections/reports/report_run.h"

namespace greffe {

ReportResult run_report(const ReportQuery& query, const ReportSources& sources) {
  switch (query.kind) {
    case ReportKind::time_spent: return time_spent_report(query, sources);
    case ReportKind::sla: return sla_report(query, sources);
    case ReportKind::backlog: return backlog_report(query, sources);
    case ReportKind::agents: return agents_report(query, sources);
    case ReportKind::volume: break;
  }
  return volume_report(query, sources);
}

}  // namespace greffe
