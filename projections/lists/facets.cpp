#include "projections/lists/facets.h"

#include <algorithm>

#include "events/check.h"

namespace greffe {
namespace {

// Tickets to look at one by one that cost as much as intersecting one value with one container
// of 65536 slots.
constexpr std::size_t slots_per_container = 150;

// The slots of one tab that are counted; listed only if somebody needs them so.
class TabSlots {
 public:
  TabSlots(const TabIndex& tab, SlotSet slots)
      : tab_(tab), slots_(std::move(slots)), size_(slots_.everything ? tab.size() : slots_.bits.cardinality()) {}

  const TabIndex& tab() const { return tab_; }
  std::size_t size() const { return size_; }
  std::size_t size_of_common(const Posting& posting) const {
    return slots_.everything ? posting.size() : posting.size_of_common(slots_.bits);
  }
  std::size_t size_of_common(const Roaring& bits) const {
    return slots_.everything ? bits.cardinality() : bits.and_cardinality(slots_.bits);
  }
  // Whether to look at the slots rather than at the values of a column with so many.
  bool one_by_one(std::size_t values) const {
    const std::size_t containers = 1 + tab_.size() / 65536;
    return !slots_.everything && size_ < values * containers * slots_per_container;
  }
  const std::vector<Slot>& listed() {
    if (listed_.empty() && size_ != 0) {
      listed_.resize(size_);
      slots_.bits.toUint32Array(listed_.data());
    }
    return listed_;
  }

 private:
  const TabIndex& tab_;
  SlotSet slots_;
  std::size_t size_;
  std::vector<Slot> listed_;
};

struct Tally {
  std::vector<std::pair<Identity, std::uint64_t>> counts;
  std::uint64_t absent = 0;

