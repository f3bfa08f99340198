// What the lists keep of a ticket's row. Everything they know of rows goes through here.
#pragma once

#include <array>
#include <vector>

#include "projections/lists/collation.h"
#include "projections/lists/vocabulary.h"
#include "projections/ticket_row.h"

namespace greffe {

struct TicketKeys {
  std::uint64_t id = 0;
  CollationKey number, title;
  std::uint64_t opened_at = 0, updated_at = 0, closed_at = 0;  // see time_key
  std::uint64_t due_at = 0, estimated_resolution_at = 0;
  std::array<Identity, keyed_count> identities{};     // by KeyedBy
  std::array<std::vector<Identity>, set_count> sets;  // by SetBy; ascending, each once
};

// Numbers that order as the instants do; absent comes after all.
constexpr std::uint64_t time_key(std::optional<Instant> instant) {
  if (!instant) return absent_head;
  return static_cast<std::uint64_t>(instant->time_since_epoch().count()) ^ (std::uint64_t{1} << 63);
}

// Gives identities to texts that are new.
TicketKeys keys_of(const TicketRow& row, Vocabulary& vocabulary);

}  // namespace greffe
