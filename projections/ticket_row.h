// The ticket as its readers see it: the fold of its stream. The same fold serves the live
// view, the rebuild and `as_of`, so the three cannot differ.
#pragma once

#include <optional>
#include <string>

#include "events/record.h"

namespace greffe {

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
  std::uint32_t message_count = 0;
  Version version;
  Position position;  // of the newest event
  bool imported = false;

  static constexpr auto fields = std::make_tuple(
      field("id", &TicketRow::id), field("number", &TicketRow::number), field("kind", &TicketRow::kind),
      field("channel", &TicketRow::channel), field("origin", &TicketRow::origin), field("title", &TicketRow::title),
      field("description", &TicketRow::description), field("status", &TicketRow::status),
      field("priority", &TicketRow::priority), field("classification", &TicketRow::classification),
      field("party", &TicketRow::party), field("team", &TicketRow::team), field("assignee", &TicketRow::assignee),
      field("external_id", &TicketRow::external_id), field("creator", &TicketRow::creator),
      field("opened_at", &TicketRow::opened_at), field("updated_at", &TicketRow::updated_at),
      field("first_closed_at", &TicketRow::first_closed_at), field("last_closed_at", &TicketRow::last_closed_at),
      field("reopen_count", &TicketRow::reopen_count), field("reassignment_count", &TicketRow::reassignment_count),
      field("message_count", &TicketRow::message_count), field("version", &TicketRow::version),
      field("position", &TicketRow::position), field("imported", &TicketRow::imported));
  bool operator==(const TicketRow& o) const { return same_fields(*this, o); }
};

// Folds one event of the ticket's own stream into its row. Never fails: events are facts.
void fold_ticket(TicketRow& row, const Envelope& envelope, const TicketEvent& event);

}  // namespace greffe
