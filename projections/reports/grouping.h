// Which group a fact belongs to, and the sums of each group. For one report, on one thread.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/reports/local_calendar.h"
#include "projections/reports/report_run.h"

namespace greffe {

class Grouping {
 public:
  Grouping(const ReportQuery& query, const ReportSources& sources);

  // The ticket's, once the event at `position` had happened; empty where the report needs none.
  // Holds until the next call.
  const Dimensions& dimensions(TicketId id, Position position);

  // Whether facts of this agent count.
  bool shows(const std::optional<AgentId>& agent) const { return !query_.only_agent || agent == query_.only_agent; }

  struct Subject {
    const Dimensions& dimensions;
    std::optional<AgentId> agent;
    const std::string& priority;
    Instant at;
  };
  GroupKey key(const Subject& subject);
  // With the assignee as its agent, and the ticket's priority.
  GroupKey key(const Dimensions& dimensions, Instant at) {
    return key({dimensions, dimensions.agent, dimensions.priority, at});
  }

  const LocalCalendar& calendar() const { return calendar_; }

 private:
  GroupPart part(GroupBy by, const Subject& subject);
  const std::string& date_text(GroupBy by, Instant at);

  const ReportQuery& query_;
  const ReportSources& sources_;
  const LocalCalendar calendar_;
  const bool needs_dimensions_;
  std::unordered_map<TicketId, std::vector<DimensionsSince>> known_;
  // The day that was asked for last: facts come in the order of time.
  Instant day_begins_ = Instant::max(), day_ends_ = Instant::min();
  std::string day_, week_, month_;
};

template <class Sums>
class Groups {
 public:
  explicit Groups(const ReportLimits& limits) : limits_(limits) {}

  // One more fact is looked at. False once the report is too large.
  bool take_fact() {
    if (++facts_ > limits_.facts_max) too_large_ = ReportTooLarge::facts;
    return !too_large_;
  }

  // Applies `add` to the group's sums and to the totals. False once the report is too large.
  template <class Add>
  bool add(GroupKey key, Add add) {
    const auto [group, is_new] = sums_.try_emplace(std::move(key));
    if (is_new && sums_.size() > limits_.groups_max) too_large_ = ReportTooLarge::groups;
    if (too_large_) return false;
    add(group->second);
    add(totals_);
    return true;
  }

  // What `measure` makes of the sums, which it may reorder.
  template <class Measures>
  ReportResult answer(Measures (*measure)(Sums&)) {
    if (too_large_) return fail(*too_large_);
    ReportRows<Measures> rows;
    for (auto& [key, sums] : sums_) rows.items.push_back({key, measure(sums)});
    rows.totals = measure(totals_);
    return ReportAnswer{std::move(rows)};
  }

 private:
  const ReportLimits limits_;
  std::size_t facts_ = 0;
  std::map<GroupKey, Sums> sums_;
  Sums totals_;
  std::optional<ReportTooLarge> too_large_;
};

}  // namespace greffe
