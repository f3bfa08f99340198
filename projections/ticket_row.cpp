#include "projections/ticket_row.h"

#include <algorithm>

#include "events/result.h"

namespace greffe {
namespace {

// Down to zero and no further: a removal of what was never there changes nothing.
void take_one(std::uint32_t& count) { count -= count > 0 ? 1 : 0; }

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
    row.due_at = e.due_at;
    row.estimated_resolution_at = e.estimated_resolution_at;
    row.notify_client = e.notify_client;
    row.notify_assignee = e.notify_assignee;
  }

  // Fields.
  void operator()(const TitleChanged& e) const { row.title = e.new_title; }
  void operator()(const DescriptionChanged& e) const { row.description = e.new_description; }
  void operator()(const PriorityChanged& e) const { row.priority = e.new_priority; }
  void operator()(const TicketClassified& e) const { row.classification = e.new_classification; }
  void operator()(const ContactLinked& e) const { row.party = e.new_party; }
  void operator()(const OriginChanged& e) const { row.origin = e.new_origin; }
  void operator()(const ParticularsChanged& e) const { row.particulars = e.new_particulars; }
  void operator()(const DueDateChanged& e) const { row.due_at = e.new_due_at; }
  void operator()(const EstimatedResolutionChanged& e) const {
    row.estimated_resolution_at = e.new_estimated_resolution_at;
  }
  void operator()(const NotifyChoiceChanged& e) const {
    row.notify_client = e.notify_client;
    row.notify_assignee = e.notify_assignee;
  }

  // Assignment and status.
  void operator()(const TicketAssigned& e) const { row.assignee = e.new_assignee; }
  void operator()(const TicketUnassigned&) const { row.assignee.reset(); }
  void operator()(const TicketMovedToTeam& e) const {
    if (row.team != e.new_team) ++row.reassignment_count;
    row.team = e.new_team;
  }
  void operator()(const TicketRead&) const { row.read = true; }
  void operator()(const StatusChanged& e) const { row.status = e.new_status; }
  void operator()(const TicketClosed& e) const {
    row.status = e.new_status;
    if (!row.first_closed_at) row.first_closed_at = envelope.occurred_at;
    row.last_closed_at = envelope.occurred_at;
  }
  void operator()(const TicketReopened& e) const {
    row.status = e.new_status;
    row.reopen_count = e.reopen_count;
  }
  void operator()(const TicketDeleted& e) const { row.status = e.new_status; }
  void operator()(const TicketRestored& e) const { row.status = e.new_status; }
  void operator()(const LookRequested&) const { row.needs_look = true; }
  void operator()(const LookDone&) const { row.needs_look = false; }

  // Exchange.
  void operator()(const MessagePosted& e) const {
    ++row.message_count;
    if (!e.via) return;
    const auto known = std::find_if(row.via.begin(), row.via.end(), [&](const ViaCount& v) { return v.via == *e.via; });
    if (known != row.via.end()) ++known->messages;
    else row.via.push_back({*e.via, 1});
  }
  void operator()(const MessageDisclosed&) const {}
  void operator()(const NotificationDecided&) const {}
  void operator()(const WatcherAdded& e) const {
    if (e.kind != WatcherKind::copy || !e.watcher.agent) return;
    const auto agent = std::find(row.copies.begin(), row.copies.end(), *e.watcher.agent);
    if (agent == row.copies.end()) row.copies.push_back(*e.watcher.agent);
  }
  void operator()(const WatcherRemoved& e) const {
    if (e.kind == WatcherKind::copy && e.watcher.agent) std::erase(row.copies, *e.watcher.agent);
  }

