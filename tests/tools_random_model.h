// What the views must hold, written the plain way: loops over the folded states.
#pragma once

#include <algorithm>
#include <tuple>

#include "projections/views.h"
#include "tests/tools_random_history.h"

namespace greffe::random_desk {

// Newest opened first, ties by id.
inline void sort_newest_first(std::vector<TicketId>& ids, const Folded& folded) {
  std::sort(ids.begin(), ids.end(), [&](TicketId a, TicketId b) {
    const Instant of_a = folded.facts(a).opened_at, of_b = folded.facts(b).opened_at;
    return of_a != of_b ? of_a > of_b : a < b;
  });
}

template <class Wanted>
std::vector<TicketId> tickets_that(const Folded& folded, Wanted&& wanted) {
  std::vector<TicketId> found;
  for (const std::uint64_t id : folded.ids(StreamKind::ticket)) {
    if (wanted(TicketId{id}, folded.ticket({id}))) found.push_back({id});
  }
  sort_newest_first(found, folded);
  return found;
}

inline bool has(const auto& values, const auto& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// The ticket itself and all it absorbed, theirs included; with sub-tickets also those of all, but
// for the deleted, which are out of everything.
inline std::vector<TicketId> parts_of(const Folded& folded, TicketId root, bool with_children = false) {
  std::vector<TicketId> parts = {root};
  const auto add = [&](TicketId id) {
    if (!has(parts, id)) parts.push_back(id);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const TicketState& part = folded.ticket(parts[i]);
    for (const TicketId id : part.absorbed) add(id);
    if (!with_children) continue;
    for (const TicketId id : part.children) {
      if (folded.ticket(id).status.category != Category::deleted) add(id);
    }
  }
  return parts;
}

// C10: whose ticket it is, by what the settings count.
inline bool is_mine(const Folded& folded, TicketId id, const TicketState& ticket, AgentId me) {
  const HandlingDefined& rules = folded.settings().handling;
  const Watcher copy{WatcherKind::copy, {me, {}, {}}};
  const auto parts = parts_of(folded, id);
  const bool in_copy =
      std::any_of(parts.begin(), parts.end(), [&](TicketId part) { return has(folded.ticket(part).watchers, copy); });
  return (rules.mine_assignee && ticket.assignee == me) || (rules.mine_copy && in_copy) ||
         (rules.mine_creator && folded.facts(id).creator == Actor{ActorKind::agent, me.value});
}

// Whether the ticket is in the list. A merged or deleted one is in the list of that name only.
inline bool is_in(ListView view, const Folded& folded, TicketId id, AgentId me, const std::vector<TeamId>& my_teams) {
  const TicketState& ticket = folded.ticket(id);
  const Category category = ticket.status.category;
  const bool open = is_open(category), closed = category == Category::closed;
  switch (view) {
    case ListView::open: return open;
    case ListView::closed: return closed;
    case ListView::all: return open || closed;
    case ListView::mine_open: return open && is_mine(folded, id, ticket, me);
    case ListView::mine_closed: return closed && is_mine(folded, id, ticket, me);
    case ListView::unassigned: return open && !ticket.assignee;
    case ListView::team_open: return open && ticket.team && has(my_teams, *ticket.team);
    case ListView::merged: return category == Category::merged;
    case ListView::deleted: return category == Category::deleted;
  }
  return false;
}

// What happened to each ticket, by the ticket that it was sent to.
class Timelines {
 public:
  explicit Timelines(const Folded& folded) : folded_(folded) {
    for (const Record& record : folded.records()) {
      if (const auto* event = std::get_if<TicketEvent>(&record.event)) place(record, *event);
    }
  }

  // Own and absorbed entries by when they happened, ties as logged; a reference is the message, unless
  // that is there already, at its own place or by an older ticket's reference.
  std::vector<Position> of(TicketId root, bool with_children) const {
    std::vector<const Record*> records;
    auto parts = parts_of(folded_, root, with_children);
    std::sort(parts.begin(), parts.end());
    for (const TicketId part : parts) {
      const auto own = placed_.find(part);
      if (own != placed_.end()) records.insert(records.end(), own->second.begin(), own->second.end());
    }
    std::map<const Record*, TicketId> shown_by;
    for (const Record* record : records) {
      const Record* message = referenced(*record);
      if (message != nullptr) shown_by.try_emplace(message, TicketId{record->envelope.stream_id});
    }
    std::sort(records.begin(), records.end(), [](const Record* a, const Record* b) {
      return std::tie(a->envelope.occurred_at, a->envelope.position) <
             std::tie(b->envelope.occurred_at, b->envelope.position);
    });
    std::vector<Position> positions;
    for (const Record* record : records) {
      const Record* message = referenced(*record);
      const bool repeats =
          message != nullptr && (has(records, message) || shown_by.at(message) != TicketId{record->envelope.stream_id});
      if (!repeats) positions.push_back((message == nullptr ? record : message)->envelope.position);
    }
    return positions;
  }

 private:
  // The message that the event refers to; null if it refers to none.
  const Record* referenced(const Record& record) const {
    const auto* reference = std::get_if<MessageReferenced>(&std::get<TicketEvent>(record.event));
    return reference == nullptr ? nullptr : messages_.at({reference->from, reference->message});
  }

  void place(const Record& record, const TicketEvent& event) {
    TicketId id{record.envelope.stream_id};
    std::uint32_t with = 0;
    if (const auto* posted = std::get_if<MessagePosted>(&event)) messages_[{id, with = posted->message}] = &record;
    const auto* attached = std::get_if<DocumentAttached>(&event);
    if (attached != nullptr && !attached->document.held_by) with = attached->document.message;
    if (const auto* disclosed = std::get_if<MessageDisclosed>(&event)) with = disclosed->message;
    if (with != 0) {
      const Record& message = *messages_.at({id, with});
      id = std::get<MessagePosted>(std::get<TicketEvent>(message.event)).via.value_or(id);
    }
    placed_[id].push_back(&record);
  }

  const Folded& folded_;
  std::map<TicketId, std::vector<const Record*>> placed_;
  std::map<std::pair<TicketId, std::uint32_t>, const Record*> messages_;
};

}  // namespace greffe::random_desk
