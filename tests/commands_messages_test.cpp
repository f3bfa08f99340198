// Messages: who hears of them, and what they do to tickets that are closed.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

PostMessage message(std::string body) { return {Visibility::everyone, std::move(body)}; }
MessagePosted posted(std::string body, std::uint32_t number) {
  return {Visibility::everyone, {std::move(body)}, number};
}

TicketOpened for_paul() {
  auto e = opened();
  e.party = {paul, acme};
  return e;
}

By after_days(int days, Actor doer) { return {doer, false, Instant{} + std::chrono::days(days)}; }

}  // namespace

TEST_CASE("a private message names its recipients, and those outside are recorded") {
  PostMessage c{Visibility::internal, "for your eyes"};
  c.to = {{bob, {}, {}}, {{}, {}, {"expert@out.fr"}}};
  MessagePosted wanted{Visibility::internal, {"for your eyes"}, 1};
  wanted.to = c.to;
  const NotificationDecided told{
      NotifyEvent::private_message, 0, {{Audience::recipients, true, NoticeReason::chosen, c.to, {}, 0}}};
  given(opened()).when(c).then(wanted, told, MessageDisclosed{1, {{{}, {}, {"expert@out.fr"}}}});
  c.visibility = Visibility::everyone;
  given(opened()).when(c).refused("to", FieldCode::not_one_of);
}

TEST_CASE("a client's message to a closed ticket reopens it within the days that the settings give") {
  const auto ticket = given(for_paul(), closed());  // closed at the epoch
  ticket.when(message("still broken"), after_days(30, by_contact(paul)))
      .then(TicketReopened{is_closed, is_open_, ReopenCause::message, {}, 1}, posted("still broken", 1));
  const auto late = ticket.when(message("again"), after_days(31, by_contact(paul)));
  REQUIRE(late.decision());
  const auto& events = *late.decision();
  REQUIRE(events.size() == 4);
  CHECK(std::get<TicketOpened>(events[0]).party == for_paul().party);
  CHECK(std::get<MessagePosted>(events[1]).body.text == "again");
  CHECK(text_of(Event(TicketEvent(events[2]))) ==
        text_of(Event(TicketEvent(TicketsLinked{LinkType::follow_up_of, false, {500}, "2502280001"}))));
  CHECK(std::get<TicketsLinked>(events[3]).other == TicketId{900});
}

TEST_CASE("the follow-up policy decides: reopen always, or a new ticket always") {
  World world;
  world.settings.reopening.followup = Followup::reopen;
  auto ticket = given(for_paul(), closed());
  const auto opens = [&] {
    const auto outcome = ticket.in(world).when(message("hello"), after_days(400, by_contact(paul)));
    REQUIRE(outcome.decision());
    return std::holds_alternative<TicketOpened>(outcome.decision()->front());
  };
  CHECK_FALSE(opens());
  world.settings.reopening.followup = Followup::new_ticket;
  CHECK(opens());
  world.settings.reopening = {Followup::reopen, 30, true, ReopenBy::contact, 7};
  CHECK(opens());  // final by then
  ticket.when(ReopenTicket{}, after_days(400, by_agent(anne))).refused(RejectionCode::ticket_final);
  CHECK(ticket.when(ReopenTicket{}, after_days(7, by_agent(anne))).decision());
}

TEST_CASE("a client's own reopening is held to the follow-up policy, the desk's is not") {
  World world;
  auto ticket = given(for_paul(), closed());
  CHECK(ticket.when(ReopenTicket{}, after_days(30, by_contact(paul))).decision());
  ticket.when(ReopenTicket{}, after_days(31, by_contact(paul))).refused(RejectionCode::ticket_final);
  CHECK(ticket.when(ReopenTicket{}, after_days(31, by_agent(anne))).decision());
  CHECK(ticket.when(ReopenTicket{}, By{by_contact(paul), true, Instant{} + std::chrono::days(31)}).decision());
  world.settings.reopening.followup = Followup::new_ticket;
  ticket.in(world).when(ReopenTicket{}, after_days(1, by_contact(paul))).refused(RejectionCode::ticket_final);
  CHECK(ticket.when(ReopenTicket{}, after_days(1, by_agent(anne))).decision());
  world.settings.reopening.followup = Followup::reopen;
  CHECK(ticket.in(world).when(ReopenTicket{}, after_days(400, by_contact(paul))).decision());
}

