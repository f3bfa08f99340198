// What reports are made from (projections/reports/report.h): facts by instant, how each
// ticket's dimensions changed, and which tickets are open. Delays and work are measured by their
// own views, which keep their facts themselves: nothing is measured twice.
//
// Only events that are facts leave rows, and no row is read back or written again: rebuilding
// costs as little as it can.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/reports/dimensions.h"
#include "projections/reports/ticket_fact.h"
#include "projections/row_keys.h"
#include "projections/view.h"

namespace greffe {

class ReportView final : public View {
 public:
  explicit ReportView(Family family) : family_(family) {}

  std::string_view name() const override { return "reports"; }
  Version version() const override { return {1, 1}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Those of the range, half open, oldest first, until `take` says false.
  void for_each_fact(const ReadPoint& at, Instant from, Instant to,
                     const std::function<bool(const TicketFact&)>& take) const;

  // In the order of the log; empty if there is no such ticket.
  std::vector<DimensionsSince> dimensions(const ReadPoint& at, TicketId id) const;

  std::vector<TicketId> open_tickets(const ReadPoint& at) const;

 private:
  const Family family_;
  std::vector<std::pair<RowKey, RowKey>> facts_;
  std::vector<std::pair<RowKey, std::string>> changes_;
  struct Openness {
    bool open = false;
    bool is_new = false;  // the store knows nothing of the ticket yet
  };
  std::unordered_map<TicketId, Openness> open_;  // of those that became open, or ceased to be
};

}  // namespace greffe
