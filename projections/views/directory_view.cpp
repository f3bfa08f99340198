#include "projections/views/directory_view.h"

#include <algorithm>
#include <stdexcept>

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

template <class E, class... Es>
constexpr bool is_one_of = (std::is_same_v<E, Es> || ...);
template <class E>
constexpr bool creates = is_one_of<E, ContactCreated, OrganisationCreated, AgentCreated, TeamCreated>;
template <class E>
constexpr bool reactivates =
    is_one_of<E, ContactReactivated, OrganisationReactivated, AgentReactivated, TeamReactivated>;

// The four kinds live alike, so one fold serves.
template <class IdType, class Details>
struct Fold {
  RowTable<DirectoryRow<IdType, Details>>& table;
  const Envelope& envelope;

  template <std::uint8_t WireId, const char* Name>
  void operator()(const EntrySet<Details, WireId, Name>& e) const {
    auto& row = creates<EntrySet<Details, WireId, Name>> ? made() : found();
    row.details = e.details;
  }
  template <std::uint8_t WireId, const char* Name>
  void operator()(const EntrySwitched<WireId, Name>&) const {
    found().active = reactivates<EntrySwitched<WireId, Name>>;
  }

  DirectoryRow<IdType, Details>& made() const {
    auto& row = table.make(envelope.stream_id);
    row.id = {envelope.stream_id};
    row.created_at = row.updated_at = envelope.occurred_at;
    row.version = envelope.version;
    return row;
  }
  DirectoryRow<IdType, Details>& found() const {
    auto* row = table.find(envelope.stream_id);
    if (row == nullptr) throw std::runtime_error("an event of a directory entry that was never created");
    row->updated_at = std::max(row->updated_at, envelope.occurred_at);
    row->version = envelope.version;
    return *row;
  }
};

template <class IdType, class Details, class AggregateEvent>
void fold(RowTable<DirectoryRow<IdType, Details>>& table, const Record& record, const AggregateEvent& event) {
  std::visit(Fold<IdType, Details>{table, record.envelope}, event);
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

void DirectoryView::apply(const Record& record) {
  std::visit(overloaded{[](const TicketEvent&) {}, [](const SettingsEvent&) {},
                        [&](const ContactEvent& e) { fold(contacts_, record, e); },
                        [&](const OrganisationEvent& e) { fold(organisations_, record, e); },
                        [&](const AgentEvent& e) { fold(agents_, record, e); },
                        [&](const TeamEvent& e) { fold(teams_, record, e); }},
             record.event);
}

void DirectoryView::flush(RowBatch& batch, Position at) {
  contacts_.flush(batch, at);
  organisations_.flush(batch, at);
  agents_.flush(batch, at);
  teams_.flush(batch, at);
}

void DirectoryView::discard() {
  contacts_.discard();
  organisations_.discard();
  agents_.discard();
  teams_.discard();
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
    case StreamKind::settings: break;
  }
  return {};
}

template <class Row>
Result<DirectoryView::Entries<Row>, BadCursor> DirectoryView::entries(const ReadPoint& at, std::size_t limit,
                                                                      std::string_view cursor) const {
  const auto keys = read_keys(at.rows, family_, prefix_of<Row>(), sizeof(std::uint64_t), limit, cursor);
  if (!keys) return fail(keys.error());
  Entries<Row> entries;
  entries.next_cursor = keys->next_cursor;
  for (const std::string& value : keys->values) entries.rows.push_back(decode_row<Row>(value));
  return entries;
}

template Result<DirectoryView::Entries<ContactRow>, BadCursor> DirectoryView::entries(const ReadPoint&, std::size_t,
                                                                                      std::string_view) const;
template Result<DirectoryView::Entries<OrganisationRow>, BadCursor> DirectoryView::entries(const ReadPoint&,
                                                                                           std::size_t,
                                                                                           std::string_view) const;
template Result<DirectoryView::Entries<AgentRow>, BadCursor> DirectoryView::entries(const ReadPoint&, std::size_t,
                                                                                    std::string_view) const;
template Result<DirectoryView::Entries<TeamRow>, BadCursor> DirectoryView::entries(const ReadPoint&, std::size_t,
                                                                                   std::string_view) const;

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
