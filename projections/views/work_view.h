// Time spent (projections/clocks/work_time.h): the sessions of each ticket, also by their start
// for reports, and for each agent the session that may still grow. Whether a status tracks time
// is taken from the statuses in force at the act.
#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/clocks/work_time.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class WorkView final : public View {
 public:
  WorkView(const RowSource& newest, Family family);

  std::string_view name() const override { return "work"; }
  Version version() const override { return {4, 4}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Of all these tickets together; without sessions if there were no such tickets.
  WorkTime work_time(const ReadPoint& at, std::span<const TicketId> ids) const;

  // Sessions that overlap the range, half open, or end where it begins; by start, until `take`
  // says false.
  void for_each_session(const ReadPoint& at, Instant from, Instant to,
                        const std::function<bool(const WorkSession&)>& take) const;

 private:
  void load_statuses();
  Tracking tracking(const Record& record, const TicketEvent& event);

  const RowSource& newest_;
  const Family family_;
  RowTable<AgentWork> agents_;
  RowTable<StatusAt> statuses_;  // of tickets
  StatusesDefined defined_;
  bool defined_changed_ = false;
  // Sessions as they now stand, by their first evidence. They are never read back here: the
  // one that may grow is in its agent's row.
  std::unordered_map<Position, WorkSession> sessions_;
  std::vector<std::pair<RowKey, TicketId>> begun_;
};

}  // namespace greffe
