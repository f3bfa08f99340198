// Time spent, in event-only mode: computed from the agents' own acts, no button anywhere.
//
// Signals are the events an agent caused. A session is a run of one agent's signals on one
// ticket with gaps of at most `gap_max`, preceded by `lead_in` (but never reaching back before
// the agent's previous signal anywhere). Sessions never overlap for one agent, so their sum
// never exceeds the clock on the wall.
#pragma once

#include <optional>
#include <vector>

#include "events/record.h"

namespace greffe {

inline constexpr Milliseconds session_gap_max{15 * 60 * 1000};
inline constexpr Milliseconds session_lead_in{2 * 60 * 1000};
inline constexpr Milliseconds session_max{4 * 60 * 60 * 1000};
inline constexpr Milliseconds session_min{10 * 1000};  // shorter ones count nothing

struct WorkSession {
  TicketId ticket;
  AgentId agent;
  Instant started_at;                // lead-in included
  Instant ended_at;                  // the last signal
  std::uint32_t evidence_count = 1;  // signals in it
  Position first_evidence;
  Position last_evidence;
  bool capped = false;  // cut at session_max, for somebody to look at

  static constexpr auto fields = std::make_tuple(
      field("ticket", &WorkSession::ticket), field("agent", &WorkSession::agent),
      field("started_at", &WorkSession::started_at), field("ended_at", &WorkSession::ended_at),
      field("evidence_count", &WorkSession::evidence_count), field("first_evidence", &WorkSession::first_evidence),
      field("last_evidence", &WorkSession::last_evidence), field("capped", &WorkSession::capped));
  bool operator==(const WorkSession& o) const { return same_fields(*this, o); }
};

struct AgentTotal {
  AgentId agent;
  Milliseconds worked_ms{0};
};

// One ticket's time: sessions by start, totals by agent id, and their sum.
struct WorkTime {
  std::vector<WorkSession> sessions;
  std::vector<AgentTotal> by_agent;
  Milliseconds worked_ms{0};
};

// Whether work on a ticket in this status counts as time spent, by the statuses in force. One
// that they do not name counts unless it is of category merged or deleted.
bool tracks_time(const StatusesDefined& defined, const StatusAt& status);

// What the session counts: its length, 0 if it is shorter than session_min.
Milliseconds counted(const WorkSession& session);

// Sums sessions of one ticket.
WorkTime work_time_of(std::vector<WorkSession> sessions);

// The agent whose act this is, if it is a signal: a human agent (by actor or on_behalf_of) on
// a ticket, not imported, and not what the program notes on its own beside the act.
std::optional<AgentId> signalling_agent(const Envelope& envelope, const Event& event);

// What the fold remembers of one agent: the session that may still grow.
struct AgentWork {
  std::optional<WorkSession> current;
  std::optional<Instant> last_signal_at;
  static constexpr auto fields =
      std::make_tuple(field("current", &AgentWork::current), field("last_signal_at", &AgentWork::last_signal_at));
  bool operator==(const AgentWork& o) const { return same_fields(*this, o); }
};

// Whether the agent's act counts as time spent: by the status that the ticket had before it, if
// any, and the one that it has since. An act that takes a ticket out of a status that tracks
// time still counts; one that takes it into such a status counts from then on.
struct Tracking {
  bool before = true;
  bool after = true;
};

// By the statuses in force. What is done to a thing that a merged ticket brought along counts there:
// the root's time adds it.
Tracking tracking_by_status(const StatusesDefined& defined, const StatusAt& before, const StatusAt& since);

// What one act of an agent does to their work: folds the signal, or ends the session where the
// status counts no time. Absent if there is no session to store: nothing counts, or the event is
// the far end of an act that counted on another ticket. Otherwise as fold_signal.
std::optional<WorkSession> fold_act(AgentWork& work, AgentId agent, const Envelope& envelope, Tracking tracking);

// Folds one signal; returns the session as it now stands (new or grown), to be stored under
// (ticket, first_evidence). Signals of an agent come in log order; one that happened before
// the agent's last signal counts as happening at it.
WorkSession fold_signal(AgentWork& work, AgentId agent, const Envelope& envelope);

}  // namespace greffe
