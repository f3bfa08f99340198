#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

using GivenContact = Given<ContactState, ContactEvent, ContactCommand>;
using GivenOrganisation = Given<OrganisationState, OrganisationEvent, OrganisationCommand>;
using GivenAgent = Given<AgentState, AgentEvent, AgentCommand>;
using GivenTeam = Given<TeamState, TeamEvent, TeamCommand>;

const ContactDetails paul_details{{"Paul"}, {"Paul@X.fr"}, {"+33 1"}, acme, "C-1"};
const AgentDetails anne_details{{"Anne"}, {"anne@x.fr"}, true, "A-1"};
const TeamDetails team_details{"Support", {anne, bob}, "T-1"};

GivenContact given_contact(ContactDetails details = paul_details) { return GivenContact({ContactCreated{details}}); }
GivenContact given_gone_contact() { return GivenContact({ContactCreated{paul_details}, ContactDeactivated{}}); }
GivenAgent given_agent() { return GivenAgent({AgentCreated{anne_details}}); }

}  // namespace

TEST_CASE("an entry of each kind is created with its details") {
  GivenContact({}).when(CreateContact{paul_details}).then(ContactCreated{paul_details});
  const OrganisationDetails client{{"Acme"}, OrganisationKind::supplier, "O-1"};
  GivenOrganisation({}).when(CreateOrganisation{client}).then(OrganisationCreated{client});
  GivenAgent({}).when(CreateAgent{anne_details}).then(AgentCreated{anne_details});
  GivenTeam({}).when(CreateTeam{team_details}).then(TeamCreated{team_details});
}

TEST_CASE("every wrong field of a new contact is named") {
  GivenContact({})
      .when(CreateContact{{{""}, {"nowhere"}, {"a\nb"}, no_organisation, std::string(129, 'x')}})
      .refused({{"display_name", FieldCode::required},
                {"email", FieldCode::malformed},
                {"phone", FieldCode::control_character},
                {"organisation", FieldCode::not_found},
                {"external_id", FieldCode::too_long}});
  GivenContact({})
      .when(CreateContact{{{"P"}, {}, {}, gone_organisation, {}}})
      .refused("organisation", FieldCode::inactive);
}

TEST_CASE("an address has something on both sides of one @ and no white space") {
  const auto create = [](std::string email) {
    return GivenContact({}).when(CreateContact{{{"P"}, {std::move(email)}, {}, {}, {}}});
  };
  for (const char* good : {"", "a@b", "a.b+c@d.e", "é@x.fr"}) CHECK(create(good).decision());
  for (const char* bad : {"a", "@b", "a@", "a@b@c", "a b@c", "a@.b", "a@b."}) {
    create(bad).refused("email", FieldCode::malformed);
  }
  CHECK(create(std::string(250, 'x') + "@y.z").decision());
  create(std::string(251, 'x') + "@y.z").refused("email", FieldCode::too_long);
}

TEST_CASE("an address belongs to one active entry of a kind, however it is written") {
  GivenContact({}).when(CreateContact{{{"P"}, {"TAKEN@x.fr"}, {}, {}, {}}}).refused(RejectionCode::email_taken);
  GivenAgent({}).when(CreateAgent{{{"A"}, {"Taken@x.fr"}, true, {}}}).refused(RejectionCode::email_taken);
  ChangeContact to_taken;
  to_taken.email = "taken@X.FR";
  given_contact().when(to_taken).refused(RejectionCode::email_taken);
  ChangeAgent agent_to_taken;
  agent_to_taken.email = "taken@x.fr";
  given_agent().when(agent_to_taken).refused(RejectionCode::email_taken);
}

