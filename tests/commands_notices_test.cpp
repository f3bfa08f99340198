// Who is told of what, decided with the act itself.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

const Addressee to_paul{{}, paul, {}};
const Addressee to_anne{anne, {}, {}};

World with_rules(std::vector<NotificationRule> rules) {
  World world;
  world.settings.notifications.rules = std::move(rules);
  world.settings.versions.at(static_cast<std::size_t>(SettingsArea::notifications)) = Version{7};
  world.contacts[paul].details.email = {"paul@acme.fr"};
  return world;
}

NotificationDecided decided(NotifyEvent event, std::vector<NoticeAt> notices) { return {event, 7, std::move(notices)}; }
NoticeAt told(Audience audience, NoticeReason reason, std::vector<Addressee> recipients) {
  return {audience, true, reason, std::move(recipients), {}, 0};
}
NoticeAt not_told(Audience audience, NoticeReason reason) { return {audience, false, reason, {}, {}, 0}; }

TicketOpened for_paul() {
  auto e = opened();
  e.party = {paul, acme};
  return e;
}

}  // namespace

TEST_CASE("those whom a private message names are told of it, whatever the settings say of other events") {
  PostMessage note{Visibility::internal, "Please call back."};
  const Addressee mail{{}, {}, {"expert@example.org"}};
  note.to = {to_anne, mail};
  MessagePosted posted{Visibility::internal, {note.body}, 1, note.to};
  const MessageDisclosed disclosed{1, {mail}};
  given(for_paul())
      .in(with_rules({}))
      .when(note)
      .then(posted, decided(NotifyEvent::private_message, {told(Audience::recipients, NoticeReason::chosen, note.to)}),
            disclosed);
  given(for_paul())
      .in(with_rules({{NotifyEvent::private_message, Audience::recipients, NotifyMode::never}}))
      .when(note)
      .then(posted, decided(NotifyEvent::private_message, {not_told(Audience::recipients, NoticeReason::never)}),
            disclosed);
}

TEST_CASE("without a rule for an event nothing is decided") {
  given(for_paul()).in(with_rules({})).when(ChangePriority{"critical"}).then(PriorityChanged{normal, critical});
  given(for_paul())
      .in(with_rules({{NotifyEvent::closed, Audience::client, NotifyMode::always}}))
      .when(ChangePriority{"critical"})
      .then(PriorityChanged{normal, critical});
}

TEST_CASE("always, never and per ticket: refusals are decided and kept as well") {
  const PriorityChanged change{normal, critical};
  const auto with = [](NotifyMode mode) {
    return with_rules({{NotifyEvent::priority_changed, Audience::client, mode}});
  };
  given(for_paul())
      .in(with(NotifyMode::always))
      .when(ChangePriority{"critical"})
      .then(change, decided(NotifyEvent::priority_changed, {told(Audience::client, NoticeReason::always, {to_paul})}));
  given(for_paul())
      .in(with(NotifyMode::never))
      .when(ChangePriority{"critical"})
      .then(change, decided(NotifyEvent::priority_changed, {not_told(Audience::client, NoticeReason::never)}));
  given(for_paul())
      .in(with(NotifyMode::per_ticket))
      .when(ChangePriority{"critical"})
      .then(change, decided(NotifyEvent::priority_changed, {told(Audience::client, NoticeReason::chosen, {to_paul})}));
  given(for_paul(), NotifyChoiceChanged{false, false})
      .in(with(NotifyMode::per_ticket))
      .when(ChangePriority{"critical"})
      .then(change, decided(NotifyEvent::priority_changed, {not_told(Audience::client, NoticeReason::not_chosen)}));
}

TEST_CASE("nobody is told of their own act, nor of an internal ticket, nor without an address") {
  auto world = with_rules({{NotifyEvent::replied, Audience::client, NotifyMode::always},
                           {NotifyEvent::replied, Audience::assignee, NotifyMode::always}});
  const MessagePosted hello{Visibility::everyone, {"hello"}, 1};
  given(for_paul(), TicketAssigned{{}, anne})
      .in(world)
      .when(PostMessage{Visibility::everyone, "hello"}, by_contact(paul))
      .then(hello, decided(NotifyEvent::replied, {not_told(Audience::client, NoticeReason::own_act),
                                                  told(Audience::assignee, NoticeReason::always, {to_anne})}));
  auto internal = for_paul();
  internal.kind = TicketKind::internal;
  given(internal)
      .in(world)
      .when(PostMessage{Visibility::everyone, "hello"}, by_agent(anne))
      .then(hello, decided(NotifyEvent::replied, {not_told(Audience::client, NoticeReason::internal_ticket),
                                                  not_told(Audience::assignee, NoticeReason::no_address)}));
  world.contacts[paul].details.email = {};
  given(for_paul())
      .in(world)
      .when(PostMessage{Visibility::everyone, "hello"}, by_agent(anne))
      .then(hello, decided(NotifyEvent::replied, {not_told(Audience::client, NoticeReason::no_address),
                                                  not_told(Audience::assignee, NoticeReason::no_address)}));
}

TEST_CASE("who opens a ticket is told its number, where clients are always told of openings") {
  const auto with = [](NotifyMode mode) { return with_rules({{NotifyEvent::opened, Audience::client, mode}}); };
  auto from_paul = for_paul();
  from_paul.channel = Channel::portal;
  OpenTicket c;
  c.title = "Printer";
  given()
      .in(with(NotifyMode::always))
      .when(c, by_contact(paul))
      .then(from_paul, decided(NotifyEvent::opened, {told(Audience::client, NoticeReason::always, {to_paul})}));
  given()
      .in(with(NotifyMode::per_ticket))
      .when(c, by_contact(paul))
      .then(from_paul, decided(NotifyEvent::opened, {not_told(Audience::client, NoticeReason::own_act)}));
}

