#include "projections/lists/tab_index.h"

#include "events/check.h"

namespace greffe {
namespace {

using enum OrderedColumn::Kind;

SortView text_value(const CollationKey& key) { return {head_of(key.view()), key.view().substr(8)}; }

}  // namespace

TabIndex::TabIndex()
    : ids_(numbers), ordered_{OrderedColumn(texts, &ids_.heads()),   OrderedColumn(texts, &ids_.heads()),
                              OrderedColumn(numbers, &ids_.heads()), OrderedColumn(numbers, &ids_.heads()),
                              OrderedColumn(numbers, &ids_.heads()), OrderedColumn(numbers, &ids_.heads()),
                              OrderedColumn(numbers, &ids_.heads())} {}

template <class Change>
void TabIndex::for_each_ordered(const TicketKeys& ticket, Change&& change) {
  change(ids_, SortView{ticket.id, {}});
  const std::array<SortView, ordered_count - 1> values{text_value(ticket.number),
                                                       text_value(ticket.title),
                                                       SortView{ticket.opened_at, {}},
                                                       SortView{ticket.updated_at, {}},
                                                       SortView{ticket.closed_at, {}},
                                                       SortView{ticket.due_at, {}},
                                                       SortView{ticket.estimated_resolution_at, {}}};
  for (std::size_t i = 0; i < values.size(); ++i) change(ordered_[i], values[i]);
}

void TabIndex::put(const TicketKeys& ticket, const Vocabulary& vocabulary) {
  const auto make_key = [&](std::size_t column) {
    return [&vocabulary, &ticket, column] {
      return vocabulary.sort_key(static_cast<KeyedBy>(column), ticket.identities[column]);
    };
  };
  const auto known = ids_.first_from({ticket.id, {}});
  if (known != ids_.end() && ids_.head(*known) == ticket.id) {
    const Slot slot = *known;
    for_each_ordered(ticket, [&](OrderedColumn& column, SortView value) { column.update(slot, value); });
    for (std::size_t i = 0; i < keyed_count; ++i) keyed_[i].update(slot, ticket.identities[i], make_key(i));
    for (std::size_t i = 0; i < set_count; ++i) sets_[i].update(slot, ticket.sets[i]);
    return;
  }
  GREFFE_CHECK(!free_.empty() || used_ < UINT32_MAX, "more tickets than slots");
  const Slot slot = free_.empty() ? used_++ : free_.back();
  if (!free_.empty()) free_.pop_back();
  for_each_ordered(ticket, [&](OrderedColumn& column, SortView value) { column.insert(slot, value); });
  for (std::size_t i = 0; i < keyed_count; ++i) keyed_[i].insert(slot, ticket.identities[i], make_key(i));
  for (std::size_t i = 0; i < set_count; ++i) sets_[i].insert(slot, ticket.sets[i]);
}

bool TabIndex::erase(std::uint64_t id) {
  const auto known = ids_.first_from({id, {}});
  if (known == ids_.end() || ids_.head(*known) != id) return false;
  const Slot slot = *known;
  for (auto& column : keyed_) column.erase(slot);
  for (auto& column : sets_) column.erase(slot);
  for (auto& column : ordered_) column.erase(slot);
  ids_.erase(slot);
  free_.push_back(slot);
  return true;
}

void TabIndex::rekey(KeyedBy column, Identity identity, const Vocabulary& vocabulary) {
  auto& keyed = keyed_[static_cast<std::size_t>(column)];
  if (keyed.find(identity)) keyed.rekey(identity, vocabulary.sort_key(column, identity));
}

// Until a key has a rank of its own, it stands in a value with each rank of its tickets.
void TabIndex::rerank(const PriorityAt& priority, Vocabulary& vocabulary) {
  auto& column = keyed_[static_cast<std::size_t>(KeyedBy::priority)];
  const auto identity = vocabulary.of_priority(priority);
  const auto key = Vocabulary::priority_key(identity);
  std::vector<KeyedColumn::Code> codes;
  for (const auto code : column) {
    if (Vocabulary::is_priority_of(column.identity(code), key)) codes.push_back(code);
  }
  if (!codes.empty()) column.unite(codes, identity, vocabulary.sort_key(KeyedBy::priority, identity));
}

// Every ticket has one of the kinds.
Roaring TabIndex::slots() const {
  Roaring all;
  const auto& kinds = keyed(KeyedBy::kind);
  for (const auto code : kinds) kinds.posting(code).add_to(all);
  return all;
}

std::size_t TabIndex::bytes() const {
  std::size_t total = free_.capacity() * sizeof(Slot);
  total += ids_.bytes();
  for (const auto& column : ordered_) total += column.bytes();
  for (const auto& column : keyed_) total += column.bytes();
  for (const auto& column : sets_) total += column.bytes();
  return total;
}

}  // namespace greffe
