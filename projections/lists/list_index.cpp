#include "projections/lists/list_index.h"

#include <algorithm>

#include "events/check.h"
#include "projections/lists/cursor.h"
#include "projections/lists/facets.h"
#include "projections/lists/page_walk.h"
#include "projections/lists/ticket_keys.h"

namespace greffe {
namespace {

Level level_of(const TabIndex& tab, SortKey key) {
  const auto ordered = [&](OrderedBy column) { return Level{&tab.ordered(column), nullptr, key.descending}; };
  const auto keyed = [&](KeyedBy column) { return Level{nullptr, &tab.keyed(column), key.descending}; };
  switch (key.column) {
    case SortColumn::number: return ordered(OrderedBy::number);
    case SortColumn::title: return ordered(OrderedBy::title);
    case SortColumn::opened_at: return ordered(OrderedBy::opened_at);
    case SortColumn::updated_at: return ordered(OrderedBy::updated_at);
    case SortColumn::closed_at: return ordered(OrderedBy::closed_at);
    case SortColumn::status: return keyed(KeyedBy::status);
    case SortColumn::priority: return keyed(KeyedBy::priority);
    case SortColumn::assignee: return keyed(KeyedBy::assignee);
    case SortColumn::team: return keyed(KeyedBy::team);
    case SortColumn::contact: return keyed(KeyedBy::contact);
    case SortColumn::organisation: return keyed(KeyedBy::organisation);
    case SortColumn::category: return keyed(KeyedBy::category);
    case SortColumn::due_at: return ordered(OrderedBy::due_at);
    case SortColumn::estimated_resolution_at: return ordered(OrderedBy::estimated_resolution_at);
    case SortColumn::origin: return keyed(KeyedBy::origin);
  }
  check_failed(__FILE__, __LINE__, "key.column", "no such sort column");
}

ValueForm form_of(const Level& level) {
  if (level.keyed) return ValueForm::key;
  return level.ordered->kind() == OrderedColumn::Kind::texts ? ValueForm::text : ValueForm::number;
}

// The query's sort with its default, each column once: a second time it cannot decide.
std::vector<SortKey> sort_of(const ListQuery& query) {
  std::vector<SortKey> sort;
  for (const auto& key : query.sort) {
    const bool again = std::any_of(sort.begin(), sort.end(), [&](SortKey k) { return k.column == key.column; });
    if (!again) sort.push_back(key);
  }
  if (sort.empty()) sort.push_back({SortColumn::opened_at, true});
  return sort;
}

// The column that sorts by the names of such entries.
std::optional<KeyedBy> column_named_by(StreamKind kind) {
  switch (kind) {
    case StreamKind::agent: return KeyedBy::assignee;
    case StreamKind::team: return KeyedBy::team;
    case StreamKind::contact: return KeyedBy::contact;
    case StreamKind::organisation: return KeyedBy::organisation;
    case StreamKind::ticket:
    case StreamKind::settings:
    case StreamKind::canned_reply:
    case StreamKind::text_template:
    case StreamKind::context:
    case StreamKind::saved_view:
    case StreamKind::contract: break;
  }
  return std::nullopt;
}

enum class Tab : std::uint8_t { open, closed, merged, deleted };
constexpr std::size_t tab_count = 4;

Tab tab_of(Category category) {
  switch (category) {
    case Category::closed: return Tab::closed;
    case Category::merged: return Tab::merged;
    case Category::deleted: return Tab::deleted;
    case Category::fresh:
    case Category::open:
    case Category::pending:
    case Category::on_hold: break;
  }
  return Tab::open;
}

std::vector<Tab> tabs_of(ListView view) {
  switch (view) {
    case ListView::all: return {Tab::open, Tab::closed};
    case ListView::closed:
    case ListView::mine_closed: return {Tab::closed};
    case ListView::merged: return {Tab::merged};
    case ListView::deleted: return {Tab::deleted};
    case ListView::open:
    case ListView::mine_open:
    case ListView::unassigned:
    case ListView::team_open: break;
  }
  return {Tab::open};
}

// Tickets of one tab in the wanted order, and the levels of that order there.
struct TabPage {
  std::vector<Level> levels;  // the last one is the id
  std::vector<Slot> slots;
  std::size_t next = 0;

  bool at_end() const { return next == slots.size(); }
  SortView value(const Level& level) const { return level.value(slots[next]); }
};

// Whether the next ticket of `a` comes before that of `b`.
bool is_before(const TabPage& a, const TabPage& b) {
  for (std::size_t i = 0; i < a.levels.size(); ++i) {
    const int c = compare(a.value(a.levels[i]), b.value(b.levels[i]));
    if (c != 0) return (c < 0) != a.levels[i].descending;
  }
  return false;
}

TabPage* first_of(std::vector<TabPage>& pages) {
  TabPage* first = nullptr;
  for (auto& page : pages) {
    if (!page.at_end() && (!first || is_before(page, *first))) first = &page;
  }
  return first;
}

std::vector<Level> levels_of(const TabIndex& tab, const std::vector<SortKey>& sort) {
  std::vector<Level> levels;
  for (const auto& key : sort) levels.push_back(level_of(tab, key));
  levels.push_back({&tab.ordered(OrderedBy::id), nullptr, false});
  return levels;
}

std::vector<SortValue> values_of(const TabPage& page) {
  std::vector<SortValue> values;
  for (const auto& level : page.levels) {
    const auto value = page.value(level);
    values.push_back({value.head, std::string(value.rest)});
  }
  return values;
}

}  // namespace

struct ListIndex::Impl {
  explicit Impl(Tuning t) : tuning(t) {}

