// What reports are asked with, and what the asking person gets of them.
//
// `from` and `to` are instants ("2025-03-01T00:00:00Z") or dates ("2025-03-01"), which mean the
// first instant of that day in the tenant's time zone. The range is half open: `to=2025-04-01`
// ends with the 31st of March. Without them it is the last thirty days, today included; given one,
// the other is thirty days away, though `to` is never later than today's end by itself. In backlog,
// which is of now, they bound when the tickets were opened, and absent they do not.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "http/query_call.h"
#include "projections/reports/local_calendar.h"
#include "projections/reports/report.h"

namespace greffe {

using ReportBound = std::variant<Instant, Day>;

struct ReportAsked {
  std::vector<GroupBy> group_by;
  std::optional<ReportBound> from, to;
  std::optional<Position> min_position;
};

inline constexpr std::size_t report_groups_by_max = 3;
// Ten years with their leap days.
inline constexpr std::chrono::days report_span_max{3653};

// What can be asked of one kind of report.
struct ReportOffer {
  ReportKind kind;
  const char* summary;
  GroupBy usual;                // without group_by
  std::vector<GroupBy> groups;  // what group_by may name
  const char* answer;           // schema
};
const std::vector<ReportOffer>& report_offers();

// The table of `offer`, which outlives it.
Parameters<ReportAsked> report_parameters(const ReportOffer& offer);

// The query for who asks. Per-agent figures are for supervisors, administrators, auditors and
// programs: where a report has them, an agent gets their own alone. invalid_fields if the range is
// empty or too long.
Result<ReportQuery, Problem> report_query(const Call& call, const Snapshot& snapshot, const ReportOffer& offer,
                                          const ReportAsked& wanted);

}  // namespace greffe
