// Rows of tickets as the lists take them, skewed as people and subjects are. Deterministic.
#pragma once

#include <cstdint>

#include "projections/lists/list_index.h"
#include "tools/bench/prose.h"

namespace greffe::bench {

class ListRows {
 public:
  static constexpr std::uint64_t contacts = 100'000, organisations = 20'000, agents = 200, teams = 20;

  explicit ListRows(std::uint64_t ticket_count) : ticket_count_(ticket_count) {}

  std::uint64_t below(std::uint64_t end) { return chance_.below(end); }
  TicketRow row(std::uint64_t index, bool open);
  // Gives every agent, team, contact and organisation a name.
  void name_everyone(ListIndex& index);

  // A minute after the one before.
  static Instant opened_at(std::uint64_t index) {
    return Instant(std::chrono::seconds(1'456'700'000) + std::chrono::minutes(index));
  }

 private:
  std::string title();
  void add_people(TicketRow& row);
  void add_dates(TicketRow& row, bool open);

  const std::uint64_t ticket_count_;
  Prose chance_{20160229};
};

}  // namespace greffe::bench
