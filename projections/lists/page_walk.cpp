#include "projections/lists/page_walk.h"

#include <algorithm>

namespace greffe {
namespace {

// How far before its test a slot's values are asked from memory.
constexpr int steps_ahead = 8;

}  // namespace

int Level::compare(Slot a, Slot b) const {
  const int c = ordered ? ordered->compare(a, b) : keyed->compare(a, b);
  return descending ? -c : c;
}

int Level::compare(Slot slot, SortView view) const {
  const int c = ordered ? ordered->compare(slot, view) : keyed->compare(slot, view);
  return descending ? -c : c;
}

// The best slots seen so far, at most `room` of them: a heap with the worst on top.
class PageWalk::Best {
 public:
  Best(std::span<const Level> levels, std::size_t room) : levels_(levels), room_(room) { heap_.reserve(room); }

  // Cheap, from the head of the first column alone: most slots end here.
  bool hopeless(Slot slot) const { return heap_.size() == room_ && head_of_slot(slot) > heap_.front().head; }

  void offer(Slot slot) {
    const Entry entry{head_of_slot(slot), slot};
    const auto before = [this](const Entry& a, const Entry& b) { return is_before(a, b); };
    if (heap_.size() == room_) {
      if (!is_before(entry, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), before);
      heap_.pop_back();
    }
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), before);
  }

  void append_to(std::vector<Slot>& out) {
    std::sort_heap(heap_.begin(), heap_.end(), [this](const Entry& a, const Entry& b) { return is_before(a, b); });
    for (const auto& entry : heap_) out.push_back(entry.slot);
  }

 private:
  struct Entry {
    std::uint64_t head;  // turned round if descending
    Slot slot;
  };
  std::uint64_t head_of_slot(Slot slot) const {
    const auto head = levels_.front().head(slot);
    return levels_.front().descending ? ~head : head;
  }
  bool is_before(const Entry& a, const Entry& b) const {
    if (a.head != b.head) return a.head < b.head;
    for (const auto& level : levels_) {
      const int c = level.compare(a.slot, b.slot);
      if (c != 0) return c < 0;
    }
    return false;
  }

  std::span<const Level> levels_;
  std::size_t room_;
  std::vector<Entry> heap_;
};

PageWalk::PageWalk(const TabIndex& tab, const Selection& selection, std::span<const Level> levels,
                   std::span<const SortValue> after, Limits limits)
    : tab_(tab), selection_(selection), levels_(levels), after_(after), limits_(limits) {}

bool PageWalk::Budget::take(std::size_t steps) {
  const bool enough = steps <= left;
  left -= std::min(steps, left);
  return enough;
}

std::vector<Slot> PageWalk::run(std::size_t wanted) {
  wanted_ = wanted;
  page_.clear();
  if (selection_.empty() || tab_.size() == 0) return {};
  const bool tight = !after_.empty();
  if (const auto few = selection_.few(limits_.few_max)) {
    gather(0, tight, Scope{{}, nullptr, *few, few->size()});
    return std::move(page_);
  }
  const auto& ids = tab_.ordered(OrderedBy::id);
  const Scope all{OrderedColumn::Span{ids.begin(), ids.end()}, nullptr, {}, ids.size()};
  const auto likely_steps = static_cast<double>(wanted) / selection_.likely_share();
  if (2 * likely_steps <= static_cast<double>(limits_.hopeful_steps)) {
    Budget hope{limits_.hopeful_steps};
    if (collect(0, all, tight, &hope)) return std::move(page_);
    page_.clear();
    inside_.clear();
  }
  std::optional<Roaring> bits;
  collect(0, narrow(bits), tight, nullptr);
  return std::move(page_);
}

PageWalk::Scope PageWalk::narrow(std::optional<Roaring>& bits) const {
  const auto& ids = tab_.ordered(OrderedBy::id);
  Scope scope{OrderedColumn::Span{ids.begin(), ids.end()}, nullptr, {}, ids.size()};
  bits = selection_.bits();
  if (bits) scope = {{}, &*bits, {}, bits->cardinality()};
  // Counting costs a step a slot, hence the bound.
  const auto span = selection_.span(std::min(scope.size, limits_.few_max * 16));
  if (span && span->size < scope.size) scope = {span->span, nullptr, {}, span->size};
  return scope;
}

