// What the settings ask of tickets at their opening, and what follows by itself.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

template <class Change>
OpenTicket open_with(Change change) {
  OpenTicket c;
  c.title = "Printer";
  change(c);
  return c;
}

OpenTicket open_plain() {
  return open_with([](OpenTicket&) {});
}

const std::vector<Label> words = {{"fr", "x"}, {"en", "x"}};

// Category "vehicle" with "engine" below it for managers only, and "app" with "login".
World with_taxonomy() {
  World world;
  TaxonomyDefined& t = world.settings.taxonomy;
  t.category.open = false;
  t.category.nodes = {{"vehicle", "", words, {}},
                      {"engine", "vehicle", words, {CategoryAudience::manager}},
                      {"app", "", words, {}},
                      {"login", "app", words, {}}};
  t.request_type.open = false;
  t.request_type.values = {{"question", words}};
  t.group.enabled = false;
  return world;
}

World with_mandatory(std::vector<MandatoryFields> mandatory) {
  World world;
  world.settings.opening.mandatory = std::move(mandatory);
  return world;
}

}  // namespace

TEST_CASE("every mandatory field that is missing is named, by kind and channel") {
  const auto world = with_mandatory({{{TicketKind::external}, {}, {"contact", "category", "context.vehicle"}},
                                     {{}, {Channel::email}, {"description"}}});
  const std::vector<FieldFault> external = {
      {"contact", FieldCode::required}, {"category", FieldCode::required}, {"context.vehicle", FieldCode::required}};
  given().in(world).when(open_plain()).refused(external);
  CHECK(given().in(world).when(open_with([](OpenTicket& c) { c.kind = TicketKind::internal; })).decision());
  given()
      .in(world)
      .when(open_with([](OpenTicket& c) {
        c.kind = TicketKind::internal;
        c.channel = Channel::email;
      }))
      .refused("description", FieldCode::required);
  const auto full = open_with([](OpenTicket& c) {
    c.party.contact = paul;
    c.classification.category = {"a"};
    c.contexts = {{{}, "vehicle", "AB-123-CD", {}, {}}};
  });
  CHECK(given().in(world).when(full).decision());
}

TEST_CASE("a mandatory client is there where a client opens for nobody in particular") {
  const auto world = with_mandatory({{{}, {}, {"contact", "organisation"}}});
  auto wanted = opened();
  wanted.channel = Channel::portal;
  wanted.party = {paul, acme};
  given().in(world).when(open_plain(), by_contact(paul)).then(wanted);
  const std::vector<FieldFault> missing = {{"contact", FieldCode::required}, {"organisation", FieldCode::required}};
  given().in(world).when(open_plain(), by_agent(anne)).refused(missing);
}

TEST_CASE("a mandatory organisation is there where it follows from the contact") {
  auto world = with_mandatory({{{}, {}, {"organisation"}}});
  const auto for_paul = open_with([](OpenTicket& c) { c.party.contact = paul; });
  CHECK(given().in(world).when(for_paul, by_agent(anne)).decision());
  world.contacts[paul].details.organisation.reset();
  given().in(world).when(for_paul, by_agent(anne)).refused("organisation", FieldCode::required);
}

TEST_CASE("a mandatory assignee is there where the creator gets the ticket") {
  auto world = with_mandatory({{{}, {}, {"assignee"}}});
  given().in(world).when(open_plain(), by_agent(anne)).refused("assignee", FieldCode::required);
  world.settings.opening.auto_assign_creator = true;
  given().in(world).when(open_plain(), by_agent(anne)).then(opened(), TicketAssigned{{}, anne, AssignCause::creator});
  given().in(world).when(open_plain(), by_contact(paul)).refused("assignee", FieldCode::required);
  world.agents[anne].details.assignable = false;
  given().in(world).when(open_plain(), by_agent(anne)).refused("assignee", FieldCode::required);
}

