#include "http/batch/inverse.h"

#include <algorithm>

#include "events/result.h"

namespace greffe {
namespace {

constexpr auto undo_reason = "undo";

Inverse by(TicketCommand command) { return {InverseKind::command, std::move(command)}; }
Inverse nothing() { return {InverseKind::nothing, {}}; }
Inverse no_way_back() { return {InverseKind::none, {}}; }

// Whoever merged confirmed what had to be; doing it again asks no more.
MergeTickets merge_again(const TicketUnmerged& e) {
  MergeTickets merge;
  merge.into = e.target_number;
  merge.reason = e.reason.text;
  merge.confirm_contact_mismatch = true;
  merge.allow_disclosure = true;
  return merge;
}

WantedContext wanted(const ContextAt& c) {
  if (c.context) return {c.context, {}, {}, {}, {}};
  return {std::nullopt, c.type, c.label.text, c.url, c.summary};
}

bool is_by_hand(LinkType type) { return type != LinkType::follow_up_of && type != LinkType::split_from; }

Inverse inverse_of_link(const TicketsLinked& e) {
  if (e.inverse) return nothing();  // the other end of a link
  return is_by_hand(e.type) ? by(UnlinkTickets{e.type, false, e.other_number}) : no_way_back();
}
Inverse inverse_of_link(const TicketsUnlinked& e) {
  if (e.inverse) return nothing();
  return is_by_hand(e.type) ? by(LinkTickets{e.type, e.other_number}) : no_way_back();
}

Inverse inverse_of_assignment(const TicketAssigned& e) {
  if (e.cause == AssignCause::unmerged) return nothing();
  if (e.old_assignee) return by(AssignTicket{*e.old_assignee});
  return by(UnassignTicket{});
}

// A move is told by the child, the rest by the parent.
Inverse inverse_of_move(const ParentChanged& e) {
  return e.cause == ParentCause::moved ? by(MoveSubTicket{e.old_number}) : nothing();
}
Inverse inverse_of_child(const SubTicketAdded& e) {
  if (e.cause == ParentCause::opened) return no_way_back();
  return e.cause == ParentCause::attached ? by(DetachSubTicket{e.child_number}) : nothing();
}
Inverse inverse_of_child(const SubTicketRemoved& e) {
  if (e.cause == ParentCause::deleted) return no_way_back();
  return e.cause == ParentCause::detached ? by(AttachSubTicket{e.child_number}) : nothing();
}

Inverse inverse_of_particulars(const ParticularsChanged& e) {
  ChangeParticulars back{e.old_particulars, {}};
  for_each_field<Particulars>([&](const auto& f, std::size_t) { back.named.emplace_back(f.name); });
  return by(std::move(back));
}

// What another ticket, or the other side of a tie, has part in.
constexpr auto inverse_of_ties = overloaded{
    [](const TicketMergedInto&) { return by(UnmergeTicket{undo_reason}); },
    [](const TicketUnmerged& e) { return by(merge_again(e)); },
    [](const TicketsLinked& e) { return inverse_of_link(e); },
    [](const TicketsUnlinked& e) { return inverse_of_link(e); },
    [](const ParentChanged& e) { return inverse_of_move(e); },
    [](const SubTicketAdded& e) { return inverse_of_child(e); },
    [](const SubTicketRemoved& e) { return inverse_of_child(e); },
    [](const TicketAbsorbed&) { return nothing(); },
    [](const TicketReleased&) { return nothing(); },
    [](const MessageSplitOff&) { return no_way_back(); },
    [](const MessageReferenced&) { return no_way_back(); },
};

// Fields, status, and whom it is with.
constexpr auto inverse_of_changes = overloaded{
    [](const TitleChanged& e) { return by(RenameTicket{e.old_title.text}); },
    [](const PriorityChanged& e) { return by(ChangePriority{e.old_priority.key}); },
    [](const TicketClassified& e) {
      const auto& old = e.old_classification;
      return by(ClassifyTicket{old.category, old.request_type, old.group});
    },
    [](const OriginChanged& e) { return by(ChangeOrigin{e.old_origin}); },
    [](const ParticularsChanged& e) { return inverse_of_particulars(e); },
    [](const ContactLinked& e) {
      return by(LinkContact{e.old_party, true});
    },
    [](const DueDateChanged& e) { return by(SetDueDate{e.old_due_at}); },
    [](const EstimatedResolutionChanged& e) { return by(SetEstimatedResolution{e.old_estimated_resolution_at}); },
    [](const TicketAssigned& e) { return inverse_of_assignment(e); },
    [](const TicketUnassigned& e) {
      return e.cause == UnassignCause::merged ? nothing() : by(AssignTicket{e.old_assignee});
    },
    [](const TicketMovedToTeam& e) { return by(MoveTicketToTeam{e.old_team}); },
    [](const StatusChanged& e) { return by(ChangeStatus{e.old_status.key}); },
    [](const TicketClosed& e) {
      return by(ReopenTicket{e.old_status.key, undo_reason});
    },
    [](const TicketReopened& e) {
      CloseTicket close;
      close.status = e.old_status.key;
      return by(std::move(close));
    },
    [](const TicketDeleted&) { return by(RestoreTicket{undo_reason}); },
    [](const TicketRestored&) { return by(DeleteTicket{undo_reason}); },
};

// What was added to the ticket or taken from it.
constexpr auto inverse_of_parts = overloaded{
    [](const WatcherAdded& e) {
      return by(RemoveWatcher{e.kind, e.watcher});
    },
    [](const WatcherRemoved& e) {
      return by(AddWatcher{e.kind, e.watcher});
    },
    [](const ContextLinked& e) { return by(UnlinkTicketContext{e.context.link}); },
    [](const ContextUnlinked& e) {
      return by(LinkTicketContext{wanted(e.context), e.context.link});
    },
    [](const TodoAdded& e) { return by(DropTodo{e.todo.todo}); },
    [](const TodoCompleted& e) { return by(ReopenTodo{e.todo}); },
    [](const TodoReopened& e) { return by(CompleteTodo{e.todo}); },
    [](const DocumentAttached& e) {
      return by(RemoveDocument{e.document.document, undo_reason});
    },
    [](const ArticleLinked& e) { return by(UnlinkArticle{e.article}); },
};

// Told or asked because of something else; or said, seen, spent, or without the old in the event.
constexpr auto inverse_of_the_rest = overloaded{
    [](const NotificationDecided&) { return nothing(); },
    [](const LookRequested&) { return nothing(); },
    [](const TicketOpened&) { return no_way_back(); },
    [](const DescriptionChanged&) { return no_way_back(); },
    [](const MessagePosted&) { return no_way_back(); },
    [](const TicketRead&) { return no_way_back(); },
    [](const TodoDropped&) { return no_way_back(); },
    [](const TodosReordered&) { return no_way_back(); },
    [](const DocumentRemoved&) { return no_way_back(); },
    [](const NotifyChoiceChanged&) { return no_way_back(); },
    [](const ArticleUnlinked&) { return no_way_back(); },
    [](const InterventionRequested&) { return no_way_back(); },
    [](const InterventionAnswered&) { return no_way_back(); },
    [](const LookDone&) { return no_way_back(); },
    [](const PointsSpent&) { return no_way_back(); },
    [](const MessageDisclosed&) { return no_way_back(); },
};

}  // namespace

Inverse inverse_of(const TicketEvent& event) {
  return std::visit(overloaded{inverse_of_changes, inverse_of_parts, inverse_of_ties, inverse_of_the_rest}, event);
}

}  // namespace greffe
