// The ticket as its readers see it: the fold of its stream. The same fold serves the live
// view, the rebuild and `as_of`, so the three cannot differ. Counts are of the ticket's own
// stream: what it absorbed in merges has rows of its own (projections/united_ticket.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/record.h"

namespace greffe {

// How many of a ticket's messages were sent to a merged one.
struct ViaCount {
  TicketId via;
  std::uint32_t messages = 0;
  static constexpr auto fields = std::make_tuple(field("via", &ViaCount::via), field("messages", &ViaCount::messages));
  bool operator==(const ViaCount&) const = default;
};

struct TicketRow {
  TicketId id;
  std::string number;
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  Personal title;
  Personal description;
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  Particulars particulars;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::string external_id;
  Actor creator;  // who opened it, the person acted for where there is one
  Instant opened_at;
  Instant updated_at;  // when the newest thing happened; a late entry does not set it back
  std::optional<Instant> first_closed_at;
  std::optional<Instant> last_closed_at;
  std::uint32_t reopen_count = 0;
  std::uint32_t reassignment_count = 0;  // changes of team after the opening
  std::uint32_t message_count = 0;       // those sent via a merged ticket included
  Version version;
  Position position;  // of the newest event
  bool imported = false;
  std::vector<AgentId> copies;  // agents in copy, in the order in which they were added
  std::optional<Instant> due_at;
  std::optional<Instant> estimated_resolution_at;
  std::optional<TicketId> parent;
  std::optional<TicketId> merged_into;
  bool needs_look = false;
  bool read = false;  // by somebody who works on tickets
  bool notify_client = false;
  bool notify_assignee = false;
  std::uint32_t todo_count = 0;  // without the dropped
  std::uint32_t open_todo_count = 0;
  std::uint32_t document_count = 0;  // without the removed
  std::uint32_t child_count = 0;
  std::vector<std::string> context_types;  // what it is about: each type once, sorted
  // What the fold must remember: how many contexts there are of each type, which to-dos are done.
  std::vector<std::uint32_t> context_type_counts;
  std::vector<std::uint32_t> done_todos;
  std::vector<TicketId> absorbed;  // merged into this one now, by its own merges only
  std::vector<TicketId> hosts;     // what it is or was merged into, each once
  std::vector<ViaCount> via;       // included in message_count, each ticket once

  static constexpr auto fields = std::make_tuple(
      field("id", &TicketRow::id), field("number", &TicketRow::number), field("kind", &TicketRow::kind),
      field("channel", &TicketRow::channel), field("origin", &TicketRow::origin), field("title", &TicketRow::title),
      field("description", &TicketRow::description), field("status", &TicketRow::status),
      field("priority", &TicketRow::priority), field("classification", &TicketRow::classification),
      field("party", &TicketRow::party), field("particulars", &TicketRow::particulars), field("team", &TicketRow::team),
      field("assignee", &TicketRow::assignee), field("external_id", &TicketRow::external_id),
      field("creator", &TicketRow::creator), field("opened_at", &TicketRow::opened_at),
      field("updated_at", &TicketRow::updated_at), field("first_closed_at", &TicketRow::first_closed_at),
      field("last_closed_at", &TicketRow::last_closed_at), field("reopen_count", &TicketRow::reopen_count),
      field("reassignment_count", &TicketRow::reassignment_count), field("message_count", &TicketRow::message_count),
      field("version", &TicketRow::version), field("position", &TicketRow::position),
      field("imported", &TicketRow::imported), field("copies", &TicketRow::copies), field("due_at", &TicketRow::due_at),
      field("estimated_resolution_at", &TicketRow::estimated_resolution_at), field("parent", &TicketRow::parent),
      field("merged_into", &TicketRow::merged_into), field("needs_look", &TicketRow::needs_look),
      field("read", &TicketRow::read), field("notify_client", &TicketRow::notify_client),
      field("notify_assignee", &TicketRow::notify_assignee), field("todo_count", &TicketRow::todo_count),
      field("open_todo_count", &TicketRow::open_todo_count), field("document_count", &TicketRow::document_count),
      field("child_count", &TicketRow::child_count), field("context_types", &TicketRow::context_types),
      field("context_type_counts", &TicketRow::context_type_counts), field("done_todos", &TicketRow::done_todos),
      field("absorbed", &TicketRow::absorbed), field("hosts", &TicketRow::hosts), field("via", &TicketRow::via));
  bool operator==(const TicketRow& o) const { return same_fields(*this, o); }
};

// The status that the event gives its ticket; null if it leaves it as it was.
const StatusAt* status_given_by(const TicketEvent& event);

// Folds one event of the ticket's own stream into its row. Never fails: events are facts.
void fold_ticket(TicketRow& row, const Envelope& envelope, const TicketEvent& event);

}  // namespace greffe