  // What it is about and what is to be done.
  void operator()(const ContextLinked& e) const {
    const auto [type, index] = place_of(e.context.type);
    if (type == row.context_types.end() || *type != e.context.type) {
      row.context_types.insert(type, e.context.type);
      row.context_type_counts.insert(row.context_type_counts.begin() + index, 0);
    }
    ++row.context_type_counts[static_cast<std::size_t>(index)];
  }
  void operator()(const ContextUnlinked& e) const {
    const auto [type, index] = place_of(e.context.type);
    if (type == row.context_types.end() || *type != e.context.type) return;
    if (--row.context_type_counts[static_cast<std::size_t>(index)] > 0) return;
    row.context_types.erase(type);
    row.context_type_counts.erase(row.context_type_counts.begin() + index);
  }
  void operator()(const TodoAdded&) const {
    ++row.todo_count;
    ++row.open_todo_count;
  }
  void operator()(const TodoCompleted& e) const {
    if (is_done(e.todo)) return;
    row.done_todos.push_back(e.todo);
    take_one(row.open_todo_count);
  }
  void operator()(const TodoReopened& e) const {
    if (std::erase(row.done_todos, e.todo) > 0) ++row.open_todo_count;
  }
  void operator()(const TodoDropped& e) const {
    if (std::erase(row.done_todos, e.todo) == 0) take_one(row.open_todo_count);
    take_one(row.todo_count);
  }
  void operator()(const TodosReordered&) const {}
  void operator()(const DocumentAttached&) const { ++row.document_count; }
  void operator()(const DocumentRemoved&) const { take_one(row.document_count); }
  void operator()(const ArticleLinked&) const {}
  void operator()(const ArticleUnlinked&) const {}
  void operator()(const InterventionRequested&) const {}
  void operator()(const InterventionAnswered&) const {}
  void operator()(const PointsSpent&) const {}

  // Other tickets. A merged ticket is nobody's work; an unmerge gives it back.
  void operator()(const TicketMergedInto& e) const {
    row.status = e.new_status;
    row.merged_into = e.target;
    row.assignee.reset();
    if (std::find(row.hosts.begin(), row.hosts.end(), e.target) == row.hosts.end()) row.hosts.push_back(e.target);
  }
  void operator()(const TicketUnmerged& e) const {
    row.status = e.new_status;
    row.merged_into.reset();
    row.assignee = e.new_assignee;
  }
  void operator()(const TicketAbsorbed& e) const { row.absorbed.push_back(e.source); }
  void operator()(const TicketReleased& e) const { std::erase(row.absorbed, e.source); }
  void operator()(const ParentChanged& e) const { row.parent = e.new_parent; }
  void operator()(const SubTicketAdded&) const { ++row.child_count; }
  void operator()(const SubTicketRemoved&) const { take_one(row.child_count); }
  void operator()(const TicketsLinked&) const {}
  void operator()(const TicketsUnlinked&) const {}
  void operator()(const MessageSplitOff&) const {}
  void operator()(const MessageReferenced&) const {}

  bool is_done(std::uint32_t todo) const {
    return std::find(row.done_todos.begin(), row.done_todos.end(), todo) != row.done_todos.end();
  }
  // Where the type stands, or would, and the same place among the counts.
  std::pair<std::vector<std::string>::iterator, std::ptrdiff_t> place_of(const std::string& type) const {
    const auto place = std::lower_bound(row.context_types.begin(), row.context_types.end(), type);
    return {place, place - row.context_types.begin()};
  }
};

}  // namespace

const StatusAt* status_given_by(const TicketEvent& event) {
  return std::visit(
      []<class E>(const E& e) -> const StatusAt* {
        if constexpr (std::is_same_v<E, TicketOpened>) return &e.status;
        else if constexpr (requires { e.new_status; }) return &e.new_status;
        else return nullptr;
      },
      event);
}

void fold_ticket(TicketRow& row, const Envelope& envelope, const TicketEvent& event) {
  std::visit(Fold{row, envelope}, event);
  // A late entry happened before what is already known; the row does not grow younger by it.
  row.updated_at = std::max(row.updated_at, envelope.occurred_at);
  row.version = envelope.version;
  row.position = envelope.position;
}

}  // namespace greffe
