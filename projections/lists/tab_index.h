// All tickets of one tab (open, closed): columns by slot and the orders over them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "projections/lists/collation.h"
#include "projections/lists/ordered_column.h"
#include "projections/lists/vocabulary.h"

namespace greffe {

enum class OrderedBy : std::uint8_t { id, number, title, opened_at, updated_at, closed_at };

// A ticket as the index keeps it.
struct TicketKeys {
  std::uint64_t id = 0;
  CollationKey number, title;
  std::uint64_t opened_at = 0, updated_at = 0, closed_at = 0;  // see time_key
  std::array<Identity, keyed_count> identities{};              // by KeyedBy
};

// Numbers that order as the instants do; absent comes after all.
constexpr std::uint64_t time_key(std::optional<Instant> instant) {
  if (!instant) return absent_head;
  return static_cast<std::uint64_t>(instant->time_since_epoch().count()) ^ (std::uint64_t{1} << 63);
}

class TabIndex {
 public:
  TabIndex();

  void put(const TicketKeys& ticket, const Vocabulary& vocabulary);
  bool erase(std::uint64_t id);  // false if it is not here
  // The sort key of a value has changed.
  void rekey(KeyedBy column, Identity identity, const Vocabulary& vocabulary);

  std::size_t size() const { return ordered(OrderedBy::id).size(); }
  const OrderedColumn& ordered(OrderedBy column) const {
    return column == OrderedBy::id ? ids_ : ordered_[static_cast<std::size_t>(column) - 1];
  }
  const KeyedColumn& keyed(KeyedBy column) const { return keyed_[static_cast<std::size_t>(column)]; }
  std::size_t bytes() const;

 private:
  template <class Change>
  void for_each_ordered(const TicketKeys& ticket, Change&& change);

  OrderedColumn ids_;                     // first: the others break their ties by it
  std::array<OrderedColumn, 5> ordered_;  // the others, by OrderedBy
  std::array<KeyedColumn, keyed_count> keyed_;
  std::vector<Slot> free_;
  Slot used_ = 0;
};

}  // namespace greffe
