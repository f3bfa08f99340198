// Each ticket's service-level delays (projections/clocks/delays.h), the targets in force, and the
// ends of clocks by instant, for reports.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "projections/clocks/clock_end.h"
#include "projections/clocks/delays.h"
#include "projections/row_keys.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class SlaView final : public View, private DelayRows {
 public:
  SlaView(const RowSource& newest, Family family);

  std::string_view name() const override { return "sla"; }
  Version version() const override { return {7, 6}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Without clocks if there was no such ticket.
  SlaRow sla(const ReadPoint& at, TicketId id) const;

  // Clocks that ended in the range, half open, oldest first, until `take` says false.
  void for_each_end(const ReadPoint& at, Instant from, Instant to,
                    const std::function<bool(const DatedClockEnd&)>& take) const;

 private:
  SlaRow& open(TicketId id) override { return table_.make(id.value); }
  SlaRow* clocks(TicketId id) override { return table_.find(id.value); }
  SlaMemory& memory(TicketId id) override { return memory_.find_or_make(id.value); }
  SlaMemory& new_memory(TicketId id) override { return memory_.make(id.value); }
  void load_targets();
  void keep_ends(const Envelope& envelope, const TicketEvent& event);
  void take_back_suspended_ends(TicketId id);

  const RowSource& newest_;
  const Family family_;
  RowTable<SlaRow> table_;  // what readers get; the rest is the fold's own
  RowTable<SlaMemory> memory_;
  SlaTargetsDefined targets_;
  bool targets_changed_ = false;
  std::vector<StoppedClock> stopped_;  // by the event that is being folded
  std::vector<std::pair<RowKey, ClockEnd>> ends_;
  std::vector<RowKey> taken_back_;  // of ends already written, or in `ends_`
};

}  // namespace greffe
