#include "projections/lists/ordered_column.h"

namespace greffe {

bool OrderedColumn::Before::operator()(Slot a, Slot b) const {
  const int c = column->compare(a, b);
  return c != 0 ? c < 0 : (*column->ids_)[a] < (*column->ids_)[b];
}

bool OrderedColumn::Before::operator()(Slot slot, const Place& place) const {
  const int c = column->compare(slot, place.value);
  return c != 0 ? c < 0 : (*column->ids_)[slot] < place.id;
}

bool OrderedColumn::Before::operator()(const Place& place, Slot slot) const {
  const int c = column->compare(slot, place.value);
  return c != 0 ? c > 0 : place.id < (*column->ids_)[slot];
}

void OrderedColumn::insert(Slot slot, SortView value) {
  heads_.grow_to(slot + std::size_t{1});
  heads_[slot] = value.head;
  if (kind_ == Kind::texts) {
    handles_.grow_to(slot + std::size_t{1});
    handles_[slot] = tails_.put(value.rest);
  }
  absent_count_ += value.head == absent_head ? 1 : 0;
  order_.insert(slot);
}

void OrderedColumn::erase(Slot slot) {
  order_.erase(slot);
  absent_count_ -= heads_[slot] == absent_head ? 1 : 0;
  if (kind_ == Kind::texts) tails_.drop(handles_[slot]);
}

void OrderedColumn::update(Slot slot, SortView value) {
  if (compare(slot, value) == 0) return;
  erase(slot);
  insert(slot, value);
}

std::size_t OrderedColumn::bytes() const {
  // A B-tree node is between half full and full; three quarters is what random inserts leave.
  return heads_.bytes() + handles_.bytes() + tails_.bytes() + order_.size() * sizeof(Slot) * 4 / 3;
}

}  // namespace greffe
