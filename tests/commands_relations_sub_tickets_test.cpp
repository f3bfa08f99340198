#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

OpenSubTicket part(std::string title = "Part") {
  OpenSubTicket command;
  command.ticket.title = std::move(title);
  return command;
}

// A ticket for paul of the network team, about a vehicle.
TicketId vehicle_ticket(Desk& desk) {
  OpenTicket wanted;
  wanted.party.contact = paul;
  wanted.team = network;
  wanted.contexts = {{van, {}, {}, {}, {}}, {{}, "invoice", "F-17", "https://erp/f17", {}}};
  return desk.open(wanted);
}

}  // namespace

TEST_CASE("a sub-ticket opened is a ticket of its own, told of at its parent") {
  Desk desk;
  const auto parent = desk.open();
  const auto steps = desk.accept(parent, part());
  const TicketId child{steps.front().stream.id};
  const auto texts = told(steps);
  CHECK(texts.front() == on(child, "TicketOpened"));
  CHECK(std::find(texts.begin(), texts.end(), on(child, "ParentChanged")) != texts.end());
  CHECK(std::find(texts.begin(), texts.end(), on(parent, "SubTicketAdded")) != texts.end());
  const auto changed = the<ParentChanged>(steps);
  CHECK_FALSE(changed.old_parent);
  CHECK(changed.new_parent == parent);
  CHECK(changed.new_number == desk.number(parent));
  CHECK(changed.cause == ParentCause::opened);
  CHECK(the<SubTicketAdded>(steps).child_number == desk.number(child));
  CHECK(desk.number(child) != desk.number(parent));
  CHECK(desk[child].parent == parent);
  CHECK(desk[parent].children == std::vector{child});
}

TEST_CASE("a sub-ticket starts with the contact, team and contexts of its parent") {
  Desk desk;
  const auto parent = vehicle_ticket(desk);
  const auto child = desk.open_below(parent);
  CHECK(desk[child].party == desk[parent].party);
  CHECK(desk[child].team == network);
  CHECK(desk[child].contexts == desk[parent].contexts);

  // From then on both live apart.
  desk.accept(parent, LinkContact{{rosa, bolt}});
  desk.accept(parent, MoveTicketToTeam{});
  desk.accept(parent, UnlinkTicketContext{1});
  CHECK(desk[child].party == Party{paul, acme});
  CHECK(desk[child].team == network);
  CHECK(desk[child].contexts.size() == 2);
}

TEST_CASE("what is given for a sub-ticket is not copied") {
  Desk desk;
  const auto parent = vehicle_ticket(desk);
  desk.teams[TeamId{9303}] = {{1}, {"Field", {}, {}}, true};
  auto command = part();
  command.ticket.party.contact = rosa;
  command.ticket.team = TeamId{9303};
  command.ticket.contexts = {{{}, "quote", "D-1", {}, {}}};
  const TicketId child{desk.accept(parent, command).front().stream.id};
  CHECK(desk[child].party == Party{rosa, bolt});
  CHECK(desk[child].team == TeamId{9303});
  REQUIRE(desk[child].contexts.size() == 1);
  CHECK(desk[child].contexts[0].type == "quote");
}

TEST_CASE("what is out of use by now is not copied to a sub-ticket") {
  Desk desk;
  const auto parent = vehicle_ticket(desk);
  desk.contacts[paul].active = false;
  desk.teams[network].active = false;
  desk.contexts[van].active = false;
  const auto child = desk.open_below(parent);
  CHECK(desk[child].party == Party{{}, acme});
  CHECK_FALSE(desk[child].team);
  REQUIRE(desk[child].contexts.size() == 1);
  CHECK(desk[child].contexts[0].type == "invoice");
}

TEST_CASE("a sub-ticket is opened by the rules of any ticket") {
  Desk desk;
  const auto parent = desk.open();
  desk.refused(parent, part(""), "title", FieldCode::required);
}

TEST_CASE("a ticket is attached and detached, told at both") {
  Desk desk;
  const auto parent = desk.open(), child = desk.open();
  auto steps = desk.accept(parent, AttachSubTicket{desk.number(child)});
  CHECK(told(steps) == Told{on(child, "ParentChanged"), on(parent, "SubTicketAdded")});
  CHECK(the<ParentChanged>(steps).cause == ParentCause::attached);
  CHECK(desk[child].parent == parent);
  desk.nothing(parent, AttachSubTicket{desk.number(child)});

  steps = desk.accept(parent, DetachSubTicket{desk.number(child)});
  CHECK(told(steps) == Told{on(child, "ParentChanged"), on(parent, "SubTicketRemoved")});
  CHECK(the<ParentChanged>(steps).cause == ParentCause::detached);
  CHECK(the<ParentChanged>(steps).old_number == desk.number(parent));
  CHECK_FALSE(desk[child].parent);
  CHECK(desk[parent].children.empty());
  desk.refused(parent, DetachSubTicket{desk.number(child)}, RejectionCode::not_a_child);
}

TEST_CASE("a sub-ticket of another ticket is moved, not attached") {
  Desk desk;
  const auto first = desk.open(), second = desk.open(), child = desk.open_below(first);
  desk.refused(second, AttachSubTicket{desk.number(child)}, "child", FieldCode::duplicate);
  desk.refused(second, DetachSubTicket{desk.number(child)}, RejectionCode::not_a_child);
  const auto steps = desk.accept(child, MoveSubTicket{desk.number(second)});
  CHECK(told(steps) == Told{on(child, "ParentChanged"), on(first, "SubTicketRemoved"), on(second, "SubTicketAdded")});
  CHECK(the<ParentChanged>(steps).cause == ParentCause::moved);
  CHECK(desk[first].children.empty());
  CHECK(desk[second].children == std::vector{child});
  desk.nothing(child, MoveSubTicket{desk.number(second)});
}

