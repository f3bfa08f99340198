#include "projections/lists/selection.h"

#include <algorithm>

namespace greffe {
namespace {

Identity identity_of(TicketKind kind) { return static_cast<Identity>(kind); }
Identity identity_of(Channel channel) { return static_cast<Identity>(channel); }
template <class Tag>
Identity identity_of(Id<Tag> id) {
  return id.value;
}

}  // namespace

Selection::Selection(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary)
    : tab_(tab), vocabulary_(vocabulary) {
  const auto& f = query.filters;
  add_view(query);
  add_keys(KeyedBy::status, f.status, Vocabulary::is_status_of);
  add_keys(KeyedBy::priority, f.priority, Vocabulary::is_priority_of);
  add_values(KeyedBy::assignee, f.assignee);
  add_values(KeyedBy::team, f.team);
  add_values(KeyedBy::contact, f.contact);
  add_values(KeyedBy::organisation, f.organisation);
  add_values(KeyedBy::kind, f.kind);
  add_values(KeyedBy::channel, f.channel);
  add_texts(KeyedBy::category_root, f.category);
  add_texts(KeyedBy::request_type, f.request_type);
  add_texts(KeyedBy::group, f.group);
  add_range(OrderedBy::opened_at, f.opened_from, f.opened_before);
  add_range(OrderedBy::updated_at, f.updated_from, f.updated_before);
  std::sort(terms_.begin(), terms_.end(), [](const Term& a, const Term& b) { return a.size < b.size; });
}

void Selection::add_view(const ListQuery& query) {
  if (query.view == ListView::unassigned) {
    const auto code = tab_.keyed(KeyedBy::assignee).find(absent_identity);
    add_codes(KeyedBy::assignee, code ? std::vector{*code} : std::vector<Code>{});
  }
  if (query.view != ListView::mine_open && query.view != ListView::mine_closed) return;
  Term term;
  for (const auto column : {KeyedBy::assignee, KeyedBy::creator}) {
    const auto code = tab_.keyed(column).find(query.me->value);
    if (code) term.sides.push_back({&tab_.keyed(column), {*code}});
  }
  add_term(std::move(term));
}

void Selection::add_texts(KeyedBy column, const std::vector<std::string>& values) {
  if (values.empty()) return;
  std::vector<Code> codes;
  for (const auto& value : values) {
    const auto identity = value.empty() ? std::optional(absent_identity) : vocabulary_.find_text(value);
    const auto code = identity ? tab_.keyed(column).find(*identity) : std::nullopt;
    if (code) codes.push_back(*code);
  }
  add_codes(column, std::move(codes));
}

// A key may stand in several values: with each category or rank that it ever had.
void Selection::add_keys(KeyedBy column, const std::vector<std::string>& values, bool (*has_key)(Identity, Identity)) {
  if (values.empty()) return;
  std::vector<Code> codes;
  for (const auto& value : values) {
    const auto key = vocabulary_.find_text(value);
    if (!key) continue;
    for (const Code code : tab_.keyed(column)) {
      if (has_key(tab_.keyed(column).identity(code), *key)) codes.push_back(code);
    }
  }
  add_codes(column, std::move(codes));
}

template <class Values>
void Selection::add_values(KeyedBy column, const Values& values) {
  if (values.empty()) return;
  std::vector<Code> codes;
  for (const auto& value : values) {
    const auto identity = identity_of(value);
    const auto code = identity == absent_identity ? std::nullopt : tab_.keyed(column).find(identity);
    if (code) codes.push_back(*code);
  }
  add_codes(column, std::move(codes));
}

void Selection::add_range(OrderedBy column, std::optional<Instant> from, std::optional<Instant> before) {
  if (!from && !before) return;
  ranges_.push_back({&tab_.ordered(column), from ? time_key(from) : 0, time_key(before)});
  if (ranges_.back().from >= ranges_.back().before) empty_ = true;
}

void Selection::add_codes(KeyedBy column, std::vector<Code> codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  Term term;
  if (!codes.empty()) term.sides.push_back({&tab_.keyed(column), std::move(codes)});
  add_term(std::move(term));
}

void Selection::add_term(Term term) {
  if (term.sides.empty()) empty_ = true;
  for (const auto& side : term.sides) {
    for (const Code code : side.codes) term.size += side.column->posting(code).size();
  }
  terms_.push_back(std::move(term));
}

bool Selection::Side::has(Slot slot) const {
  const Code code = column->code(slot);
  if (codes.size() == 1) return codes.front() == code;
  return std::binary_search(codes.begin(), codes.end(), code);
}

bool Selection::Term::has(Slot slot) const {
  return std::any_of(sides.begin(), sides.end(), [&](const Side& side) { return side.has(slot); });
}

bool Selection::matches(Slot slot) const {
  for (const auto& term : terms_) {
    if (!term.has(slot)) return false;
  }
  for (const auto& range : ranges_) {
    const auto head = range.column->head(slot);
    if (head < range.from || head >= range.before) return false;
  }
  return true;
}

void Selection::prefetch(Slot slot) const {
  if (!terms_.empty()) {
    for (const auto& side : terms_.front().sides) side.column->prefetch(slot);
  } else if (!ranges_.empty()) {
    ranges_.front().column->prefetch(slot);
  }
}

double Selection::likely_share() const {
  double share = 1;
  for (const auto& term : terms_) share *= static_cast<double>(term.size) / static_cast<double>(tab_.size());
  for (const auto& [column, from, before] : ranges_) {
    const auto least = column->head(*column->begin()), most = column->head(*std::prev(column->end()));
    if (from > most || before <= least) return 0;
    const auto width = static_cast<double>(std::min(before, most) - std::max(from, least));
    share *= (width + 1) / (static_cast<double>(most - least) + 1);
  }
  return share;
}

bool Selection::allows(const KeyedColumn& column, Code code) const {
  return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) {
    if (term.sides.size() != 1 || term.sides.front().column != &column) return true;
    const auto& codes = term.sides.front().codes;
    return std::binary_search(codes.begin(), codes.end(), code);
  });
}

