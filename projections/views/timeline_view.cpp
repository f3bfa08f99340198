#include "projections/views/timeline_view.h"

namespace greffe {

void TimelineView::apply(const Record& record) {
  if (!std::holds_alternative<TicketEvent>(record.event)) return;
  const Envelope& e = record.envelope;
  entries_.push_back(RowKey().add(e.stream_id).add(e.occurred_at).add(e.position.value));
}

void TimelineView::flush(RowBatch& batch, Position) {
  for (const RowKey& entry : entries_) batch.put(family_, entry, "");
  entries_.clear();
}

Result<TimelineView::Places, BadCursor> TimelineView::places(const ReadPoint& at, TicketId id, std::size_t limit,
                                                             std::string_view cursor) const {
  const auto keys = read_keys(at.rows, family_, RowKey().add(id.value), 2 * sizeof(std::uint64_t), limit, cursor);
  if (!keys) return fail(keys.error());
  Places places;
  places.next_cursor = keys->next_cursor;
  for (const std::string& rest : keys->rests) {
    RowKeyReader reader(rest);
    reader.instant();
    places.positions.push_back(Position{*reader.number()});
  }
  return places;
}

}  // namespace greffe