TEST_CASE("a deactivated contact may be given any address, and needs a free one to come back") {
  ChangeContact to_taken;
  to_taken.email = "taken@x.fr";
  auto details = paul_details;
  details.email = {"taken@x.fr"};
  given_gone_contact().when(to_taken).then(ContactChanged{details});
  GivenContact({ContactCreated{paul_details}, ContactDeactivated{}, ContactChanged{details}})
      .when(Reactivate{})
      .refused(RejectionCode::email_taken);
  given_gone_contact().when(Reactivate{"back"}).then(ContactReactivated{{"back"}});
}

TEST_CASE("a contact's own address in other letters is a change and not a conflict") {
  World world;
  world.taken[index_key(StreamKind::contact, "paul@x.fr")] = 201;
  ChangeContact respelt;
  respelt.email = "paul@x.fr";
  auto details = paul_details;
  details.email = {"paul@x.fr"};
  given_contact().in(world).when(respelt).then(ContactChanged{details});
}

TEST_CASE("a change names only what differs, and may clear it") {
  ChangeContact change;
  change.email = "";
  change.organisation = std::optional<OrganisationId>();
  auto details = paul_details;
  details.email = {};
  details.organisation.reset();
  given_contact().when(change).then(ContactChanged{details});
  given_contact().when(ChangeContact{}).nothing();
  ChangeContact same;
  same.display_name = "Paul";
  same.organisation = acme;
  given_contact().when(same).nothing();
}

TEST_CASE("a contact of an organisation deactivated since can still be changed") {
  auto details = paul_details;
  details.organisation = gone_organisation;
  ChangeContact change;
  change.phone = "2";
  auto wanted = details;
  wanted.phone = {"2"};
  given_contact(details).when(change).then(ContactChanged{wanted});
  ChangeContact move;
  move.organisation = gone_organisation;
  given_contact().when(move).refused("organisation", FieldCode::inactive);
}

TEST_CASE("deactivating and reactivating twice changes nothing") {
  given_contact().when(Deactivate{"left"}).then(ContactDeactivated{{"left"}});
  given_contact().when(Reactivate{}).nothing();
  given_gone_contact().when(Deactivate{}).nothing();
  given_contact().when(Deactivate{std::string(2001, 'x')}).refused("reason", FieldCode::too_long);
  given_agent().when(Deactivate{}).then(AgentDeactivated{});
  GivenTeam({TeamCreated{team_details}}).when(Deactivate{}).then(TeamDeactivated{});
  GivenOrganisation({OrganisationCreated{}}).when(Deactivate{}).then(OrganisationDeactivated{});
  GivenOrganisation({OrganisationCreated{}, OrganisationDeactivated{}})
      .when(Reactivate{})
      .then(OrganisationReactivated{});
}

TEST_CASE("an external id belongs to one entry of its kind") {
  GivenContact({}).when(CreateContact{{{"P"}, {}, {}, {}, "EXT-TAKEN"}}).refused(RejectionCode::external_id_taken);
  GivenAgent({}).when(CreateAgent{{{"A"}, {}, true, "EXT-TAKEN"}}).refused(RejectionCode::external_id_taken);
  GivenTeam({}).when(CreateTeam{{"T", {}, "EXT-TAKEN"}}).refused(RejectionCode::external_id_taken);
  GivenOrganisation({}).when(CreateOrganisation{{{"O"}, {}, "EXT-TAKEN"}}).refused(RejectionCode::external_id_taken);
}

TEST_CASE("a team's members are active agents, each once, and kept in order") {
  GivenTeam({}).when(CreateTeam{{"T", {bob, anne}, {}}}).then(TeamCreated{{"T", {anne, bob}, {}}});
  GivenTeam({})
      .when(CreateTeam{{"", {anne, nobody, dora, anne}, {}}})
      .refused({{"display_name", FieldCode::required},
                {"members[1]", FieldCode::not_found},
                {"members[2]", FieldCode::inactive},
                {"members[3]", FieldCode::duplicate}});
  GivenTeam({}).when(CreateTeam{{"T", std::vector<AgentId>(501, anne), {}}}).refused("members", FieldCode::too_many);
  const GivenTeam team({TeamCreated{team_details}});
  ChangeTeam reordered;
  reordered.members = {bob, anne};
  team.when(reordered).nothing();
  ChangeTeam left;
  left.members = {dora};
  team.when(left).refused("members[0]", FieldCode::inactive);
}

