// Interventions asked of another system, their answers, and the points that work costs.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

TEST_CASE("an intervention takes up the ticket as it is, and its answer is linked back") {
  auto for_acme = opened();
  for_acme.party = {{}, acme};
  for_acme.team = support;
  for_acme.classification = {{"hardware"}, "", ""};
  for_acme.due_at = noon;
  for_acme.description = {"It smokes."};
  const ParticularsChanged told{{}, {{"order 4711"}, {"2nd floor"}}};
  const TicketAssigned taken{{}, bob, AssignCause::claimed};
  InterventionRequested asked{1, {"Printer"}, {"bring toner"}, for_acme.party, {}, {}};
  asked.number = for_acme.number;
  asked.priority = normal;
  asked.classification = for_acme.classification;
  asked.team = support;
  asked.due_at = noon;
  asked.description = for_acme.description;
  given(for_acme).when(RequestIntervention{"bring toner", {}}).then(asked);
  asked.particulars = told.new_particulars;
  asked.assignee = bob;
  asked.description = {"It burns."};
  given(for_acme, told, taken, DescriptionChanged{{"It burns."}})
      .when(RequestIntervention{"bring toner", {}})
      .then(asked);
  given(for_acme, asked)
      .when(AnswerIntervention{1, "INT-9", "https://erp/9", ""})
      .then(InterventionAnswered{1, "INT-9", "https://erp/9", {}});
  given(for_acme).when(AnswerIntervention{1, "INT-9", "", ""}).refused("intervention", FieldCode::not_found);
}

TEST_CASE("an intervention is asked for without the description where one record cannot hold it") {
  auto long_one = opened();
  long_one.description = {std::string(20'000, 'x')};
  const auto requested = [](const GivenTicket& ticket) {
    const auto outcome = ticket.when(RequestIntervention{"", {}});
    REQUIRE(outcome.decision());
    return std::get<InterventionRequested>(outcome.decision()->front());
  };
  const ContextLinked project{{1, "project", {}, {"Atlas"}, "", {{"note", {std::string(500, 'y')}}}}};
  CHECK(requested(given(long_one, project)).description == long_one.description);
  ContextLinked wordy = project;
  wordy.context.summary.assign(20, {"note", {std::string(600, 'y')}});
  const auto bare = requested(given(long_one, wordy));
  CHECK(bare.description.text.empty());
  CHECK(bare.contexts == std::vector<ContextAt>{wordy.context});
}

TEST_CASE("an intervention's newest answer given again changes nothing, another one does") {
  const InterventionRequested asked{1, {"Printer"}, {}, {}, {}, {}};
  const InterventionAnswered planned{1, "INT-9", "https://erp/9", {"Monday"}}, moved{1, "INT-9", "", {"Tuesday"}};
  const auto ticket = given(opened(), asked, planned);
  ticket.when(AnswerIntervention{1, "INT-9", "https://erp/9", "Monday"}).nothing();
  ticket.when(AnswerIntervention{1, "INT-9", "", "Tuesday"}).then(moved);
  given(opened(), asked, planned, moved).when(AnswerIntervention{1, "INT-9", "https://erp/9", "Monday"}).then(planned);
}

TEST_CASE("what costs no points is booked nowhere") {
  World world;
  world.settings.points = {true, false, 1, {{"network", 0}}};
  ContractState& contract = world.contracts[ContractId{80}];
  contract.version = {1};
  contract.active = true;
  auto network = opened();
  network.classification.category = {"network"};
  given(network).in(world).when(SpendPoints{ContractId{80}, {}, ""}).nothing();
  given(opened()).in(world).when(SpendPoints{ContractId{80}, {}, ""}).refused(RejectionCode::points_insufficient);
  world.settings.points.enabled = false;
  given(network).in(world).when(SpendPoints{ContractId{80}, {}, ""}).refused(RejectionCode::points_disabled);
}

TEST_CASE("points are taken off the contract and noted on the ticket, by the rate of its category") {
  World world;
  world.settings.points = {true, false, 1, {{"network", 3}}};
  ContractState contract;
  contract.version = {1};
  contract.active = true;
  contract.balance = 5;
  world.contracts[ContractId{80}] = contract;
  auto network = opened();
  network.classification.category = {"network"};
  const auto outcome = decide(given(network).state, TicketCommand(SpendPoints{ContractId{80}, {}, "visit"}),
                              Context{noon, administrator(), false, world.settings, world, Position{900}, 500});
  REQUIRE(outcome);
  REQUIRE(outcome->size() == 2);
  CHECK(text_of((*outcome)[0].event) == text_of(Event(TicketEvent(PointsSpent{ContractId{80}, 3, {"visit"}}))));
  CHECK((*outcome)[1].stream == stream_of(ContractId{80}));
  CHECK(std::get<PointsBooked>(std::get<ContractEvent>((*outcome)[1].event)).balance == 2);
  given(network).in(world).when(SpendPoints{ContractId{80}, 6, ""}).refused(RejectionCode::points_insufficient);
  world.settings.points.enabled = false;
  given(network).in(world).when(SpendPoints{ContractId{80}, 1, ""}).refused(RejectionCode::points_disabled);
}

TEST_CASE("points are for tickets of whom the contract names: an organisation, a person, or a person there") {
  World world;
  world.settings.points = {true, true, 1, {}};
  ContractState& contract = world.contracts[ContractId{80}];
  contract.version = {1};
  contract.active = true;
  contract.details.organisation = acme;
  const SpendPoints c{ContractId{80}, 1, ""};
  const auto spends = [&](const TicketOpened& ticket, By by = {}) {
    const auto context = Context{by.now, by.doer, by.imported, world.settings, world, Position{900}, 500};
    return decide(given(ticket).state, TicketCommand(c), context).has_value();
  };
  auto own = opened(), other = opened();
  own.party.organisation = acme;
  other.party.organisation = gone_organisation;
  CHECK(spends(own));
  given(other).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(opened()).in(world).when(c).refused("contract", FieldCode::not_one_of);
  CHECK(spends(other, By{administrator(), true, noon}));
  contract.details = {{}, paul, {}, {}};
  auto pauls = opened(), anothers = opened();
  pauls.party.contact = paul;
  anothers.party.contact = gone_contact;
  CHECK(spends(pauls));
  given(anothers).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(own).in(world).when(c).refused("contract", FieldCode::not_one_of);
  CHECK(spends(anothers, By{administrator(), true, noon}));
  contract.details = {{}, paul, acme, {}};
  given(own).in(world).when(c).refused("contract", FieldCode::not_one_of);
  given(pauls).in(world).when(c).refused("contract", FieldCode::not_one_of);
  pauls.party.organisation = acme;
  CHECK(spends(pauls));
}
