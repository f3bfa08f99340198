// What the log of a random desk folds to, event by event, without the writer and the views.
#pragma once

#include <map>
#include <vector>

#include "commands/any_state.h"
#include "commands/settings/decide.h"
#include "events/codec.h"

namespace greffe::random_desk {

// What a ticket's readers see and its decisions need not know.
struct TicketFacts {
  Actor creator;
  Instant opened_at;
  Instant updated_at;
  std::optional<Instant> first_closed_at;
  std::uint32_t message_count = 0;
  std::uint32_t reassignment_count = 0;
  std::optional<TicketId> split_from;
};

class Folded {
 public:
  // Folds in what the log has beyond the events already seen. False if some event is not one of
  // its aggregate, or not the next.
  [[nodiscard]] bool follow(const Log& log) {
    const auto reader = log.read({records_.size() + 1});
    while (reader->next()) {
      const auto record = decode(reader->bytes());
      if (!record || !fold(*record)) return false;
      records_.push_back(*record);
    }
    return !reader->failure();
  }

  const std::vector<Record>& records() const { return records_; }
  const Record& at(Position position) const { return records_.at(position.value - 1); }
  const std::map<StreamId, AnyState>& states() const { return states_; }
  const Settings& settings() const { return settings_; }
  const TicketFacts& facts(TicketId id) const { return facts_.at(id); }

  // In the order in which they came to be.
  const std::vector<std::uint64_t>& ids(StreamKind kind) const {
    static const std::vector<std::uint64_t> none;
    const auto found = ids_.find(kind);
    return found == ids_.end() ? none : found->second;
  }

  // The state; as before its first event if there is no such aggregate.
  template <class State>
  const State& state(StreamKind kind, std::uint64_t id) const {
    static const State none;
    const auto found = states_.find({kind, id});
    return found == states_.end() ? none : std::get<State>(found->second);
  }
  const TicketState& ticket(TicketId id) const { return state<TicketState>(StreamKind::ticket, id.value); }

  // The stream's version when the log ended at that position.
  Version version(StreamId stream, Position at) const {
    Version version;
    for (const Record& record : records_) {
      if (record.envelope.position > at) break;
      if (stream_of(record.envelope) == stream) version = record.envelope.version;
    }
    return version;
  }

  // What stands for the ticket now.
  TicketId root_of(TicketId id) const {
    while (ticket(id).merged_into) id = *ticket(id).merged_into;
    return id;
  }

 private:
  bool fold(const Record& record) {
    const Envelope& e = record.envelope;
    if (e.position.value != records_.size() + 1) return false;
    if (const auto* area = std::get_if<SettingsEvent>(&record.event)) {
      evolve(settings_, *area);
      return e.version == settings_.version(area_of(*area));
    }
    const auto [state, first] = states_.try_emplace(stream_of(e), empty_state(e.stream_kind));
    if (first && e.stream_id != e.position.value) return false;
    if (first) ids_[e.stream_kind].push_back(e.stream_id);
    if (!evolve(state->second, record) || version_of(state->second) != e.version) return false;
    if (const auto* event = std::get_if<TicketEvent>(&record.event)) note(facts_[{e.stream_id}], e, *event);
    return true;
  }

  static void note(TicketFacts& facts, const Envelope& e, const TicketEvent& event) {
    if (std::holds_alternative<TicketOpened>(event)) facts = {doer(e), e.occurred_at, e.occurred_at, {}, 0, 0, {}};
    if (std::holds_alternative<TicketClosed>(event) && !facts.first_closed_at) facts.first_closed_at = e.occurred_at;
    if (std::holds_alternative<MessagePosted>(event)) ++facts.message_count;
    if (std::holds_alternative<TicketMovedToTeam>(event)) ++facts.reassignment_count;
    if (const auto* split = std::get_if<MessageReferenced>(&event)) facts.split_from = split->from;
    facts.updated_at = std::max(facts.updated_at, e.occurred_at);
  }

  std::vector<Record> records_;
  std::map<StreamId, AnyState> states_;
  std::map<StreamKind, std::vector<std::uint64_t>> ids_;
  std::map<TicketId, TicketFacts> facts_;
  Settings settings_ = default_settings();
};

}  // namespace greffe::random_desk
