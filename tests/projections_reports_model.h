// Reports recomputed the plain way: every record is folded, everything that a report could count
// becomes a line in a list, and the lines are filtered, grouped and sorted.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "projections/clocks/batch_work.h"
#include "projections/clocks/clock_steps.h"
#include "projections/reports/local_calendar.h"
#include "tests/projections_delays.h"
#include "tests/projections_reports.h"

namespace greffe::projections_test {

class ReportModel {
 public:
  explicit ReportModel(const History& history) {
    for (const Record& record : history.records()) add(record);
  }

  // Something that happened, or of work something that lasted.
  struct Line {
    enum class What { opened, closed, reopened, message_in, message_out, answer, passed_on, clock, session } what;
    Instant at;
    TicketRow ticket;  // as it was after the event
    std::optional<AgentId> agent;
    ClockRow clock;
    bool answered = false;
    WorkSession session;
    bool again = false;  // a resolution, of a ticket closed before
  };

  const std::vector<Line>& lines() const { return lines_; }
  const std::map<TicketId, TicketRow>& tickets() const { return tickets_; }
  const std::map<TicketId, SlaRow>& sla() const { return delays_.rows; }
  std::vector<Line> sessions() const {
    std::vector<Line> all;
    for (const auto& [first, line] : sessions_) all.push_back(line);
    return all;
  }

 private:
  using What = Line::What;

  static std::optional<AgentId> agent_of(const Envelope& e) {
    const Actor& who = doer(e);
    return who.kind == ActorKind::agent ? std::optional(AgentId{who.id}) : std::nullopt;
  }

  void add(const Record& record) {
    if (const auto* settings = std::get_if<SettingsEvent>(&record.event)) {
      if (const auto* defined = std::get_if<SlaTargetsDefined>(settings)) targets_ = *defined;
      if (const auto* defined = std::get_if<StatusesDefined>(settings)) statuses_ = *defined;
    }
    const auto* event = std::get_if<TicketEvent>(&record.event);
    if (event == nullptr) return;
    const TicketId id{record.envelope.stream_id};
    const TicketRow before = tickets_[id];
    fold_ticket(tickets_[id], record.envelope, *event);
    put(record, *event, before);
    put_clocks(record, *event);
    put_work(record, before, std::holds_alternative<TicketOpened>(*event));
  }

  void put(const Record& record, What what, std::optional<AgentId> agent) {
    lines_.push_back({what, record.envelope.occurred_at, tickets_[{record.envelope.stream_id}], agent, {}, {}, {}, {}});
  }

  void put(const Record& record, const TicketEvent& event, const TicketRow& before) {
    const auto who = agent_of(record.envelope);
    if (std::holds_alternative<TicketOpened>(event)) put(record, What::opened, who);
    if (std::holds_alternative<TicketClosed>(event)) put(record, What::closed, who);
    if (std::holds_alternative<TicketReopened>(event)) put(record, What::reopened, who);
    if (const auto* message = std::get_if<MessagePosted>(&event); message != nullptr && !message->automatic) {
      const bool opening = record.envelope.commit_first.value <= record.envelope.stream_id;
      if (doer(record.envelope).kind == ActorKind::contact) put(record, What::message_in, who);
      else if (message->visibility == Visibility::everyone) {
        put(record, who && !opening ? What::answer : What::message_out, who);
      }
    }
    const auto* unassigned = std::get_if<TicketUnassigned>(&event);
    const bool assigned = std::holds_alternative<TicketAssigned>(event);
    const bool gave_up = unassigned != nullptr && unassigned->cause != UnassignCause::merged;
    if (!assigned && !gave_up) return;
    const auto after = tickets_[{record.envelope.stream_id}].assignee;
    if (before.assignee && before.assignee != after) put(record, What::passed_on, before.assignee);
  }

