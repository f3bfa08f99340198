// A column with few values against the tickets (status, team, contact …): each value knows
// its tickets, and the values stand in order.
#pragma once

#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>

#include <optional>
#include <string>
#include <vector>

#include "projections/lists/paged.h"
#include "projections/lists/posting.h"

namespace greffe {

// What makes two values the same: an id, or a number that stands for a text. See vocabulary.h.
using Identity = std::uint64_t;

class KeyedColumn {
 public:
  // A value's place in this column. Reused once the value has no tickets.
  using Code = std::uint32_t;

  KeyedColumn() : order_(Before{this}) {}
  KeyedColumn(const KeyedColumn&) = delete;
  KeyedColumn& operator=(const KeyedColumn&) = delete;

  // Gives the slot, which must have no value yet, the value of that identity. `make_key()`
  // returns its sort key, and is called only for a value new to the column.
  template <class MakeKey>
  void insert(Slot slot, Identity identity, MakeKey&& make_key) {
    const auto known = code_of_.find(identity);
    put(slot, known == code_of_.end() ? add_value(identity, make_key()) : known->second);
  }
  void erase(Slot slot);  // the slot must have a value
  template <class MakeKey>
  void update(Slot slot, Identity identity, MakeKey&& make_key) {
    if (values_[codes_[slot]].identity == identity) return;
    erase(slot);
    insert(slot, identity, std::forward<MakeKey>(make_key));
  }
  // Moves the value to its new place in the order; does nothing if it has no tickets.
  void rekey(Identity identity, std::string key);

  // Makes one value of these, which are one at least, with that identity and place in the order. Costs
  // a step a ticket of all but the first.
  void unite(const std::vector<Code>& codes, Identity identity, std::string key);

  std::optional<Code> find(Identity identity) const;
  Code code_count() const { return values_used_; }  // all codes are below; some may be free
  Identity identity(Code code) const { return values_[code].identity; }
  Code code(Slot slot) const { return codes_[slot]; }
  void prefetch(Slot slot) const { __builtin_prefetch(&codes_[slot]); }
  const Posting& posting(Code code) const { return values_[code].posting; }
  SortView key(Code code) const { return {values_[code].head, values_[code].key}; }
  std::uint64_t head(Slot slot) const { return values_[codes_[slot]].head; }
  SortView value(Slot slot) const { return key(codes_[slot]); }
  // Below 0, 0 or above 0. Two values never compare equal.
  int compare(Slot a, Slot b) const { return codes_[a] == codes_[b] ? 0 : greffe::compare(value(a), value(b)); }
  int compare(Slot slot, SortView view) const { return greffe::compare(value(slot), view); }

 private:
  struct Before {
    using is_transparent = void;
    const KeyedColumn* column;
    bool operator()(Code a, Code b) const { return greffe::compare(column->key(a), column->key(b)) < 0; }
    bool operator()(Code code, SortView view) const { return greffe::compare(column->key(code), view) < 0; }
    bool operator()(SortView view, Code code) const { return greffe::compare(column->key(code), view) > 0; }
  };
  using Order = absl::btree_set<Code, Before>;

 public:
  // The codes in use, by their keys, ascending.
  using Iterator = Order::const_iterator;
  Iterator begin() const { return order_.begin(); }
  Iterator end() const { return order_.end(); }
  Iterator first_from(SortView view) const { return order_.lower_bound(view); }
  Iterator first_after(SortView view) const { return order_.upper_bound(view); }

  std::size_t bytes() const;

 private:
  struct Value {
    Identity identity = 0;
    std::uint64_t head = 0;
    std::string key;
    Posting posting;
  };

  Code add_value(Identity identity, std::string key);
  void put(Slot slot, Code code);

  Paged<Code> codes_;
  Paged<Value, 64> values_;
  std::uint32_t values_used_ = 0;
  std::vector<Code> free_;
  absl::flat_hash_map<Identity, Code> code_of_;
  Order order_;
};

}  // namespace greffe
