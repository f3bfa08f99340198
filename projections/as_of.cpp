#include "projections/as_of.h"

#include <fmt/format.h>

#include "events/codec.h"
#include "projections/view_failure.h"

namespace greffe {
namespace {

[[noreturn]] void refuse(const LogFailure& failure) { throw ViewsUnreadable(view_failure(failure)); }

}  // namespace

std::optional<TicketRow> ticket_as_of(const Log& log, TicketId id, Instant instant) {
  std::optional<TicketRow> row;
  Record record;
  const auto reader = log.read_stream(stream_of(id), Version{1});
  while (reader->next()) {
    if (const auto damage = decode_into(reader->bytes(), record)) {
      refuse({LogFailure::Kind::corrupt, reader->position(),
              fmt::format("the record at position {} is damaged ({})", reader->position().value, name_of(*damage))});
    }
    const auto* event = std::get_if<TicketEvent>(&record.event);
    if (event == nullptr || record.envelope.occurred_at > instant) continue;
    if (!row && !std::holds_alternative<TicketOpened>(*event)) continue;
    if (!row) row.emplace();
    fold_ticket(*row, record.envelope, *event);
  }
  if (reader->failure()) refuse(*reader->failure());
  return row;
}

}  // namespace greffe
