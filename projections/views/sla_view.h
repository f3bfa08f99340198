// Each ticket's service-level delays (projections/clocks/sla.h), and the targets in force.
#pragma once

#include "projections/clocks/sla.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class SlaView final : public View {
 public:
  SlaView(const RowSource& newest, Family family);

  std::string_view name() const override { return "sla"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Without clocks if there was no such ticket.
  SlaRow sla(const ReadPoint& at, TicketId id) const;

 private:
  void load_targets();

  const RowSource& newest_;
  const Family family_;
  RowTable<SlaRow> table_;
  SlaTargetsDefined targets_;
  bool targets_changed_ = false;
};

}  // namespace greffe