  void add(Identity value, std::uint64_t count) {
    if (count == 0) return;
    if (value == absent_identity) absent += count;
    else counts.emplace_back(value, count);
  }
};

// `count_slots(counts)` counts the listed slots by code.
template <class Column, class CountSlots>
void tally_codes(const Column& column, const TabSlots& counted, Tally& tally, CountSlots&& count_slots) {
  const std::size_t codes = column.code_count();
  if (!counted.one_by_one(codes)) {
    for (KeyedColumn::Code code = 0; code < codes; ++code) {
      const auto& posting = column.posting(code);
      if (posting.size() != 0) tally.add(column.identity(code), counted.size_of_common(posting));
    }
    return;
  }
  std::vector<std::uint32_t> counts(codes);
  count_slots(counts);
  for (KeyedColumn::Code code = 0; code < codes; ++code) tally.add(column.identity(code), counts[code]);
}

void tally_keyed(const KeyedColumn& column, TabSlots& counted, Tally& tally) {
  tally_codes(column, counted, tally, [&](std::vector<std::uint32_t>& counts) {
    for (const Slot slot : counted.listed()) ++counts[column.code(slot)];
  });
}

void tally_set(const SetColumn& column, TabSlots& counted, Tally& tally) {
  tally_codes(column, counted, tally, [&](std::vector<std::uint32_t>& counts) {
    for (const Slot slot : counted.listed()) {
      for (const auto code : column.codes(slot)) ++counts[code];
    }
  });
  Roaring any;
  for (KeyedColumn::Code code = 0; code < column.code_count(); ++code) column.posting(code).add_to(any);
  tally.absent += counted.size() - counted.size_of_common(any);
}

void tally_column(FacetColumn column, TabSlots& counted, Tally& tally) {
  const auto keyed = [&](KeyedBy by) { tally_keyed(counted.tab().keyed(by), counted, tally); };
  switch (column) {
    case FacetColumn::status: return keyed(KeyedBy::status);
    case FacetColumn::priority: return keyed(KeyedBy::priority);
    case FacetColumn::assignee: return keyed(KeyedBy::assignee);
    case FacetColumn::team: return keyed(KeyedBy::team);
    case FacetColumn::contact: return keyed(KeyedBy::contact);
    case FacetColumn::organisation: return keyed(KeyedBy::organisation);
    case FacetColumn::category: return keyed(KeyedBy::category_root);
    case FacetColumn::request_type: return keyed(KeyedBy::request_type);
    case FacetColumn::group: return keyed(KeyedBy::group);
    case FacetColumn::kind: return keyed(KeyedBy::kind);
    case FacetColumn::channel: return keyed(KeyedBy::channel);
    case FacetColumn::origin: return keyed(KeyedBy::origin);
    case FacetColumn::creator: return keyed(KeyedBy::creator);
    case FacetColumn::has_parent: return keyed(KeyedBy::has_parent);
    case FacetColumn::needs_look: return keyed(KeyedBy::needs_look);
    case FacetColumn::copy: return tally_set(counted.tab().set(SetBy::copy), counted, tally);
    case FacetColumn::context_type: return tally_set(counted.tab().set(SetBy::context_type), counted, tally);
  }
  check_failed(__FILE__, __LINE__, "column", "no such facet column");
}

// A status or priority is filtered by its key alone, so all that share one are one value.
Identity value_of(FacetColumn column, Identity identity) {
  if (column == FacetColumn::status) return Vocabulary::status_key(identity);
  if (column == FacetColumn::priority) return Vocabulary::priority_key(identity);
  return identity;
}

enum class Written : std::uint8_t { text, id, kind, channel, flag };

Written written_as(FacetColumn column) {
  switch (column) {
    case FacetColumn::assignee:
    case FacetColumn::team:
    case FacetColumn::contact:
    case FacetColumn::organisation:
    case FacetColumn::creator:
    case FacetColumn::copy: return Written::id;
    case FacetColumn::kind: return Written::kind;
    case FacetColumn::channel: return Written::channel;
    case FacetColumn::has_parent:
    case FacetColumn::needs_look: return Written::flag;
    case FacetColumn::status:
    case FacetColumn::priority:
    case FacetColumn::category:
    case FacetColumn::request_type:
    case FacetColumn::group:
    case FacetColumn::origin:
    case FacetColumn::context_type: break;
  }
  return Written::text;
}

std::string written(Written as, Identity value, const Vocabulary& vocabulary) {
  switch (as) {
    case Written::text: return std::string(vocabulary.text(value));
    case Written::id: return std::to_string(value);
    case Written::kind: return std::string(name_of(static_cast<TicketKind>(value)));
    case Written::channel: return std::string(name_of(static_cast<Channel>(value)));
    case Written::flag: return value == 0 ? "false" : "true";
  }
  check_failed(__FILE__, __LINE__, "as", "no such way to write a value");
}

// One entry a value: those of two tabs, or of one key, put together.
void unite(Tally& tally, FacetColumn column) {
  auto& counts = tally.counts;
  for (auto& entry : counts) entry.first = value_of(column, entry.first);
  std::sort(counts.begin(), counts.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept > 0 && counts[kept - 1].first == counts[i].first) counts[kept - 1].second += counts[i].second;
    else counts[kept++] = counts[i];
  }
  counts.resize(kept);
}

Facet facet_of(FacetColumn column, Tally tally, const Vocabulary& vocabulary) {
  const auto as = written_as(column);
  const auto before = [&](const auto& a, const auto& b) {
    if (a.second != b.second) return a.second > b.second;
    return as == Written::text ? vocabulary.text(a.first) < vocabulary.text(b.first) : a.first < b.first;
  };
  Facet facet{column, {}, tally.counts.size(), tally.absent};
  const auto shown = std::min(tally.counts.size(), facet_values_max);
  std::partial_sort(tally.counts.begin(), tally.counts.begin() + static_cast<std::ptrdiff_t>(shown), tally.counts.end(),
                    before);
  for (std::size_t i = 0; i < shown; ++i) {
    facet.values.push_back({written(as, tally.counts[i].first, vocabulary), tally.counts[i].second});
  }
  return facet;
}

}  // namespace

std::vector<Facet> facets_of(std::span<const Selection> selections, const Vocabulary& vocabulary,
                             std::span<const FacetColumn> columns) {
  std::vector<Tally> tallies(columns.size());
  for (const auto& selection : selections) {
    std::optional<TabSlots> all;  // shared by the columns that are not filtered by
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (selection.filters(columns[i])) {
        TabSlots without(selection.tab(), selection.slots_without(columns[i]));
        tally_column(columns[i], without, tallies[i]);
      } else {
        if (!all) all.emplace(selection.tab(), selection.slots());
        tally_column(columns[i], *all, tallies[i]);
      }
    }
  }
  std::vector<Facet> facets;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool keys = columns[i] == FacetColumn::status || columns[i] == FacetColumn::priority;
    if (keys || selections.size() > 1) unite(tallies[i], columns[i]);
    facets.push_back(facet_of(columns[i], std::move(tallies[i]), vocabulary));
  }
  return facets;
}

}  // namespace greffe
