#include "projections/clocks/work_time.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "events/check.h"
#include "projections/clocks/batch_work.h"

namespace greffe {
namespace {

WorkSession new_session(const AgentWork& work, AgentId agent, const Envelope& envelope, Instant at) {
  WorkSession session;
  session.ticket = TicketId{envelope.stream_id};
  session.agent = agent;
  // The agent was busy elsewhere, or idle, up to the signal before: nothing counts twice.
  session.started_at = std::max(at - session_lead_in, work.last_signal_at.value_or(at - session_lead_in));
  session.ended_at = at;
  session.first_evidence = session.last_evidence = envelope.position;
  return session;
}

// A session that reaches its limit is cut there and grows no more; the next signal starts
// another one.
void grow(WorkSession& session, const Envelope& envelope, Instant at) {
  session.ended_at = at;
  ++session.evidence_count;
  session.last_evidence = envelope.position;
  if (at - session.started_at <= session_max) return;
  session.ended_at = session.started_at + session_max;
  session.capped = true;
}

}  // namespace

bool tracks_time(const StatusesDefined& defined, const StatusAt& status) {
  for (const Status& one : defined.statuses) {
    if (one.key == status.key) return one.tracks_time;
  }
  return status.category != Category::merged && status.category != Category::deleted;
}

Tracking tracking_by_status(const StatusesDefined& defined, const StatusAt& before, const StatusAt& since) {
  if (before.category == Category::merged && since.category == Category::merged) return {};
  return {tracks_time(defined, before), tracks_time(defined, since)};
}

Milliseconds counted(const WorkSession& session) {
  const auto length = std::chrono::floor<Milliseconds>(session.ended_at - session.started_at);
  return length < session_min ? Milliseconds{0} : length;
}

WorkTime work_time_of(std::vector<WorkSession> sessions) {
  std::sort(sessions.begin(), sessions.end(), [](const WorkSession& a, const WorkSession& b) {
    return std::tie(a.started_at, a.first_evidence) < std::tie(b.started_at, b.first_evidence);
  });
  WorkTime time;
  std::map<AgentId, Milliseconds> worked;
  for (const auto& session : sessions) {
    worked[session.agent] += counted(session);
    time.worked_ms += counted(session);
  }
  for (const auto& [agent, worked_ms] : worked) time.by_agent.push_back({agent, worked_ms});
  time.sessions = std::move(sessions);
  return time;
}

std::optional<AgentId> signalling_agent(const Envelope& envelope, const Event& event) {
  const auto* act = std::get_if<TicketEvent>(&event);
  if (envelope.imported || act == nullptr) return std::nullopt;
  if (std::holds_alternative<NotificationDecided>(*act) || std::holds_alternative<LookRequested>(*act)) {
    return std::nullopt;
  }
  // Nor is what a program sends in somebody's name, or does because something happened.
  const auto* message = std::get_if<MessagePosted>(act);
  if ((message != nullptr && message->automatic) || envelope.causation != Position{}) return std::nullopt;
  if (is_far_side_of_batch_merge(envelope, *act)) return std::nullopt;
  // An agent who writes down what a contact said is at work too, hence not only the doer.
  for (const Actor* actor : {&doer(envelope), &envelope.actor}) {
    if (actor->kind == ActorKind::agent && actor->id != 0) return AgentId{actor->id};
  }
  return std::nullopt;
}

std::optional<WorkSession> fold_act(AgentWork& work, AgentId agent, const Envelope& envelope, Tracking tracking) {
  const bool counted_already = work.current && work.current->last_evidence >= envelope.commit_first;
  const bool is_far_end = counted_already && work.current->ticket.value != envelope.stream_id;
  const bool is_rest = counted_already && !tracking.before && !tracking.after;
  if (is_far_end || is_rest) return std::nullopt;
  if (!tracking.before) {
    // The agent was at work, but on what does not count: no session reaches over it.
    work.current.reset();
    work.last_signal_at = std::max(envelope.occurred_at, work.last_signal_at.value_or(envelope.occurred_at));
    if (!tracking.after) return std::nullopt;
  }
  return fold_signal(work, agent, envelope);
}

WorkSession fold_signal(AgentWork& work, AgentId agent, const Envelope& envelope) {
  GREFFE_CHECK(envelope.stream_kind == StreamKind::ticket, "only acts on tickets are work signals");
  GREFFE_CHECK(!work.current || work.current->agent == agent, "an agent's work is folded from that agent's signals");
  const auto at = std::max(envelope.occurred_at, work.last_signal_at.value_or(envelope.occurred_at));
  const bool continues = work.current && work.current->ticket.value == envelope.stream_id && !work.current->capped &&
                         at - *work.last_signal_at <= session_gap_max;
  if (continues) grow(*work.current, envelope, at);
  else work.current = new_session(work, agent, envelope, at);
  work.last_signal_at = at;
  GREFFE_CHECK(work.current->started_at <= work.current->ended_at, "a session does not end before it starts");
  return *work.current;
}

}  // namespace greffe