TEST_CASE("a team with a member deactivated since can be renamed") {
  const GivenTeam team({TeamCreated{{"T", {dora}, {}}}});
  ChangeTeam renamed;
  renamed.display_name = "U";
  team.when(renamed).then(TeamChanged{{"U", {dora}, {}}});
}

TEST_CASE("agents and organisations are changed field by field") {
  ChangeAgent off;
  off.assignable = false;
  auto details = anne_details;
  details.assignable = false;
  given_agent().when(off).then(AgentChanged{details});
  ChangeOrganisation kind;
  kind.kind = OrganisationKind::prospect;
  GivenOrganisation({OrganisationCreated{{{"O"}, {}, "x"}}})
      .when(kind)
      .then(OrganisationChanged{{{"O"}, OrganisationKind::prospect, "x"}});
  ChangeOrganisation blank;
  blank.display_name = " ";
  GivenOrganisation({OrganisationCreated{{{"O"}, {}, "x"}}}).when(blank).refused("display_name", FieldCode::required);
}

TEST_CASE("further ways to reach somebody are checked by their kind, each by its place") {
  const auto create = [](std::vector<ContactPoint> points) {
    AgentDetails details = anne_details;
    details.contact_points = std::move(points);
    return GivenAgent({}).when(CreateAgent{details});
  };
  using Kind = ContactPointKind;
  CHECK(
      create({{Kind::email, "", {"a@b.c"}}, {Kind::phone, "bureau", {"+33 1"}}, {Kind::address, "", {"1 rue\nParis"}}})
          .decision());
  CHECK(create(std::vector<ContactPoint>(20, {Kind::other, "", {"x"}})).decision());
  create(std::vector<ContactPoint>(21, {Kind::other, "", {"x"}})).refused("contact_points", FieldCode::too_many);
  create({{Kind::email, "", {"nowhere"}},
          {Kind::mobile, "", {std::string(65, '1')}},
          {Kind::phone, "", {"1\n2"}},
          {Kind::other, std::string(101, 'x'), {std::string(501, 'x')}},
          {Kind::email, "", {""}}})
      .refused({{"contact_points[0].value", FieldCode::malformed},
                {"contact_points[1].value", FieldCode::too_long},
                {"contact_points[2].value", FieldCode::control_character},
                {"contact_points[3].label", FieldCode::too_long},
                {"contact_points[3].value", FieldCode::too_long},
                {"contact_points[4].value", FieldCode::required}});
}

TEST_CASE("role, language and ways to reach somebody change by themselves") {
  ContactDetails wanted = paul_details;
  wanted.role = ContactRole::manager;
  given_contact().when(ChangeContact{.role = ContactRole::manager}).then(ContactChanged{wanted});
  given_contact().when(ChangeContact{.role = ContactRole::subscriber}).nothing();
  given_contact().when(ChangeContact{.language = "FR"}).refused("language", FieldCode::malformed);
  given_contact().when(ChangeContact{.language = ""}).nothing();

  AgentDetails supervisor = anne_details;
  supervisor.role = AgentRole::supervisor;
  given_agent().when(ChangeAgent{.role = AgentRole::supervisor}).then(AgentChanged{supervisor});

  const OrganisationDetails client{{"Acme"}, OrganisationKind::supplier, "O-1"};
  OrganisationDetails reachable = client;
  reachable.contact_points = {{ContactPointKind::phone, "", {"1"}}};
  GivenOrganisation({OrganisationCreated{client}})
      .when(ChangeOrganisation{.contact_points = reachable.contact_points})
      .then(OrganisationChanged{reachable});
}
