#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

TEST_CASE("unmerging gives back status and assignee, and says so on both tickets") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.accept(source, AssignTicket{anne});
  desk.accept(source, ChangeStatus{"pending"});
  desk.merge(source, target);
  const auto steps = desk.accept(source, UnmergeTicket{"Another printer"});
  CHECK(told(steps) == Told{on(source, "TicketUnmerged"), on(source, "TicketAssigned"), on(target, "TicketReleased")});
  const auto unmerged = the<TicketUnmerged>(steps);
  CHECK(unmerged.target == target);
  CHECK(unmerged.target_number == desk.number(target));
  CHECK(unmerged.new_status == StatusAt{"pending", Category::pending});
  CHECK(unmerged.reason.text == "Another printer");
  CHECK(the<TicketAssigned>(steps).cause == AssignCause::unmerged);
  CHECK(the<TicketReleased>(steps).source_number == desk.number(source));
  CHECK(desk[source].status.key == "pending");
  CHECK(desk[source].assignee == anne);
  CHECK_FALSE(desk[source].merged_into);
  CHECK(desk[target].absorbed.empty());
}

TEST_CASE("a ticket that was closed before its merge is closed after its unmerge") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.close(source);
  desk.merge(source, target);
  desk.unmerge(source);
  CHECK(desk[source].status.category == Category::closed);
}

TEST_CASE("an assignee who can have no tickets any more does not get it back") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.accept(source, AssignTicket{anne});
  desk.merge(source, target);
  desk.agents[anne].details.assignable = false;
  CHECK(told(desk.unmerge(source)) == Told{on(source, "TicketUnmerged"), on(target, "TicketReleased")});
  CHECK_FALSE(desk[source].assignee);
}

TEST_CASE("a ticket that is part of no other one cannot be unmerged") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.refused(source, UnmergeTicket{}, RejectionCode::not_merged);
  desk.merge(source, target);
  desk.refused(target, UnmergeTicket{}, RejectionCode::not_merged);
  desk.unmerge(source);
  desk.refused(source, UnmergeTicket{}, RejectionCode::not_merged);
}

TEST_CASE("sub-tickets come back with the ticket that they were below") {
  Desk desk;
  const auto source = desk.open(), target = desk.open(), child = desk.open_below(source);
  desk.merge(source, target);
  const auto steps = desk.unmerge(source);
  CHECK(told(steps) == Told{on(source, "TicketUnmerged"), on(child, "ParentChanged"), on(target, "SubTicketRemoved"),
                            on(source, "SubTicketAdded"), on(target, "TicketReleased")});
  CHECK(the<ParentChanged>(steps).cause == ParentCause::unmerged);
  CHECK(desk[child].parent == source);
  CHECK(desk[source].children == std::vector{child});
  CHECK(desk[target].children.empty());
}

TEST_CASE("sub-tickets that were moved since stay, and those added under the root too") {
  Desk desk;
  const auto source = desk.open(), target = desk.open(), other = desk.open();
  const auto moved = desk.open_below(source), detached = desk.open_below(source), lent = desk.open_below(source);
  desk.merge(source, target);
  const auto added = desk.open_below(target);
  desk.accept(moved, MoveSubTicket{desk.number(other)});
  desk.accept(target, DetachSubTicket{desk.number(detached)});
  desk.unmerge(source);
  CHECK(desk[moved].parent == other);
  CHECK_FALSE(desk[detached].parent);
  CHECK(desk[added].parent == target);
  CHECK(desk[source].children == std::vector{lent});
}

TEST_CASE("a sub-ticket that has no place below the source any more stays with the root") {
  Desk desk;
  const auto parent = desk.open(), source = desk.open_below(parent), child = desk.open_below(source),
             target = desk.open();
  desk.merge(source, target);
  SECTION("the source is below it now") {
    desk.settings.relations.depth_max = 20;
    desk.accept(child, AttachSubTicket{desk.number(parent)});
  }
  SECTION("the tree would be too deep") {
    desk.settings.relations.depth_max = 3;
    const auto top = desk.open(), middle = desk.open_below(top);
    desk.accept(middle, AttachSubTicket{desk.number(parent)});
    if (GENERATE(false, true)) desk.settings.relations.depth_max = 1;
  }
  desk.unmerge(source);
  CHECK(desk[child].parent == target);
  CHECK(desk[source].children.empty());
}

TEST_CASE("what was merged into its own parent is no loan of the parent") {
  Desk desk;
  const auto parent = desk.open(), child = desk.open_below(parent), target = desk.open();
  desk.merge(child, parent);
  desk.unmerge(child);
  desk.merge(parent, target);
  desk.accept(target, AttachSubTicket{desk.number(child)});
  desk.unmerge(parent);
  CHECK(desk[child].parent == target);
  CHECK(desk[parent].children.empty());
}

