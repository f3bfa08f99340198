// Which tickets of a tab a query asks for: its view and filters, made ready to test a slot.
#pragma once

#include <roaring/roaring.hh>

#include <optional>
#include <vector>

#include "projections/lists/query.h"
#include "projections/lists/tab_index.h"

namespace greffe {

// Reads the tab and the vocabulary while it lives; both must outlive it, unchanged.
class Selection {
 public:
  using Code = KeyedColumn::Code;

  Selection(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary);

  bool empty() const { return empty_; }  // nothing can match
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
  std::optional<Roaring> bits() const;
  // The slots of the narrowest time filter with their count, counted up to `count_max`;
  // absent if none has so few.
  struct CountedSpan {
    OrderedColumn::Span span;
    std::size_t size = 0;
  };
  std::optional<CountedSpan> span(std::size_t count_max) const;

 private:
  // Any of the codes in any of the columns.
  struct Side {
    const KeyedColumn* column;
    std::vector<Code> codes;  // ascending
    bool has(Slot slot) const;
  };
  struct Term {
    std::vector<Side> sides;
    std::size_t size = 0;  // of all postings, a slot in two sides counted twice
    bool has(Slot slot) const;
  };
  // from <= head < before
  struct Range {
    const OrderedColumn* column;
    std::uint64_t from, before;
  };

  void add_view(const ListQuery& query);
  void add_texts(KeyedBy column, const std::vector<std::string>& values);
  void add_keys(KeyedBy column, const std::vector<std::string>& values, bool (*has_key)(Identity, Identity));
  template <class Values>
  void add_values(KeyedBy column, const Values& values);
  void add_range(OrderedBy column, std::optional<Instant> from, std::optional<Instant> before);
  void add_codes(KeyedBy column, std::vector<Code> codes);
  void add_term(Term term);

  const TabIndex& tab_;
  const Vocabulary& vocabulary_;
  bool empty_ = false;
  std::vector<Term> terms_;  // smallest first, once made
  std::vector<Range> ranges_;
};

}  // namespace greffe
