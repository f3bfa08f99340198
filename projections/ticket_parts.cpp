#include "projections/ticket_parts.h"

#include <algorithm>

namespace greffe {
namespace {

template <class E, class... Es>
constexpr bool is_one_of = (std::is_same_v<E, Es> || ...);

// Events without an overload below. A new event is in neither and does not compile until it is
// decided here what it does to the parts.
template <class E>
constexpr bool leaves_parts =
    is_one_of<E, TitleChanged, DescriptionChanged, TicketAssigned, TicketUnassigned, TicketMovedToTeam, StatusChanged,
              PriorityChanged, TicketClassified, ContactLinked, MessagePosted, TicketClosed, TicketReopened, TicketRead,
              OriginChanged, ParticularsChanged, DueDateChanged, EstimatedResolutionChanged, NotifyChoiceChanged,
              LookRequested, LookDone, MessageDisclosed, NotificationDecided, MessageSplitOff, TicketDeleted,
              TicketRestored>;

void remove(std::vector<TicketRef>& refs, TicketId ticket) {
  std::erase_if(refs, [&](const TicketRef& ref) { return ref.ticket == ticket; });
}

struct Fold {
  TicketParts& parts;
  const Envelope& envelope;

  template <class E>
  requires leaves_parts<E>
  void operator()(const E&) const {}

  void operator()(const TicketOpened& e) const { parts.answers = e.answers; }

  void operator()(const WatcherAdded& e) const { parts.watchers.push_back({e.kind, e.watcher, envelope.occurred_at}); }
  void operator()(const WatcherRemoved& e) const {
    std::erase_if(parts.watchers, [&](const WatcherRow& w) { return w.kind == e.kind && w.who == e.watcher; });
  }
  // One that is linked again has its old number, and its old place.
  void operator()(const ContextLinked& e) const {
    const auto later = std::find_if(parts.contexts.begin(), parts.contexts.end(),
                                    [&](const ContextAt& c) { return c.link > e.context.link; });
    parts.contexts.insert(later, e.context);
  }
  void operator()(const ContextUnlinked& e) const {
    std::erase_if(parts.contexts, [&](const ContextAt& c) { return c.link == e.context.link; });
  }

  void operator()(const TodoAdded& e) const { parts.todos.push_back({e.todo}); }
  void operator()(const TodoCompleted& e) const {
    for (TodoRow& row : parts.todos) {
      if (row.todo.todo == e.todo) row = {row.todo, true, envelope.occurred_at, doer(envelope)};
    }
  }
  void operator()(const TodoReopened& e) const {
    for (TodoRow& row : parts.todos) {
      if (row.todo.todo == e.todo) row = {row.todo};
    }
  }
  void operator()(const TodoDropped& e) const {
    std::erase_if(parts.todos, [&](const TodoRow& row) { return row.todo.todo == e.todo; });
  }
  void operator()(const TodosReordered& e) const {
    const auto place = [&](const TodoRow& row) { return std::find(e.todos.begin(), e.todos.end(), row.todo.todo); };
    std::stable_sort(parts.todos.begin(), parts.todos.end(),
                     [&](const TodoRow& a, const TodoRow& b) { return place(a) < place(b); });
  }

  void operator()(const DocumentAttached& e) const {
    parts.documents.push_back({e.document, envelope.occurred_at, doer(envelope)});
  }
  void operator()(const DocumentRemoved& e) const {
    std::erase_if(parts.documents, [&](const DocumentRow& row) { return row.document.document == e.document; });
  }
  void operator()(const ArticleLinked& e) const { parts.articles.push_back({e.article, e.title, e.url}); }
  void operator()(const ArticleUnlinked& e) const {
    std::erase_if(parts.articles, [&](const ArticleRow& row) { return row.article == e.article; });
  }
  void operator()(const InterventionRequested& e) const {
    parts.interventions.push_back(
        {e.intervention, e.title, envelope.occurred_at, {}, {}, {}, {}, e.details, e.wanted_at});
  }
  void operator()(const InterventionAnswered& e) const {
    for (InterventionRow& row : parts.interventions) {
      if (row.intervention != e.intervention) continue;
      row.answered_at = envelope.occurred_at;
      row.reference = e.reference;
      row.url = e.url;
      row.note = e.note;
    }
  }
  void operator()(const PointsSpent& e) const {
    parts.points.push_back({e.contract, e.points, e.reason, envelope.occurred_at});
  }

  void operator()(const TicketMergedInto& e) const { parts.merged_into = {e.target, e.target_number}; }
  void operator()(const TicketUnmerged&) const {
    parts.merged_into.reset();
    parts.lent.clear();
  }
  void operator()(const TicketAbsorbed& e) const { parts.absorbed.push_back({e.source, e.source_number}); }
  void operator()(const TicketReleased& e) const { remove(parts.absorbed, e.source); }
  void operator()(const ParentChanged& e) const {
    parts.parent.reset();
    if (e.new_parent) parts.parent = {*e.new_parent, e.new_number};
  }
  void operator()(const SubTicketAdded& e) const { parts.children.push_back({e.child, e.child_number}); }
  void operator()(const SubTicketRemoved& e) const {
    remove(parts.children, e.child);
    if (e.cause == ParentCause::merged) parts.lent.push_back({e.child, e.child_number});
  }
  void operator()(const TicketsLinked& e) const { parts.links.push_back({e.type, e.inverse, e.other, e.other_number}); }
  void operator()(const TicketsUnlinked& e) const {
    std::erase_if(parts.links, [&](const LinkRow& row) {
      return row.type == e.type && row.inverse == e.inverse && row.other == e.other;
    });
  }
  void operator()(const MessageReferenced& e) const { parts.split_from = {e.from, e.from_number}; }
};

}  // namespace

void fold_parts(TicketParts& parts, const Envelope& envelope, const TicketEvent& event) {
  std::visit(Fold{parts, envelope}, event);
}

bool changes_parts(const TicketEvent& event) {
  if (const auto* opened = std::get_if<TicketOpened>(&event)) return !opened->answers.empty();
  return std::visit([]<class E>(const E&) { return !leaves_parts<E>; }, event);
}

}  // namespace greffe
