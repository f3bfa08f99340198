// What an absorbed ticket brought along, worked on from the root.
#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

const Addressee anne_herself{anne, {}, {}}, bob_himself{bob, {}, {}}, outside{{}, {}, {"copy@example.org"}};

// Two tickets of Paul's, each with a thing of every kind, one part of the other.
struct United : Desk {
  United() {
    root = open_for(paul);
    part = open_for(paul);
    for (const TicketId ticket : {part, root}) {
      accept(ticket, AddTodo{"Call", {}, {}});
      accept(ticket, AttachDocument{std::string(64, 'a'), 1, "image/png", "a.png", Visibility::everyone, 0});
      accept(ticket, LinkArticle{"How to", "https://kb.example"});
      accept(ticket, LinkTicketContext{{van, {}, {}, {}, {}}});
      accept(ticket, RequestIntervention{"Look at it", {}});
      PostMessage message;
      message.body = "Hello";
      accept(ticket, message);
    }
    accept(part, AddTodo{"Call again", {}, {}});
    merge(part, root);
  }

  TicketId root, part;
};

template <class Command>
Command of(const std::string& part, Command command) {
  command.part = part;
  return command;
}

}  // namespace

TEST_CASE("a to-do of an absorbed ticket is done from the root, and goes back as it is then") {
  United desk;
  const auto number = desk.number(desk.part);
  CHECK(told(desk.accept(desk.root, of(number, CompleteTodo{1}))) == Told{on(desk.part, "TodoCompleted")});
  CHECK(desk[desk.part].todos == std::vector<TodoState>{{1, true}, {2, false}});
  CHECK(desk[desk.root].todos == std::vector<TodoState>{{1, false}});
  desk.nothing(desk.root, of(number, CompleteTodo{1}));
  CHECK(told(desk.accept(desk.root, of(number, ReopenTodo{1}))) == Told{on(desk.part, "TodoReopened")});
  desk.accept(desk.root, of(number, CompleteTodo{2}));
  desk.unmerge(desk.part);
  CHECK(desk[desk.part].todos == std::vector<TodoState>{{1, false}, {2, true}});
}

TEST_CASE("each thing that an absorbed ticket has is changed there from the root") {
  United desk;
  const auto number = desk.number(desk.part);
  const auto changes = [&](const TicketCommand& command, const char* event) {
    CHECK(told(desk.accept(desk.root, command)) == Told{on(desk.part, event)});
  };
  changes(of(number, DropTodo{1}), "TodoDropped");
  changes(of(number, RemoveDocument{1, {}}), "DocumentRemoved");
  changes(of(number, UnlinkArticle{1}), "ArticleUnlinked");
  changes(of(number, UnlinkTicketContext{1}), "ContextUnlinked");
  changes(of(number, AnswerIntervention{1, "R-1", {}, {}, {}}), "InterventionAnswered");
  const auto steps = desk.accept(desk.root, SplitMessage{1, "The scanner", number});
  CHECK(the<MessageReferenced>(steps).from == desk.part);
  CHECK(the<MessageSplitOff>(steps).message == 1);
}

TEST_CASE("only the number of the ticket itself or of one that it absorbed says whose a thing is") {
  United desk;
  const auto above = desk.open_for(paul), stranger = desk.open_for(paul);
  const auto refused = [&](TicketId ticket, const std::string& number) {
    desk.refused(ticket, of(number, CompleteTodo{1}), "origin", FieldCode::not_found);
  };
  refused(desk.root, "no-such-number");
  refused(desk.root, desk.number(stranger));
  CHECK(told(desk.accept(desk.root, of(desk.number(desk.root), CompleteTodo{1}))) ==
        Told{on(desk.root, "TodoCompleted")});
  desk.refused(desk.part, of(desk.number(desk.root), CompleteTodo{1}), RejectionCode::ticket_merged);
  desk.merge(desk.root, above);
  desk.accept(above, of(desk.number(desk.part), CompleteTodo{1}));
  desk.unmerge(desk.part);
  refused(above, desk.number(desk.part));
  desk.refused(desk.part, of(desk.number(desk.part), CompleteTodo{9}), "todo", FieldCode::not_found);
}

TEST_CASE("who watches an absorbed ticket is told what happens to the root, once") {
  United desk;
  desk.settings.notifications.rules = {{NotifyEvent::replied, Audience::watchers, NotifyMode::always}};
  desk.accept(desk.root, AddWatcher{WatcherKind::copy, bob_himself});
  desk.unmerge(desk.part);
  desk.accept(desk.part, AddWatcher{WatcherKind::copy, bob_himself});
  desk.accept(desk.part, AddWatcher{WatcherKind::email, outside});
  desk.merge(desk.part, desk.root);
  const auto told_of_answer = [&] {
    PostMessage message;
    message.body = "Done";
    return the<NotificationDecided>(desk.accept(desk.root, message)).notices.front().recipients;
  };
  CHECK(told_of_answer() == std::vector<Addressee>{bob_himself, outside});
  desk.unmerge(desk.part);
  CHECK(told_of_answer() == std::vector<Addressee>{bob_himself});
}

TEST_CASE("who is taken off the root is taken off wherever they watch it") {
  United desk;
  desk.unmerge(desk.part);
  desk.accept(desk.part, AddWatcher{WatcherKind::copy, bob_himself});
  desk.accept(desk.part, AddWatcher{WatcherKind::copy, anne_herself});
  desk.accept(desk.root, AddWatcher{WatcherKind::copy, bob_himself});
  desk.merge(desk.part, desk.root);
  CHECK(told(desk.accept(desk.root, RemoveWatcher{WatcherKind::copy, bob_himself})) ==
        Told{on(desk.root, "WatcherRemoved"), on(desk.part, "WatcherRemoved")});
  CHECK(told(desk.accept(desk.root, RemoveWatcher{WatcherKind::copy, anne_herself})) ==
        Told{on(desk.part, "WatcherRemoved")});
  desk.nothing(desk.root, RemoveWatcher{WatcherKind::copy, anne_herself});
}

TEST_CASE("who is taken off one of the tickets that are one still watches by the others") {
  United desk;
  desk.unmerge(desk.part);
  for (const TicketId ticket : {desk.part, desk.root}) desk.accept(ticket, AddWatcher{WatcherKind::copy, bob_himself});
  desk.merge(desk.part, desk.root);
  const auto remove = of(desk.number(desk.root), RemoveWatcher{WatcherKind::copy, bob_himself, {}});
  CHECK(told(desk.accept(desk.root, remove)) == Told{on(desk.root, "WatcherRemoved")});
  CHECK(desk[desk.part].watchers.size() == 1);
}
