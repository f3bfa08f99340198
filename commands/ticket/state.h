// State of a ticket as far as decisions need it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ticket.h"

namespace greffe {

// SHA-256 of a text that only has to be told from another one.
using TextDigest = std::array<unsigned char, 32>;
TextDigest digest_of(std::string_view text);

struct Watcher {
  WatcherKind kind = WatcherKind::copy;
  Addressee who;
  bool operator==(const Watcher&) const = default;
};
struct TodoState {
  std::uint32_t todo = 0;
  bool done = false;
  bool operator==(const TodoState&) const = default;
};
struct InterventionState {
  std::uint32_t intervention = 0;
  bool answered = false;
  bool operator==(const InterventionState&) const = default;
};
struct TicketLink {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  TicketId other;
  bool operator==(const TicketLink&) const = default;
};

// How many things of a kind the ticket ever had: the next one's number is one more.
struct TicketCounts {
  std::uint32_t messages = 0, contexts = 0, todos = 0, documents = 0, articles = 0, interventions = 0;
  bool operator==(const TicketCounts&) const = default;
};

struct TicketState {
  Version version;  // 0 = does not exist
  std::string number;
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  std::string title;
  TextDigest description{};
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  Particulars particulars;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::uint32_t reopen_count = 0;
  std::string external_id;
  std::optional<Instant> due_at, estimated_resolution_at;
  bool notify_client = false, notify_assignee = false;
  bool read = false;
  bool needs_look = false;
  std::optional<Instant> last_closed_at;
  TicketCounts counts;
  std::vector<Watcher> watchers;
  std::vector<ContextAt> contexts;
  std::vector<TodoState> todos;                    // in their order, without the dropped
  std::vector<std::uint32_t> documents, articles;  // those still there, ascending
  std::vector<InterventionState> interventions;
  std::vector<TicketLink> links;

  std::optional<TicketId> parent;
  std::vector<TicketId> children;
  std::optional<TicketId> merged_into;
  std::vector<TicketId> absorbed;       // merged into this one, by its own merges only
  std::vector<TicketId> lent_children;  // went to the ticket that this one is merged into
  std::vector<TicketId> lent_by;        // whom merges took it from since anybody moved it, the first of them first
  // What a merge or a deletion took and an unmerge or a restoration gives back.
  StatusAt status_before;
  std::optional<AgentId> assignee_before;
  bool operator==(const TicketState&) const = default;
};

// Folds one event in; never fails, since events are facts. Exhaustive: a new event does not
// compile until it is folded.
void evolve(TicketState& state, const TicketEvent& event, Instant occurred_at = {});

}  // namespace greffe