TEST_CASE("copies, further addresses and who gets the ticket at its opening are told of the opening") {
  auto world = with_rules({{NotifyEvent::opened, Audience::watchers, NotifyMode::always},
                           {NotifyEvent::opened, Audience::assignee, NotifyMode::always}});
  const Addressee mail{{}, {}, {"expert@example.org"}}, to_bob{bob, {}, {}};
  OpenTicket c;
  c.title = "Printer";
  c.copies = {to_bob};
  c.watcher_emails = {"expert@example.org"};
  c.assignee = anne;
  const WatcherAdded copy{WatcherKind::copy, to_bob}, address{WatcherKind::email, mail};
  const TicketAssigned assigned{{}, anne, AssignCause::opened};
  world.settings.statuses.on_assign.clear();
  given().in(world).when(c).then(
      opened(),
      decided(NotifyEvent::opened, {told(Audience::watchers, NoticeReason::always, {to_bob, mail}),
                                    told(Audience::assignee, NoticeReason::always, {to_anne})}),
      copy, address, assigned);
  world.settings.opening.auto_read_internal = false;
  given()
      .in(world)
      .when(c, by_agent(anne))
      .then(opened(),
            decided(NotifyEvent::opened, {told(Audience::watchers, NoticeReason::always, {to_bob, mail}),
                                          not_told(Audience::assignee, NoticeReason::own_act)}),
            copy, address, assigned);
}

TEST_CASE("who writes to a closed ticket too late is told of the new one that follows") {
  auto world = with_rules({{NotifyEvent::opened, Audience::client, NotifyMode::always},
                           {NotifyEvent::replied, Audience::client, NotifyMode::always}});
  world.settings.reopening.followup = Followup::new_ticket;
  const auto outcome =
      given(for_paul(), closed()).in(world).when(PostMessage{Visibility::everyone, "hello"}, by_contact(paul));
  REQUIRE(outcome.decision());
  const auto& events = *outcome.decision();
  REQUIRE(events.size() == 6);
  CHECK(text_of(Event(events[1])) ==
        text_of(Event(
            TicketEvent(decided(NotifyEvent::opened, {told(Audience::client, NoticeReason::always, {to_paul})})))));
  CHECK(text_of(Event(events[3])) == text_of(Event(TicketEvent(decided(
                                         NotifyEvent::replied, {not_told(Audience::client, NoticeReason::own_act)})))));
}

TEST_CASE("who closes may choose whether the client is told") {
  const auto world = with_rules({{NotifyEvent::closed, Audience::client, NotifyMode::always}});
  CloseTicket c;
  c.notify = NotifyChoice::no;
  TicketClosed silent{is_new, is_closed, {}};
  silent.notify = NotifyChoice::no;
  given(for_paul())
      .in(world)
      .when(c)
      .then(silent, decided(NotifyEvent::closed, {not_told(Audience::client, NoticeReason::not_chosen)}));
  given(for_paul())
      .in(world)
      .when(CloseTicket{})
      .then(TicketClosed{is_new, is_closed, {}},
            decided(NotifyEvent::closed, {told(Audience::client, NoticeReason::always, {to_paul})}));
}

TEST_CASE("the desk's address is told of openings, managers only when the ticket is sent to them") {
  auto world = with_rules({{NotifyEvent::opened, Audience::managers, NotifyMode::per_ticket}});
  world.settings.notifications.on_open_to = "desk@x.fr";
  world.settings.notifications.managers = {"boss@acme.fr"};
  OpenTicket c;
  c.title = "Printer";
  const auto desk = told(Audience::desk, NoticeReason::always, {{{}, {}, {"desk@x.fr"}}});
  given().in(world).when(c).then(
      opened(), decided(NotifyEvent::opened, {not_told(Audience::managers, NoticeReason::not_chosen), desk}));
  c.notify_managers = true;
  auto sent = opened();
  sent.notify_managers = true;
  given().in(world).when(c).then(
      sent, decided(NotifyEvent::opened,
                    {told(Audience::managers, NoticeReason::chosen, {{{}, {}, {"boss@acme.fr"}}}), desk}));
}

TEST_CASE("an address is told once, in whatever ways and letters it watches") {
  const Addressee copy{{}, {}, {"expert@example.org"}}, again{{}, {}, {"Expert@Example.org"}};
  given(for_paul(), WatcherAdded{WatcherKind::copy, copy}, WatcherAdded{WatcherKind::email, again})
      .in(with_rules({{NotifyEvent::priority_changed, Audience::watchers, NotifyMode::always}}))
      .when(ChangePriority{"critical"})
      .then(PriorityChanged{normal, critical},
            decided(NotifyEvent::priority_changed, {told(Audience::watchers, NoticeReason::always, {copy})}));
}

TEST_CASE("a notice names the template and its version; imported history tells nobody") {
  auto world = with_rules({{NotifyEvent::closed, Audience::client, NotifyMode::always, TemplateId{70}}});
  world.text_templates[TemplateId{70}].version = {3};
  auto notice = told(Audience::client, NoticeReason::always, {to_paul});
  notice.text_template = TemplateId{70};
  notice.template_version = 3;
  const TicketClosed closing{is_new, is_closed, {}};
  given(for_paul()).in(world).when(CloseTicket{}).then(closing, decided(NotifyEvent::closed, {notice}));
  given(for_paul()).in(world).when(CloseTicket{}, By{administrator(), true, noon}).then(closing);
}
