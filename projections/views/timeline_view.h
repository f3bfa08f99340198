// Each ticket's events in the order in which they happened: a late entry stands where it
// belongs. The rows are places; the records themselves stay in the log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/key_page.h"
#include "projections/row_keys.h"
#include "projections/view.h"

namespace greffe {

class TimelineView final : public View {
 public:
  explicit TimelineView(Family family) : family_(family) {}

  std::string_view name() const override { return "timeline"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override { entries_.clear(); }

  struct Places {
    std::vector<Position> positions;  // oldest first by when they happened, ties in log order
    std::string next_cursor;          // empty = no more
  };
  Result<Places, BadCursor> places(const ReadPoint& at, TicketId id, std::size_t limit, std::string_view cursor) const;

 private:
  const Family family_;
  std::vector<RowKey> entries_;
};

}  // namespace greffe
