#include "commands/ticket/state.h"

#include <openssl/sha.h>

#include <algorithm>

#include "events/result.h"

namespace greffe {
namespace {

template <class T>
void remove(std::vector<T>& values, const T& value) {
  std::erase(values, value);
}

// One overload an event, none for "any other".
struct Fold {
  TicketState& s;
  Instant at;

  void operator()(const TicketOpened& e) const {
    s.opened_at = at;
    s.number = e.number;
    s.kind = e.kind;
    s.channel = e.channel;
    s.origin = e.origin;
    s.title = e.title.text;
    s.description = e.description.text;
    s.status = e.status;
    s.priority = e.priority;
    s.classification = e.classification;
    s.party = e.party;
    s.team = e.team;
    s.external_id = e.external_id;
    s.due_at = e.due_at;
    s.estimated_resolution_at = e.estimated_resolution_at;
    s.notify_client = e.notify_client;
    s.notify_assignee = e.notify_assignee;
  }

  // Fields.
  void operator()(const TitleChanged& e) const { s.title = e.new_title.text; }
  void operator()(const DescriptionChanged& e) const { s.description = e.new_description.text; }
  void operator()(const PriorityChanged& e) const { s.priority = e.new_priority; }
  void operator()(const TicketClassified& e) const { s.classification = e.new_classification; }
  void operator()(const OriginChanged& e) const { s.origin = e.new_origin; }
  void operator()(const ContactLinked& e) const { s.party = e.new_party; }
  void operator()(const ParticularsChanged& e) const { s.particulars = e.new_particulars; }
  void operator()(const DueDateChanged& e) const { s.due_at = e.new_due_at; }
  void operator()(const EstimatedResolutionChanged& e) const {
    s.estimated_resolution_at = e.new_estimated_resolution_at;
  }
  void operator()(const NotifyChoiceChanged& e) const {
    s.notify_client = e.notify_client;
    s.notify_assignee = e.notify_assignee;
  }

  // Assignment and status.
  void operator()(const TicketAssigned& e) const { s.assignee = e.new_assignee; }
  void operator()(const TicketUnassigned&) const { s.assignee.reset(); }
  void operator()(const TicketMovedToTeam& e) const { s.team = e.new_team; }
  void operator()(const TicketRead&) const { s.read = true; }
  void operator()(const StatusChanged& e) const { s.status = e.new_status; }
  void operator()(const TicketClosed& e) const {
    s.status = e.new_status;
    s.last_closed_at = at;
  }
  void operator()(const TicketReopened& e) const {
    s.status = e.new_status;
    s.reopen_count = e.reopen_count;
  }
  void operator()(const TicketDeleted& e) const {
    s.status_before = e.old_status;
    s.status = e.new_status;
  }
  void operator()(const TicketRestored& e) const { s.status = e.new_status; }
  void operator()(const LookRequested&) const { s.needs_look = true; }
  void operator()(const LookDone&) const { s.needs_look = false; }

  // Exchange.
  void operator()(const MessagePosted& e) const {
    s.counts.messages = std::max(s.counts.messages, e.message);
    if (e.via) s.messages_via.push_back({e.message, *e.via});
    if (e.visibility == Visibility::internal) s.internal_messages.push_back(e.message);
  }
  void operator()(const MessageDisclosed&) const {}
  void operator()(const NotificationDecided&) const {}
  void operator()(const WatcherAdded& e) const { s.watchers.push_back({e.kind, e.watcher}); }
  void operator()(const WatcherRemoved& e) const { remove(s.watchers, {e.kind, e.watcher}); }