  // By what the rows look like before and after, not by what the fold says of it. An event may stop
  // clocks of other tickets too.
  void put_clocks(const Record& record, const TicketEvent& event) {
    const auto rows_before = delays_.rows;
    delays_.fold(record.envelope, event, targets_);
    const TicketId own{record.envelope.stream_id};
    if (tickets_[own].status.category == Category::closed) closed_first_.try_emplace(own, record.envelope.position);
    for (const auto& [id, row] : delays_.rows) {
      const auto before = rows_before.find(id);
      put_clocks(record, event, id, before == rows_before.end() ? SlaRow{} : before->second);
    }
  }
  void put_clocks(const Record& record, const TicketEvent& event, TicketId id, const SlaRow& before) {
    const SlaRow& row = delays_.rows[id];
    const bool goes_on = std::holds_alternative<TicketUnmerged>(event) || std::holds_alternative<TicketRestored>(event);
    if (goes_on && id.value == record.envelope.stream_id) take_back(id, before, row);
    std::vector<ClockRow> stopped;
    for (const ClockRow& clock : row.clocks) {
      // Taken up and ended by one event counts; settled while the ticket is part of another does not.
      const bool settled = id.value != record.envelope.stream_id && was_over(before, clock);
      if (clock.ended_by == record.envelope.position && !settled) stopped.push_back(clock);
    }
    for (const ClockRow& clock : before.untargeted) {
      if (clock.metric == Metric::first_response && answered_untargeted(clock, row, event)) {
        stopped.push_back(clock);
        clock_steps::end(stopped.back(), record.envelope.occurred_at, record.envelope.position);
      }
    }
    const auto first = closed_first_.find(id);
    const bool again = first != closed_first_.end() && first->second != record.envelope.position;
    for (const ClockRow& clock : stopped) {
      lines_.push_back({What::clock,
                        *clock.ended_at,
                        tickets_[id],
                        agent_of(record.envelope),
                        clock,
                        std::holds_alternative<MessagePosted>(event),
                        {},
                        again && clock.metric == Metric::resolution});
    }
  }
  // A clock that a merge or deletion cancelled and that goes on was not over then.
  void take_back(TicketId id, const SlaRow& before, const SlaRow& after) {
    for (const ClockRow& was : before.clocks) {
      if (was.phase != ClockPhase::cancelled) continue;
      const bool stays = std::any_of(after.clocks.begin(), after.clocks.end(), [&](const ClockRow& one) {
        return one.metric == was.metric && one.instance == was.instance && one.ended_by == was.ended_by;
      });
      if (stays) continue;
      std::erase_if(lines_, [&](const Line& line) {
        return line.what == What::clock && line.ticket.id == id && line.clock.metric == was.metric &&
               line.clock.instance == was.instance && line.clock.ended_by == was.ended_by;
      });
    }
  }
  static bool was_over(const SlaRow& before, const ClockRow& clock) {
    return std::any_of(before.clocks.begin(), before.clocks.end(), [&](const ClockRow& one) {
      return one.metric == clock.metric && one.instance == clock.instance && !clock_steps::is_live(one);
    });
  }
  static bool answered_untargeted(const ClockRow& clock, const SlaRow& after, const TicketEvent& event) {
    if (!clock_steps::is_live(clock) || !std::holds_alternative<MessagePosted>(event)) return false;
    const auto is_it = [](const ClockRow& one) {
      return one.metric == Metric::first_response && clock_steps::is_live(one);
    };
    return std::none_of(after.untargeted.begin(), after.untargeted.end(), is_it) &&
           std::none_of(after.clocks.begin(), after.clocks.end(), is_it);
  }

  void put_work(const Record& record, const TicketRow& before, bool opens) {
    const auto agent = signalling_agent(record.envelope, record.event);
    if (!agent) return;
    const TicketRow& now = tickets_[{record.envelope.stream_id}];
    const auto by_status = tracking_by_status(statuses_, opens ? now.status : before.status, now.status);
    const auto tracking = tracking_in_batch(record.envelope, std::get<TicketEvent>(record.event), by_status);
    const auto session = fold_act(agents_[*agent], *agent, record.envelope, tracking);
    if (!session) return;
    sessions_[session->first_evidence] = {
        What::session, session->started_at, now, session->agent, {}, {}, *session, {}};
  }

  std::map<TicketId, TicketRow> tickets_;
  DelaysInMemory delays_;
  std::map<TicketId, Position> closed_first_;
  std::map<AgentId, AgentWork> agents_;
  std::map<Position, Line> sessions_;
  std::vector<Line> lines_;
  SlaTargetsDefined targets_;
  StatusesDefined statuses_;
};

}  // namespace greffe::projections_test