TEST_CASE("auto-replies and people who are not the client reopen nothing: somebody should look") {
  World world;
  world.contacts[ContactId{203}] = {{1}, {{"Colleague"}, {}, {}, acme, {}, ContactRole::manager}, true};
  auto ticket = given(for_paul(), closed()).in(world);
  auto automatic = message("out of office");
  automatic.automatic = true;
  auto stored = posted("out of office", 1);
  stored.automatic = true;
  ticket.when(automatic, after_days(1, by_contact(paul))).then(stored, LookRequested{LookReason::automatic_message});
  ticket.when(message("thank you"), after_days(1, by_contact({203})))
      .then(posted("thank you", 1), LookRequested{LookReason::message_after_close});
  world.settings.reopening.by = ReopenBy::any_external;
  ticket.in(world)
      .when(message("thank you"), after_days(1, by_contact({203})))
      .then(TicketReopened{is_closed, is_open_, ReopenCause::message, {}, 1}, posted("thank you", 1));
  ticket.when(message("note"), after_days(1, by_agent(anne))).then(posted("note", 1));
}

TEST_CASE("a client's mail to a deleted ticket opens a new one and brings nothing back") {
  const auto ticket = given(for_paul(), TicketDeleted{is_new, {"deleted", Category::deleted}, {"spam"}});
  const auto outcome = ticket.when(message("where is it?"), by_contact(paul));
  REQUIRE(outcome.decision());
  CHECK(std::holds_alternative<TicketOpened>(outcome.decision()->front()));
  ticket.when(message("hello"), by_agent(anne)).refused(RejectionCode::ticket_deleted);
}

TEST_CASE("an answer to a ticket that nobody took is noted, or refused, as the settings say") {
  World world;
  world.settings.handling.claim_before_reply = Strictness::warn;
  auto ticket = given(opened()).in(world);
  ticket.when(message("hello"), by_agent(anne))
      .then(posted("hello", 1), LookRequested{LookReason::reply_without_claim});
  ticket.when(PostMessage{Visibility::internal, "note"}, by_agent(anne))
      .then(MessagePosted{Visibility::internal, {"note"}, 1});
  world.settings.handling.claim_before_reply = Strictness::refuse;
  ticket.in(world).when(message("hello"), by_agent(anne)).refused(RejectionCode::claim_required);
  given(opened(), TicketAssigned{{}, bob}).in(world).when(message("hello"), by_agent(anne)).then(posted("hello", 1));
}

TEST_CASE("clients write in their own words, and learn of no canned reply") {
  World world;
  world.canned_replies[CannedReplyId{301}] = {{1}, {"Thanks", "fr", "Merci"}, true};
  const auto ticket = given(for_paul()).in(world);
  for (const std::uint64_t id : {301, 302}) {
    auto canned = message("Merci");
    canned.canned_reply = CannedReplyId{id};
    ticket.when(canned, by_contact(paul)).refused(RejectionCode::forbidden);
  }
  auto canned = message("Merci");
  canned.canned_reply = CannedReplyId{301};
  auto answer = posted("Merci", 1);
  answer.canned_reply = CannedReplyId{301};
  ticket.when(canned, by_agent(anne)).then(answer);
}

TEST_CASE("clients attach what they upload, and nothing that they only know the digest of") {
  World world;
  world.contacts[ContactId{203}] = {{1}, {{"Colleague"}, {}, {}, acme, {}}, true};
  const auto ticket = given(for_paul()).in(world);
  AttachDocument file{std::string(64, 'a'), 1, "image/png", "a.png"};
  ticket.when(file, by_contact(paul)).refused(RejectionCode::forbidden);
  ticket.when(file, by_contact({203})).refused(RejectionCode::ticket_not_found);
  file.uploaded = true;
  CHECK(ticket.when(file, by_contact(paul)).decision());
  ticket.when(file, by_contact({203})).refused(RejectionCode::ticket_not_found);
}

TEST_CASE("clients write to tickets that are for them, publicly") {
  World world;
  world.contacts[ContactId{203}] = {{1}, {{"Colleague"}, {}, {}, acme, {}}, true};
  auto ticket = given(for_paul()).in(world);
  ticket.when(message("hello"), by_contact(paul)).then(posted("hello", 1));
  ticket.when(message("hello"), by_contact({203})).refused(RejectionCode::ticket_not_found);
  ticket.when(PostMessage{Visibility::internal, "psst"}, by_contact(paul)).refused(RejectionCode::forbidden);
  ticket.when(RenameTicket{"Fax"}, by_contact(paul)).refused(RejectionCode::forbidden);
  world.contacts[ContactId{203}].details.role = ContactRole::manager;
  ticket.in(world).when(message("hello"), by_contact({203})).then(posted("hello", 1));
}