  // What it is about and what is to be done.
  void operator()(const ContextLinked& e) const {
    // One that is linked again has its old number, and its old place.
    const auto later =
        std::find_if(s.contexts.begin(), s.contexts.end(), [&](const ContextAt& c) { return c.link > e.context.link; });
    s.contexts.insert(later, e.context);
    s.counts.contexts = std::max(s.counts.contexts, e.context.link);
  }
  void operator()(const ContextUnlinked& e) const {
    std::erase_if(s.contexts, [&](const ContextAt& c) { return c.link == e.context.link; });
  }
  void operator()(const TodoAdded& e) const {
    s.todos.push_back({e.todo.todo, false});
    s.counts.todos = e.todo.todo;
  }
  void operator()(const TodoCompleted& e) const { todo(e.todo, true); }
  void operator()(const TodoReopened& e) const { todo(e.todo, false); }
  void operator()(const TodoDropped& e) const {
    std::erase_if(s.todos, [&](const TodoState& t) { return t.todo == e.todo; });
  }
  void operator()(const TodosReordered& e) const {
    const auto place = [&](const TodoState& t) { return std::find(e.todos.begin(), e.todos.end(), t.todo); };
    std::stable_sort(s.todos.begin(), s.todos.end(),
                     [&](const TodoState& a, const TodoState& b) { return place(a) < place(b); });
  }
  void operator()(const DocumentAttached& e) const {
    s.documents.push_back(e.document.document);
    s.counts.documents = e.document.document;
  }
  void operator()(const DocumentRemoved& e) const { remove(s.documents, e.document); }
  void operator()(const ArticleLinked& e) const {
    s.articles.push_back({e.article, digest_of({e.title, e.url})});
    s.counts.articles = e.article;
  }
  void operator()(const ArticleUnlinked& e) const {
    std::erase_if(s.articles, [&](const ArticleState& a) { return a.article == e.article; });
  }
  void operator()(const InterventionRequested& e) const {
    s.interventions.push_back({e.intervention, false, {}});
    s.counts.interventions = e.intervention;
  }
  void operator()(const InterventionAnswered& e) const {
    for (auto& i : s.interventions) {
      if (i.intervention == e.intervention) i = {i.intervention, true, digest_of({e.reference, e.url, e.note.text})};
    }
  }
  void operator()(const PointsSpent&) const {}

  // Other tickets.
  void operator()(const TicketMergedInto& e) const {
    s.merged_into = e.target;
    s.status_before = e.old_status;
    s.assignee_before = e.old_assignee;
    s.status = e.new_status;
  }
  void operator()(const TicketAbsorbed& e) const {
    s.absorbed.push_back(e.source);
    if (e.keeps_contact) s.contacts_kept.push_back(e.source);
  }
  void operator()(const TicketUnmerged& e) const {
    s.merged_into.reset();
    s.status = e.new_status;
    s.assignee = e.new_assignee;
    s.lent_children.clear();
  }
  void operator()(const TicketReleased& e) const {
    remove(s.absorbed, e.source);
    remove(s.contacts_kept, e.source);
  }
  void operator()(const ParentChanged& e) const {
    s.parent = e.new_parent;
    if (e.cause == ParentCause::merged && e.old_parent) return s.lent_by.push_back(*e.old_parent);
    // Back with one of the lenders, as before it lent; or wherever somebody put it.
    const auto kept = e.cause == ParentCause::unmerged && e.new_parent
                          ? std::find(s.lent_by.begin(), s.lent_by.end(), *e.new_parent)
                          : s.lent_by.begin();
    s.lent_by.erase(kept, s.lent_by.end());
  }
  void operator()(const SubTicketAdded& e) const { s.children.push_back(e.child); }
  void operator()(const SubTicketRemoved& e) const {
    remove(s.children, e.child);
    if (e.cause == ParentCause::merged) s.lent_children.push_back(e.child);
  }
  void operator()(const TicketsLinked& e) const { s.links.push_back({e.type, e.inverse, e.other}); }
  void operator()(const TicketsUnlinked& e) const { remove(s.links, {e.type, e.inverse, e.other}); }
  void operator()(const MessageSplitOff&) const {}
  void operator()(const MessageReferenced&) const {}

  void todo(std::uint32_t number, bool done) const {
    for (auto& t : s.todos) {
      if (t.todo == number) t.done = done;
    }
  }
};

}  // namespace

TextDigest digest_of(std::string_view text) {
  TextDigest digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

TextDigest digest_of(std::initializer_list<std::string_view> texts) {
  std::string all;
  for (const auto text : texts) all.append(text).push_back('\0');
  return digest_of(all);
}

void evolve(TicketState& state, const TicketEvent& event, Instant occurred_at) {
  state.version = next(state.version);
  std::visit(Fold{state, occurred_at}, event);
}

}  // namespace greffe
