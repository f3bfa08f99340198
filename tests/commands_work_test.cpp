// To-dos, watchers, articles, statuses by themselves, deletion.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

TEST_CASE("to-dos are numbered, done, undone, dropped and put in order") {
  const TodoAdded call{{1, {"call"}, {}, {}}}, write{{2, {"write"}, bob, {}}};
  given(opened()).when(AddTodo{"call", {}, {}}).then(call);
  given(opened(), call).when(AddTodo{"write", bob, {}}).then(write);
  const auto ticket = given(opened(), call, write);
  ticket.when(CompleteTodo{2}).then(TodoCompleted{2});
  ticket.when(CompleteTodo{3}).refused("todo", FieldCode::not_found);
  ticket.when(ReopenTodo{1}).nothing();
  ticket.when(DropTodo{1}).then(TodoDropped{1});
  ticket.when(ReorderTodos{{2, 1}}).then(TodosReordered{{2, 1}});
  ticket.when(ReorderTodos{{1, 2}}).nothing();
  ticket.when(ReorderTodos{{2}}).refused("todos", FieldCode::not_one_of);
  given(opened(), call, TodoDropped{1}).when(AddTodo{"again", {}, {}}).then(TodoAdded{{2, {"again"}, {}, {}}});
}

TEST_CASE("a watcher is one person or one address") {
  const Addressee address{{}, {}, {"extra@x.fr"}};
  const auto ticket = given(opened());
  ticket.when(AddWatcher{WatcherKind::email, address}).then(WatcherAdded{WatcherKind::email, address});
  ticket.when(AddWatcher{WatcherKind::copy, {anne, {}, {}}}).then(WatcherAdded{WatcherKind::copy, {anne, {}, {}}});
  ticket.when(AddWatcher{WatcherKind::copy, {}}).refused("watcher", FieldCode::required);
  ticket.when(AddWatcher{WatcherKind::copy, {anne, paul, {}}}).refused("watcher", FieldCode::too_many);
  ticket.when(AddWatcher{WatcherKind::email, {{}, {}, {"nobody"}}}).refused("watcher.email", FieldCode::malformed);
  given(opened(), WatcherAdded{WatcherKind::email, address}).when(AddWatcher{WatcherKind::email, address}).nothing();
  given(opened(), WatcherAdded{WatcherKind::email, address})
      .when(RemoveWatcher{WatcherKind::email, address})
      .then(WatcherRemoved{WatcherKind::email, address});
}

TEST_CASE("an address is one watcher however its letters are written, and is kept as first given") {
  const Addressee first{{}, {}, {"Extra@X.fr"}}, again{{}, {}, {"extra@x.FR"}};
  const auto watched = given(opened(), WatcherAdded{WatcherKind::email, first});
  watched.when(AddWatcher{WatcherKind::email, again}).nothing();
  watched.when(RemoveWatcher{WatcherKind::email, again}).then(WatcherRemoved{WatcherKind::email, first});
  watched.when(AddWatcher{WatcherKind::copy, again}).then(WatcherAdded{WatcherKind::copy, again});
  watched.when(RemoveWatcher{WatcherKind::copy, again}).nothing();
  // Of a time when they were two.
  given(opened(), WatcherAdded{WatcherKind::email, first}, WatcherAdded{WatcherKind::email, again})
      .when(RemoveWatcher{WatcherKind::email, first})
      .then(WatcherRemoved{WatcherKind::email, first}, WatcherRemoved{WatcherKind::email, again});
}

TEST_CASE("a link's scheme may be in capitals, and is that of a web page") {
  const auto ticket = given(opened());
  for (const char* url : {"HTTPS://x.fr/a", "Http://x.fr", "https://x.fr"}) {
    ticket.when(LinkArticle{"How to", url}).then(ArticleLinked{1, "How to", url});
  }
  for (const char* url : {"ftp://x.fr", "javascript://x.fr", "https:x.fr", "//x.fr", "https", "httpss://x.fr", "://",
                          "http://", "https:///a", "https://?q", "https://#a", "https://:80"}) {
    ticket.when(LinkArticle{"How to", url}).refused("url", FieldCode::malformed);
  }
}

TEST_CASE("articles are links with a title") {
  given(opened()).when(LinkArticle{"How to", "https://help/1"}).then(ArticleLinked{1, "How to", "https://help/1"});
  given(opened()).when(LinkArticle{"", ""}).refused({{"title", FieldCode::required}, {"url", FieldCode::required}});
  given(opened(), ArticleLinked{1, "a", "https://b"}).when(UnlinkArticle{1}).then(ArticleUnlinked{1});
}

TEST_CASE("an article that is linked already is not linked twice, one with another title or page is") {
  const auto ticket = given(opened(), ArticleLinked{1, "How to", "https://help/1"});
  ticket.when(LinkArticle{"How to", "https://help/1"}).nothing();
  ticket.when(LinkArticle{"How to", "https://help/2"}).then(ArticleLinked{2, "How to", "https://help/2"});
  ticket.when(LinkArticle{"Why", "https://help/1"}).then(ArticleLinked{2, "Why", "https://help/1"});
  given(opened(), ArticleLinked{1, "How to", "https://help/1"}, ArticleUnlinked{1})
      .when(LinkArticle{"How to", "https://help/1"})
      .then(ArticleLinked{2, "How to", "https://help/1"});
}

