// What a query asks of each ticket of a tab, as codes and heads of its columns.
#pragma once

#include <roaring/roaring.hh>

#include <optional>
#include <vector>

#include "projections/lists/query.h"
#include "projections/lists/tab_index.h"

namespace greffe {

// Some of a column's values; exactly one of the columns is set.
struct Side {
  using Code = KeyedColumn::Code;

  const KeyedColumn* keyed = nullptr;
  const SetColumn* set = nullptr;
  std::vector<Code> codes;  // ascending, each once

  bool has(Slot slot) const;
  const Posting& posting(Code code) const { return keyed ? keyed->posting(code) : set->posting(code); }
  void prefetch(Slot slot) const { keyed ? keyed->prefetch(slot) : set->prefetch(slot); }
};

// Holds for a slot that has one of the values of one of the sides.
struct Term {
  std::vector<Side> sides;
  std::optional<FacetColumn> filter_of;  // the column whose filter it is; absent for view and reader
  std::size_t size = 0;                  // of all postings, a slot in two of them counted twice

  bool has(Slot slot) const;
  // The only posting, null if there are others.
  const Posting* alone() const;
  void add_to(Roaring& bits) const;
};

// Holds for from <= head < before.
struct TimeRange {
  const OrderedColumn* column;
  std::uint64_t from, before;

  bool has(Slot slot) const {
    const auto head = column->head(slot);
    return head >= from && head < before;
  }
};

// A ticket is selected if all of these hold for its slot.
struct Criteria {
  bool impossible = false;  // whatever the terms
  std::vector<Term> terms;  // smallest first
  std::vector<TimeRange> ranges;
};

// Good while tab and vocabulary live and do not change.
Criteria criteria_of(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary);

}  // namespace greffe
