// Asks for reports over a scene, and says what is in them.
#pragma once

#include "projections/reports/report.h"
#include "tests/projections_views.h"

namespace greffe::projections_test {

inline ReportQuery report_query(ReportKind kind, std::vector<GroupBy> group_by = {}) {
  ReportQuery query;
  query.kind = kind;
  query.group_by = std::move(group_by);
  query.time_zone = "Europe/Paris";
  query.now = nine + std::chrono::days{1};
  return query;
}

// The query for a range told from nine.
inline ReportQuery between(ReportQuery query, Milliseconds from, Milliseconds to) {
  query.from = nine + from;
  query.to = nine + to;
  return query;
}

template <class Measures>
ReportRows<Measures> rows_of(const Snapshot& snapshot, const ReportQuery& query) {
  auto answer = snapshot.report(query);
  if (!answer) throw std::runtime_error("the report is too large");
  return std::get<ReportRows<Measures>>(std::move(answer->rows));
}

inline GroupKey key(std::uint64_t id) { return {GroupPart(id)}; }
inline GroupKey key(const char* text) { return {GroupPart(std::string(text))}; }
inline GroupKey no_key() { return {GroupPart()}; }

// The group's measures; throws, which fails the test, if there is no such group.
template <class Measures>
const Measures& group(const ReportRows<Measures>& rows, const GroupKey& wanted) {
  for (const auto& item : rows.items) {
    if (item.key == wanted) return item.measures;
  }
  throw std::runtime_error("no such group");
}

}  // namespace greffe::projections_test
