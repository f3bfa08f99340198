// All tickets of one tab (open, closed, merged, deleted): columns by slot and the orders over
// them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "projections/lists/ordered_column.h"
#include "projections/lists/set_column.h"
#include "projections/lists/ticket_keys.h"

namespace greffe {

enum class OrderedBy : std::uint8_t {
  id,
  number,
  title,
  opened_at,
  updated_at,
  closed_at,
  due_at,
  estimated_resolution_at
};
inline constexpr std::size_t ordered_count = 8;

class TabIndex {
 public:
  TabIndex();

  void put(const TicketKeys& ticket, const Vocabulary& vocabulary);
  bool erase(std::uint64_t id);  // false if it is not here
  // The sort key of a value has changed.
  void rekey(KeyedBy column, Identity identity, const Vocabulary& vocabulary);

  // The priority of that key, in the vocabulary, has got a rank.
  void rerank(const PriorityAt& priority, Vocabulary& vocabulary);

  std::size_t size() const { return ordered(OrderedBy::id).size(); }
  const OrderedColumn& ordered(OrderedBy column) const {
    return column == OrderedBy::id ? ids_ : ordered_[static_cast<std::size_t>(column) - 1];
  }
  const KeyedColumn& keyed(KeyedBy column) const { return keyed_[static_cast<std::size_t>(column)]; }
  const SetColumn& set(SetBy column) const { return sets_[static_cast<std::size_t>(column)]; }
  Roaring slots() const;  // of all tickets
  std::size_t bytes() const;

 private:
  template <class Change>
  void for_each_ordered(const TicketKeys& ticket, Change&& change);

  OrderedColumn ids_;                                     // first: the others break their ties by it
  std::array<OrderedColumn, ordered_count - 1> ordered_;  // the others, by OrderedBy
  std::array<KeyedColumn, keyed_count> keyed_;
  std::array<SetColumn, set_count> sets_;
  std::vector<Slot> free_;
  Slot used_ = 0;
};

}  // namespace greffe
