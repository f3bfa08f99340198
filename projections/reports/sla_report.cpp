#include <array>

#include "projections/reports/grouping.h"
#include "projections/reports/percentile.h"

namespace greffe {
namespace {

struct MetricSums {
  MetricMeasures counts;
  std::vector<Milliseconds> counted;
};
// The metrics in their order, and then what resolution came to after a reopening.
constexpr std::size_t total_resolution = names_of(Metric{}).size();
using Sums = std::array<MetricSums, total_resolution + 1>;

void add(Sums& sums, const ClockEnd& end) {
  auto& [counts, counted] = sums.at(end.again ? total_resolution : static_cast<std::size_t>(end.metric));
  if (end.cancelled) {
    ++counts.cancelled_breached;
    return;
  }
  ++(end.breached ? counts.breached : counts.met);
  counted.push_back(end.counted_ms);
}

MetricMeasures measured(MetricSums& sums) {
  MetricMeasures measures = sums.counts;
  measures.median_ms = percentile(sums.counted, 50);
  measures.p90_ms = percentile(sums.counted, 90);
  return measures;
}

SlaMeasures measured_all(Sums& sums) {
  const auto of = [&](Metric metric) { return measured(sums.at(static_cast<std::size_t>(metric))); };
  return {of(Metric::first_response), of(Metric::next_response), of(Metric::inactivity), of(Metric::resolution),
          measured(sums.at(total_resolution))};
}

}  // namespace

ReportResult sla_report(const ReportQuery& query, const ReportSources& sources) {
  Grouping grouping(query, sources);
  Groups<Sums> groups(query.limits);
  sources.sla.for_each_end(sources.at, begin_of(query), end_of(query), [&](const DatedClockEnd& dated) {
    if (!groups.take_fact()) return false;
    const ClockEnd& end = dated.end;
    if (end.target_ms == Milliseconds{0}) return true;
    const Dimensions& d = grouping.dimensions(end.ticket, dated.position);
    if (!grouping.shows(d.agent)) return true;
    return groups.add(grouping.key({d, d.agent, end.priority, dated.at}), [&](Sums& sums) { add(sums, end); });
  });
  return groups.answer(measured_all);
}

}  // namespace greffe