TEST_CASE("what a client opens is held to the rules of the portal, whatever channel was named") {
  auto world = with_mandatory({{{}, {Channel::portal}, {"description"}}});
  given().in(world).when(open_plain(), by_contact(paul)).refused("description", FieldCode::required);
  world.settings.opening.mandatory = {{{}, {Channel::manual}, {"description"}}};
  CHECK(given().in(world).when(open_plain(), by_contact(paul)).decision());
  given()
      .in(world)
      .when(open_with([](OpenTicket& c) { c.due_at = noon + std::chrono::days(2); }), by_contact(paul))
      .refused(RejectionCode::due_date_not_allowed);
}

TEST_CASE("blanks are not what a mandatory field asks for, and do not take its place later") {
  const auto world = with_mandatory({{{}, {}, {"description", "comment", "origin", "request_type", "group"}}});
  const auto blank = open_with([](OpenTicket& c) {
    c.description = " \n\t";
    c.comment = "\u00a0";
    c.origin = "  ";
    c.classification = {{}, " ", "\u3000"};
  });
  given().in(world).when(blank).refused({{"description", FieldCode::required},
                                         {"comment", FieldCode::required},
                                         {"origin", FieldCode::required},
                                         {"request_type", FieldCode::required},
                                         {"group", FieldCode::required}});
  auto full = opened();
  full.classification = {{}, "c", "d"};
  full.description = {"It burns."};
  full.origin = "call";
  const auto ticket = given(full).in(world);
  ticket.when(EditDescription{" \u200b"}).refused("description", FieldCode::required);
  ticket.when(ChangeOrigin{" "}).refused("origin", FieldCode::required);
  ticket.when(ClassifyTicket{{}, " ", "\u00a0"})
      .refused({{"request_type", FieldCode::required}, {"group", FieldCode::required}});
}

TEST_CASE("what is mandatory is not taken from a ticket later, unless it lacked it before") {
  const auto world = with_mandatory(
      {{{TicketKind::external}, {Channel::manual}, {"contact", "organisation", "category", "sub_category"}},
       {{}, {}, {"description", "origin", "group", "team", "estimated_resolution_at"}}});
  auto full = opened();
  full.party = {paul, acme};
  full.classification = {{"a", "b"}, "c", "d"};
  full.description = {"It burns."};
  full.origin = "call";
  full.team = support;
  full.estimated_resolution_at = noon;
  const auto ticket = given(full).in(world);
  ticket.when(LinkContact{}).refused({{"contact", FieldCode::required}, {"organisation", FieldCode::required}});
  ticket.when(LinkContact{{paul, {}}}).nothing();
  auto alone = world;
  alone.contacts[paul].details.organisation.reset();
  given(full).in(alone).when(LinkContact{{paul, {}}}).refused("organisation", FieldCode::required);
  ticket.when(ClassifyTicket{std::vector<std::string>(), "", ""})
      .refused(
          {{"category", FieldCode::required}, {"sub_category", FieldCode::required}, {"group", FieldCode::required}});
  ticket.when(ClassifyTicket{std::vector<std::string>{"a"}, {}, {}}).refused("sub_category", FieldCode::required);
  ticket.when(EditDescription{}).refused("description", FieldCode::required);
  ticket.when(ChangeOrigin{}).refused("origin", FieldCode::required);
  ticket.when(MoveTicketToTeam{}).refused("team", FieldCode::required);
  ticket.when(SetEstimatedResolution{}).refused("estimated_resolution_at", FieldCode::required);

  CHECK(ticket.when(ClassifyTicket{std::vector<std::string>{"x", "y"}, "", {}}).decision());
  CHECK(ticket.when(LinkContact{}, By{administrator(), true, noon}).decision());
  auto internal = full;
  internal.kind = TicketKind::internal;
  CHECK(given(internal).in(world).when(LinkContact{}).decision());
  auto without = full;
  without.party.contact.reset();
  without.classification.category = {"a"};
  const auto older = given(without).in(world);
  CHECK(older.when(ClassifyTicket{std::vector<std::string>{"x"}, {}, {}}).decision());
  CHECK(older.when(LinkContact{{{}, acme}}).decision());
}

