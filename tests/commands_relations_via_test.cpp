// What is written to a ticket that was merged into another client's.
#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

const Actor by_paul{ActorKind::contact, paul.value};

// Paul's ticket is part of Rosa's; both can be reached, and are told of every answer.
struct United : Desk {
  United() {
    settings.notifications.rules = {{NotifyEvent::replied, Audience::client, NotifyMode::always}};
    contacts[paul].details.email = {"paul@acme.fr"};
    contacts[rosa].details.email = {"rosa@bolt.fr"};
    OpenTicket wanted;
    wanted.title = "Rosa's own";
    wanted.party.contact = rosa;
    wanted.classification.category = {"secret"};
    root = open(wanted);
    part = open_for(paul);
    merge_confirmed(part, root);
  }

  void merge_confirmed(TicketId source, TicketId target) {
    auto command = merge_into(target);
    command.confirm_contact_mismatch = true;
    command.allow_disclosure = true;
    accept(source, command);
  }

  Steps write(TicketId ticket) {
    PostMessage message;
    message.body = "Hello";
    return accept(ticket, message);
  }

  TicketId root, part;
};

NoticeAt to_client(const Steps& steps) {
  const auto decided = the<NotificationDecided>(steps);
  REQUIRE(decided.notices.size() == 1);
  return decided.notices.front();
}

using People = std::vector<Addressee>;

}  // namespace

TEST_CASE("an answer through a merged ticket is told to that ticket's client, and to nobody else's") {
  United desk;
  desk.doer = by(anne);
  CHECK(to_client(desk.write(desk.part)).recipients == People{{{}, paul, {}}});
  CHECK(to_client(desk.write(desk.root)).recipients == People{{{}, rosa, {}}});
  const auto above = desk.open();
  desk.merge_confirmed(desk.root, above);
  CHECK(to_client(desk.write(desk.part)).recipients == People{{{}, paul, {}}});
}

TEST_CASE("what a client writes to their merged ticket is not told to the client of the root") {
  United desk;
  desk.doer = by_paul;
  const auto notice = to_client(desk.write(desk.part));
  CHECK_FALSE(notice.sent);
  CHECK(notice.reason == NoticeReason::own_act);
}

TEST_CASE("nobody outside is told of an answer through an internal ticket in an external one") {
  United desk;
  const auto internal = desk.open_internal();
  desk.merge_confirmed(internal, desk.root);
  desk.doer = by(anne);
  CHECK(to_client(desk.write(internal)).reason == NoticeReason::internal_ticket);
}

TEST_CASE("what follows a message to a merged ticket is for that ticket's client, and shows nothing of the root") {
  United desk;
  SECTION("the root is deleted") { desk.mark_deleted(desk.root); }
  SECTION("the root is closed") {
    desk.close(desk.root);
    desk.settings.reopening.followup = Followup::new_ticket;
  }
  desk.doer = by_paul;
  const auto steps = desk.write(desk.part);
  const auto opened = the<TicketOpened>(steps);
  CHECK(opened.party == desk[desk.part].party);
  CHECK(opened.title.text == "Printer");
  CHECK(opened.classification == Classification{});
  const TicketId made{steps.front().stream.id};
  CHECK(desk[made].links == std::vector<TicketLink>{{LinkType::follow_up_of, false, desk.part}});
  CHECK(desk[desk.part].links == std::vector<TicketLink>{{LinkType::follow_up_of, true, made}});
  CHECK(desk[desk.root].links.empty());
}

TEST_CASE("what follows a message to a ticket merged with another one of the same client is about the root") {
  Desk desk;
  const auto part = desk.open_for(paul);
  OpenTicket wanted;
  wanted.title = "All printers";
  wanted.party.contact = paul;
  const auto root = desk.open(wanted);
  desk.merge(part, root);
  desk.mark_deleted(root);
  desk.doer = by_paul;
  PostMessage message;
  message.body = "Hello";
  CHECK(the<TicketOpened>(desk.accept(part, message)).title.text == "All printers");
}

TEST_CASE("a message that came by a merged number starts a ticket for that ticket's client when it is split off") {
  United desk;
  desk.write(desk.root);
  desk.doer = by_paul;
  desk.write(desk.part);
  desk.doer = administrator;
  const auto steps = desk.accept(desk.root, SplitMessage{2, "The scanner", {}});
  const auto opened = the<TicketOpened>(steps);
  CHECK(opened.party == desk[desk.part].party);
  CHECK(opened.classification == Classification{});
  const auto reference = the<MessageReferenced>(steps);
  CHECK(reference.from == desk.root);
  CHECK(reference.via == desk.part);
  CHECK(desk[desk.root].links.empty());
  REQUIRE(desk[desk.part].links.size() == 1);
  CHECK(desk[desk.part].links.front().type == LinkType::split_from);
  CHECK(the<MessageReferenced>(desk.accept(desk.root, SplitMessage{1, "The tray", {}})).via == std::nullopt);
}