bool PageWalk::matches(Slot slot) const {
  for (const auto& [level, like, code] : inside_) {
    if (level->ordered ? level->ordered->compare(slot, like) != 0 : level->keyed->code(slot) != code) return false;
  }
  return selection_.matches(slot);
}

bool PageWalk::is_after(Slot slot, std::size_t level) const {
  for (; level < levels_.size(); ++level) {
    const int c = levels_[level].compare(slot, after_[level].view());
    if (c != 0) return c > 0;
  }
  return false;
}

template <class Each>
void PageWalk::keep_best(std::size_t level, bool tight, Each&& each) {
  if (full()) return;
  Best best(levels_.subspan(level), wanted_ - page_.size());
  each([&](Slot slot) {
    if (best.hopeless(slot) || !matches(slot) || (tight && !is_after(slot, level))) return;
    best.offer(slot);
  });
  best.append_to(page_);
}

void PageWalk::gather(std::size_t level, bool tight, const Scope& scope) {
  keep_best(level, tight, [&](auto&& look) {
    if (scope.bits) {
      for (const Slot slot : *scope.bits) look(slot);
    } else if (scope.span) {
      for (auto it = scope.span->first; it != scope.span->last; ++it) look(*it);
    } else {
      for (const Slot slot : scope.list) look(slot);
    }
  });
}

bool PageWalk::collect(std::size_t level, const Scope& scope, bool tight, Budget* hope) {
  if (hope) return walk(level, scope, tight, *hope, hope);
  const auto begun = page_.size();
  const auto depth = inside_.size();
  Budget budget{scope.size};
  if (scope.size > limits_.few_max && walk(level, scope, tight, budget, nullptr)) return true;
  page_.resize(begun);
  inside_.resize(depth);
  gather(level, tight, scope);
  return true;
}

bool PageWalk::walk(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope) {
  if (levels_[level].keyed) return walk_values(level, scope, tight, budget, hope);
  return levels_[level].descending ? walk_down(level, scope, tight, budget, hope)
                                   : walk_up(level, scope, tight, budget, hope);
}

// Slots that already stand in the wanted order, all of them after the cursor.
bool PageWalk::walk_ids(OrderedColumn::Span span, Budget& budget) {
  auto ahead = span.first;
  for (int i = 0; i < steps_ahead && ahead != span.last; ++i) ++ahead;
  for (auto it = span.first; it != span.last && !full(); ++it) {
    if (!budget.take(1)) return false;
    if (ahead != span.last) selection_.prefetch(*ahead++);
    if (matches(*it)) page_.push_back(*it);
  }
  return true;
}

bool PageWalk::walk_up(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope) {
  const auto& column = *levels_[level].ordered;
  const bool id_level = level + 1 == levels_.size();
  const auto from = tight ? std::optional(after_[level].view()) : std::nullopt;
  const auto span = selection_.span_of(column, from, std::nullopt);
  auto it = span.first;
  const auto last = span.last;
  if (id_level || last_but_id(level)) {
    // Equal values stand by id already, so the walk can begin right behind the cursor.
    if (from && it != last && column.compare(*it, *from) == 0) it = column.first_from(*from, after_.back().head + 1);
    return walk_ids({it, last}, budget);
  }
  auto ahead = it;
  for (int i = 0; i < steps_ahead && ahead != last; ++i) ++ahead;
  while (it != last && !full()) {
    if (!budget.take(1)) return false;
    if (ahead != last) selection_.prefetch(*ahead++);
    if (!matches(*it)) {
      ++it;
      continue;
    }
    const auto group = group_of(column, span, it);
    const bool group_tight = from && column.compare(*it, *from) == 0;
    it = group.last;
    if (!equal_group(level, group, scope, group_tight, budget, hope)) return false;
  }
  return true;
}