  TabIndex& tab(Tab which) { return tabs[static_cast<std::size_t>(which)]; }
  const TabIndex& tab(Tab which) const { return tabs[static_cast<std::size_t>(which)]; }
  std::vector<Selection> selections(const ListQuery& query) const;

  Tuning tuning;
  Vocabulary vocabulary;
  std::array<TabIndex, tab_count> tabs;
};

std::vector<Selection> ListIndex::Impl::selections(const ListQuery& query) const {
  GREFFE_CHECK(query.me || !is_mine(query.view), "the caller says whose list it is");
  std::vector<Selection> made;
  for (const auto which : tabs_of(query.view)) made.emplace_back(query, tab(which), vocabulary);
  return made;
}

ListIndex::ListIndex() : ListIndex(Tuning{}) {}
ListIndex::ListIndex(Tuning tuning) : impl_(std::make_unique<Impl>(tuning)) {}
ListIndex::ListIndex(ListIndex&&) noexcept = default;
ListIndex& ListIndex::operator=(ListIndex&&) noexcept = default;
ListIndex::~ListIndex() = default;

void ListIndex::put(const TicketRow& row) {
  auto& tab = impl_->tab(tab_of(row.status.category));
  for (auto& other : impl_->tabs) {
    if (&other != &tab) other.erase(row.id.value);
  }
  tab.put(keys_of(row, impl_->vocabulary), impl_->vocabulary);
}

void ListIndex::erase(TicketId id) {
  for (auto& tab : impl_->tabs) {
    if (tab.erase(id.value)) return;
  }
}

void ListIndex::name(StreamId entry, std::string_view display_name) {
  const auto column = column_named_by(entry.kind);
  if (!column) return;
  impl_->vocabulary.name(entry, display_name);
  for (auto& tab : impl_->tabs) tab.rekey(*column, entry.id, impl_->vocabulary);
}

void ListIndex::rank(const PrioritiesDefined& defined) {
  const auto& priorities = defined.priorities;
  for (std::uint32_t rank = 0; rank < priorities.size(); ++rank) {
    const auto& key = priorities[rank].key;
    impl_->vocabulary.rank(key, rank);
    for (auto& tab : impl_->tabs) tab.rerank({key, rank}, impl_->vocabulary);
  }
}

Result<ListIds, BadCursor> ListIndex::query(const ListQuery& query) const {
  GREFFE_CHECK(query.limit >= 1 && query.limit <= list_limit_max, "the caller checks the limit");
  GREFFE_CHECK(query.sort.size() <= list_sort_keys_max, "the caller checks the sort keys");
  const auto selections = impl_->selections(query);
  const auto sort = sort_of(query);
  std::vector<ValueForm> forms;
  for (const auto& level : levels_of(selections.front().tab(), sort)) forms.push_back(form_of(level));
  const auto mark = fingerprint(query, sort);

  std::vector<SortValue> after;
  if (!query.cursor.empty()) {
    auto decoded = decode_cursor(query.cursor, mark, forms);
    if (!decoded || decoded->back().head == absent_head) return fail(BadCursor{});
    after = std::move(*decoded);
  }
  std::vector<TabPage> pages;
  for (const auto& selection : selections) {
    TabPage page{levels_of(selection.tab(), sort), {}};
    PageWalk walk(selection.tab(), selection, page.levels, after, {impl_->tuning.few_max, impl_->tuning.hopeful_steps});
    // One more than the page holds tells whether there is another page.
    page.slots = walk.run(query.limit + 1);
    pages.push_back(std::move(page));
  }

  ListIds list;
  for (auto* page = first_of(pages); page && list.ids.size() < query.limit; page = first_of(pages)) {
    list.ids.push_back({page->value(page->levels.back()).head});
    auto last = list.ids.size() == query.limit ? values_of(*page) : std::vector<SortValue>();
    ++page->next;
    if (!last.empty() && first_of(pages)) list.next_cursor = encode_cursor(mark, forms, last);
  }
  return list;
}

std::uint64_t ListIndex::count(const ListQuery& query) const {
  std::uint64_t count = 0;
  for (const auto& selection : impl_->selections(query)) count += selection.count();
  return count;
}

ListCounts ListIndex::counts(ListQuery query) const {
  const auto of = [&](ListView view) {
    query.view = view;
    return is_mine(view) && !query.me ? 0 : count(query);
  };
  ListCounts counts;
  counts.open = of(ListView::open);
  counts.closed = of(ListView::closed);
  counts.all = counts.open + counts.closed;
  counts.unassigned = of(ListView::unassigned);
  counts.mine_open = of(ListView::mine_open);
  counts.mine_closed = of(ListView::mine_closed);
  counts.team_open = of(ListView::team_open);
  counts.merged = of(ListView::merged);
  counts.deleted = of(ListView::deleted);
  return counts;
}

std::vector<Facet> ListIndex::facets(const ListQuery& query, std::span<const FacetColumn> columns) const {
  return facets_of(impl_->selections(query), impl_->vocabulary, columns);
}

std::size_t ListIndex::size() const {
  std::size_t size = 0;
  for (const auto& tab : impl_->tabs) size += tab.size();
  return size;
}

std::size_t ListIndex::memory_bytes() const {
  std::size_t bytes = impl_->vocabulary.bytes();
  for (const auto& tab : impl_->tabs) bytes += tab.bytes();
  return bytes;
}

}  // namespace greffe
