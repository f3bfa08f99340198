#include "commands/ticket/left_open.h"
#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

bool is_closed(const Desk& desk, TicketId ticket) { return desk[ticket].status.category == Category::closed; }

// Whether the command asked somebody to look at the ticket, and why.
std::vector<std::string_view> looks(const Steps& steps, TicketId ticket) {
  std::vector<std::string_view> reasons;
  for (const Step& step : steps) {
    const auto* look = std::get_if<LookRequested>(&std::get<TicketEvent>(step.event));
    if (look != nullptr && step.stream == stream_of(ticket)) reasons.push_back(name_of(look->reason));
  }
  return reasons;
}
using Looks = std::vector<std::string_view>;
using Numbers = std::vector<std::string>;

// What the answer to closing the ticket would name as left open; closes nothing.
Numbers left_open_by(const Desk& desk, TicketId ticket, const TicketCommand& command = CloseTicket{}) {
  auto steps = desk.decide(ticket, command);
  REQUIRE(steps);
  for (Step& step : *steps) {
    if (step.stream.id == 0) step.stream = stream_of(ticket);
  }
  return left_open(*steps, desk);
}

}  // namespace

TEST_CASE("open sub-tickets block the closing of their parent, unless forced with a reason") {
  Desk desk;
  const auto parent = desk.open(), child = desk.open_below(parent);
  desk.refused(parent, CloseTicket{}, RejectionCode::children_open);
  desk.refused(parent, ChangeStatus{"closed"}, RejectionCode::children_open);
  auto command = desk.forced_close();
  command.reason.clear();
  desk.refused(parent, command, "reason", FieldCode::required);
  SECTION("forced") {
    CHECK(left_open_by(desk, parent, desk.forced_close()) == Numbers{desk.number(child)});
    const auto steps = desk.force_closed(parent);
    CHECK(the<TicketClosed>(steps).forced.text == "Enough.");
    CHECK_FALSE(is_closed(desk, child));
  }
  SECTION("after the child") {
    desk.close(child);
    desk.close(parent);
  }
  SECTION("the child closes first, whatever its parent") { desk.close(child); }
}

TEST_CASE("merged and deleted sub-tickets do not block") {
  Desk desk;
  const auto parent = desk.open(), merged = desk.open_below(parent), deleted = desk.open_below(parent);
  desk.merge(merged, desk.open());
  desk.mark_deleted(deleted);
  desk.close(parent);
}

TEST_CASE("close_parent = warn lets the parent close and asks for a look") {
  Desk desk;
  desk.settings.relations.close_parent = CloseParent::warn;
  const auto parent = desk.open(), child = desk.open_below(parent);
  CHECK(left_open_by(desk, parent) == Numbers{desk.number(child)});
  CHECK(looks(desk.close(parent), parent) == Looks{"open_children"});
  CHECK_FALSE(is_closed(desk, child));
  CHECK(left_open_by(desk, child).empty());
  CHECK(looks(desk.close(child), child).empty());
}

TEST_CASE("close_parent = cascade closes everything open below, in the same commit") {
  Desk desk;
  desk.settings.relations.close_parent = CloseParent::cascade;
  const auto parent = desk.open(), child = desk.open_below(parent), done = desk.open_below(parent),
             below = desk.open_below(child);
  desk.close(done);
  const auto before = desk[done];
  CHECK(left_open_by(desk, parent).empty());
  const auto steps = desk.close(parent);
  CHECK(is_closed(desk, child));
  CHECK(is_closed(desk, below));
  CHECK(desk[done] == before);
  std::vector<CloseCause> causes;
  for (const Step& step : steps) {
    if (const auto* closed = std::get_if<TicketClosed>(&std::get<TicketEvent>(step.event))) {
      causes.push_back(closed->cause);
    }
  }
  CHECK(causes == std::vector{CloseCause::closed, CloseCause::parent_closed, CloseCause::parent_closed});
  // That its children are closed is no news to a parent that closed them.
  for (const auto ticket : {parent, child, below}) CHECK(looks(steps, ticket).empty());
}

