#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

OpenTicket open_printer() {
  OpenTicket c;
  c.title = "Printer";
  return c;
}

template <class Change>
OpenTicket open_with(Change change) {
  OpenTicket c = open_printer();
  change(c);
  return c;
}

}  // namespace

TEST_CASE("a ticket opens with the settings' status, priority and the day's first number") {
  given().when(open_printer()).then(opened());
}

TEST_CASE("a ticket's number continues the day of its opening, in the tenant's zone") {
  struct Row {
    const char* now;
    std::uint64_t last;
    const char* number;
  };
  const Row row =
      GENERATE(Row{"2025-02-28T10:00:00Z", 0, "2502280001"}, Row{"2025-02-28T10:00:00Z", 41, "2502280042"},
               Row{"2025-02-28T22:59:59Z", 9, "2502280010"}, Row{"2025-02-28T23:00:00Z", 0, "2503010001"},
               Row{"2025-02-28T10:00:00Z", 9998, "2502289999"}, Row{"2025-02-28T10:00:00Z", 9999, "25022810000"},
               Row{"2025-06-30T22:00:00Z", 0, "2507010001"}, Row{"1999-12-31T12:00:00Z", 0, "9912310001"});
  World world;
  world.numbers[std::string(row.number).substr(0, 6)] = row.last;
  auto wanted = opened();
  wanted.number = row.number;
  wanted.series = std::string(row.number).substr(0, 6);
  wanted.sequence = row.last + 1;
  given().in(world).when(open_printer(), {administrator(), false, *parse_rfc3339(row.now)}).then(wanted);
}

TEST_CASE("opening with an assignee also assigns") {
  given()
      .when(open_with([](OpenTicket& c) { c.assignee = anne; }))
      .then(opened(), TicketAssigned{{}, anne, AssignCause::opened});
}

TEST_CASE("a ticket for a contact is for the contact's organisation too, unless another is named") {
  auto wanted = opened();
  wanted.party = {paul, acme};
  given().when(open_with([](OpenTicket& c) { c.party.contact = paul; })).then(wanted);
  World world;
  world.organisations[{303}] = world.organisations[acme];
  wanted.party = {paul, OrganisationId{303}};
  given().in(world).when(open_with([](OpenTicket& c) { c.party = {paul, OrganisationId{303}}; })).then(wanted);
}

TEST_CASE("every wrong field of an opening is named") {
  OpenTicket c;
  c.title = " \t";
  c.description = "a\x01";
  c.origin = std::string(65, 'x');
  c.priority = "urgent";
  c.classification = {{"a", ""}, "\xff", std::string(65, 'x')};
  c.party = {no_contact, gone_organisation};
  c.team = gone_team;
  c.assignee = carl;
  c.external_id = std::string(129, 'x');
  given().when(c).refused({{"title", FieldCode::control_character},
                           {"description", FieldCode::control_character},
                           {"origin", FieldCode::too_long},
                           {"category[1]", FieldCode::required},
                           {"request_type", FieldCode::invalid_utf8},
                           {"group", FieldCode::too_long},
                           {"contact", FieldCode::not_found},
                           {"organisation", FieldCode::inactive},
                           {"team", FieldCode::inactive},
                           {"assignee", FieldCode::not_in_support_team},
                           {"external_id", FieldCode::too_long},
                           {"priority", FieldCode::unknown_priority}});
}

TEST_CASE("a title of white space of any script, or of what has no width, is no title") {
  const auto rename = [](std::string title) { return given(opened()).when(RenameTicket{std::move(title)}); };
  for (const char* blank : {" ", "\u00a0", "\u200b", "\u3000", "\u2003\ufeff \u202f", "\u00ad", "\u2060\u1680"}) {
    rename(blank).refused("title", FieldCode::required);
  }
  rename("\u3000\u00e9").then(TitleChanged{{"Printer"}, {"\u3000\u00e9"}});
  rename("\u2010").then(TitleChanged{{"Printer"}, {"\u2010"}});
}

