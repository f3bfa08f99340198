#include "projections/views/tickets_view.h"

#include <stdexcept>

namespace greffe {
namespace {

constexpr std::size_t cache_bytes_max = 96 * 1024 * 1024;

}  // namespace

TicketsView::TicketsView(const RowSource& newest, Family family)
    : family_(family), table_(newest, family, "", cache_bytes_max) {}

void TicketsView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const bool opens = std::holds_alternative<TicketOpened>(*event);
  const std::uint64_t id = record.envelope.stream_id;
  TicketRow* row = opens ? &table_.make(id) : table_.find(id);
  if (row == nullptr) throw std::runtime_error("an event of a ticket that was never opened");
  if (record.envelope.version != next(row->version)) {
    throw std::runtime_error("a ticket's versions do not follow each other");
  }
  fold_ticket(*row, record.envelope, *event);
}

std::shared_ptr<const TicketRow> TicketsView::ticket(const ReadPoint& at, TicketId id) const {
  return table_.read(at, id.value);
}

std::vector<std::shared_ptr<const TicketRow>> TicketsView::tickets(const ReadPoint& at,
                                                                   std::span<const TicketId> ids) const {
  std::vector<std::uint64_t> keys;
  for (const TicketId id : ids) keys.push_back(id.value);
  return table_.read_many(at, keys);
}

void TicketsView::for_each(const RowSource& rows, const std::function<void(const TicketRow&)>& f) const {
  for (const auto scan = rows.scan(family_, ""); scan->next();) f(decode_row<TicketRow>(scan->value()));
}

}  // namespace greffe
