// Each ticket's service-level delays (projections/clocks/sla.h), the targets in force, and the
// ends of clocks by instant, for reports.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "projections/clocks/clock_end.h"
#include "projections/clocks/sla.h"
#include "projections/row_keys.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class SlaView final : public View {
 public:
  SlaView(const RowSource& newest, Family family);

  std::string_view name() const override { return "sla"; }
  Version version() const override { return {3, 1}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Without clocks if there was no such ticket.
  SlaRow sla(const ReadPoint& at, TicketId id) const;

  // Clocks that ended in the range, half open, oldest first, until `take` says false.
  void for_each_end(const ReadPoint& at, Instant from, Instant to,
                    const std::function<bool(const DatedClockEnd&)>& take) const;

 private:
  void load_targets();
  void keep_ends(const Envelope& envelope, const TicketEvent& event);

  const RowSource& newest_;
  const Family family_;
  RowTable<SlaRow> table_;
  SlaTargetsDefined targets_;
  bool targets_changed_ = false;
  std::vector<ClockRow> stopped_;  // by the event that is being folded
  std::vector<std::pair<RowKey, ClockEnd>> ends_;
};

}  // namespace greffe
