#include "projections/ticket_row.h"

#include <algorithm>

#include "events/result.h"

namespace greffe {
namespace {

// One overload an event, none for "any other": a new event does not compile until it is
// decided here what it does to the row.
struct Fold {
  TicketRow& row;
  const Envelope& envelope;

  void operator()(const TicketOpened& e) const {
    row.id = {envelope.stream_id};
    row.number = e.number;
    row.kind = e.kind;
    row.channel = e.channel;
    row.origin = e.origin;
    row.title = e.title;
    row.description = e.description;
    row.status = e.status;
    row.priority = e.priority;
    row.classification = e.classification;
    row.party = e.party;
    row.team = e.team;
    row.external_id = e.external_id;
    row.creator = doer(envelope);
    row.opened_at = envelope.occurred_at;
    row.updated_at = envelope.occurred_at;
    row.imported = envelope.imported;
  }
  void operator()(const TitleChanged& e) const { row.title = e.new_title; }
  void operator()(const DescriptionChanged& e) const { row.description = e.new_description; }
  void operator()(const TicketAssigned& e) const { row.assignee = e.new_assignee; }
  void operator()(const TicketUnassigned&) const { row.assignee.reset(); }
  void operator()(const TicketMovedToTeam& e) const {
    if (row.team != e.new_team) ++row.reassignment_count;
    row.team = e.new_team;
  }
  void operator()(const StatusChanged& e) const { row.status = e.new_status; }
  void operator()(const PriorityChanged& e) const { row.priority = e.new_priority; }
  void operator()(const TicketClassified& e) const { row.classification = e.new_classification; }
  void operator()(const ContactLinked& e) const { row.party = e.new_party; }
  void operator()(const MessagePosted&) const { ++row.message_count; }
  void operator()(const TicketClosed& e) const {
    row.status = e.new_status;
    if (!row.first_closed_at) row.first_closed_at = envelope.occurred_at;
    row.last_closed_at = envelope.occurred_at;
  }
  void operator()(const TicketReopened& e) const {
    row.status = e.new_status;
    row.reopen_count = e.reopen_count;
  }
};

}  // namespace

void fold_ticket(TicketRow& row, const Envelope& envelope, const TicketEvent& event) {
  std::visit(Fold{row, envelope}, event);
  // A late entry happened before what is already known; the row does not grow younger by it.
  row.updated_at = std::max(row.updated_at, envelope.occurred_at);
  row.version = envelope.version;
  row.position = envelope.position;
}

}  // namespace greffe