TEST_CASE("a title has 1 to 500 bytes of visible text on one line") {
  const auto rename = [](std::string title) { return given(opened()).when(RenameTicket{std::move(title)}); };
  rename("x").then(TitleChanged{{"Printer"}, {"x"}});
  rename(std::string(500, 'x')).then(TitleChanged{{"Printer"}, {std::string(500, 'x')}});
  rename(std::string(501, 'x')).refused("title", FieldCode::too_long);
  rename("").refused("title", FieldCode::required);
  rename("   ").refused("title", FieldCode::required);
  rename("a\nb").refused("title", FieldCode::control_character);
  rename("a\x7f").refused("title", FieldCode::control_character);
  rename("a\xc2\x85").refused("title", FieldCode::control_character);
  rename("Imprimante du 2ᵉ étage 🖨").then(TitleChanged{{"Printer"}, {"Imprimante du 2ᵉ étage 🖨"}});
}

TEST_CASE("texts must be well-formed UTF-8") {
  const auto post = [](std::string body) {
    return given(opened()).when(PostMessage{Visibility::everyone, std::move(body)});
  };
  for (const char* good : {"é", "€", "😀", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "a\r\n\tb"}) {
    post(good).then(MessagePosted{Visibility::everyone, {good}, 1});
  }
  for (const char* bad : {"\x80", "\xc3", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe2\x82"}) {
    post(bad).refused("body", FieldCode::invalid_utf8);
  }
}

TEST_CASE("a message has 1 to 20000 bytes") {
  const auto post = [](std::string body) {
    return given(opened()).when(PostMessage{Visibility::internal, std::move(body)});
  };
  post(std::string(20'000, 'x')).then(MessagePosted{Visibility::internal, {std::string(20'000, 'x')}, 1});
  post(std::string(20'001, 'x')).refused("body", FieldCode::too_long);
  post("").refused("body", FieldCode::required);
  post("\n").refused("body", FieldCode::required);
}

TEST_CASE("an external id belongs to one ticket only") {
  given().when(open_with([](OpenTicket& c) { c.external_id = "EXT-TAKEN"; })).refused(RejectionCode::external_id_taken);
  auto wanted = opened();
  wanted.external_id = "EXT-2";
  given().when(open_with([](OpenTicket& c) { c.external_id = "EXT-2"; })).then(wanted);
}

TEST_CASE("a command that changes nothing makes no event") {
  auto full = opened();
  full.description = {"text"};
  full.classification = {{"a", "b"}, "r", "g"};
  full.party = {gone_contact, gone_organisation};
  full.team = gone_team;
  const auto ticket = given(full, TicketAssigned{{}, anne});
  const TicketCommand unchanged[] = {RenameTicket{"Printer"},
                                     EditDescription{"text"},
                                     ChangePriority{"normal"},
                                     ChangeStatus{"new"},
                                     MoveTicketToTeam{gone_team},
                                     ClassifyTicket{},
                                     AssignTicket{anne},
                                     ReopenTicket{},
                                     ClassifyTicket{{{"a", "b"}}, "r", "g"},
                                     LinkContact{full.party}};
  for (const auto& command : unchanged) ticket.when(command).nothing();
  ticket.when(ClaimTicket{}, by_agent(anne)).nothing();
  ticket.when(TakeOverTicket{}, by_agent(anne)).nothing();
  given(opened()).when(UnassignTicket{}).nothing();
  given(opened()).when(MoveTicketToTeam{}).nothing();
  given(opened(), closed()).when(CloseTicket{}).nothing();
}

TEST_CASE("an edit says what was before and what is now") {
  const auto ticket = given(opened(), TicketAssigned{{}, anne});
  ticket.when(RenameTicket{"Fax"}).then(TitleChanged{{"Printer"}, {"Fax"}});
  ticket.when(EditDescription{"more"}).then(DescriptionChanged{{"more"}});
  ticket.when(ChangePriority{"critical"}).then(PriorityChanged{normal, critical});
  ticket.when(AssignTicket{bob}).then(TicketAssigned{anne, bob, AssignCause::assigned});
  ticket.when(UnassignTicket{}).then(TicketUnassigned{anne});
  ticket.when(MoveTicketToTeam{support}).then(TicketMovedToTeam{{}, support});
  ticket.when(LinkContact{{paul, {}}}).then(ContactLinked{{}, {paul, acme}});
  ticket.when(LinkContact{{paul, {}}, true}).then(ContactLinked{{}, {paul, {}}});
  auto ranked_otherwise = opened();
  ranked_otherwise.priority = {"critical", 7};
  given(ranked_otherwise).when(ChangePriority{"critical"}).nothing();
  ticket.when(ClassifyTicket{{{"Network"}}, {}, "g"}).then(TicketClassified{{}, {{"Network"}, "", "g"}});
  auto in_team = opened();
  in_team.team = support;
  given(in_team).when(MoveTicketToTeam{}).then(TicketMovedToTeam{support, {}});
}

TEST_CASE("an axis of the classification that is not named stays, an empty one is cleared") {
  auto classed = opened();
  classed.classification = {{"a"}, "r", "g"};
  given(classed)
      .when(ClassifyTicket{std::vector<std::string>{}, {}, {}})
      .then(TicketClassified{classed.classification, {{}, "r", "g"}});
  given(classed).when(ClassifyTicket{{}, "", {}}).then(TicketClassified{classed.classification, {{"a"}, "", "g"}});
  given(classed)
      .when(ClassifyTicket{{std::vector<std::string>(6, "x")}, {}, {}})
      .refused("category", FieldCode::too_many);
}

TEST_CASE("references must exist and be in use") {
  const auto ticket = given(opened());
  ticket.when(AssignTicket{nobody}).refused("assignee", FieldCode::not_found);
  ticket.when(AssignTicket{dora}).refused("assignee", FieldCode::inactive);
  ticket.when(AssignTicket{carl}).refused("assignee", FieldCode::not_in_support_team);
  ticket.when(MoveTicketToTeam{no_team}).refused("team", FieldCode::not_found);
  ticket.when(MoveTicketToTeam{gone_team}).refused("team", FieldCode::inactive);
  ticket.when(LinkContact{{no_contact, gone_organisation}})
      .refused({{"contact", FieldCode::not_found}, {"organisation", FieldCode::inactive}});
  ticket.when(ChangePriority{"urgent"}).refused("priority", FieldCode::unknown_priority);
}

TEST_CASE("who is linked already stays linked although deactivated since") {
  auto linked = opened();
  linked.party = {gone_contact, {}};
  given(linked).when(LinkContact{{gone_contact, acme}}).then(ContactLinked{{gone_contact, {}}, {gone_contact, acme}});
  given(opened()).when(LinkContact{{gone_contact, acme}}).refused("contact", FieldCode::inactive);
}

TEST_CASE("a claim needs an assignable agent and a ticket that nobody else has") {
  const auto free_ticket = given(opened());
  free_ticket.when(ClaimTicket{}, by_agent(anne)).then(TicketAssigned{{}, anne, AssignCause::claimed});
  free_ticket.when(ClaimTicket{}, administrator()).refused(RejectionCode::agent_required);
  free_ticket.when(ClaimTicket{}, by_agent(carl)).refused("assignee", FieldCode::not_in_support_team);
  const auto annes = given(opened(), TicketAssigned{{}, anne});
  annes.when(ClaimTicket{}, by_agent(bob)).refused(RejectionCode::already_assigned);
  annes.when(TakeOverTicket{}, by_agent(bob)).then(TicketAssigned{anne, bob, AssignCause::taken_over});
  annes.when(TakeOverTicket{}, administrator()).refused(RejectionCode::agent_required);
}

TEST_CASE("a closed ticket is not edited, an imported edit excepted") {
  const auto ticket = given(opened(), TicketAssigned{{}, anne}, closed());
  const TicketCommand edits[] = {RenameTicket{"Fax"},       EditDescription{"x"},
                                 AssignTicket{bob},         UnassignTicket{},
                                 MoveTicketToTeam{support}, ChangePriority{"critical"},
                                 LinkContact{{paul, {}}},   ClassifyTicket{{}, "r", {}},
                                 AddTodo{"call", {}, {}},   ClaimTicket{},
                                 TakeOverTicket{},          RenameTicket{"Printer"}};
  for (const auto& edit : edits) {
    ticket.when(edit, by_agent(anne)).refused(RejectionCode::ticket_closed);
    CHECK(ticket.when(edit, By{by_agent(anne), true, noon}).decision());
    CHECK(given(opened(), TicketAssigned{{}, anne}).when(edit, by_agent(anne)).decision());
  }
}

TEST_CASE("crossing the border between open and closed is a closing or a reopening, whatever the command") {
  const auto open_ticket = given(opened());
  open_ticket.when(ChangeStatus{"pending"}).then(StatusChanged{is_new, is_pending});
  open_ticket.when(ChangeStatus{"resolved"}).then(TicketClosed{is_new, is_resolved, {}, CloseCause::status_changed});
  open_ticket.when(CloseTicket{{}, "done"}).then(TicketClosed{is_new, is_closed, {"done"}});
  open_ticket.when(CloseTicket{"resolved", ""}).then(TicketClosed{is_new, is_resolved, {}});
  const auto closed_ticket = given(opened(), closed());
  closed_ticket.when(ChangeStatus{"resolved"}).then(StatusChanged{is_closed, is_resolved});
  closed_ticket.when(ChangeStatus{"pending"})
      .then(TicketReopened{is_closed, is_pending, ReopenCause::status_changed, {}, 1});
  closed_ticket.when(ReopenTicket{{}, "again"})
      .then(TicketReopened{is_closed, is_open_, ReopenCause::reopened, {"again"}, 1});
  closed_ticket.when(ReopenTicket{"new", ""}).then(TicketReopened{is_closed, is_new, ReopenCause::reopened, {}, 1});
}

TEST_CASE("reopenings are counted") {
  given(opened(), closed(), TicketReopened{is_closed, is_open_, {}, {}, 1}, TicketClosed{is_open_, is_closed, {}})
      .when(ReopenTicket{})
      .then(TicketReopened{is_closed, is_open_, ReopenCause::reopened, {}, 2});
}

TEST_CASE("a reopened ticket goes back to its agent, unless the agent cannot have tickets any more") {
  const TicketReopened reopened{is_closed, is_open_, ReopenCause::reopened, {}, 1};
  given(opened(), TicketAssigned{{}, anne}, closed()).when(ReopenTicket{}).then(reopened);
  given(opened(), TicketAssigned{{}, dora}, closed())
      .when(ReopenTicket{})
      .then(reopened, TicketUnassigned{dora, UnassignCause::inactive});
  given(opened(), TicketAssigned{{}, carl}, closed())
      .when(ChangeStatus{"open"})
      .then(TicketReopened{is_closed, is_open_, ReopenCause::status_changed, {}, 1},
            TicketUnassigned{carl, UnassignCause::inactive});
}

TEST_CASE("a status command leads only where it may") {
  World world;
  world.settings.statuses.statuses.push_back({"merged", {}, "#000000", Category::merged});
  world.settings.statuses.statuses.push_back({"deleted", {}, "#000000", Category::deleted});
  auto ticket = given(opened()).in(world);
  ticket.when(ChangeStatus{"merged"}).refused("status", FieldCode::status_not_settable);
  ticket.when(ChangeStatus{"deleted"}).refused("status", FieldCode::status_not_settable);
  ticket.when(ChangeStatus{"nowhere"}).refused("status", FieldCode::unknown_status);
  ticket.when(CloseTicket{"pending", {}}).refused("status", FieldCode::not_one_of);
  ticket.when(CloseTicket{"merged", std::string(2001, 'x')})
      .refused({{"status", FieldCode::status_not_settable}, {"resolution", FieldCode::too_long}});
  auto closed_ticket = given(opened(), closed()).in(world);
  closed_ticket.when(ReopenTicket{"resolved", {}}).refused("status", FieldCode::not_one_of);
  closed_ticket.when(ReopenTicket{"nowhere", "\xff"})
      .refused({{"status", FieldCode::unknown_status}, {"reason", FieldCode::invalid_utf8}});
}

TEST_CASE("a status whose meaning was changed in the settings can be set anew") {
  World world;
  world.settings.statuses.statuses[0].category = Category::open;
  given(opened()).in(world).when(ChangeStatus{"new"}).then(StatusChanged{is_new, {"new", Category::open}});
}
