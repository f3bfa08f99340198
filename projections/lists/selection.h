// Which tickets of a tab a query asks for: its view, reader and filters, made ready to test a
// slot and to give the slots as a set.
#pragma once

#include <roaring/roaring.hh>

#include <optional>
#include <vector>

#include "projections/lists/criteria.h"

namespace greffe {

// Slots that match; `bits` is empty where all of the tab do.
struct SlotSet {
  bool everything = false;
  Roaring bits;
};

class Selection {
 public:
  using Code = KeyedColumn::Code;

  // Reads the tab and the vocabulary while it lives; both must outlive it, unchanged.
  Selection(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary);

  const TabIndex& tab() const { return tab_; }
  bool empty() const;  // nothing can match
  bool matches(Slot slot) const;
  // Starts to load what matches(slot) reads first.
  void prefetch(Slot slot) const;
  // The part of the tab that matches, guessed as if filters had nothing to do with each other
  // and times were spread evenly. The tab must not be empty.
  double likely_share() const;

  // False if no ticket with this value of the column can match.
  bool allows(const KeyedColumn& column, Code code) const;

  // The part of the column's order that its own time filters leave.
  OrderedColumn::Span span_of(const OrderedColumn& column, std::optional<SortView> from,
                              std::optional<SortView> up_to) const;

  // A set of slots that holds all that match, the smaller the better. Ordered by their cost:
  // the slots of the rarest filter, if they are at most `few_max`.
  std::optional<std::vector<Slot>> few(std::size_t few_max) const;
  // The slots that match all but the time filters; absent if only those are given.
  std::optional<Roaring> bits() const { return bits(std::nullopt); }
  // The slots of the narrowest time filter with their count, counted up to `count_max`;
  // absent if none has so few.
  struct CountedSpan {
    OrderedColumn::Span span;
    std::size_t size = 0;
  };
  std::optional<CountedSpan> span(std::size_t count_max) const;

  // Exactly the slots that match, how many they are, and those that would match without the
  // column's own filter.
  std::uint64_t count() const;
  SlotSet slots() const { return slots(std::nullopt); }
  SlotSet slots_without(FacetColumn column) const { return slots(column); }
  bool filters(FacetColumn column) const;

 private:
  std::optional<Roaring> bits(std::optional<FacetColumn> without) const;
  SlotSet slots(std::optional<FacetColumn> without) const;
  Roaring within_ranges(std::optional<Roaring> among) const;  // of the whole tab if absent

  const TabIndex& tab_;
  Criteria criteria_;
};

}  // namespace greffe
