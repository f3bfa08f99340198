// Random work on one ticket: what it is about, what is to be done, who follows it.
#pragma once

#include "tests/projections_author_desk.h"

namespace greffe::projections_test {

class AuthoredWork {
 public:
  explicit AuthoredWork(Desk& desk) : desk_(desk) {}

  void act(AuthoredTicket& t) {
    how_ = desk_.how(t);
    switch (desk_.draw(9)) {
      case 0: return dates(t);
      case 1: return follow(t);
      case 2: return contexts(t);
      case 3:
      case 4: return todos(t);
      case 5: return documents(t);
      case 6: return articles(t);
      case 7: return interventions(t);
      default: return look(t);
    }
  }

 private:
  void put(const AuthoredTicket& t, TicketEvent event) { desk_.history.on(t.id, std::move(event), how_); }

  void dates(const AuthoredTicket& t) {
    std::optional<Instant> to;
    if (desk_.draw(3) > 0) to = desk_.some_instant();
    switch (desk_.draw(4)) {
      case 0: return put(t, DueDateChanged{{}, to});
      case 1: return put(t, EstimatedResolutionChanged{{}, to});
      case 2: return put(t, OriginChanged{"", desk_.name()});
      default: return put(t, NotifyChoiceChanged{desk_.draw(2) == 0, desk_.draw(2) == 0});
    }
  }

  void follow(AuthoredTicket& t) {
    if (!t.watchers.empty() && desk_.draw(2) == 0) {
      const auto i = desk_.draw(t.watchers.size());
      put(t, WatcherRemoved{t.watchers[i].kind, t.watchers[i].watcher});
      t.watchers.erase(t.watchers.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
    WatcherAdded added{WatcherKind::email, {{}, {}, {desk_.name() + "@example.org"}}};
    if (!desk_.agents.empty() && desk_.draw(2) == 0) added = {WatcherKind::copy, {desk_.one_of(desk_.agents), {}, {}}};
    for (const auto& known : t.watchers) {
      if (same_fields(known, added)) return;
    }
    t.watchers.push_back(added);
    put(t, added);
  }

  void contexts(AuthoredTicket& t) {
    if (!t.linked_contexts.empty() && desk_.draw(2) == 0) {
      put(t, ContextUnlinked{t.linked_contexts.front()});
      t.linked_contexts.erase(t.linked_contexts.begin());
      return;
    }
    const std::string type = desk_.one_of<std::string>({"vehicle", "invoice", "booking"});
    t.linked_contexts.push_back({++t.contexts, type, {}, {desk_.name()}, "https://x.example", {{"km", {"12"}}}});
    put(t, ContextLinked{t.linked_contexts.back()});
  }

  void todos(AuthoredTicket& t) {
    if (t.left_todos.empty() || desk_.draw(3) == 0) {
      t.left_todos.push_back(++t.todos);
      return put(t, TodoAdded{{t.todos, {desk_.name()}, desk_.maybe(desk_.agents), desk_.some_instant()}});
    }
    const auto todo = desk_.one_of(t.left_todos);
    switch (desk_.draw(4)) {
      case 0: return put(t, TodoCompleted{todo});
      case 1: return put(t, TodoReopened{todo});
      case 2:
        put(t, TodoDropped{todo});
        std::erase(t.left_todos, todo);
        return;
      default:
        std::rotate(t.left_todos.begin(), t.left_todos.begin() + 1, t.left_todos.end());
        return put(t, TodosReordered{t.left_todos});
    }
  }

  void documents(AuthoredTicket& t) {
    if (!t.left_documents.empty() && desk_.draw(3) == 0) {
      put(t, DocumentRemoved{t.left_documents.back(), {"wrong file"}});
      return t.left_documents.pop_back();
    }
    DocumentAt document;
    document.document = ++t.documents;
    document.sha256 = std::string(64, 'a');
    document.visibility = static_cast<Visibility>(desk_.draw(2));
    document.message = static_cast<std::uint32_t>(desk_.draw(t.messages + 1));
    t.left_documents.push_back(t.documents);
    put(t, DocumentAttached{document});
  }

  void articles(AuthoredTicket& t) {
    if (!t.left_articles.empty() && desk_.draw(2) == 0) {
      put(t, ArticleUnlinked{t.left_articles.back()});
      return t.left_articles.pop_back();
    }
    t.left_articles.push_back(++t.articles);
    put(t, ArticleLinked{t.articles, desk_.name(), "https://kb.example"});
  }

  void interventions(AuthoredTicket& t) {
    if (t.interventions > 0 && desk_.draw(2) == 0) {
      return put(t, InterventionAnswered{1 + static_cast<std::uint32_t>(desk_.draw(t.interventions)), "R-1", "", {}});
    }
    if (desk_.draw(3) == 0) return put(t, PointsSpent{ContractId{1}, 3, {"by hand"}});
    put(t, InterventionRequested{++t.interventions, {desk_.name()}, {}, t.party, t.linked_contexts, {}});
  }

  void look(AuthoredTicket& t) {
    switch (desk_.draw(5)) {
      case 0: return put(t, TicketRead{});
      case 1: return put(t, LookRequested{LookReason::automatic_message});
      case 2: return put(t, LookDone{});
      case 3: return put(t, NotificationDecided{NotifyEvent::replied, 1, {{}}});
      default:
        if (t.messages == 0) return put(t, TicketRead{});
        return put(t, MessageDisclosed{1 + static_cast<std::uint32_t>(desk_.draw(t.messages)), {}});
    }
  }

  Desk& desk_;
  History::How how_;
};

}  // namespace greffe::projections_test
