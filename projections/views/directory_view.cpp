#include "projections/views/directory_view.h"

#include "events/result.h"

namespace greffe {
namespace {

constexpr std::size_t contacts_bytes_max = 64 * 1024 * 1024;
constexpr std::size_t organisations_bytes_max = 16 * 1024 * 1024;
constexpr std::size_t agents_bytes_max = 8 * 1024 * 1024;

template <class Row>
constexpr std::string_view prefix_of() {
  if constexpr (std::is_same_v<Row, ContactRow>) return "c";
  else if constexpr (std::is_same_v<Row, OrganisationRow>) return "o";
  else if constexpr (std::is_same_v<Row, AgentRow>) return "a";
  else return "t";
}

const std::string& name_in(const Personal& name) { return name.text; }
const std::string& name_in(const std::string& name) { return name; }

template <class Row>
const std::string& name_of_row(const Row& row) {
  return name_in(row.details.display_name);
}

// The lists of the name index, beside the rows' own prefixes.
constexpr std::string_view assignable_list = "S";
template <class Row>
constexpr std::string_view list_of() {
  if constexpr (std::is_same_v<Row, ContactRow>) return "C";
  else if constexpr (std::is_same_v<Row, OrganisationRow>) return "O";
  else return "A";
}

// Where the entry is found: nowhere unless it is active.
template <class Row>
std::vector<std::string> keys_of(const Row* row) {
  if (row == nullptr || !row->active) return {};
  auto keys = name_keys(list_of<Row>(), name_of_row(*row), row->id.value);
  if constexpr (std::is_same_v<Row, AgentRow>) {
    if (!row->details.assignable) return keys;
    auto assignable = name_keys(assignable_list, name_of_row(*row), row->id.value);
    keys.insert(keys.end(), assignable.begin(), assignable.end());
  }
  return keys;
}

template <class Row>
void each_published(const RowTable<Row>& table, const DirectoryView::OnName& f) {
  for (const auto& [id, row] : table.published()) f(stream_of(row->id), name_of_row(*row));
}

template <class Row>
void each_stored(const RowSource& rows, Family family, const DirectoryView::OnName& f) {
  for (const auto scan = rows.scan(family, prefix_of<Row>()); scan->next();) {
    const auto row = decode_row<Row>(scan->value());
    f(stream_of(row.id), name_of_row(row));
  }
}

}  // namespace

DirectoryView::DirectoryView(const RowSource& newest, Family family)
    : family_(family),
      contacts_(newest, family, prefix_of<ContactRow>(), contacts_bytes_max),
      organisations_(newest, family, prefix_of<OrganisationRow>(), organisations_bytes_max),
      agents_(newest, family, prefix_of<AgentRow>(), agents_bytes_max),
      teams_(newest, family, prefix_of<TeamRow>(), agents_bytes_max) {}

template <class Row, class AggregateEvent>
void DirectoryView::fold_named(RowTable<Row>& table, const Record& record, const AggregateEvent& event) {
  const bool created = event.index() == entry_created;
  const auto before = keys_of(created ? nullptr : table.find(record.envelope.stream_id));
  const auto now = keys_of(&fold_entry(table, record.envelope, event));
  if (before != now) names_.move(before, now);
}

void DirectoryView::apply(const Record& record) {
  std::visit(overloaded{[](const TicketEvent&) {}, [](const SettingsEvent&) {}, [](const CannedReplyEvent&) {},
                        [](const TextTemplateEvent&) {}, [](const ContextEvent&) {}, [](const SavedViewEvent&) {},
                        [](const ContractEvent&) {}, [&](const ContactEvent& e) { fold_named(contacts_, record, e); },
                        [&](const OrganisationEvent& e) { fold_named(organisations_, record, e); },
                        [&](const AgentEvent& e) { fold_named(agents_, record, e); },
                        [&](const TeamEvent& e) { fold_entry(teams_, record.envelope, e); }},
             record.event);
}

void DirectoryView::flush(RowBatch& batch, Position at) {
  contacts_.flush(batch, at);
  organisations_.flush(batch, at);
  agents_.flush(batch, at);
  teams_.flush(batch, at);
  names_.flush(batch, family_);
}

void DirectoryView::discard() {
  contacts_.discard();
  organisations_.discard();
  agents_.discard();
  teams_.discard();
  names_.discard();
}

std::shared_ptr<const ContactRow> DirectoryView::entry(const ReadPoint& at, ContactId id) const {
  return contacts_.read(at, id.value);
}
std::shared_ptr<const OrganisationRow> DirectoryView::entry(const ReadPoint& at, OrganisationId id) const {
  return organisations_.read(at, id.value);
}
std::shared_ptr<const AgentRow> DirectoryView::entry(const ReadPoint& at, AgentId id) const {
  return agents_.read(at, id.value);
}
std::shared_ptr<const TeamRow> DirectoryView::entry(const ReadPoint& at, TeamId id) const {
  return teams_.read(at, id.value);
}

std::string DirectoryView::display_name(const ReadPoint& at, StreamId stream) const {
  const auto name = [](const auto& row) { return row ? name_of_row(*row) : std::string(); };
  switch (stream.kind) {
    case StreamKind::contact: return name(entry(at, ContactId{stream.id}));
    case StreamKind::organisation: return name(entry(at, OrganisationId{stream.id}));
    case StreamKind::agent: return name(entry(at, AgentId{stream.id}));
    case StreamKind::team: return name(entry(at, TeamId{stream.id}));
    case StreamKind::ticket:
    case StreamKind::settings:
    case StreamKind::canned_reply:
    case StreamKind::text_template:
    case StreamKind::context:
    case StreamKind::saved_view:
    case StreamKind::contract: break;
  }
  return {};
}

template <class Row>
Result<EntryPage<Row>, BadCursor> DirectoryView::entries(const ReadPoint& at, std::size_t limit,
                                                         std::string_view cursor) const {
  return read_entries<Row>(at, family_, prefix_of<Row>(), limit, cursor);
}

#define GREFFE_ENTRIES(Row)                                                                                          \
  template Result<EntryPage<Row>, BadCursor> DirectoryView::entries(const ReadPoint&, std::size_t, std::string_view) \
      const
GREFFE_ENTRIES(ContactRow);
GREFFE_ENTRIES(OrganisationRow);
GREFFE_ENTRIES(AgentRow);
GREFFE_ENTRIES(TeamRow);
#undef GREFFE_ENTRIES

template <class Row>
Matches<Row> DirectoryView::rows_of(const ReadPoint& at, const RowTable<Row>& table, const NameMatches& found) const {
  Matches<Row> matches;
  matches.more = found.more;
  for (const auto& row : table.read_many(at, found.ids)) {
    if (row) matches.rows.push_back(*row);
  }
  return matches;
}

template <class Row>
Matches<Row> DirectoryView::named(const ReadPoint& at, std::string_view typed, std::size_t limit) const {
  const auto found = find_names(at.rows, family_, list_of<Row>(), typed, limit);
  if constexpr (std::is_same_v<Row, ContactRow>) return rows_of(at, contacts_, found);
  else if constexpr (std::is_same_v<Row, OrganisationRow>) return rows_of(at, organisations_, found);
  else return rows_of(at, agents_, found);
}

template Matches<ContactRow> DirectoryView::named(const ReadPoint&, std::string_view, std::size_t) const;
template Matches<OrganisationRow> DirectoryView::named(const ReadPoint&, std::string_view, std::size_t) const;
template Matches<AgentRow> DirectoryView::named(const ReadPoint&, std::string_view, std::size_t) const;

Matches<AgentRow> DirectoryView::assignable(const ReadPoint& at, std::string_view typed, std::size_t limit) const {
  return rows_of(at, agents_, find_names(at.rows, family_, assignable_list, typed, limit));
}

void DirectoryView::for_each_published(const OnName& f) const {
  each_published(contacts_, f);
  each_published(organisations_, f);
  each_published(agents_, f);
  each_published(teams_, f);
}

void DirectoryView::for_each(const RowSource& rows, const OnName& f) const {
  each_stored<ContactRow>(rows, family_, f);
  each_stored<OrganisationRow>(rows, family_, f);
  each_stored<AgentRow>(rows, family_, f);
  each_stored<TeamRow>(rows, family_, f);
}

}  // namespace greffe
