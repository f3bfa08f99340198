// Histories of several tickets for the tests of their delays, told in offsets from a morning at
// nine. A ticket is known by the number that opening it gave.
#pragma once

#include "projections/clocks/ticket_clocks.h"
#include "tests/projections_clocks_history.h"
#include "tests/projections_delays.h"

namespace greffe::clocks_test {

class Desk {
 public:
  DelaysInMemory delays;
  SlaTargetsDefined targets = usual_targets();
  std::vector<StoppedClock> stopped;  // by the newest commit

  struct Step {
    TicketId ticket;
    TicketEvent event;
  };
  void commit(Offset offset, Actor actor, const std::vector<Step>& steps) {
    Envelope envelope;
    envelope.commit_first = next(position_);
    envelope.commit_count = static_cast<std::uint32_t>(steps.size());
    envelope.occurred_at = at(offset);
    envelope.recorded_at = recorded_at_ = std::max(recorded_at_, envelope.occurred_at);
    envelope.actor = actor;
    stopped.clear();
    for (const auto& [ticket, event] : steps) {
      envelope.position = position_ = next(position_);
      envelope.stream_id = ticket.value;
      for (auto& one : delays.fold(envelope, event, targets)) stopped.push_back(std::move(one));
    }
  }

  TicketId open(Offset offset, Actor who, const std::string& key = "normal", TicketKind kind = TicketKind::external) {
    const TicketId id{position_.value + 1};
    commit(offset, who, {{id, opening(key, kind)}});
    return id;
  }
  // With a first answer at the same instant, so that nothing is asked.
  TicketId open_answered(Offset offset, const std::string& key = "normal") {
    const TicketId id = open(offset, client(), key);
    message(offset, id, agent());
    return id;
  }
  void message(Offset offset, TicketId to, Actor who) { commit(offset, who, {{to, clocks_test::message()}}); }
  void message_via(Offset offset, TicketId to, TicketId via, Actor who) {
    MessagePosted posted = clocks_test::message();
    posted.via = via;
    commit(offset, who, {{to, posted}});
  }
  // By a program: whose act it is concerns inactivity only.
  void merge(Offset offset, TicketId source, TicketId target) {
    commit(offset, program(), merge_steps(source, target));
  }
  std::vector<Step> merge_steps(TicketId source, TicketId target) {
    TicketMergedInto merged = merging(row(source).status);
    merged.target = target;
    return {{source, merged}, {target, TicketAbsorbed{source, {}, 1}}};
  }
  void unmerge(Offset offset, TicketId source, TicketId target, Category to = Category::fresh) {
    TicketUnmerged unmerged = unmerging(status_of(to));
    unmerged.target = target;
    commit(offset, program(), {{source, unmerged}, {target, TicketReleased{source, {}}}});
  }
  void close(Offset offset, TicketId id) { commit(offset, agent(), {{id, closing()}}); }

  SlaRow& row(TicketId id) { return delays.rows.at(id); }

  // The newest clock of the metric; null if there is none.
  const ClockRow* newest(TicketId id, Metric metric) {
    const ClockRow* found = nullptr;
    for (const ClockRow& clock : row(id).clocks) found = clock.metric == metric ? &clock : found;
    return found;
  }
  // Since when the ticket's next answer is awaited, counted from nine; absent if none is.
  std::optional<Offset> awaited_since(TicketId id) {
    const ClockRow* next = ticket_clocks::live(row(id), Metric::next_response);
    return next == nullptr ? std::nullopt : std::optional<Offset>(next->started_at - nine);
  }
  ClockReading read(TicketId id, Metric metric, Offset offset) {
    const ClockRow* clock = newest(id, metric);
    if (clock == nullptr) throw std::runtime_error("no clock " + std::string(name_of(metric)));
    return read_clock(*clock, at(offset));
  }

 private:
  Position position_;
  Instant recorded_at_ = nine;
};

}  // namespace greffe::clocks_test
