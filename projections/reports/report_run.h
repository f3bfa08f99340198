// How a report is computed: each kind in a file of its own, over the views at one position.
#pragma once

#include "projections/reports/report.h"
#include "projections/views/report_view.h"
#include "projections/views/sla_view.h"
#include "projections/views/tickets_view.h"
#include "projections/views/work_view.h"

namespace greffe {

struct ReportSources {
  const ReportView& reports;
  const SlaView& sla;
  const WorkView& work;
  const TicketsView& tickets;
  ReadPoint at;
};

using ReportResult = Result<ReportAnswer, ReportTooLarge>;

// Throws ViewsUnreadable.
ReportResult run_report(const ReportQuery& query, const ReportSources& sources);

// Where a report's range begins and ends.
inline Instant begin_of(const ReportQuery& query) { return query.from.value_or(Instant::min()); }
inline Instant end_of(const ReportQuery& query) { return query.to.value_or(Instant::max()); }

ReportResult time_spent_report(const ReportQuery& query, const ReportSources& sources);
ReportResult sla_report(const ReportQuery& query, const ReportSources& sources);
ReportResult backlog_report(const ReportQuery& query, const ReportSources& sources);
ReportResult agents_report(const ReportQuery& query, const ReportSources& sources);
ReportResult volume_report(const ReportQuery& query, const ReportSources& sources);

}  // namespace greffe
