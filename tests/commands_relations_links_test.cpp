#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

LinkTickets link_to(const Desk& desk, LinkType type, TicketId other) { return {type, desk.number(other)}; }
UnlinkTickets unlink(const Desk& desk, LinkType type, bool inverse, TicketId other) {
  return {type, inverse, desk.number(other)};
}

}  // namespace

TEST_CASE("a link is told at both ends, each by its own name") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  const auto type = GENERATE(LinkType::duplicates, LinkType::depends_on, LinkType::causes);
  CHECK(told(desk.accept(a, link_to(desk, type, b))) == Told{on(a, "TicketsLinked"), on(b, "TicketsLinked")});
  CHECK(desk[a].links == std::vector<TicketLink>{{type, false, b}});
  CHECK(desk[b].links == std::vector<TicketLink>{{type, true, a}});
  CHECK(inverse_name_of(type) != name_of(type));
}

TEST_CASE("what merely relates has no direction") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  desk.link(a, LinkType::relates_to, b);
  CHECK(desk[a].links == std::vector<TicketLink>{{LinkType::relates_to, false, b}});
  CHECK(desk[b].links == std::vector<TicketLink>{{LinkType::relates_to, false, a}});
  desk.nothing(b, link_to(desk, LinkType::relates_to, a));
  desk.accept(b, unlink(desk, LinkType::relates_to, true, a));
  CHECK(desk[a].links.empty());
}

TEST_CASE("the same link a second time changes nothing, another type does") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  desk.link(a, LinkType::causes, b);
  desk.nothing(a, link_to(desk, LinkType::causes, b));
  desk.link(a, LinkType::depends_on, b);
  CHECK(desk[a].links.size() == 2);
}

TEST_CASE("a link is taken away from either end, a second time changes nothing") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  desk.link(a, LinkType::depends_on, b);
  // From the end depended on, it is the inverse that is there.
  desk.nothing(b, unlink(desk, LinkType::depends_on, false, a));
  SECTION("from where it was made") { desk.accept(a, unlink(desk, LinkType::depends_on, false, b)); }
  SECTION("from the other end") { desk.accept(b, unlink(desk, LinkType::depends_on, true, a)); }
  CHECK(desk[a].links.empty());
  CHECK(desk[b].links.empty());
  desk.nothing(a, unlink(desk, LinkType::depends_on, false, b));
}

TEST_CASE("links that tell how a ticket came to be are not made or unmade by hand") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  const auto type = GENERATE(LinkType::follow_up_of, LinkType::split_from);
  desk.refused(a, link_to(desk, type, b), "type", FieldCode::not_one_of);
  desk.refused(a, unlink(desk, type, false, b), "type", FieldCode::not_one_of);
}

TEST_CASE("a link needs another ticket that is there") {
  Desk desk;
  const auto a = desk.open();
  desk.refused(a, LinkTickets{LinkType::causes, ""}, "other", FieldCode::required);
  desk.refused(a, LinkTickets{LinkType::causes, "999999"}, "other", FieldCode::not_found);
  desk.refused(a, UnlinkTickets{LinkType::causes, false, "999999"}, "other", FieldCode::not_found);
  desk.refused(a, link_to(desk, LinkType::relates_to, a), RejectionCode::relation_cycle);
}

TEST_CASE("merged and deleted tickets get no links, but lose them") {
  Desk desk;
  const auto a = desk.open(), merged = desk.open(), root = desk.open(), deleted = desk.open();
  desk.link(a, LinkType::causes, merged);
  desk.link(a, LinkType::causes, deleted);
  desk.merge(merged, root);
  desk.mark_deleted(deleted);
  desk.refused(a, link_to(desk, LinkType::relates_to, merged), RejectionCode::ticket_merged);
  CHECK(desk.refusal(a, link_to(desk, LinkType::relates_to, merged)).root == desk.number(root));
  desk.refused(a, link_to(desk, LinkType::relates_to, deleted), RejectionCode::ticket_deleted);
  desk.accept(a, unlink(desk, LinkType::causes, false, deleted));
  SECTION("by the number of the part") { desk.accept(a, unlink(desk, LinkType::causes, false, merged)); }
  SECTION("by that of the root") { desk.accept(a, unlink(desk, LinkType::causes, false, root)); }
  SECTION("from the root, which shows it") { desk.accept(root, unlink(desk, LinkType::causes, true, a)); }
  CHECK(desk[a].links.empty());
  CHECK(desk[merged].links.empty());
}

TEST_CASE("tickets never wait for each other, over any number of others") {
  Desk desk;
  const auto a = desk.open(), b = desk.open(), c = desk.open(), d = desk.open();
  desk.link(a, LinkType::depends_on, b);
  desk.refused(b, link_to(desk, LinkType::depends_on, a), RejectionCode::relation_cycle);
  desk.link(b, LinkType::depends_on, c);
  desk.link(c, LinkType::depends_on, d);
  desk.refused(d, link_to(desk, LinkType::depends_on, a), RejectionCode::relation_cycle);
  desk.link(a, LinkType::depends_on, d);
  // Other types may go round in circles.
  desk.link(a, LinkType::causes, b);
  desk.link(b, LinkType::causes, a);
  desk.accept(b, unlink(desk, LinkType::depends_on, false, c));
  desk.link(d, LinkType::depends_on, b);
}

TEST_CASE("a wait over a merged ticket counts for its root") {
  Desk desk;
  const auto a = desk.open(), part = desk.open(), root = desk.open(), c = desk.open();
  desk.link(a, LinkType::depends_on, part);
  desk.merge(part, root);
  desk.refused(root, link_to(desk, LinkType::depends_on, a), RejectionCode::relation_cycle);
  desk.link(root, LinkType::depends_on, c);
  desk.refused(c, link_to(desk, LinkType::depends_on, a), RejectionCode::relation_cycle);
  desk.unmerge(part);
  desk.link(c, LinkType::depends_on, a);
}

TEST_CASE("linking needs the right to change both tickets") {
  Desk desk;
  const auto a = desk.open_for(paul), b = desk.open_for(paul);
  desk.link(a, LinkType::causes, b);
  desk.doer = GENERATE(by(otto), Actor{ActorKind::contact, paul.value});
  desk.refused(a, link_to(desk, LinkType::relates_to, b), RejectionCode::forbidden);
  desk.refused(a, unlink(desk, LinkType::causes, false, b), RejectionCode::forbidden);
}
