#include "projections/lists/selection.h"

#include <algorithm>

namespace greffe {
namespace {

// A time's order is followed where it leaves less than this part of what else would be looked
// at: its slots come in no order of their own and are the slower to look at.
constexpr std::size_t span_advantage = 8;

std::vector<Slot> listed(const Roaring& bits) {
  std::vector<Slot> slots(bits.cardinality());
  bits.toUint32Array(slots.data());
  return slots;
}

}  // namespace

Selection::Selection(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary)
    : tab_(tab), criteria_(criteria_of(query, tab, vocabulary)) {}

bool Selection::empty() const {
  return criteria_.impossible || (!criteria_.terms.empty() && criteria_.terms.front().size == 0);
}

bool Selection::matches(Slot slot) const {
  for (const auto& term : criteria_.terms) {
    if (!term.has(slot)) return false;
  }
  for (const auto& range : criteria_.ranges) {
    if (!range.has(slot)) return false;
  }
  return true;
}

void Selection::prefetch(Slot slot) const {
  if (!criteria_.terms.empty()) {
    for (const auto& side : criteria_.terms.front().sides) side.prefetch(slot);
  } else if (!criteria_.ranges.empty()) {
    criteria_.ranges.front().column->prefetch(slot);
  }
}

double Selection::likely_share() const {
  double share = 1;
  const auto size = static_cast<double>(tab_.size());
  for (const auto& term : criteria_.terms) share *= std::min(1.0, static_cast<double>(term.size) / size);
  for (const auto& [column, from, before] : criteria_.ranges) {
    if (column->size_present() == 0) return 0;
    const auto end = column->first_from({absent_head, {}});
    const auto least = column->head(*column->begin()), most = column->head(*std::prev(end));
    if (from > most || before <= least) return 0;
    const auto width = static_cast<double>(std::min(before, most) - std::max(from, least));
    share *= (width + 1) / (static_cast<double>(most - least) + 1) * static_cast<double>(column->size_present()) / size;
  }
  return share;
}

bool Selection::allows(const KeyedColumn& column, Code code) const {
  return std::all_of(criteria_.terms.begin(), criteria_.terms.end(), [&](const Term& term) {
    if (term.sides.size() != 1 || term.sides.front().keyed != &column) return true;
    const auto& codes = term.sides.front().codes;
    return std::binary_search(codes.begin(), codes.end(), code);
  });
}

OrderedColumn::Span Selection::span_of(const OrderedColumn& column, std::optional<SortView> from,
                                       std::optional<SortView> up_to) const {
  const auto& ranges = criteria_.ranges;
  OrderedColumn::Span span{column.begin(), column.end()};
  const auto range =
      std::find_if(ranges.begin(), ranges.end(), [&](const TimeRange& r) { return r.column == &column; });
  const bool ranged = range != ranges.end();
  if (ranged && (!from || from->head < range->from)) {
    span.first = column.first_from({range->from, {}});
  } else if (from) {
    span.first = column.first_from(*from);
  }
  if (ranged && (!up_to || up_to->head >= range->before)) {
    span.last = column.first_from({range->before, {}});
  } else if (up_to) {
    span.last = column.first_after(*up_to);
  }
  // A cursor beyond the range leaves nothing; a span must not run backwards.
  const bool outside = ranged && ((from && from->head >= range->before) || (up_to && up_to->head < range->from));
  if (outside) span.first = span.last;
  return span;
}

std::optional<std::vector<Slot>> Selection::few(std::size_t few_max) const {
  if (criteria_.terms.empty() || criteria_.terms.front().size > few_max) return std::nullopt;
  const auto& term = criteria_.terms.front();
  std::vector<Slot> slots;
  slots.reserve(term.size);
  for (const auto& side : term.sides) {
    for (const Code code : side.codes) side.posting(code).for_each([&](Slot slot) { slots.push_back(slot); });
  }
  if (!term.alone()) {
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  }
  return slots;
}

std::optional<Roaring> Selection::bits(std::optional<FacetColumn> without) const {
  std::optional<Roaring> all;
  for (const auto& term : criteria_.terms) {
    if (without && term.filter_of == without) continue;
    const auto* alone = term.alone();
    const Roaring* ready = alone ? alone->bitmap() : nullptr;
    Roaring united;
    if (!ready) {
      term.add_to(united);
      ready = &united;
    }
    if (all) {
      *all &= *ready;
    } else {
      all = *ready;
    }
    if (all->isEmpty()) break;
  }
  return all;
}

std::optional<Selection::CountedSpan> Selection::span(std::size_t count_max) const {
  std::optional<CountedSpan> best;
  for (const auto& range : criteria_.ranges) {
    CountedSpan counted{{range.column->first_from({range.from, {}}), range.column->first_from({range.before, {}})}, 0};
    const std::size_t enough = best ? best->size : count_max;
    for (auto it = counted.span.first; it != counted.span.last && counted.size <= enough; ++it) ++counted.size;
    if (counted.size <= enough) best = counted;
  }
  return best;
}

bool Selection::filters(FacetColumn column) const {
  return std::any_of(criteria_.terms.begin(), criteria_.terms.end(),
                     [&](const Term& term) { return term.filter_of == column; });
}

std::uint64_t Selection::count() const {
  if (empty()) return 0;
  const auto& terms = criteria_.terms;
  if (criteria_.ranges.empty() && terms.empty()) return tab_.size();
  if (criteria_.ranges.empty() && terms.size() == 1 && terms.front().alone()) return terms.front().size;
  return slots().bits.cardinality();
}

SlotSet Selection::slots(std::optional<FacetColumn> without) const {
  if (criteria_.impossible) return {};
  auto all = bits(without);
  if (!criteria_.ranges.empty()) return {false, within_ranges(std::move(all))};
  if (all) return {false, std::move(*all)};
  return {true, {}};
}

Roaring Selection::within_ranges(std::optional<Roaring> among) const {
  std::vector<Slot> kept;
  const auto in_ranges = [&](Slot slot) {
    return std::all_of(criteria_.ranges.begin(), criteria_.ranges.end(),
                       [&](const TimeRange& range) { return range.has(slot); });
  };
  const std::size_t size = among ? among->cardinality() : tab_.size();
  if (const auto narrow = span(size / span_advantage)) {
    for (auto it = narrow->span.first; it != narrow->span.last; ++it) {
      if (in_ranges(*it)) kept.push_back(*it);
    }
    std::sort(kept.begin(), kept.end());
    Roaring bits(kept.size(), kept.data());
    if (among) bits &= *among;
    return bits;
  }
  for (const Slot slot : listed(among ? *among : tab_.slots())) {
    if (in_ranges(slot)) kept.push_back(slot);
  }
  return Roaring(kept.size(), kept.data());
}

}  // namespace greffe
