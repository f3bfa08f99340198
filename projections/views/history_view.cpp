#include "projections/views/history_view.h"

#include <stdexcept>

namespace greffe {
namespace {

constexpr std::size_t cache_bytes_max = 8 * 1024 * 1024;

RowKey places_of(ContactId id) { return RowKey("c").add(id.value); }
RowKey places_of(OrganisationId id) { return RowKey("o").add(id.value); }

}  // namespace

HistoryView::HistoryView(const RowSource& newest, Family family)
    : family_(family), table_(newest, family, "t", cache_bytes_max) {}

void HistoryView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const TicketId id{record.envelope.stream_id};
  if (const auto* opened = std::get_if<TicketOpened>(event)) {
    HistoryRow& row = table_.make(id.value);
    row = {record.envelope.occurred_at, opened->party};
    place(id, row, true);
  } else if (const auto* linked = std::get_if<ContactLinked>(event)) {
    HistoryRow& row = found(id);
    place(id, row, false);
    row.party = linked->new_party;
    if (!row.deleted) place(id, row, true);
  } else if (std::holds_alternative<TicketDeleted>(*event)) {
    HistoryRow& row = found(id);
    row.deleted = true;
    place(id, row, false);
  } else if (std::holds_alternative<TicketRestored>(*event)) {
    HistoryRow& row = found(id);
    row.deleted = false;
    place(id, row, true);
  }
}

HistoryRow& HistoryView::found(TicketId id) {
  HistoryRow* row = table_.find(id.value);
  if (row == nullptr) throw std::runtime_error("an event of a ticket that was never opened");
  return *row;
}

void HistoryView::place(TicketId id, const HistoryRow& row, bool present) {
  const auto add = [&](RowKey key) { places_.emplace_back(key.add_descending(row.opened_at).add(id.value), present); };
  if (row.party.contact) add(places_of(*row.party.contact));
  if (row.party.organisation) add(places_of(*row.party.organisation));
}

void HistoryView::flush(RowBatch& batch, Position at) {
  table_.flush(batch, at);
  for (const auto& [key, present] : places_) {
    if (present) batch.put(family_, key, "");
    else batch.erase(family_, key);
  }
  places_.clear();
}

void HistoryView::discard() {
  table_.discard();
  places_.clear();
}

Result<HistoryView::Tickets, BadCursor> HistoryView::of(const ReadPoint& at, ContactId id, std::size_t limit,
                                                        std::string_view cursor) const {
  return read(at, places_of(id), limit, cursor);
}

Result<HistoryView::Tickets, BadCursor> HistoryView::of(const ReadPoint& at, OrganisationId id, std::size_t limit,
                                                        std::string_view cursor) const {
  return read(at, places_of(id), limit, cursor);
}

Result<HistoryView::Tickets, BadCursor> HistoryView::read(const ReadPoint& at, const RowKey& prefix, std::size_t limit,
                                                          std::string_view cursor) const {
  const auto keys = read_keys(at.rows, family_, prefix, 2 * sizeof(std::uint64_t), limit, cursor);
  if (!keys) return fail(keys.error());
  Tickets tickets;
  tickets.next_cursor = keys->next_cursor;
  for (const std::string& rest : keys->rests) {
    RowKeyReader reader(rest);
    reader.instant();
    tickets.ids.push_back(TicketId{*reader.number()});
  }
  return tickets;
}

}  // namespace greffe
