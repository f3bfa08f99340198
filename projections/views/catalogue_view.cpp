#include "projections/views/catalogue_view.h"

#include "events/result.h"
#include "projections/row_keys.h"

namespace greffe {
namespace {

constexpr std::size_t texts_bytes_max = 8 * 1024 * 1024;
constexpr std::size_t contexts_bytes_max = 32 * 1024 * 1024;
constexpr std::size_t few_bytes_max = 2 * 1024 * 1024;

template <class Row>
constexpr std::string_view prefix_of() {
  if constexpr (std::is_same_v<Row, CannedReplyRow>) return "r";
  else if constexpr (std::is_same_v<Row, TextTemplateRow>) return "t";
  else if constexpr (std::is_same_v<Row, ContextRow>) return "c";
  else if constexpr (std::is_same_v<Row, SavedViewRow>) return "v";
  else return "p";
}

// A type is a key, hence without the byte that ends it.
std::string labels_of(std::string_view type) { return "L" + std::string(type) + '\0'; }
std::string external_key(std::string_view type, std::string_view id) {
  return "E" + std::string(type) + '\0' + std::string(id);
}
RowKey owned_by(AgentId owner) { return RowKey("V").add(owner.value); }
RowKey account_of(ContractId id) { return RowKey("B").add(id.value); }
constexpr AgentId everybody{0};

std::string text_of(const RowKey& key) { return std::string(key.view()); }

std::vector<std::string> keys_of(const ContextRow* row) {
  if (row == nullptr || !row->active) return {};
  return code_keys(labels_of(row->details.type), row->details.label.text, row->id.value);
}
std::vector<std::string> keys_of(const SavedViewRow* row) {
  if (row == nullptr || !row->active) return {};
  return {text_of(owned_by(row->details.owner.value_or(everybody)).add(row->id.value))};
}

}  // namespace

CatalogueView::CatalogueView(const RowSource& newest, Family family)
    : family_(family),
      replies_(newest, family, prefix_of<CannedReplyRow>(), texts_bytes_max),
      templates_(newest, family, prefix_of<TextTemplateRow>(), texts_bytes_max),
      contexts_(newest, family, prefix_of<ContextRow>(), contexts_bytes_max),
      views_(newest, family, prefix_of<SavedViewRow>(), few_bytes_max),
      contracts_(newest, family, prefix_of<ContractRow>(), few_bytes_max) {}

void CatalogueView::apply(const Record& record) {
  std::visit(
      overloaded{[](const auto&) {}, [&](const CannedReplyEvent& e) { fold_entry(replies_, record.envelope, e); },
                 [&](const TextTemplateEvent& e) { fold_entry(templates_, record.envelope, e); },
                 [&](const ContextEvent& e) { fold(record, e); }, [&](const SavedViewEvent& e) { fold(record, e); },
                 [&](const ContractEvent& e) { fold(record, e); }},
      record.event);
}

void CatalogueView::fold(const Record& record, const ContextEvent& event) {
  const bool created = event.index() == entry_created;
  const auto before = keys_of(created ? nullptr : contexts_.find(record.envelope.stream_id));
  const ContextRow& row = fold_entry(contexts_, record.envelope, event);
  const auto now = keys_of(&row);
  if (before != now) keys_.move(before, now);
  if (created && !row.details.external_id.empty()) {
    values_.emplace_back(external_key(row.details.type, row.details.external_id), text_of(RowKey().add(row.id.value)));
  }
}

void CatalogueView::fold(const Record& record, const SavedViewEvent& event) {
  const bool created = event.index() == entry_created;
  const auto before = keys_of(created ? nullptr : views_.find(record.envelope.stream_id));
  const auto now = keys_of(&fold_entry(views_, record.envelope, event));
  if (before != now) keys_.move(before, now);
}

void CatalogueView::fold(const Record& record, const ContractEvent& event) {
  ContractRow& row = fold_entry(contracts_, record.envelope, event);
  const auto* booked = std::get_if<PointsBooked>(&event);
  if (booked == nullptr) return;
  row.balance = booked->balance;
  row.debt = booked->debt;
  const auto& envelope = record.envelope;
  std::string bytes;
  encode_row(BookingRow{envelope.position, envelope.occurred_at, doer(envelope), *booked}, bytes);
  values_.emplace_back(text_of(account_of(row.id).add(~envelope.position.value)), std::move(bytes));
}

void CatalogueView::flush(RowBatch& batch, Position at) {
  replies_.flush(batch, at);
  templates_.flush(batch, at);
  contexts_.flush(batch, at);
  views_.flush(batch, at);
  contracts_.flush(batch, at);
  keys_.flush(batch, family_);
  for (const auto& [key, value] : values_) batch.put(family_, key, value);
  values_.clear();
}

void CatalogueView::discard() {
  replies_.discard();
  templates_.discard();
  contexts_.discard();
  views_.discard();
  contracts_.discard();
  keys_.discard();
  values_.clear();
}

std::shared_ptr<const CannedReplyRow> CatalogueView::entry(const ReadPoint& at, CannedReplyId id) const {
  return replies_.read(at, id.value);
}
std::shared_ptr<const TextTemplateRow> CatalogueView::entry(const ReadPoint& at, TemplateId id) const {
  return templates_.read(at, id.value);
}
std::shared_ptr<const ContextRow> CatalogueView::entry(const ReadPoint& at, ContextId id) const {
  return contexts_.read(at, id.value);
}
std::shared_ptr<const SavedViewRow> CatalogueView::entry(const ReadPoint& at, SavedViewId id) const {
  return views_.read(at, id.value);
}
std::shared_ptr<const ContractRow> CatalogueView::entry(const ReadPoint& at, ContractId id) const {
  return contracts_.read(at, id.value);
}

std::string CatalogueView::display_name(const ReadPoint& at, StreamId stream) const {
  const auto title = [](const auto& row) { return row ? row->details.title : std::string(); };
  if (stream.kind == StreamKind::canned_reply) return title(entry(at, CannedReplyId{stream.id}));
  if (stream.kind == StreamKind::text_template) return title(entry(at, TemplateId{stream.id}));
  if (stream.kind == StreamKind::saved_view) return title(entry(at, SavedViewId{stream.id}));
  if (stream.kind == StreamKind::contract) return title(entry(at, ContractId{stream.id}));
  if (stream.kind != StreamKind::context) return {};
  const auto row = entry(at, ContextId{stream.id});
  return row ? row->details.label.text : std::string();
}

template <class Row>
Result<EntryPage<Row>, BadCursor> CatalogueView::entries(const ReadPoint& at, std::size_t limit,
                                                         std::string_view cursor) const {
  return read_entries<Row>(at, family_, prefix_of<Row>(), limit, cursor);
}

#define GREFFE_ENTRIES(Row)                                                                                          \
  template Result<EntryPage<Row>, BadCursor> CatalogueView::entries(const ReadPoint&, std::size_t, std::string_view) \
      const
GREFFE_ENTRIES(CannedReplyRow);
GREFFE_ENTRIES(TextTemplateRow);
GREFFE_ENTRIES(ContextRow);
GREFFE_ENTRIES(SavedViewRow);
GREFFE_ENTRIES(ContractRow);
#undef GREFFE_ENTRIES

Matches<ContextRow> CatalogueView::labelled(const ReadPoint& at, std::string_view type, std::string_view typed,
                                            std::size_t limit) const {
  const auto found = find_codes(at.rows, family_, labels_of(type), typed, limit);
  Matches<ContextRow> matches;
  matches.more = found.more;
  for (const auto& row : contexts_.read_many(at, found.ids)) {
    if (row) matches.rows.push_back(*row);
  }
  return matches;
}

std::optional<ContextId> CatalogueView::with_external_id(const ReadPoint& at, std::string_view type,
                                                         std::string_view external_id) const {
  std::string value;
  if (!at.rows.get(family_, external_key(type, external_id), value)) return std::nullopt;
  const auto id = read_number(value);
  return id ? std::optional(ContextId{*id}) : std::nullopt;
}

std::vector<SavedViewRow> CatalogueView::views_of(const ReadPoint& at, AgentId agent, std::size_t limit) const {
  std::vector<SavedViewRow> rows;
  for (const AgentId owner : {agent, everybody}) {
    const auto prefix = text_of(owned_by(owner));
    std::size_t left = limit;
    for (const auto scan = at.rows.scan(family_, prefix); left > 0 && scan->next(); --left) {
      const auto id = read_number(scan->key().substr(prefix.size()));
      const auto row = id ? entry(at, SavedViewId{*id}) : nullptr;
      if (row) rows.push_back(*row);
    }
  }
  return rows;
}

Result<EntryPage<BookingRow>, BadCursor> CatalogueView::bookings(const ReadPoint& at, ContractId id, std::size_t limit,
                                                                 std::string_view cursor) const {
  return read_entries<BookingRow>(at, family_, account_of(id), limit, cursor);
}

}  // namespace greffe
