// A column with about as many values as tickets (times, number, title): the slots in order.
#pragma once

#include <absl/container/btree_set.h>

#include "projections/lists/paged.h"
#include "projections/lists/tail_pool.h"

namespace greffe {

class OrderedColumn {
 public:
  using Heads = Paged<std::uint64_t>;

  // Numbers have a head only.
  enum class Kind : std::uint8_t { numbers, texts };

  // `ids` breaks ties and must outlive the column; null means that the heads are the ids.
  explicit OrderedColumn(Kind kind, const Heads* ids = nullptr)
      : kind_(kind), ids_(ids ? ids : &heads_), order_(Before{this}) {}
  OrderedColumn(const OrderedColumn&) = delete;
  OrderedColumn& operator=(const OrderedColumn&) = delete;

  void insert(Slot slot, SortView value);  // the slot must not be in it
  void erase(Slot slot);                   // the slot must be in it
  void update(Slot slot, SortView value);  // does nothing if the value is the same

  Kind kind() const { return kind_; }
  const Heads& heads() const { return heads_; }
  std::uint64_t head(Slot slot) const { return heads_[slot]; }
  SortView value(Slot slot) const { return {heads_[slot], rest(slot)}; }
  // Below 0, 0 or above 0; ids do not count.
  int compare(Slot a, Slot b) const {
    const auto head_a = heads_[a], head_b = heads_[b];
    if (head_a != head_b) return head_a < head_b ? -1 : 1;
    return kind_ == Kind::numbers ? 0 : compare_rest(a, b);
  }
  int compare(Slot slot, SortView view) const {
    const auto head = heads_[slot];
    if (head != view.head) return head < view.head ? -1 : 1;
    return kind_ == Kind::numbers && view.rest.empty() ? 0 : rest(slot).compare(view.rest);
  }
  void prefetch(Slot slot) const { __builtin_prefetch(&heads_[slot]); }
  // Of a column of times: how many slots have one.
  std::size_t size_present() const { return order_.size() - absent_count_; }

 private:
  // Where a value and an id would stand in the order.
  struct Place {
    SortView value;
    std::uint64_t id;
  };
  struct Before {
    using is_transparent = void;
    const OrderedColumn* column;
    bool operator()(Slot a, Slot b) const;
    bool operator()(Slot slot, const Place& place) const;
    bool operator()(const Place& place, Slot slot) const;
  };
  using Order = absl::btree_set<Slot, Before>;

 public:
  using Iterator = Order::const_iterator;
  struct Span {
    Iterator first, last;
  };
  // By value, then by id, both ascending.
  Iterator begin() const { return order_.begin(); }
  Iterator end() const { return order_.end(); }
  std::size_t size() const { return order_.size(); }
  // The first slot whose value and id are not before these.
  Iterator first_from(SortView value, std::uint64_t id = 0) const { return order_.lower_bound(Place{value, id}); }
  // The first slot whose value is greater.
  Iterator first_after(SortView value) const { return order_.upper_bound(Place{value, UINT64_MAX}); }

  std::size_t bytes() const;

 private:
  int compare_rest(Slot a, Slot b) const { return rest(a).compare(rest(b)); }
  std::string_view rest(Slot slot) const {
    return kind_ == Kind::texts ? tails_.get(handles_[slot]) : std::string_view();
  }

  const Kind kind_;
  const Heads* ids_;
  Heads heads_;
  Paged<TailPool::Handle> handles_;
  TailPool tails_;
  std::size_t absent_count_ = 0;  // slots whose head is absent_head
  Order order_;
};

}  // namespace greffe
