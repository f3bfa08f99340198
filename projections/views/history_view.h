// All tickets of a contact or an organisation, newest opened first: open, closed and merged
// ones. A deleted ticket is in nobody's history until it is restored.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/key_page.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

// What the fold must remember of a ticket to find its places again when its party changes.
struct HistoryRow {
  Instant opened_at;
  Party party;
  bool deleted = false;
  static constexpr auto fields =
      std::make_tuple(field("opened_at", &HistoryRow::opened_at), field("party", &HistoryRow::party),
                      field("deleted", &HistoryRow::deleted));
  bool operator==(const HistoryRow& o) const { return same_fields(*this, o); }
};

class HistoryView final : public View {
 public:
  HistoryView(const RowSource& newest, Family family);

  std::string_view name() const override { return "history"; }
  Version version() const override { return {2, 1}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  struct Tickets {
    std::vector<TicketId> ids;
    std::string next_cursor;  // empty = no more
  };
  Result<Tickets, BadCursor> of(const ReadPoint& at, ContactId id, std::size_t limit, std::string_view cursor) const;
  Result<Tickets, BadCursor> of(const ReadPoint& at, OrganisationId id, std::size_t limit,
                                std::string_view cursor) const;

 private:
  HistoryRow& found(TicketId id);
  void place(TicketId id, const HistoryRow& row, bool present);
  Result<Tickets, BadCursor> read(const ReadPoint& at, const RowKey& prefix, std::size_t limit,
                                  std::string_view cursor) const;

  const Family family_;
  RowTable<HistoryRow> table_;
  std::vector<std::pair<RowKey, bool>> places_;  // in the order of their changes; true = put, false = erase
};

}  // namespace greffe
