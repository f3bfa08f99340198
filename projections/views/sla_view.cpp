#include "projections/views/sla_view.h"

#include <stdexcept>

namespace greffe {
namespace {

constexpr std::size_t cache_bytes_max = 48 * 1024 * 1024;
constexpr std::string_view targets_key = "s";

}  // namespace

SlaView::SlaView(const RowSource& newest, Family family)
    : newest_(newest), family_(family), table_(newest, family, "t", cache_bytes_max) {
  load_targets();
}

void SlaView::load_targets() {
  std::string bytes;
  targets_ = newest_.get(family_, targets_key, bytes) ? decode_row<SlaTargetsDefined>(bytes) : SlaTargetsDefined{};
  targets_changed_ = false;
}

void SlaView::apply(const Record& record) {
  if (const auto* settings = std::get_if<SettingsEvent>(&record.event)) {
    if (const auto* defined = std::get_if<SlaTargetsDefined>(settings)) {
      targets_ = *defined;
      targets_changed_ = true;
    }
    return;
  }
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const bool opens = std::holds_alternative<TicketOpened>(*event);
  const std::uint64_t id = record.envelope.stream_id;
  SlaRow* row = opens ? &table_.make(id) : table_.find(id);
  if (row == nullptr) throw std::runtime_error("an event of a ticket that was never opened");
  fold_sla(*row, record.envelope, *event, targets_);
}

void SlaView::flush(RowBatch& batch, Position at) {
  table_.flush(batch, at);
  if (!targets_changed_) return;
  std::string bytes;
  encode_row(targets_, bytes);
  batch.put(family_, targets_key, bytes);
  targets_changed_ = false;
}

void SlaView::discard() {
  table_.discard();
  if (targets_changed_) load_targets();
}

SlaRow SlaView::sla(const ReadPoint& at, TicketId id) const {
  const auto row = table_.read(at, id.value);
  return row ? *row : SlaRow{};
}

}  // namespace greffe