TEST_CASE("a ticket and its sub-ticket that were merged into the same one come back as they stood, in any order") {
  Desk desk;
  const auto parent = desk.open(), child = desk.open_below(parent), root = desk.open(), end = desk.open();
  const bool parent_first = GENERATE(true, false), chain = GENERATE(true, false);
  desk.merge(parent_first ? parent : child, root);
  desk.merge(parent_first ? child : parent, root);
  if (chain) desk.merge(root, end);
  SECTION("the sub-ticket first: it is where its parent's others are") {
    desk.unmerge(child);
    CHECK(desk[child].parent == (chain ? end : root));
    desk.unmerge(parent);
  }
  SECTION("the parent first") {
    desk.unmerge(parent);
    CHECK(desk[child].parent == parent);
    desk.unmerge(child);
  }
  SECTION("the root before both") {
    if (chain) desk.unmerge(root);
    desk.unmerge(child);
    CHECK(desk[child].parent == root);
    desk.unmerge(parent);
  }
  CHECK(desk[child].parent == parent);
  CHECK(desk[parent].children == std::vector{child});
  CHECK(desk[root].children.empty());
  CHECK(desk[end].children.empty());
}

TEST_CASE("what is below a sub-ticket on loan and is merged into the root comes back there") {
  Desk desk;
  const auto top = desk.open(), middle = desk.open_below(top), low = desk.open_below(middle), root = desk.open();
  desk.merge(top, root);
  desk.merge(low, root);
  desk.unmerge(top);
  desk.unmerge(low);
  CHECK(desk[low].parent == middle);
  CHECK(desk[middle].parent == top);
}

TEST_CASE("in a chain only the ticket's own hop is undone") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open();
  desk.merge(s, t);
  desk.merge(t, u);
  SECTION("the first") {
    CHECK(told(desk.unmerge(s)) == Told{on(s, "TicketUnmerged"), on(t, "TicketReleased")});
    CHECK_FALSE(desk[s].merged_into);
    CHECK(desk[t].merged_into == u);
  }
  SECTION("the middle one takes what is part of it along") {
    CHECK(told(desk.unmerge(t)) == Told{on(t, "TicketUnmerged"), on(u, "TicketReleased")});
    CHECK(desk[s].merged_into == t);
    CHECK(desk[t].absorbed == std::vector{s});
  }
}

TEST_CASE("sub-tickets that went along a chain come back to where they were") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open(), child = desk.open_below(s);
  desk.merge(s, t);
  desk.merge(t, u);
  CHECK(desk[child].parent == u);
  SECTION("from the end of the chain") {
    desk.unmerge(s);
    CHECK(desk[child].parent == s);
    desk.unmerge(t);
    CHECK(desk[child].parent == s);
  }
  SECTION("hop by hop") {
    desk.unmerge(t);
    CHECK(desk[child].parent == t);
    desk.unmerge(s);
    CHECK(desk[child].parent == s);
  }
}

TEST_CASE("links within one ticket do not hold a part back: the two may wait for each other then") {
  Desk desk;
  const auto first = desk.open(), middle = desk.open(), root = desk.open();
  desk.link(first, LinkType::depends_on, middle);
  desk.link(middle, LinkType::depends_on, root);
  desk.merge(middle, root);
  desk.merge(first, root);
  desk.unmerge(middle);
  desk.refused(middle, CloseTicket{}, RejectionCode::dependencies_open);
  desk.refused(root, CloseTicket{}, RejectionCode::dependencies_open);
  SECTION("by force") { desk.force_closed(root); }
  SECTION("unlinked") {
    desk.accept(root, UnlinkTickets{LinkType::depends_on, false, desk.number(middle)});
    desk.close(root);
  }
  desk.close(middle);
}

TEST_CASE("nothing is unmerged from a deleted ticket") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open();
  desk.merge(s, t);
  desk.merge(t, u);
  desk.mark_deleted(u);
  desk.refused(s, UnmergeTicket{}, RejectionCode::root_deleted);
  desk.refused(t, UnmergeTicket{}, RejectionCode::root_deleted);
}

TEST_CASE("who may not change tickets unmerges none") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.merge(source, target);
  desk.doer = by(otto);
  desk.refused(source, UnmergeTicket{}, RejectionCode::forbidden);
}

TEST_CASE("a sub-ticket moved away and back is no loan any more") {
  Desk desk;
  const auto source = desk.open(), target = desk.open(), child = desk.open_below(source);
  desk.merge(source, target);
  desk.accept(target, DetachSubTicket{desk.number(child)});
  desk.accept(target, AttachSubTicket{desk.number(child)});
  desk.unmerge(source);
  CHECK(desk[child].parent == target);
}

TEST_CASE("a sub-ticket that came back is lent by nobody on the way any more") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open(), child = desk.open_below(s);
  desk.merge(s, t);
  desk.merge(t, u);
  desk.unmerge(s);
  desk.merge(s, u);
  desk.unmerge(t);
  CHECK(desk[child].parent == u);
  desk.unmerge(s);
  CHECK(desk[child].parent == s);
}
