#include "projections/views/numbers_view.h"

#include "projections/row_keys.h"

namespace greffe {

void NumbersView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const auto* opened = std::get_if<TicketOpened>(event);
  if (opened != nullptr) given_.emplace_back(opened->number, TicketId{record.envelope.stream_id});
}

void NumbersView::flush(RowBatch& batch, Position) {
  for (const auto& [number, id] : given_) batch.put(family_, number, RowKey().add(id.value));
  given_.clear();
}

std::optional<TicketId> NumbersView::ticket(const ReadPoint& at, std::string_view number) const {
  std::string value;
  if (!at.rows.get(family_, number, value)) return std::nullopt;
  const auto id = read_number(value);
  if (!id) {
    throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view numbers is damaged: run `greffe rebuild`"});
  }
  return TicketId{*id};
}

}  // namespace greffe
