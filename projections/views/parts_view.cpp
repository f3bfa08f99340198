#include "projections/views/parts_view.h"

namespace greffe {
namespace {

constexpr std::size_t cache_bytes_max = 32 * 1024 * 1024;

}  // namespace

PartsView::PartsView(const RowSource& newest, Family family) : table_(newest, family, "", cache_bytes_max) {}

void PartsView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr || !changes_parts(*event)) return;
  const bool opens = std::holds_alternative<TicketOpened>(*event);
  const std::uint64_t id = record.envelope.stream_id;
  fold_parts(opens ? table_.make(id) : table_.find_or_make(id), record.envelope, *event);
}

}  // namespace greffe