TEST_CASE("a category that is not in the taxonomy, or stands below another one, is refused") {
  const auto world = with_taxonomy();
  const auto classed = [](std::vector<std::string> path) {
    return open_with([&](OpenTicket& c) { c.classification.category = std::move(path); });
  };
  CHECK(given().in(world).when(classed({"vehicle", "engine"})).decision());
  given().in(world).when(classed({"vehicle", "login"})).refused("category[1]", FieldCode::child_of_other_category);
  given().in(world).when(classed({"boat"})).refused("category[0]", FieldCode::unknown_category);
  given().in(world).when(classed({"engine"})).refused("category[0]", FieldCode::unknown_category);
}

TEST_CASE("a category for managers is not for subscribers, and staff may choose any") {
  auto world = with_taxonomy();
  const auto engine = open_with([](OpenTicket& c) { c.classification.category = {"vehicle", "engine"}; });
  given().in(world).when(engine, by_contact(paul)).refused("category[1]", FieldCode::not_for_audience);
  world.contacts[paul].details.role = ContactRole::manager;
  CHECK(given().in(world).when(engine, by_contact(paul)).decision());
  CHECK(given().in(world).when(engine, by_agent(anne)).decision());
}

TEST_CASE("values of closed lists are refused where they are not listed, of disabled axes always") {
  const auto world = with_taxonomy();
  given()
      .in(world)
      .when(open_with([](OpenTicket& c) {
        c.classification.request_type = "order";
        c.classification.group = "north";
      }))
      .refused({{"request_type", FieldCode::unknown_value}, {"group", FieldCode::unknown_value}});
  CHECK(
      given().in(world).when(open_with([](OpenTicket& c) { c.classification.request_type = "question"; })).decision());
}

TEST_CASE("a classification that the settings dropped since stays as it is") {
  auto classed = opened();
  classed.classification = {{"boat"}, "order", ""};
  given(classed)
      .in(with_taxonomy())
      .when(ClassifyTicket{{}, "question", {}})
      .then(TicketClassified{classed.classification, {{"boat"}, "question", ""}});
}

TEST_CASE("tickets of some channels only have a due date, and it is frozen") {
  const Instant due = noon + std::chrono::days(2);
  auto wanted = opened();
  wanted.due_at = due;
  given().when(open_with([&](OpenTicket& c) { c.due_at = due; })).then(wanted);
  given()
      .when(open_with([&](OpenTicket& c) {
        c.due_at = due;
        c.channel = Channel::email;
      }))
      .refused(RejectionCode::due_date_not_allowed);
  given(wanted).when(SetDueDate{{}}, by_agent(anne)).refused(RejectionCode::due_date_frozen);
  given(wanted).when(SetDueDate{due}, by_agent(anne)).nothing();
}

TEST_CASE("due dates are edited by those whom the settings name") {
  const Instant due = noon + std::chrono::days(2);
  World world;
  world.settings.handling.due_edit = DueEdit::supervisor;
  given(opened()).in(world).when(SetDueDate{due}, by_agent(anne)).refused(RejectionCode::due_date_frozen);
  world.agents[anne].details.role = AgentRole::supervisor;
  given(opened()).in(world).when(SetDueDate{due}, by_agent(anne)).then(DueDateChanged{{}, due});
  world.settings.handling.due_edit = DueEdit::agent;
  given(opened()).in(world).when(SetDueDate{due}, by_agent(bob)).then(DueDateChanged{{}, due});
}

TEST_CASE("a ticket of a member of staff is read at once, and assigned to them, where the settings say so") {
  World world;
  world.settings.opening.auto_read_internal = true;
  world.settings.opening.auto_assign_creator = true;
  world.settings.statuses.on_read = "open";
  given()
      .in(world)
      .when(open_plain(), by_agent(anne))
      .then(opened(), TicketRead{}, StatusChanged{is_new, is_open_, StatusCause::followed},
            TicketAssigned{{}, anne, AssignCause::creator});
  auto from_client = opened();
  from_client.party = {paul, acme};
  from_client.channel = Channel::portal;
  given().in(world).when(open_plain(), by_contact(paul)).then(from_client);
  given().in(world).when(open_plain()).then(opened());
}