TEST_CASE("a cascade stops at sub-tickets that the doer may not close") {
  Desk desk;
  desk.settings.relations.close_parent = CloseParent::cascade;
  desk.settings.handling.close_scope = CloseScope::team;
  desk.teams[network].details.members = {anne};
  desk.teams[TeamId{9303}] = {{1}, {"Field", {bob}, {}}, true};
  OpenTicket wanted;
  wanted.team = network;
  const auto parent = desk.open(wanted), own = desk.open_below(parent);
  auto for_others = OpenSubTicket{};
  for_others.ticket.title = "Elsewhere";
  for_others.ticket.team = TeamId{9303};
  const TicketId others{desk.accept(parent, for_others).front().stream.id};
  const auto below = desk.open_below(others);
  SECTION("who is of one team only") {
    desk.doer = by(anne);
    // What stands below a sub-ticket that stays open was not the cascade's to close.
    CHECK(left_open_by(desk, parent) == Numbers{desk.number(others)});
    const auto steps = desk.close(parent);
    CHECK(is_closed(desk, own));
    CHECK_FALSE(is_closed(desk, others));
    CHECK_FALSE(is_closed(desk, below));
    CHECK(looks(steps, parent) == Looks{"open_children"});
  }
  SECTION("who may close any") {
    desk.close(parent);
    CHECK(is_closed(desk, others));
    CHECK(is_closed(desk, below));
  }
}

TEST_CASE("in a cascade tickets may wait for each other, but for no others") {
  Desk desk;
  desk.settings.relations.close_parent = CloseParent::cascade;
  const auto parent = desk.open(), first = desk.open_below(parent), second = desk.open_below(parent),
             third = desk.open_below(parent), outside = desk.open();
  desk.link(first, LinkType::depends_on, second);
  desk.link(second, LinkType::depends_on, parent);
  SECTION("all of one tree") {
    desk.close(parent);
    for (const auto ticket : {first, second, third}) CHECK(is_closed(desk, ticket));
  }
  SECTION("one waits outside, and another for it") {
    desk.link(second, LinkType::depends_on, outside);
    CHECK(left_open_by(desk, parent) == Numbers{desk.number(first), desk.number(second)});
    CHECK(looks(desk.close(parent), parent) == Looks{"open_children"});
    CHECK_FALSE(is_closed(desk, first));
    CHECK_FALSE(is_closed(desk, second));
    CHECK(is_closed(desk, third));
  }
}

TEST_CASE("the last sub-ticket closed is told to the parent as the settings say") {
  Desk desk;
  auto& policy = desk.settings.relations.children_closed;
  const auto parent = desk.open(), first = desk.open_below(parent), last = desk.open_below(parent);
  SECTION("a look is asked for by default, at the last only") {
    CHECK(looks(desk.close(first), parent).empty());
    CHECK(looks(desk.close(last), parent) == Looks{"children_closed"});
    CHECK(desk[parent].needs_look);
    CHECK_FALSE(is_closed(desk, parent));
  }
  SECTION("the parent closes") {
    policy = ChildrenClosed::auto_close;
    desk.close(first);
    CHECK(left_open_by(desk, last).empty());
    CHECK_FALSE(is_closed(desk, parent));
    const auto steps = desk.close(last);
    CHECK(is_closed(desk, parent));
    CHECK(looks(steps, parent).empty());
    const auto closed = std::get<TicketClosed>(std::get<TicketEvent>(steps.at(1).event));
    CHECK(closed.cause == CloseCause::children_closed);
    CHECK(closed.new_status.key == desk.settings.statuses.on_close);
  }
  SECTION("nothing happens") {
    policy = ChildrenClosed::nothing;
    desk.close(first);
    CHECK(told(desk.close(last)).front() == on(last, "TicketClosed"));
    CHECK_FALSE(desk[parent].needs_look);
  }
  SECTION("a parent that is closed is not told") {
    desk.force_closed(parent);
    desk.close(first);
    CHECK(looks(desk.close(last), parent).empty());
  }
}

