#include <algorithm>
#include <span>

#include "projections/reports/grouping.h"
#include "projections/reports/percentile.h"

namespace greffe {
namespace {

// Rows are read so many at a time.
constexpr std::size_t rows_at_once = 500;

struct Sums {
  BacklogMeasures counts;
  std::vector<Milliseconds> ages;
};

Count& count_of_age(AgeMeasures& ages, Milliseconds age) {
  using std::chrono::days;
  if (age < days{1}) return ages.under_1_day;
  if (age < days{3}) return ages.under_3_days;
  if (age < days{7}) return ages.under_7_days;
  return age < days{30} ? ages.under_30_days : ages.older;
}

BacklogMeasures measured(Sums& sums) {
  BacklogMeasures measures = sums.counts;
  measures.open = sums.ages.size();
  measures.median_age_ms = percentile(sums.ages, 50);
  measures.p90_age_ms = percentile(sums.ages, 90);
  return measures;
}

bool is_overdue(const SlaRow& row, Instant now) {
  return std::any_of(row.clocks.begin(), row.clocks.end(), [&](const ClockRow& clock) {
    const auto reading = read_clock(clock, now);
    return !reading.ended && reading.state == ClockState::breached;
  });
}

Dimensions dimensions_of(const TicketRow& row) {
  return {row.assignee,
          row.team,
          row.classification.category,
          row.classification.request_type,
          row.priority.key,
          row.party.organisation,
          row.party.contact};
}

class BacklogReport {
 public:
  BacklogReport(const ReportQuery& query, const ReportSources& sources)
      : query_(query), sources_(sources), grouping_(query, sources), groups_(query.limits) {}

  ReportResult run() {
    const auto ids = sources_.reports.open_tickets(sources_.at);
    for (std::span<const TicketId> rest = ids; !rest.empty();) {
      const auto some = rest.first(std::min(rest.size(), rows_at_once));
      rest = rest.subspan(some.size());
      for (const auto& row : sources_.tickets.tickets(sources_.at, some)) {
        if (!row) throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a ticket's row is missing: run `greffe rebuild`"});
        if (!add(*row)) return groups_.answer(measured);
      }
    }
    return groups_.answer(measured);
  }

 private:
  bool add(const TicketRow& row) {
    if (!groups_.take_fact()) return false;
    if (row.opened_at < begin_of(query_) || row.opened_at >= end_of(query_)) return true;
    if (!grouping_.shows(row.assignee)) return true;
    const auto age = std::max(Milliseconds{0}, std::chrono::floor<Milliseconds>(query_.now - row.opened_at));
    const bool overdue = is_overdue(sources_.sla.sla(sources_.at, row.id), query_.now);
    const bool past_due = row.due_at && *row.due_at < query_.now;
    return groups_.add(grouping_.key(dimensions_of(row), row.opened_at), [&](Sums& sums) {
      ++count_of_age(sums.counts.by_age, age);
      sums.counts.overdue += overdue ? 1 : 0;
      sums.counts.past_due += past_due ? 1 : 0;
      sums.ages.push_back(age);
    });
  }

  const ReportQuery& query_;
  const ReportSources& sources_;
  Grouping grouping_;
  Groups<Sums> groups_;
};

}  // namespace

ReportResult backlog_report(const ReportQuery& query, const ReportSources& sources) {
  return BacklogReport(query, sources).run();
}

}  // namespace greffe