TEST_CASE("a ticket without a parent is attached, not moved") {
  Desk desk;
  const auto parent = desk.open(), ticket = desk.open();
  desk.refused(ticket, MoveSubTicket{desk.number(parent)}, RejectionCode::not_a_child);
}

TEST_CASE("no ticket gets below itself, over the whole path") {
  Desk desk;
  const auto top = desk.open(), middle = desk.open_below(top), low = desk.open_below(middle);
  for (const auto& [parent, child] : {std::pair{top, top}, {middle, top}, {low, top}, {low, middle}}) {
    desk.refused(parent, AttachSubTicket{desk.number(child)}, RejectionCode::relation_cycle);
  }
  desk.refused(middle, MoveSubTicket{desk.number(low)}, RejectionCode::relation_cycle);
  desk.refused(middle, MoveSubTicket{desk.number(middle)}, RejectionCode::relation_cycle);
  desk.accept(low, MoveSubTicket{desk.number(top)});
  desk.accept(middle, MoveSubTicket{desk.number(low)});
}

TEST_CASE("of two attachments that cross the second is refused") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  const AttachSubTicket b_below_a{desk.number(b)}, a_below_b{desk.number(a)};
  desk.accept(a, b_below_a);
  desk.refused(b, a_below_b, RejectionCode::relation_cycle);
}

TEST_CASE("the other ticket must be there, and neither merged nor deleted") {
  Desk desk;
  const auto ticket = desk.open(), child = desk.open_below(ticket), root = desk.open();
  const auto merged = desk.open(), deleted = desk.open();
  desk.merge(merged, root);
  desk.mark_deleted(deleted);
  desk.refused(ticket, AttachSubTicket{}, "child", FieldCode::required);
  desk.refused(ticket, AttachSubTicket{"999999"}, "child", FieldCode::not_found);
  desk.refused(ticket, DetachSubTicket{"999999"}, "child", FieldCode::not_found);
  desk.refused(child, MoveSubTicket{"999999"}, "parent", FieldCode::not_found);
  desk.refused(ticket, AttachSubTicket{desk.number(merged)}, RejectionCode::ticket_merged);
  CHECK(desk.refusal(ticket, AttachSubTicket{desk.number(merged)}).root == desk.number(root));
  desk.refused(ticket, AttachSubTicket{desk.number(deleted)}, RejectionCode::ticket_deleted);
  desk.refused(child, MoveSubTicket{desk.number(merged)}, RejectionCode::ticket_merged);
  desk.refused(child, MoveSubTicket{desk.number(deleted)}, RejectionCode::ticket_deleted);
  desk.refused(deleted, part(), RejectionCode::ticket_deleted);
  desk.refused(merged, part(), RejectionCode::ticket_merged);
}

TEST_CASE("a closed ticket gets no new sub-tickets") {
  Desk desk;
  const auto closed = desk.open(), ticket = desk.open(), child = desk.open_below(ticket);
  desk.close(closed);
  desk.refused(closed, part(), RejectionCode::parent_closed);
  desk.refused(closed, AttachSubTicket{desk.number(ticket)}, RejectionCode::parent_closed);
  desk.refused(child, MoveSubTicket{desk.number(closed)}, RejectionCode::parent_closed);
  desk.accept(ticket, AttachSubTicket{desk.number(closed)});
}

TEST_CASE("a tree has no more levels of sub-tickets than depth_max") {
  Desk desk;
  desk.settings.relations.depth_max = 2;
  const auto top = desk.open(), middle = desk.open_below(top), low = desk.open_below(middle);
  const auto other = desk.open(), below_other = desk.open_below(other), single = desk.open();
  desk.refused(low, part(), RejectionCode::too_deep);
  desk.refused(low, AttachSubTicket{desk.number(single)}, RejectionCode::too_deep);
  desk.refused(middle, AttachSubTicket{desk.number(other)}, RejectionCode::too_deep);
  desk.refused(below_other, MoveSubTicket{desk.number(low)}, RejectionCode::too_deep);
  desk.accept(below_other, MoveSubTicket{desk.number(middle)});
  desk.accept(middle, AttachSubTicket{desk.number(other)});
  desk.accept(middle, AttachSubTicket{desk.number(single)});
}

TEST_CASE("a ticket has no more sub-tickets than children_max") {
  Desk desk;
  desk.settings.relations.children_max = 2;
  const auto parent = desk.open(), child = desk.open_below(parent), other = desk.open();
  const auto below_other = desk.open_below(other);
  desk.open_below(parent);
  desk.refused(parent, part(), RejectionCode::too_many_children);
  desk.refused(parent, AttachSubTicket{desk.number(other)}, RejectionCode::too_many_children);
  desk.refused(below_other, MoveSubTicket{desk.number(parent)}, RejectionCode::too_many_children);
  desk.accept(parent, DetachSubTicket{desk.number(child)});
  desk.accept(below_other, MoveSubTicket{desk.number(parent)});
}

TEST_CASE("who may not change tickets ties none together") {
  Desk desk;
  const auto parent = desk.open_for(paul), child = desk.open_below(parent), other = desk.open_for(paul);
  desk.doer = GENERATE(by(otto), Actor{ActorKind::contact, paul.value});
  desk.refused(parent, part(), RejectionCode::forbidden);
  desk.refused(parent, AttachSubTicket{desk.number(other)}, RejectionCode::forbidden);
  desk.refused(parent, DetachSubTicket{desk.number(child)}, RejectionCode::forbidden);
  desk.refused(child, MoveSubTicket{desk.number(other)}, RejectionCode::forbidden);
}
