#include "projections/views/work_view.h"

#include <algorithm>

#include "projections/clocks/batch_work.h"
#include "projections/ticket_row.h"

namespace greffe {
namespace {

constexpr std::size_t agents_bytes_max = 8 * 1024 * 1024, statuses_bytes_max = 24 * 1024 * 1024;
constexpr std::string_view defined_key = "d", starts_prefix = "w";
// Sessions are read so many at a time.
constexpr std::size_t sessions_at_once = 500;

RowKey sessions_of(TicketId id) { return RowKey("t").add(id.value); }

RowKey start_key(const WorkSession& session) {
  return RowKey(starts_prefix).add(session.started_at).add(session.first_evidence.value);
}

[[noreturn]] void refuse_row() {
  throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view work is damaged: run `greffe rebuild`"});
}

// Where the session that the start is of is kept.
std::string session_key(std::string_view start, std::string_view ticket) {
  RowKeyReader place(start.substr(starts_prefix.size()));
  const auto started_at = place.instant();
  const auto first_evidence = place.number(), id = read_number(ticket);
  if (!started_at || !first_evidence || !id) refuse_row();
  return std::string(sessions_of({*id}).add(*first_evidence).view());
}

// No session is longer than session_max: earlier ones ended before.
Instant earliest_start(Instant from) {
  return from < Instant::min() + session_max ? Instant::min() : Instant(from - session_max);
}

}  // namespace

WorkView::WorkView(const RowSource& newest, Family family)
    : newest_(newest),
      family_(family),
      agents_(newest, family, "a", agents_bytes_max),
      statuses_(newest, family, "s", statuses_bytes_max) {
  load_statuses();
}

void WorkView::load_statuses() {
  std::string bytes;
  defined_ = newest_.get(family_, defined_key, bytes) ? decode_row<StatusesDefined>(bytes) : StatusesDefined{};
  defined_changed_ = false;
}

void WorkView::apply(const Record& record) {
  if (const auto* settings = std::get_if<SettingsEvent>(&record.event)) {
    if (const auto* defined = std::get_if<StatusesDefined>(settings)) {
      defined_ = *defined;
      defined_changed_ = true;
    }
    return;
  }
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  if (const auto agent = signalling_agent(record.envelope, record.event)) {
    const auto session =
        fold_act(agents_.find_or_make(agent->value), *agent, record.envelope, tracking(record, *event));
    if (session && session->evidence_count == 1) begun_.emplace_back(start_key(*session), session->ticket);
    if (session) sessions_[session->first_evidence] = *session;
  }
  if (const StatusAt* given = status_given_by(*event)) statuses_.make(record.envelope.stream_id) = *given;
}

Tracking WorkView::tracking(const Record& record, const TicketEvent& event) {
  const StatusAt* given = status_given_by(event);
  const StatusAt* old = statuses_.peek(record.envelope.stream_id);
  if (old == nullptr) old = given;
  if (given == nullptr) given = old;
  const auto by_status = old == nullptr ? Tracking{} : tracking_by_status(defined_, *old, *given);
  return tracking_in_batch(record.envelope, event, by_status);
}

void WorkView::flush(RowBatch& batch, Position at) {
  agents_.flush(batch, at);
  statuses_.flush(batch, at);
  std::string bytes;
  for (const auto& [first_evidence, session] : sessions_) {
    encode_row(session, bytes);
    batch.put(family_, sessions_of(session.ticket).add(first_evidence.value), bytes);
  }
  sessions_.clear();
  for (const auto& [key, ticket] : begun_) batch.put(family_, key, RowKey().add(ticket.value));
  begun_.clear();
  if (!defined_changed_) return;
  encode_row(defined_, bytes);
  batch.put(family_, defined_key, bytes);
  defined_changed_ = false;
}

void WorkView::discard() {
  agents_.discard();
  statuses_.discard();
  sessions_.clear();
  begun_.clear();
  if (defined_changed_) load_statuses();
}

WorkTime WorkView::work_time(const ReadPoint& at, std::span<const TicketId> ids) const {
  std::vector<WorkSession> sessions;
  for (const TicketId id : ids) {
    for (const auto scan = at.rows.scan(family_, sessions_of(id)); scan->next();) {
      sessions.push_back(decode_row<WorkSession>(scan->value()));
    }
  }
  return work_time_of(std::move(sessions));
}

void WorkView::for_each_session(const ReadPoint& at, Instant from, Instant to,
                                const std::function<bool(const WorkSession&)>& take) const {
  const auto scan = at.rows.scan(family_, starts_prefix, RowKey(starts_prefix).add(earliest_start(from)));
  std::vector<std::string> keys;
  for (bool more = true; more;) {
    keys.clear();
    while (keys.size() < sessions_at_once && (more = scan->next())) {
      keys.push_back(session_key(scan->key(), scan->value()));
    }
    for (const auto& bytes : at.rows.get_many(family_, keys)) {
      if (!bytes) refuse_row();
      const auto session = decode_row<WorkSession>(*bytes);
      if (session.started_at >= to) return;
      if (session.ended_at >= from && !take(session)) return;
    }
  }
}

}  // namespace greffe
