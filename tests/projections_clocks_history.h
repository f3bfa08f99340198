// Histories of one ticket for the tests of its delays, told in offsets from a morning at
// nine: `History h; h.open(0min, client()); h.message(20min, agent());`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/clocks/sla.h"

namespace greffe::clocks_test {

using namespace std::chrono_literals;
using Offset = std::chrono::microseconds;

inline const Instant nine = *parse_rfc3339("2026-03-02T09:00:00Z");
inline Instant at(Offset offset) { return nine + offset; }

inline Actor client() { return {ActorKind::contact, 7}; }
inline Actor agent() { return {ActorKind::agent, 3}; }
inline Actor program() { return {ActorKind::system, 0}; }
inline Actor administrator() { return {ActorKind::administrator, 0}; }

// first_response, next_response, inactivity, resolution; "low" has no target.
inline SlaTargetsDefined usual_targets() {
  return {{{"normal", 60min, 30min, 120min, 240min}, {"urgent", 15min, 10min, 30min, 60min}}};
}

inline StatusAt status_of(Category category) { return {std::string(name_of(category)), category}; }

inline TicketOpened opening(const std::string& priority = "normal", TicketKind kind = TicketKind::external) {
  TicketOpened e;
  e.kind = kind;
  e.status = status_of(Category::fresh);
  e.priority = {priority, 0};
  return e;
}
inline MessagePosted message(Visibility visibility = Visibility::everyone) { return {visibility, {"text"}}; }
inline StatusChanged status(Category category) { return {{}, status_of(category)}; }
inline PriorityChanged priority(const std::string& key) { return {{}, {key, 0}}; }
inline TicketClosed closing() { return {{}, status_of(Category::closed), {}}; }
inline TicketMergedInto merging(const StatusAt& old) {
  return {TicketId{9}, "9", old, status_of(Category::merged), {}, {}};
}
inline TicketUnmerged unmerging(const StatusAt& to) {
  return {TicketId{9}, "9", status_of(Category::merged), to, {}, {}};
}
inline TicketReopened reopening() { return {{}, status_of(Category::open), ReopenCause::reopened, {}, 1}; }

class History {
 public:
  SlaRow row;
  SlaTargetsDefined targets = usual_targets();
  bool imported = false;
  std::optional<Actor> on_behalf_of;

  // One command's events; they share the commit and the instant.
  void commit(Offset offset, Actor actor, const std::vector<TicketEvent>& events) {
    Envelope envelope;
    envelope.stream_id = 1;
    envelope.commit_first = next(position_);
    envelope.commit_count = static_cast<std::uint32_t>(events.size());
    envelope.occurred_at = at(offset);
    envelope.recorded_at = recorded_at_ = std::max(recorded_at_, envelope.occurred_at);
    envelope.actor = actor;
    envelope.on_behalf_of = on_behalf_of;
    envelope.imported = imported;
    for (const auto& event : events) {
      envelope.position = position_ = next(position_);
      fold_sla(row, envelope, event, targets);
    }
  }

  void open(Offset offset, Actor who, const std::string& key = "normal", TicketKind kind = TicketKind::external) {
    commit(offset, who, {opening(key, kind)});
  }
  void message(Offset offset, Actor who, Visibility visibility = Visibility::everyone) {
    commit(offset, who, {clocks_test::message(visibility)});
  }
  void status(Offset offset, Actor who, Category category) { commit(offset, who, {clocks_test::status(category)}); }
  void priority(Offset offset, Actor who, const std::string& key) { commit(offset, who, {clocks_test::priority(key)}); }
  void close(Offset offset, Actor who) { commit(offset, who, {closing()}); }
  void reopen(Offset offset, Actor who) { commit(offset, who, {reopening()}); }

  std::size_t count(Metric metric) const {
    std::size_t found = 0;
    for (const auto& clock : row.clocks) found += clock.metric == metric ? 1 : 0;
    return found;
  }

  // Throws, which fails the test, if there is no such clock.
  const ClockRow& clock(Metric metric, std::uint32_t instance = 1) const {
    for (const auto& clock : row.clocks) {
      if (clock.metric == metric && clock.instance == instance) return clock;
    }
    throw std::runtime_error("no clock " + std::string(name_of(metric)) + " " + std::to_string(instance));
  }

  ClockReading read(Metric metric, Offset offset, std::uint32_t instance = 1) const {
    return read_clock(clock(metric, instance), at(offset));
  }

 private:
  Position position_;
  Instant recorded_at_ = nine;
};

}  // namespace greffe::clocks_test
