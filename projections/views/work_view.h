// Time spent (projections/clocks/work_time.h): the sessions of each ticket, and for each agent
// the session that may still grow.
#pragma once

#include <unordered_map>

#include "projections/clocks/work_time.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class WorkView final : public View {
 public:
  WorkView(const RowSource& newest, Family family);

  std::string_view name() const override { return "work"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Without sessions if there was no such ticket.
  WorkTime work_time(const ReadPoint& at, TicketId id) const;

 private:
  const Family family_;
  RowTable<AgentWork> agents_;
  // Sessions as they now stand, by their first evidence. They are never read back here: the
  // one that may grow is in its agent's row.
  std::unordered_map<Position, WorkSession> sessions_;
};

}  // namespace greffe