TEST_CASE("a comment at the opening is the first internal note, copies and contexts come along") {
  const Addressee bob_in_copy{bob, {}, {}};
  const auto c = open_with([&](OpenTicket& o) {
    o.comment = "sounds angry";
    o.copies = {bob_in_copy, bob_in_copy};
    o.watcher_emails = {"extra@x.fr", "Extra@x.FR"};
    o.contexts = {{{}, "invoice", "F-12", "https://erp/f12", {}}};
  });
  MessagePosted note{Visibility::internal, {"sounds angry"}, 1};
  given().when(c).then(opened(), WatcherAdded{WatcherKind::copy, bob_in_copy},
                       WatcherAdded{WatcherKind::email, {{}, {}, {"extra@x.fr"}}},
                       ContextLinked{{1, "invoice", {}, {"F-12"}, "https://erp/f12", {}}}, note);
}

TEST_CASE("required questions are answered with what they ask for") {
  World world;
  world.settings.intake.forms = {{{},
                                  {},
                                  "network",
                                  {{"line", {{"fr", "Quelle ligne ?"}}, AnswerKind::text, {}, true},
                                   {"since", {{"fr", "Depuis ?"}}, AnswerKind::choice, {"today", "longer"}, false}}}};
  const auto with = [](std::vector<Answer> answers) {
    return open_with([&](OpenTicket& c) {
      c.classification.category = {"network"};
      c.answers = std::move(answers);
    });
  };
  given().in(world).when(with({})).refused("answers.line", FieldCode::required);
  given()
      .in(world)
      .when(with({{"line", "", {"12"}}, {"since", "", {"ever"}}}))
      .refused("answers.since", FieldCode::not_one_of);
  given()
      .in(world)
      .when(with({{"line", "", {"12"}}, {"age", "", {"9"}}}))
      .refused("answers.age", FieldCode::unknown_value);
  const auto outcome = given().in(world).when(with({{"line", "", {"12"}}}));
  REQUIRE(outcome.decision());
  const auto& made = std::get<TicketOpened>(outcome.decision()->front());
  CHECK(made.answers == std::vector<Answer>{{"line", "Quelle ligne ?", {"12"}}});
}

TEST_CASE("answers are of the kind that their question asks for") {
  World world;
  const auto question = [](std::string key, AnswerKind kind, bool required) {
    return Question{std::move(key), words, kind, {}, required};
  };
  world.settings.intake.forms = {
      {{},
       {},
       {},
       {question("text", AnswerKind::text, false), question("day", AnswerKind::date, false),
        question("count", AnswerKind::number, false), question("must", AnswerKind::text, true)}}};
  const auto answer = [&](const std::string& key, const std::string& text) {
    return given().in(world).when(open_with([&](OpenTicket& c) {
      c.answers = {{key, "", {text}}};
      if (key != "must") c.answers.push_back({"must", "", {"x"}});
    }));
  };
  for (const char* date : {"2026-02-28", "2024-02-29"}) CHECK(answer("day", date).decision());
  for (const char* no_date : {"2026-02-30", "2026-2-8", "tomorrow", "2026-02-28T10:00", "2026-01-31T00:00:00Z",
                              "2026-02-28T10:00:00+01:00", "2026-01-31 ", "2026-01-3"}) {
    answer("day", no_date).refused("answers.day", FieldCode::malformed);
  }
  for (const char* number : {"0", "-12", "1.5", "-1,25"}) CHECK(answer("count", number).decision());
  for (const char* no_number : {"-", "1.2.3--,", ".", "1.", ",5", "1-2", "1,2.3", "--1"}) {
    answer("count", no_number).refused("answers.count", FieldCode::malformed);
  }
  answer("must", " \n\t").refused("answers.must", FieldCode::required);
  const auto blank = answer("count", " ");
  REQUIRE(blank.decision());
  CHECK(std::get<TicketOpened>(blank.decision()->front()).answers.size() == 1);
}