TEST_CASE("closing by the last sub-ticket goes up the tree as far as it is the last") {
  Desk desk;
  desk.settings.relations.children_closed = ChildrenClosed::auto_close;
  const auto top = desk.open(), middle = desk.open_below(top), low = desk.open_below(middle);
  SECTION("to the top") {
    desk.close(low);
    CHECK(is_closed(desk, middle));
    CHECK(is_closed(desk, top));
  }
  SECTION("to where another one is open") {
    desk.open_below(top);
    desk.close(low);
    CHECK(is_closed(desk, middle));
    CHECK_FALSE(is_closed(desk, top));
  }
  SECTION("to where something is waited for") {
    desk.link(middle, LinkType::depends_on, desk.open());
    CHECK(looks(desk.close(low), middle) == Looks{"children_closed"});
    CHECK_FALSE(is_closed(desk, middle));
  }
}

TEST_CASE("a ticket that depends on an open one closes only by force") {
  Desk desk;
  const auto needed = desk.open(), ticket = desk.open();
  desk.link(ticket, LinkType::depends_on, needed);
  desk.refused(ticket, CloseTicket{}, RejectionCode::dependencies_open);
  desk.refused(ticket, ChangeStatus{"resolved"}, RejectionCode::dependencies_open);
  SECTION("by force") { desk.force_closed(ticket); }
  SECTION("after the other") {
    desk.close(needed);
    desk.close(ticket);
  }
  SECTION("the other one was deleted") {
    desk.mark_deleted(needed);
    desk.close(ticket);
  }
  SECTION("the other one was merged into one that is closed") {
    const auto root = desk.open();
    desk.merge(needed, root);
    desk.refused(ticket, CloseTicket{}, RejectionCode::dependencies_open);
    desk.close(root);
    desk.close(ticket);
  }
  SECTION("the one depended on closes freely") { desk.close(needed); }
}

TEST_CASE("closing with open to-dos asks for a look") {
  Desk desk;
  const auto ticket = desk.open(), part = desk.open();
  desk.accept(ticket, AddTodo{"Call back", {}, {}});
  SECTION("open") { CHECK(looks(desk.close(ticket), ticket) == Looks{"open_todos"}); }
  SECTION("done") {
    desk.accept(ticket, CompleteTodo{1});
    CHECK(looks(desk.close(ticket), ticket).empty());
  }
  SECTION("open in a part") {
    desk.merge(ticket, part);
    CHECK(looks(desk.close(part), part) == Looks{"open_todos"});
  }
  SECTION("of a ticket closed by its parent") {
    desk.settings.relations.close_parent = CloseParent::cascade;
    desk.accept(part, AttachSubTicket{desk.number(ticket)});
    CHECK(looks(desk.close(part), ticket) == Looks{"open_todos"});
  }
}

TEST_CASE("a sub-ticket reopened is told to its closed parent as the settings say") {
  Desk desk;
  const auto top = desk.open(), parent = desk.open_below(top), child = desk.open_below(parent);
  for (const auto ticket : {child, parent, top}) desk.close(ticket);
  SECTION("a look is asked for by default") {
    const auto steps = desk.accept(child, ReopenTicket{});
    CHECK(looks(steps, parent) == Looks{"child_reopened"});
    CHECK(looks(steps, top).empty());
    CHECK(is_closed(desk, parent));
  }
  SECTION("the parents reopen, up the tree") {
    desk.settings.relations.child_reopened = ChildReopened::reopen_parent;
    const auto steps = desk.accept(child, ChangeStatus{"open"});
    CHECK_FALSE(is_closed(desk, parent));
    CHECK_FALSE(is_closed(desk, top));
    const auto reopened = std::get<TicketReopened>(std::get<TicketEvent>(steps.at(1).event));
    CHECK(reopened.cause == ReopenCause::child_reopened);
    CHECK(reopened.reopen_count == 1);
  }
  SECTION("a parent that is final does not") {
    desk.settings.reopening.finalize_after_days = 7;
    desk.now += std::chrono::days(3);
    desk.accept(child, ReopenTicket{});
    desk.close(child);
    desk.now += std::chrono::days(5);
    desk.settings.relations.child_reopened = ChildReopened::reopen_parent;
    CHECK(looks(desk.accept(child, ReopenTicket{}), parent) == Looks{"child_reopened"});
    CHECK(is_closed(desk, parent));
  }
  SECTION("an open parent hears nothing") {
    desk.accept(top, ReopenTicket{});
    desk.accept(parent, ReopenTicket{});
    CHECK(looks(desk.accept(child, ReopenTicket{}), parent).empty());
  }
}

