// Every ticket as it stands: TicketId -> TicketRow (projections/ticket_row.h).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "projections/row_table.h"
#include "projections/ticket_row.h"
#include "projections/view.h"

namespace greffe {

class TicketsView final : public View {
 public:
  TicketsView(const RowSource& newest, Family family);

  std::string_view name() const override { return "tickets"; }
  Version version() const override { return {3, 3}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override { table_.flush(batch, at); }
  void discard() override { table_.discard(); }

  // Null if there was no such ticket.
  std::shared_ptr<const TicketRow> ticket(const ReadPoint& at, TicketId id) const;
  // In the ids' order, null where there was no such ticket.
  std::vector<std::shared_ptr<const TicketRow>> tickets(const ReadPoint& at, std::span<const TicketId> ids) const;

  // What the last flush changed.
  const std::vector<std::pair<std::uint64_t, std::shared_ptr<const TicketRow>>>& published() const {
    return table_.published();
  }
  // Calls f(row) for every ticket, by id; for what is kept in memory beside the rows.
  void for_each(const RowSource& rows, const std::function<void(const TicketRow&)>& f) const;

 private:
  const Family family_;
  RowTable<TicketRow> table_;
};

}  // namespace greffe
