// Short texts about a ticket by which nothing is decided, and what a kind of ticket starts with.
#include "commands/limits.h"
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

Particulars with_reference(std::string text) { return {{std::move(text)}}; }

ChangeParticulars naming(std::vector<std::string> named, Particulars wanted) {
  return {std::move(wanted), std::move(named)};
}

OpenTicket open_of(TicketKind kind) {
  OpenTicket c;
  c.title = "Printer";
  c.kind = kind;
  return c;
}

}  // namespace

TEST_CASE("particulars given at the opening are the ticket's first change") {
  auto c = open_of(TicketKind::external);
  c.particulars = with_reference("order 4711");
  given().when(c).then(opened(), ParticularsChanged{{}, with_reference("order 4711")});
  given().when(open_of(TicketKind::external)).then(opened());
}

TEST_CASE("a particular is set where it is named and stays where it is not") {
  const ParticularsChanged set{{}, with_reference("order 4711")};
  given(opened()).when(naming({"client_reference"}, with_reference("order 4711"))).then(set);
  given(opened(), set).when(naming({}, {})).nothing();
  given(opened(), set).when(naming({"client_reference"}, with_reference("order 4711"))).nothing();
  given(opened(), set)
      .when(naming({"client_reference"}, {}))
      .then(ParticularsChanged{with_reference("order 4711"), {}});
}

TEST_CASE("a particular is one line of bounded text, and a closed ticket keeps it") {
  for (const auto& [text, code] : std::vector<std::pair<std::string, FieldCode>>{
           {std::string(limits::title_bytes_max + 1, 'x'), FieldCode::too_long}, {"\xff", FieldCode::invalid_utf8}}) {
    given(opened()).when(naming({"client_reference"}, with_reference(text))).refused("client_reference", code);
    auto c = open_of(TicketKind::external);
    c.particulars = with_reference(text);
    given().when(c).refused("client_reference", code);
  }
  given(opened(), closed())
      .when(naming({"client_reference"}, with_reference("order 4711")))
      .refused(RejectionCode::ticket_closed);
}

TEST_CASE("whether the assignee is told is set for each kind of ticket") {
  World world;
  world.settings.opening.notify_assignee = {TicketKind::internal};
  const auto told = [&](TicketKind kind) {
    const auto outcome = given().in(world).when(open_of(kind));
    REQUIRE(outcome.decision());
    return std::get<TicketOpened>(outcome.decision()->front()).notify_assignee;
  };
  CHECK(told(TicketKind::internal));
  CHECK_FALSE(told(TicketKind::external));
}