bool PageWalk::walk_down(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope) {
  const auto& column = *levels_[level].ordered;
  const auto up_to = tight ? std::optional(after_[level].view()) : std::nullopt;
  const auto span = selection_.span_of(column, std::nullopt, up_to);
  auto ahead = span.last;
  for (int i = 0; i < steps_ahead && ahead != span.first; ++i) --ahead;
  for (auto end = span.last; end != span.first && !full();) {
    if (!budget.take(1)) return false;
    if (ahead != span.first) selection_.prefetch(*--ahead);
    const auto it = std::prev(end);
    end = it;
    if (!matches(*it)) continue;
    const auto group = group_of(column, span, it);
    const bool group_tight = up_to && column.compare(*it, *up_to) == 0;
    end = group.first;
    if (!equal_group(level, group, scope, group_tight, budget, hope)) return false;
  }
  return true;
}

// All slots of the span with the same value as the one at `it`. Most often it is alone.
OrderedColumn::Span PageWalk::group_of(const OrderedColumn& column, OrderedColumn::Span span,
                                       OrderedColumn::Iterator it) const {
  OrderedColumn::Span group{it, std::next(it)};
  if (it != span.first && column.compare(*std::prev(it), *it) == 0) group.first = column.first_from(column.value(*it));
  if (group.last != span.last && column.compare(*group.last, *it) == 0) {
    group.last = column.first_after(column.value(*it));
  }
  return group;
}

// Slots that are equal in the level's column, by id.
bool PageWalk::equal_group(std::size_t level, OrderedColumn::Span group, const Scope& scope, bool tight, Budget& budget,
                           Budget* hope) {
  const auto& column = *levels_[level].ordered;
  if (std::next(group.first) == group.last) {
    const Slot slot = *group.first;
    if (matches(slot) && !(tight && !is_after(slot, level + 1))) page_.push_back(slot);
    return true;
  }
  if (last_but_id(level)) {
    if (tight) group.first = column.first_from(after_[level].view(), after_.back().head + 1);
    return walk_ids(group, budget);
  }
  std::vector<Slot> few;
  auto it = group.first;
  for (; it != group.last && few.size() < limits_.few_max; ++it) few.push_back(*it);
  if (it == group.last) {
    if (!budget.take(few.size())) return false;
    keep_best(level + 1, tight, [&](auto&& look) { std::for_each(few.begin(), few.end(), look); });
    return true;
  }
  inside_.push_back({&levels_[level], *group.first, 0});
  const Scope within = scope.bits ? scope : Scope{group, nullptr, {}, scope.size};
  const bool done = collect(level + 1, within, tight, hope);
  if (done) inside_.pop_back();
  return done;
}

bool PageWalk::walk_values(std::size_t level, const Scope& scope, bool tight, Budget& budget, Budget* hope) {
  const auto& column = *levels_[level].keyed;
  const auto from = tight ? std::optional(after_[level].view()) : std::nullopt;
  const auto visit = [&](KeyedColumn::Code code) {
    if (!budget.take(1)) return false;
    if (!selection_.allows(column, code)) return true;
    const bool group_tight = from && greffe::compare(column.key(code), *from) == 0;
    return value_group(level, code, scope, group_tight, budget, hope);
  };
  if (!levels_[level].descending) {
    for (auto it = from ? column.first_from(*from) : column.begin(); it != column.end() && !full(); ++it) {
      if (!visit(*it)) return false;
    }
    return true;
  }
  for (auto it = from ? column.first_after(*from) : column.end(); it != column.begin() && !full();) {
    if (!visit(*--it)) return false;
  }
  return true;
}

bool PageWalk::value_group(std::size_t level, KeyedColumn::Code code, const Scope& scope, bool tight, Budget& budget,
                           Budget* hope) {
  const auto& posting = levels_[level].keyed->posting(code);
  if (posting.size() <= limits_.few_max) {
    if (!budget.take(posting.size())) return false;
    keep_best(level + 1, tight, [&](auto&& look) { posting.for_each(look); });
    return true;
  }
  inside_.push_back({&levels_[level], 0, code});
  Scope within = scope;
  Roaring common;
  if (!hope && posting.bitmap()) {
    if (scope.bits) {
      common = *scope.bits & *posting.bitmap();
      within = {{}, &common, {}, common.cardinality()};
    } else if (posting.size() < scope.size) {
      within = {{}, posting.bitmap(), {}, posting.size()};
    }
  }
  const bool done = collect(level + 1, within, tight, hope);
  if (done) inside_.pop_back();
  return done;
}

}  // namespace greffe