TEST_CASE("a status leads only to those that the settings name") {
  World world;
  world.settings.statuses.statuses[0].next = {"open"};  // new
  auto ticket = given(opened()).in(world);
  ticket.when(ChangeStatus{"pending"}).refused(RejectionCode::transition_not_allowed);
  ticket.when(CloseTicket{}).refused(RejectionCode::transition_not_allowed);
  ticket.when(ChangeStatus{"open"}).then(StatusChanged{is_new, is_open_});
  CHECK(ticket.when(ChangeStatus{"pending"}, By{administrator(), true, noon}).decision());
}

TEST_CASE("reading and assigning move a ticket that nobody moved on yet") {
  World world;
  world.settings.statuses.on_read = "open";
  world.settings.statuses.on_assign = "pending";
  given(opened())
      .in(world)
      .when(MarkRead{}, by_agent(anne))
      .then(TicketRead{}, StatusChanged{is_new, is_open_, StatusCause::followed});
  given(opened(), TicketRead{}).in(world).when(MarkRead{}, by_agent(bob)).nothing();
  given(opened(), StatusChanged{is_new, is_open_})
      .in(world)
      .when(AssignTicket{anne})
      .then(TicketAssigned{{}, anne, AssignCause::assigned},
            StatusChanged{is_open_, is_pending, StatusCause::followed});
  given(opened(), StatusChanged{is_new, is_pending})
      .in(world)
      .when(AssignTicket{anne})
      .then(TicketAssigned{{}, anne, AssignCause::assigned});
}

TEST_CASE("deletion is a tombstone that can be lifted, where the settings allow it at all") {
  const StatusAt deleted{"deleted", Category::deleted};
  given(opened()).when(DeleteTicket{"spam"}).refused(RejectionCode::deletion_not_allowed);
  World world;
  world.settings.handling.deletion = Deletion::tombstone;
  given(opened()).in(world).when(DeleteTicket{""}).refused("reason", FieldCode::required);
  given(opened()).in(world).when(DeleteTicket{"spam"}).then(TicketDeleted{is_new, deleted, {"spam"}});
  auto gone = given(opened(), TicketDeleted{is_new, deleted, {"spam"}}).in(world);
  gone.when(DeleteTicket{"spam"}).nothing();
  gone.when(RenameTicket{"x"}).refused(RejectionCode::ticket_deleted);
  gone.when(CloseTicket{}).refused(RejectionCode::ticket_deleted);
  gone.when(RestoreTicket{"no spam"}).then(TicketRestored{deleted, is_new, {"no spam"}});
  given(opened()).in(world).when(RestoreTicket{}).nothing();
}

TEST_CASE("closed tickets are reclassified or edited where the settings say so") {
  World world;
  const auto ticket = [&] { return given(opened(), closed()).in(world); };
  world.settings.handling.closed_edit = ClosedEdit::reclassify;
  CHECK(ticket().when(ClassifyTicket{{}, "r", {}}).decision());
  CHECK(ticket().when(ChangePriority{"critical"}).decision());
  ticket().when(RenameTicket{"x"}).refused(RejectionCode::ticket_closed);
  world.settings.handling.closed_edit = ClosedEdit::all;
  CHECK(ticket().when(RenameTicket{"x"}).decision());
  world.settings.handling.closed_edit = ClosedEdit::none;
  ticket().when(ClassifyTicket{{}, "r", {}}).refused(RejectionCode::ticket_closed);
}

TEST_CASE("who may close: anybody, the team, or who has the ticket") {
  World world;
  auto in_support = opened();
  in_support.team = support;  // anne's
  auto ticket = given(in_support, TicketAssigned{{}, anne});
  const auto may = [&](AgentId agent) {
    return ticket.in(world).when(CloseTicket{}, by_agent(agent)).decision().has_value();
  };
  CHECK(may(bob));
  world.settings.handling.close_scope = CloseScope::team;
  CHECK(may(anne));
  CHECK_FALSE(may(bob));
  world.settings.handling.close_scope = CloseScope::assignee;
  CHECK(may(anne));
  ticket.when(ChangeStatus{"resolved"}, by_agent(bob)).refused(RejectionCode::forbidden);
  world.agents[bob].details.role = AgentRole::supervisor;
  CHECK(may(bob));
}

TEST_CASE("auditors change nothing") {
  World world;
  world.agents[bob].details.role = AgentRole::auditor;
  given(opened()).in(world).when(RenameTicket{"x"}, by_agent(bob)).refused(RejectionCode::forbidden);
  given().in(world).when(OpenTicket{}, by_agent(bob)).refused(RejectionCode::forbidden);
}