TEST_CASE("an unmerge that leaves an open sub-ticket below a closed parent is told as its reopening is") {
  Desk desk;
  const auto parent = desk.open(), source = desk.open_below(parent), target = desk.open();
  desk.merge(source, target);
  SECTION("a look is asked for by default") {
    desk.close(parent);
    CHECK(looks(desk.unmerge(source), parent) == Looks{"child_reopened"});
    CHECK(is_closed(desk, parent));
  }
  SECTION("the parent reopens") {
    desk.close(parent);
    desk.settings.relations.child_reopened = ChildReopened::reopen_parent;
    CHECK(the<TicketReopened>(desk.unmerge(source)).cause == ReopenCause::child_reopened);
    CHECK_FALSE(is_closed(desk, parent));
  }
  SECTION("an open parent hears nothing") { CHECK(looks(desk.unmerge(source), parent).empty()); }
  SECTION("nobody hears of the history of another system") {
    desk.close(parent);
    desk.imported = true;
    CHECK(looks(desk.unmerge(source), parent).empty());
  }
  SECTION("nor of one that was closed itself") {
    desk.unmerge(source);
    desk.close(source);
    desk.merge(source, target);
    desk.close(parent);
    CHECK(looks(desk.unmerge(source), parent).empty());
  }
}

TEST_CASE("an unmerge that gives open sub-tickets back to a closed ticket is told as their reopening is") {
  Desk desk;
  const auto top = desk.open(), source = desk.open_below(top), child = desk.open_below(source), target = desk.open();
  for (const auto ticket : {child, source, top}) desk.close(ticket);
  desk.merge(source, target);
  SECTION("a look is asked for by default") {
    desk.accept(child, ReopenTicket{});
    const auto steps = desk.unmerge(source);
    CHECK(looks(steps, source) == Looks{"child_reopened"});
    CHECK(looks(steps, top).empty());
    CHECK(is_closed(desk, source));
  }
  SECTION("the parents reopen, up the tree") {
    desk.settings.relations.child_reopened = ChildReopened::reopen_parent;
    desk.accept(child, ReopenTicket{});
    desk.unmerge(source);
    CHECK(desk[source].status.key == desk.settings.statuses.on_reopen);
    CHECK(desk[source].reopen_count == 1);
    CHECK_FALSE(is_closed(desk, top));
  }
  SECTION("closed ones are told of nothing") { CHECK(looks(desk.unmerge(source), source).empty()); }
}

TEST_CASE("a ticket with open sub-tickets is not deleted, others let theirs go") {
  Desk desk;
  desk.settings.handling.deletion = Deletion::tombstone;
  const auto parent = desk.open(), child = desk.open_below(parent), other = desk.open_below(parent);
  desk.refused(parent, DeleteTicket{"Spam"}, RejectionCode::children_open);
  desk.close(child);
  desk.close(other);
  const auto texts = told(desk.accept(parent, DeleteTicket{"Spam"}));
  CHECK(texts == Told{on(parent, "TicketDeleted"), on(child, "ParentChanged"), on(parent, "SubTicketRemoved"),
                      on(other, "ParentChanged"), on(parent, "SubTicketRemoved")});
  CHECK_FALSE(desk[child].parent);
  CHECK(desk[parent].children.empty());
  CHECK(desk[parent].lent_children.empty());
}

TEST_CASE("nothing hinders or follows from the history of another system") {
  Desk desk;
  desk.settings.relations.close_parent = CloseParent::cascade;
  const auto parent = desk.open(), child = desk.open_below(parent);
  desk.link(parent, LinkType::depends_on, child);
  desk.imported = true;
  CHECK(told(desk.close(parent)) == Told{on(parent, "TicketClosed")});
  desk.close(child);
  CHECK(told(desk.accept(child, ReopenTicket{})) == Told{on(child, "TicketReopened")});
}
