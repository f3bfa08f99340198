#include "projections/views/sla_view.h"

namespace greffe {
namespace {

constexpr std::size_t clocks_bytes_max = 48 * 1024 * 1024, memory_bytes_max = 16 * 1024 * 1024;
constexpr std::string_view targets_key = "s", ends_prefix = "f";

RowKey end_key(Instant at, Position position, Metric metric) {
  return RowKey(ends_prefix).add(at).add(position.value).add(static_cast<char>(metric));
}

bool ends_suspension(const TicketEvent& event) {
  return std::holds_alternative<TicketUnmerged>(event) || std::holds_alternative<TicketRestored>(event);
}

}  // namespace

SlaView::SlaView(const RowSource& newest, Family family)
    : newest_(newest),
      family_(family),
      table_(newest, family, "t", clocks_bytes_max),
      memory_(newest, family, "q", memory_bytes_max) {
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
  if (ends_suspension(*event)) take_back_suspended_ends({record.envelope.stream_id});
  stopped_.clear();
  fold_delays(*this, record.envelope, *event, targets_, stopped_);
  keep_ends(record.envelope, *event);
}

void SlaView::keep_ends(const Envelope& envelope, const TicketEvent& event) {
  for (const StoppedClock& stopped : stopped_) {
    const ClockRow& clock = stopped.clock;
    auto end = end_of(stopped, envelope, event);
    if (end) ends_.emplace_back(end_key(*clock.ended_at, envelope.position, clock.metric), std::move(*end));
  }
}

// They go on, and end with a verdict or are cancelled once more: one breach is one fact.
void SlaView::take_back_suspended_ends(TicketId id) {
  const SlaRow* row = table_.peek(id.value);
  if (row == nullptr || row->suspended_by == Position{}) return;
  for (const ClockRow& clock : row->clocks) {
    if (clock.ended_by != row->suspended_by || !clock.breached_at) continue;
    taken_back_.push_back(end_key(*clock.ended_at, clock.ended_by, clock.metric));
  }
}

void SlaView::flush(RowBatch& batch, Position at) {
  table_.flush(batch, at);
  memory_.flush(batch, at);
  std::string bytes;
  for (const auto& [key, end] : ends_) {
    encode_row(end, bytes);
    batch.put(family_, key, bytes);
  }
  ends_.clear();
  // After the ends of the same batch, which may be among them.
  for (const RowKey& key : taken_back_) batch.erase(family_, key);
  taken_back_.clear();
  if (!targets_changed_) return;
  encode_row(targets_, bytes);
  batch.put(family_, targets_key, bytes);
  targets_changed_ = false;
}

void SlaView::discard() {
  table_.discard();
  memory_.discard();
  ends_.clear();
  taken_back_.clear();
  if (targets_changed_) load_targets();
}

SlaRow SlaView::sla(const ReadPoint& at, TicketId id) const {
  const auto row = table_.read(at, id.value);
  return row ? *row : SlaRow{};
}

void SlaView::for_each_end(const ReadPoint& at, Instant from, Instant to,
                           const std::function<bool(const DatedClockEnd&)>& take) const {
  for (const auto scan = at.rows.scan(family_, ends_prefix, RowKey(ends_prefix).add(from)); scan->next();) {
    RowKeyReader place(scan->key().substr(ends_prefix.size()));
    const auto ended_at = place.instant();
    const auto position = place.number();
    if (!ended_at || !position) {
      throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view sla is damaged: run `greffe rebuild`"});
    }
    if (*ended_at >= to) return;
    if (!take({*ended_at, {*position}, decode_row<ClockEnd>(scan->value())})) return;
  }
}

}  // namespace greffe
