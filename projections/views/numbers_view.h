// Which ticket has a number: number -> TicketId. Numbers never change and are never reused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/view.h"

namespace greffe {

class NumbersView final : public View {
 public:
  explicit NumbersView(Family family) : family_(family) {}

  std::string_view name() const override { return "numbers"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override { given_.clear(); }

  // Absent if no ticket had that number.
  std::optional<TicketId> ticket(const ReadPoint& at, std::string_view number) const;

 private:
  const Family family_;
  std::vector<std::pair<std::string, TicketId>> given_;
};

}  // namespace greffe