OrderedColumn::Span Selection::span_of(const OrderedColumn& column, std::optional<SortView> from,
                                       std::optional<SortView> up_to) const {
  OrderedColumn::Span span{column.begin(), column.end()};
  const auto range = std::find_if(ranges_.begin(), ranges_.end(), [&](const Range& r) { return r.column == &column; });
  const bool ranged = range != ranges_.end();
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
  if (terms_.empty() || terms_.front().size > few_max) return std::nullopt;
  std::vector<Slot> slots;
  slots.reserve(terms_.front().size);
  for (const auto& side : terms_.front().sides) {
    for (const Code code : side.codes) side.column->posting(code).for_each([&](Slot slot) { slots.push_back(slot); });
  }
  if (terms_.front().sides.size() > 1) {
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  }
  return slots;
}

std::optional<Roaring> Selection::bits() const {
  std::optional<Roaring> all;
  for (const auto& term : terms_) {
    const auto& first = term.sides.front();
    const Roaring* ready = nullptr;
    if (term.sides.size() == 1 && first.codes.size() == 1) ready = first.column->posting(first.codes.front()).bitmap();
    Roaring united;
    if (!ready) {
      for (const auto& side : term.sides) {
        for (const Code code : side.codes) side.column->posting(code).add_to(united);
      }
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
  for (const auto& range : ranges_) {
    CountedSpan counted{{range.column->first_from({range.from, {}}), range.column->first_from({range.before, {}})}, 0};
    const std::size_t enough = best ? best->size : count_max;
    for (auto it = counted.span.first; it != counted.span.last && counted.size <= enough; ++it) ++counted.size;
    if (counted.size <= enough) best = counted;
  }
  return best;
}

}  // namespace greffe
