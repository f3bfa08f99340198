// Finds one page: the first slots after a cursor, in a query's order, among its selection.
//
// Four ways, cheapest first, so that no shape of query is slow:
//   1. a filter with few tickets: look at each, keep the best;
//   2. walk the order of the first sort column and test each slot, if many are likely to match;
//   3. intersect the filters; if few are left, as in 1;
//   4. else walk as in 2 for as long as looking at all that is left would have cost, then do that.
// Slots with equal values in the first column are one group, to which the same ways apply
// with the columns that follow; so a page deep in the list costs what the first one does.
#pragma once

#include <roaring/roaring.hh>

#include <span>
#include <vector>

#include "projections/lists/selection.h"

namespace greffe {

// One sort column of a tab; exactly one of the two is set.
struct Level {
  const OrderedColumn* ordered = nullptr;
  const KeyedColumn* keyed = nullptr;
  bool descending = false;

  std::uint64_t head(Slot slot) const { return ordered ? ordered->head(slot) : keyed->head(slot); }
  SortView value(Slot slot) const { return ordered ? ordered->value(slot) : keyed->value(slot); }
  // Below 0 if `a` comes before `b` in the level's direction.
  int compare(Slot a, Slot b) const;
  int compare(Slot slot, SortView value) const;
};

class PageWalk {
 public:
  struct Limits {
    std::size_t few_max = 2048;        // so many slots are looked at rather than walked past
    std::size_t hopeful_steps = 8192;  // of way 2, taken if half of them are likely to do
  };

  // The last level is the id, ascending. `after` is empty or has a value for each level.
  PageWalk(const TabIndex& tab, const Selection& selection, std::span<const Level> levels,
           std::span<const SortValue> after, Limits limits);

  // At most `wanted` slots.
  std::vector<Slot> run(std::size_t wanted);

 private:
  // Slots among which to look; one of the three. `size` is exact or too high.
  struct Scope {
    std::optional<OrderedColumn::Span> span;
    const Roaring* bits = nullptr;
    std::span<const Slot> list;
    std::size_t size = 0;
  };
  // Steps that a walk may still take; false once there are none left.
  struct Budget {
    std::size_t left = 0;
    bool take(std::size_t steps);
  };
  class Best;

  Scope narrow(std::optional<Roaring>& bits) const;
  bool full() const { return page_.size() >= wanted_; }
  bool matches(Slot slot) const;
  bool is_after(Slot slot, std::size_t level) const;
  bool last_but_id(std::size_t level) const { return level + 2 == levels_.size(); }

  // Appends the selected slots of `scope` in the order of the levels from `level` on. `tight`:
  // the levels before equal the cursor's, so only what follows the cursor counts. False: a
  // hopeful walk has lost hope; the page is spoilt.
  bool collect(std::size_t level, const Scope& scope, bool tight, Budget* hope);
  bool walk(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope);
  bool walk_up(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope);
  bool walk_down(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope);
  bool walk_ids(OrderedColumn::Span span, Budget& budget);
  OrderedColumn::Span group_of(const OrderedColumn& column, OrderedColumn::Span span, OrderedColumn::Iterator it) const;
  bool walk_values(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope);
  bool equal_group(std::size_t level, OrderedColumn::Span group, const Scope& scope, bool tight, Budget& budget,
                   Budget* hope);
  bool value_group(std::size_t level, KeyedColumn::Code code, const Scope& scope, bool tight, Budget& budget,
                   Budget* hope);
  // `each(look)` calls look(slot) for each slot that may be among the best.
  template <class Each>
  void keep_best(std::size_t level, bool tight, Each&& each);
  void gather(std::size_t level, bool tight, const Scope& scope);

  const TabIndex& tab_;
  const Selection& selection_;
  const std::span<const Level> levels_;
  const std::span<const SortValue> after_;
  const Limits limits_;
  std::size_t wanted_ = 0;
  std::vector<Slot> page_;
  // The groups that the walk is inside of: slots must have these values.
  struct Inside {
    const Level* level;
    Slot like;               // for an ordered column
    KeyedColumn::Code code;  // for a keyed one
  };
  std::vector<Inside> inside_;
};

}  // namespace greffe
