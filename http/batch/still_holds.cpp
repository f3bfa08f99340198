#include <algorithm>

#include "events/result.h"
#include "http/batch/inverse.h"

namespace greffe {
namespace {

template <class Items, class Test>
bool any(const Items& items, Test test) {
  return std::any_of(items.begin(), items.end(), test);
}

bool watches(const TicketParts& parts, WatcherKind kind, const Addressee& who) {
  return any(parts.watchers, [&](const WatcherRow& row) { return row.kind == kind && row.who == who; });
}

bool has_link(const TicketParts& parts, LinkType type, bool inverse, TicketId other) {
  return any(parts.links,
             [&](const LinkRow& row) { return row.type == type && row.inverse == inverse && row.other == other; });
}

// As it was linked: linked once more it may say something else.
bool has_context(const TicketParts& parts, const ContextAt& context) {
  return any(parts.contexts, [&](const ContextAt& row) { return row == context; });
}

// One that is replaced keeps its number; linked since, it has another.
bool was_linked_again(const TicketParts& parts, const ContextAt& context) {
  return any(parts.contexts, [&](const ContextAt& row) {
    return row.link != context.link && row.type == context.type && row.label == context.label &&
           row.context == context.context;
  });
}

bool has_todo(const TicketParts& parts, std::uint32_t todo, std::optional<bool> done) {
  return any(parts.todos, [&](const TodoRow& row) { return row.todo.todo == todo && (!done || row.done == *done); });
}

bool has_child(const TicketParts& parts, TicketId child) {
  return any(parts.children, [&](const TicketRef& ref) { return ref.ticket == child; });
}

}  // namespace

bool still_holds(const TicketEvent& event, const TicketRow& row, const TicketParts& parts) {
  return std::visit(overloaded{
                        [&](const TitleChanged& e) { return row.title == e.new_title; },
                        [&](const PriorityChanged& e) { return row.priority.key == e.new_priority.key; },
                        [&](const TicketClassified& e) { return row.classification == e.new_classification; },
                        [&](const ParticularsChanged& e) { return row.particulars == e.new_particulars; },
                        [&](const OriginChanged& e) { return row.origin == e.new_origin; },
                        [&](const ContactLinked& e) { return row.party == e.new_party; },
                        [&](const DueDateChanged& e) { return row.due_at == e.new_due_at; },
                        [&](const EstimatedResolutionChanged& e) {
                          return row.estimated_resolution_at == e.new_estimated_resolution_at;
                        },
                        [&](const TicketAssigned& e) { return row.assignee == e.new_assignee; },
                        [&](const TicketUnassigned&) { return !row.assignee; },
                        [&](const TicketMovedToTeam& e) { return row.team == e.new_team; },
                        [&](const StatusChanged& e) { return row.status.key == e.new_status.key; },
                        [&](const TicketClosed& e) { return row.status.key == e.new_status.key; },
                        [&](const TicketReopened& e) { return row.status.key == e.new_status.key; },
                        [&](const WatcherAdded& e) { return watches(parts, e.kind, e.watcher); },
                        [&](const WatcherRemoved& e) { return !watches(parts, e.kind, e.watcher); },
                        [&](const ContextLinked& e) { return has_context(parts, e.context); },
                        [&](const ContextUnlinked& e) { return !was_linked_again(parts, e.context); },
                        [&](const TodoAdded& e) { return has_todo(parts, e.todo.todo, std::nullopt); },
                        [&](const TodoCompleted& e) { return has_todo(parts, e.todo, true); },
                        [&](const TodoReopened& e) { return has_todo(parts, e.todo, false); },
                        [&](const DocumentAttached& e) {
                          return any(parts.documents,
                                     [&](const DocumentRow& d) { return d.document.document == e.document.document; });
                        },
                        [&](const ArticleLinked& e) {
                          return any(parts.articles, [&](const ArticleRow& a) { return a.article == e.article; });
                        },
                        [&](const TicketMergedInto& e) { return row.merged_into == e.target; },
                        [&](const TicketUnmerged&) { return !row.merged_into; },
                        [&](const TicketsLinked& e) { return has_link(parts, e.type, e.inverse, e.other); },
                        [&](const TicketsUnlinked& e) { return !has_link(parts, e.type, e.inverse, e.other); },
                        [&](const ParentChanged& e) { return row.parent == e.new_parent; },
                        [&](const SubTicketAdded& e) { return has_child(parts, e.child); },
                        [&](const SubTicketRemoved& e) { return !has_child(parts, e.child); },
                        [&](const TicketDeleted&) { return row.status.category == Category::deleted; },
                        [&](const TicketRestored&) { return row.status.category != Category::deleted; },
                        [](const auto&) { return true; },  // has no inverse, or none is needed
                    },
                    event);
}

}  // namespace greffe