TEST_CASE("numbers follow the kind's format, and one that another format gave already is passed over") {
  World world;
  world.settings.numbering.formats = {{{TicketKind::internal}, "INT-{seq:3}"}, {{}, "{yy}{mm}{dd}{seq:4}"}};
  auto internal = open_plain();
  internal.kind = TicketKind::internal;
  world.numbers["INT-"] = 41;
  TicketState other;
  other.version = {1};
  other.number = "INT-042";
  world.tickets[TicketId{7}] = other;
  const auto outcome = given().in(world).when(internal);
  REQUIRE(outcome.decision());
  const auto& made = std::get<TicketOpened>(outcome.decision()->front());
  CHECK(made.number == "INT-043");
  CHECK(made.sequence == 43);
  given().in(world).when(open_plain()).then(opened());
}

TEST_CASE("clients open tickets for themselves, if the portal is on") {
  World world;
  auto wanted = opened();
  wanted.channel = Channel::portal;
  wanted.party = {paul, acme};
  given().in(world).when(open_plain(), by_contact(paul)).then(wanted);
  given()
      .in(world)
      .when(open_with([](OpenTicket& c) { c.party.contact = ContactId{203}; }), by_contact(paul))
      .refused(RejectionCode::forbidden);
  given()
      .in(world)
      .when(open_with([](OpenTicket& c) { c.notify_managers = true; }), by_contact(paul))
      .refused(RejectionCode::forbidden);
  world.settings.opening.portal_enabled = false;
  given().in(world).when(open_plain(), by_contact(paul)).refused(RejectionCode::portal_disabled);
}

TEST_CASE("a client who opens a ticket says neither who takes it nor who else is told, and writes no note") {
  const auto refused = [&](void (*say)(OpenTicket&)) {
    given().when(open_with(say), by_contact(paul)).refused(RejectionCode::forbidden);
  };
  refused([](OpenTicket& c) { c.assignee = anne; });
  refused([](OpenTicket& c) { c.estimated_resolution_at = Instant(std::chrono::hours(500'000)); });
  refused([](OpenTicket& c) { c.watcher_emails = {"victim@example.org"}; });
  refused([](OpenTicket& c) { c.copies = {{anne, {}, {}}}; });
  refused([](OpenTicket& c) { c.comment = "note"; });
  refused([](OpenTicket& c) { c.party.organisation = gone_organisation; });
}

TEST_CASE("a client who opens a ticket takes no id of another system, and learns of none") {
  for (const char* id : {"EXT-1", "EXT-TAKEN"}) {
    const auto named = open_with([&](OpenTicket& c) { c.external_id = id; });
    given().when(named, by_contact(paul)).refused(RejectionCode::forbidden);
  }
  World world;
  world.contacts[paul].details.role = ContactRole::manager;
  const auto named = open_with([](OpenTicket& c) { c.external_id = "EXT-1"; });
  given().in(world).when(named, by_contact(paul)).refused(RejectionCode::forbidden);
  CHECK(given().when(named, By{by_contact(paul), true, noon}).decision());
}

TEST_CASE("a subscriber who opens a ticket links nothing of the catalogue, a manager may") {
  World world;
  world.contexts[ContextId{60}] = {{1}, {"vehicle", {"AB-123-CD"}}, true};
  const auto linking = open_with([](OpenTicket& c) { c.contexts = {{ContextId{60}, {}, {}, {}, {}}}; });
  const auto guessing = open_with([](OpenTicket& c) { c.contexts = {{ContextId{61}, {}, {}, {}, {}}}; });
  const auto in_words = open_with([](OpenTicket& c) { c.contexts = {{{}, "vehicle", "mine", {}, {}}}; });
  const auto ticket = given().in(world);
  ticket.when(linking, by_contact(paul)).refused(RejectionCode::forbidden);
  ticket.when(guessing, by_contact(paul)).refused(RejectionCode::forbidden);
  CHECK(ticket.when(in_words, by_contact(paul)).decision());
  world.contacts[paul].details.role = ContactRole::manager;
  CHECK(given().in(world).when(linking, by_contact(paul)).decision());
}
