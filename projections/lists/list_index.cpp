#include "projections/lists/list_index.h"

#include <algorithm>

#include "events/check.h"
#include "projections/lists/cursor.h"
#include "projections/lists/page_walk.h"

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

bool is_mine(ListView view) { return view == ListView::mine_open || view == ListView::mine_closed; }

std::uint64_t count_mine(const TabIndex& tab, AgentId me) {
  const Posting* postings[2] = {nullptr, nullptr};
  std::uint64_t count = 0;
  for (const auto column : {KeyedBy::assignee, KeyedBy::creator}) {
    const auto code = tab.keyed(column).find(me.value);
    if (!code) continue;
    auto& posting = postings[column == KeyedBy::creator ? 1 : 0];
    posting = &tab.keyed(column).posting(*code);
    count += posting->size();
  }
  return postings[0] && postings[1] ? count - postings[0]->size_of_common(*postings[1]) : count;
}

template <class Tag>
Identity identity_of(const std::optional<Id<Tag>>& id) {
  return id ? id->value : absent_identity;
}

TicketKeys keys_of(const TicketRow& row, Vocabulary& vocabulary) {
  TicketKeys keys;
  keys.id = row.id.value;
  keys.number = collate(row.number);
  keys.title = collate(row.title.text);
  keys.opened_at = time_key(row.opened_at);
  keys.updated_at = time_key(row.updated_at);
  keys.closed_at = time_key(row.last_closed_at);
  const auto set = [&](KeyedBy column, Identity identity) {
    keys.identities[static_cast<std::size_t>(column)] = identity;
  };
  const auto& path = row.classification.category;
  set(KeyedBy::status, vocabulary.of_status(row.status));
  set(KeyedBy::priority, vocabulary.of_priority(row.priority));
  set(KeyedBy::assignee, identity_of(row.assignee));
  set(KeyedBy::team, identity_of(row.team));
  set(KeyedBy::contact, identity_of(row.party.contact));
  set(KeyedBy::organisation, identity_of(row.party.organisation));
  set(KeyedBy::category, vocabulary.of_path(path));
  set(KeyedBy::category_root, path.empty() ? absent_identity : vocabulary.of_text(path.front()));
  set(KeyedBy::request_type, vocabulary.of_text(row.classification.request_type));
  set(KeyedBy::group, vocabulary.of_text(row.classification.group));
  set(KeyedBy::kind, static_cast<Identity>(row.kind));
  set(KeyedBy::channel, static_cast<Identity>(row.channel));
  set(KeyedBy::creator, row.creator.kind == ActorKind::agent ? row.creator.id : absent_identity);
  return keys;
}

// The column that sorts by the names of such entries.
std::optional<KeyedBy> column_named_by(StreamKind kind) {
  switch (kind) {
    case StreamKind::agent: return KeyedBy::assignee;
    case StreamKind::team: return KeyedBy::team;
    case StreamKind::contact: return KeyedBy::contact;
    case StreamKind::organisation: return KeyedBy::organisation;
    case StreamKind::ticket:
    case StreamKind::settings: break;
  }
  return std::nullopt;
}

}  // namespace

struct ListIndex::Impl {
  explicit Impl(Tuning t) : tuning(t) {}

  const TabIndex& tab_of(ListView view) const {
    return view == ListView::closed || view == ListView::mine_closed ? closed : open;
  }

  Tuning tuning;
  Vocabulary vocabulary;
  TabIndex open, closed;
};

ListIndex::ListIndex() : ListIndex(Tuning{}) {}
ListIndex::ListIndex(Tuning tuning) : impl_(std::make_unique<Impl>(tuning)) {}
ListIndex::ListIndex(ListIndex&&) noexcept = default;
ListIndex& ListIndex::operator=(ListIndex&&) noexcept = default;
ListIndex::~ListIndex() = default;

void ListIndex::put(const TicketRow& row) {
  const bool open = is_open(row.status.category);
  if (!open && row.status.category != Category::closed) return erase(row.id);
  auto& other = open ? impl_->closed : impl_->open;
  other.erase(row.id.value);
  (open ? impl_->open : impl_->closed).put(keys_of(row, impl_->vocabulary), impl_->vocabulary);
}

void ListIndex::erase(TicketId id) {
  if (!impl_->open.erase(id.value)) impl_->closed.erase(id.value);
}

void ListIndex::name(StreamId entry, std::string_view display_name) {
  const auto column = column_named_by(entry.kind);
  if (!column) return;
  impl_->vocabulary.name(entry, display_name);
  impl_->open.rekey(*column, entry.id, impl_->vocabulary);
  impl_->closed.rekey(*column, entry.id, impl_->vocabulary);
}

Result<ListIds, BadCursor> ListIndex::query(const ListQuery& query) const {
  GREFFE_CHECK(query.limit >= 1 && query.limit <= list_limit_max, "the caller checks the limit");
  GREFFE_CHECK(query.sort.size() <= list_sort_keys_max, "the caller checks the sort keys");
  GREFFE_CHECK(query.me || !is_mine(query.view), "the caller says whose list it is");
  const auto& tab = impl_->tab_of(query.view);
  const auto sort = sort_of(query);
  std::vector<Level> levels;
  for (const auto& key : sort) levels.push_back(level_of(tab, key));
  levels.push_back({&tab.ordered(OrderedBy::id), nullptr, false});
  std::vector<ValueForm> forms;
  for (const auto& level : levels) forms.push_back(form_of(level));
  const auto mark = fingerprint(query, sort);

  std::vector<SortValue> after;
  if (!query.cursor.empty()) {
    auto decoded = decode_cursor(query.cursor, mark, forms);
    if (!decoded || decoded->back().head == absent_head) return fail(BadCursor{});
    after = std::move(*decoded);
  }
  const Selection selection(query, tab, impl_->vocabulary);
  PageWalk walk(tab, selection, levels, after, {impl_->tuning.few_max, impl_->tuning.hopeful_steps});
  // One more than the page holds tells whether there is another page.
  auto slots = walk.run(query.limit + 1);

  ListIds page;
  const bool more = slots.size() > query.limit;
  if (more) slots.pop_back();
  for (const Slot slot : slots) page.ids.push_back({tab.ordered(OrderedBy::id).head(slot)});
  if (more) {
    std::vector<SortValue> values;
    for (const auto& level : levels) {
      const auto value = level.value(slots.back());
      values.push_back({value.head, std::string(value.rest)});
    }
    page.next_cursor = encode_cursor(mark, forms, values);
  }
  return page;
}

ListCounts ListIndex::counts(std::optional<AgentId> me) const {
  ListCounts counts{impl_->open.size(), impl_->closed.size()};
  const auto& assignees = impl_->open.keyed(KeyedBy::assignee);
  if (const auto nobody = assignees.find(absent_identity)) counts.unassigned = assignees.posting(*nobody).size();
  if (me) {
    counts.mine_open = count_mine(impl_->open, *me);
    counts.mine_closed = count_mine(impl_->closed, *me);
  }
  return counts;
}

std::size_t ListIndex::size() const { return impl_->open.size() + impl_->closed.size(); }

std::size_t ListIndex::memory_bytes() const {
  return impl_->vocabulary.bytes() + impl_->open.bytes() + impl_->closed.bytes();
}

}  // namespace greffe
