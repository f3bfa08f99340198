#include "projections/as_of.h"

#include <fmt/format.h>

#include "events/codec.h"
#include "projections/origins.h"
#include "projections/view_failure.h"
#include "projections/views/entry_rows.h"

namespace greffe {
namespace {

[[noreturn]] void refuse(const LogFailure& failure) { throw ViewsUnreadable(view_failure(failure)); }

// Calls `take` with each event of the stream, in order.
template <class AggregateEvent, class Take>
void for_each_event(const Log& log, StreamId stream, Take&& take) {
  Record record;
  const auto reader = log.read_stream(stream, Version{1});
  while (reader->next()) {
    if (const auto damage = decode_into(reader->bytes(), record)) {
      refuse({LogFailure::Kind::corrupt, reader->position(),
              fmt::format("the record at position {} is damaged ({})", reader->position().value, name_of(*damage))});
    }
    if (const auto* event = std::get_if<AggregateEvent>(&record.event)) take(record.envelope, *event);
  }
  if (reader->failure()) refuse(*reader->failure());
}

// Folds what had happened to the ticket by then; absent if it was not opened.
template <class Row, class Fold>
std::optional<Row> fold_as_of(const Log& log, TicketId id, Instant instant, Fold&& fold) {
  std::optional<Row> row;
  for_each_event<TicketEvent>(log, stream_of(id), [&](const Envelope& envelope, const TicketEvent& event) {
    if (envelope.occurred_at > instant) return;
    if (!row && !std::holds_alternative<TicketOpened>(event)) return;
    if (!row) row.emplace();
    fold(*row, envelope, event);
  });
  return row;
}

template <class Row, class AggregateEvent, class IdType>
std::optional<Row> fold_entry_as_of(const Log& log, IdType id, Instant instant) {
  std::optional<Row> row;
  for_each_event<AggregateEvent>(log, stream_of(id), [&](const Envelope& envelope, const AggregateEvent& event) {
    if (const auto* created = std::get_if<entry_created>(&event)) {
      row = Row{id, created->details, true, envelope.occurred_at, envelope.occurred_at, envelope.version};
    }
    if (!row || envelope.occurred_at > instant) return;
    if (const auto* changed = std::get_if<entry_changed>(&event)) row->details = changed->details;
    else if (event.index() == entry_deactivated) row->active = false;
    else if (event.index() == entry_reactivated) row->active = true;
    row->updated_at = std::max(row->updated_at, envelope.occurred_at);
    row->version = envelope.version;
  });
  return row;
}

}  // namespace

std::optional<TicketRow> ticket_as_of(const Log& log, TicketId id, Instant instant) {
  return fold_as_of<TicketRow>(log, id, instant, fold_ticket);
}

std::optional<TicketParts> parts_as_of(const Log& log, TicketId id, Instant instant) {
  return fold_as_of<TicketParts>(log, id, instant, fold_parts);
}

std::vector<Origin> origins_as_of(const Log& log, TicketId id, Instant instant) {
  const auto row = ticket_as_of(log, id, instant);
  if (!row) return {};
  return united_origins({id, row->number}, [&](TicketId one) {
    auto parts = parts_as_of(log, one, instant);
    return parts ? std::make_shared<const TicketParts>(std::move(*parts)) : nullptr;
  });
}

std::optional<ContactRow> entry_as_of(const Log& log, ContactId id, Instant instant) {
  return fold_entry_as_of<ContactRow, ContactEvent>(log, id, instant);
}
std::optional<OrganisationRow> entry_as_of(const Log& log, OrganisationId id, Instant instant) {
  return fold_entry_as_of<OrganisationRow, OrganisationEvent>(log, id, instant);
}
std::optional<AgentRow> entry_as_of(const Log& log, AgentId id, Instant instant) {
  return fold_entry_as_of<AgentRow, AgentEvent>(log, id, instant);
}
std::optional<TeamRow> entry_as_of(const Log& log, TeamId id, Instant instant) {
  return fold_entry_as_of<TeamRow, TeamEvent>(log, id, instant);
}

}  // namespace greffe
