// What each ticket's detail shows beside its row: TicketId -> TicketParts. A ticket to which
// nothing was ever added has no row here.
#pragma once

#include <memory>

#include "projections/row_table.h"
#include "projections/ticket_parts.h"
#include "projections/view.h"

namespace greffe {

class PartsView final : public View {
 public:
  PartsView(const RowSource& newest, Family family);

  std::string_view name() const override { return "parts"; }
  Version version() const override { return {2, 1}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override { table_.flush(batch, at); }
  void discard() override { table_.discard(); }

  // Null if the ticket has none.
  std::shared_ptr<const TicketParts> parts(const ReadPoint& at, TicketId id) const { return table_.read(at, id.value); }

 private:
  RowTable<TicketParts> table_;
};

}  // namespace greffe