TEST_CASE("a message that went back with its ticket is no message of the root any more") {
  United desk;
  desk.write(desk.part);
  desk.unmerge(desk.part);
  desk.refused(desk.root, SplitMessage{1, "The scanner", {}}, "message", FieldCode::not_found);
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png", Visibility::everyone, 1};
  desk.refused(desk.root, file, "message", FieldCode::not_found);
  desk.merge_confirmed(desk.part, desk.root);
  desk.accept(desk.root, SplitMessage{1, "The scanner", {}});
}

TEST_CASE("a file to a message that came by a merged number is that ticket's") {
  United desk;
  desk.write(desk.root);
  desk.write(desk.part);
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png", Visibility::everyone, 2};
  const auto steps = desk.accept(desk.root, file);
  CHECK(told(steps) == Told{on(desk.part, "DocumentAttached")});
  const auto document = the<DocumentAttached>(steps).document;
  CHECK(document.document == 1);
  CHECK(document.message == 2);
  CHECK(document.held_by == desk.root);
  file.message = 1;
  const auto own = desk.accept(desk.root, file);
  CHECK(told(own) == Told{on(desk.root, "DocumentAttached")});
  CHECK(the<DocumentAttached>(own).document.held_by == std::nullopt);
}

TEST_CASE("a file to an internal message that came by a merged number is internal as well") {
  United desk;
  PostMessage note;
  note.body = "Careful";
  note.visibility = Visibility::internal;
  desk.accept(desk.part, note);
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png", {}, 1};
  const auto document = the<DocumentAttached>(desk.accept(desk.root, file)).document;
  CHECK(document.held_by == desk.root);
  CHECK(document.visibility == Visibility::internal);
  file.visibility = Visibility::everyone;
  desk.refused(desk.root, file, "visibility", FieldCode::not_one_of);
}

TEST_CASE("a merged ticket's own client opens a closed root again by writing") {
  United desk;
  desk.close(desk.root);
  desk.settings.reopening.followup = Followup::reopen;
  REQUIRE(desk.settings.reopening.by == ReopenBy::contact);
  desk.doer = by_paul;
  desk.write(desk.part);
  CHECK(is_open(desk[desk.root].status.category));
}

TEST_CASE("a message that went back is named by the ticket that numbers it") {
  United desk;
  desk.write(desk.part);
  desk.unmerge(desk.part);
  desk.write(desk.part);
  const auto root = desk.number(desk.root);
  const auto returned = the<MessageReferenced>(desk.accept(desk.part, SplitMessage{1, "What came by the root", root}));
  CHECK(returned.from == desk.root);
  CHECK(returned.via == desk.part);
  const auto own = the<MessageReferenced>(desk.accept(desk.part, SplitMessage{1, "What is its own", {}}));
  CHECK(own.from == desk.part);
  CHECK(own.via == std::nullopt);
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png", Visibility::everyone, 1, root};
  const auto document = the<DocumentAttached>(desk.accept(desk.part, file)).document;
  CHECK(document.held_by == desk.root);
  const auto other = desk.open_for(rosa);
  desk.refused(other, SplitMessage{1, "Not theirs", root}, "message", FieldCode::not_found);
  desk.refused(desk.part, SplitMessage{1, "Nowhere", "no-such-number"}, "message", FieldCode::not_found);
}

TEST_CASE("clients know of no message that is another client's, or internal") {
  United desk;
  desk.doer = by_paul;
  desk.write(desk.part);
  desk.doer = by(anne);
  PostMessage note;
  note.body = "Careful";
  note.visibility = Visibility::internal;
  desk.accept(desk.root, note);
  desk.write(desk.root);
  desk.doer = {ActorKind::contact, rosa.value};
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png", Visibility::everyone, 1, {}, true};
  desk.refused(desk.root, file, "message", FieldCode::not_found);
  file.message = 2;
  desk.refused(desk.root, file, "message", FieldCode::not_found);
  file.message = 4;
  desk.refused(desk.root, file, "message", FieldCode::not_found);
  file.message = 3;
  desk.accept(desk.root, file);
}

TEST_CASE("an unmerge takes off the watcher that the merge brought, and no other") {
  United desk;
  desk.unmerge(desk.part);
  const Watcher brought{WatcherKind::copy, {{}, paul, {}}};
  const auto merge_keeping = [&] {
    auto command = desk.merge_into(desk.root);
    command.confirm_contact_mismatch = command.keep_contact_as_watcher = true;
    desk.accept(desk.part, command);
  };
  merge_keeping();
  CHECK(desk[desk.root].watchers == std::vector<Watcher>{brought});
  desk.unmerge(desk.part);
  CHECK(desk[desk.root].watchers.empty());
  desk.accept(desk.root, AddWatcher{brought.kind, brought.who});
  merge_keeping();
  desk.unmerge(desk.part);
  CHECK(desk[desk.root].watchers == std::vector<Watcher>{brought});
}
