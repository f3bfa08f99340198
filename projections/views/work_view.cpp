#include "projections/views/work_view.h"

namespace greffe {
namespace {

constexpr std::size_t cache_bytes_max = 8 * 1024 * 1024;

RowKey sessions_of(TicketId id) { return RowKey("t").add(id.value); }

}  // namespace

WorkView::WorkView(const RowSource& newest, Family family)
    : family_(family), agents_(newest, family, "a", cache_bytes_max) {}

void WorkView::apply(const Record& record) {
  const auto agent = signalling_agent(record.envelope, record.event);
  if (!agent) return;
  const WorkSession session = fold_signal(agents_.find_or_make(agent->value), *agent, record.envelope);
  sessions_[session.first_evidence] = session;
}

void WorkView::flush(RowBatch& batch, Position at) {
  agents_.flush(batch, at);
  std::string bytes;
  for (const auto& [first_evidence, session] : sessions_) {
    encode_row(session, bytes);
    batch.put(family_, sessions_of(session.ticket).add(first_evidence.value), bytes);
  }
  sessions_.clear();
}

void WorkView::discard() {
  agents_.discard();
  sessions_.clear();
}

WorkTime WorkView::work_time(const ReadPoint& at, TicketId id) const {
  std::vector<WorkSession> sessions;
  for (const auto scan = at.rows.scan(family_, sessions_of(id)); scan->next();) {
    sessions.push_back(decode_row<WorkSession>(scan->value()));
  }
  return work_time_of(std::move(sessions));
}

}  // namespace greffe
