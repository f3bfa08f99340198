#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

TEST_CASE("a merge says on both tickets what became of them, and moves no message") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.accept(source, AssignTicket{anne});
  PostMessage message;
  message.body = "Paper jam";
  desk.accept(source, message);
  const Version before = desk[source].version;

  auto command = desk.merge_into(target);
  command.reason = "The same printer";
  const auto steps = desk.accept(source, command);
  CHECK(told(steps) ==
        Told{on(source, "TicketUnassigned"), on(source, "TicketMergedInto"), on(target, "TicketAbsorbed")});
  CHECK(the<TicketUnassigned>(steps).cause == UnassignCause::merged);
  const auto merged = the<TicketMergedInto>(steps);
  CHECK(merged.target == target);
  CHECK(merged.target_number == desk.number(target));
  CHECK(merged.old_assignee == anne);
  CHECK(merged.reason.text == "The same printer");
  const auto absorbed = the<TicketAbsorbed>(steps);
  CHECK(absorbed.source == source);
  CHECK(absorbed.source_number == desk.number(source));
  CHECK(absorbed.source_version == before.value);
  CHECK(desk[source].status == StatusAt{"merged", Category::merged});
  CHECK(desk[source].merged_into == target);
  CHECK_FALSE(desk[source].assignee);
  CHECK(desk[source].counts.messages == 1);
  CHECK(desk[target].counts.messages == 0);
  CHECK(desk[target].absorbed == std::vector{source});
}

TEST_CASE("the target keeps its own status, assignee and fields") {
  Desk desk;
  OpenTicket urgent;
  urgent.title = "Urgent";
  urgent.priority = "critical";
  const auto source = desk.open(urgent), target = desk.open();
  desk.accept(source, AssignTicket{anne});
  desk.accept(target, AssignTicket{bob});
  auto expected = desk[target];
  desk.merge(source, target);
  expected.absorbed = {source};
  expected.version = next(expected.version);
  CHECK(desk[target] == expected);
}

TEST_CASE("a ticket is not merged into itself") {
  Desk desk;
  const auto ticket = desk.open();
  desk.refused(ticket, desk.merge_into(ticket), RejectionCode::merge_self);
}

TEST_CASE("a merge into a number that no ticket has is refused") {
  Desk desk;
  const auto source = desk.open();
  MergeTickets command;
  desk.refused(source, command, "into", FieldCode::required);
  command.into = "999999";
  desk.refused(source, command, RejectionCode::ticket_not_found);
}

TEST_CASE("who may not change tickets merges none") {
  Desk desk;
  const auto source = desk.open_for(paul), target = desk.open_for(paul);
  for (const Actor& doer : {by(otto), Actor{ActorKind::contact, paul.value}}) {
    desk.doer = doer;
    desk.refused(source, desk.merge_into(target), RejectionCode::forbidden);
  }
  desk.doer = by(anne);
  desk.merge(source, target);
}

TEST_CASE("a merge into the ticket that stands for the source already changes nothing") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open();
  desk.merge(s, t);
  desk.nothing(s, desk.merge_into(t));
  desk.merge(t, u);
  desk.nothing(s, desk.merge_into(u));
  desk.nothing(s, desk.merge_into(t));
}

TEST_CASE("a ticket that is part of another one is merged nowhere else") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open(), other = desk.open();
  desk.merge(s, t);
  desk.merge(t, u);
  desk.refused(s, desk.merge_into(other), RejectionCode::already_merged);
  CHECK(desk.refusal(s, desk.merge_into(other)).root == desk.number(u));
}

TEST_CASE("a merged target is refused with its root, or stands for it where asked for") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open(), v = desk.open();
  desk.merge(t, u);
  desk.merge(u, v);
  auto command = desk.merge_into(t);
  desk.refused(s, command, RejectionCode::target_merged);
  CHECK(desk.refusal(s, command).root == desk.number(v));
  command.follow = true;
  CHECK(told(desk.accept(s, command)) == Told{on(s, "TicketMergedInto"), on(v, "TicketAbsorbed")});
  CHECK(desk[s].merged_into == v);
}

TEST_CASE("a ticket that absorbed others can be merged on: all stand for the last") {
  Desk desk;
  const auto s = desk.open(), t = desk.open(), u = desk.open();
  desk.merge(s, t);
  const auto untouched = desk[s];
  desk.merge(t, u);
  CHECK(desk[s] == untouched);
  CHECK(desk[u].absorbed == std::vector{t});
  // Whatever is asked of the first of the chain is answered with the last.
  CHECK(desk.refusal(s, RenameTicket{"Other"}).root == desk.number(u));
}

TEST_CASE("of two merges into each other the second is refused") {
  Desk desk;
  const auto a = desk.open(), b = desk.open();
  auto late = desk.merge_into(a);
  late.into_version = desk[a].version;
  desk.merge(a, b);
  desk.refused(b, late, RejectionCode::target_merged);
  late.follow = true;
  desk.refused(b, late, RejectionCode::target_merged);
}

TEST_CASE("a merge into another version of the target than the caller saw is refused") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  auto command = desk.merge_into(target);
  command.into_version = desk[target].version;
  desk.accept(target, RenameTicket{"Other"});
  const auto rejection = desk.refusal(source, command);
  CHECK(rejection.code == RejectionCode::stale_version);
  CHECK(rejection.stream == stream_of(target));
  CHECK(rejection.current_version == desk[target].version);
  command.into_version = desk[target].version;
  desk.accept(source, command);
}

TEST_CASE("a closed source goes into an open target, and nothing reopens") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.close(source);
  CHECK(told(desk.merge(source, target)) == Told{on(source, "TicketMergedInto"), on(target, "TicketAbsorbed")});
  CHECK(desk[source].status_before.category == Category::closed);
}

TEST_CASE("a closed target is refused, taken or reopened, as the settings say") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.accept(target, AssignTicket{anne});
  desk.close(target);
  auto& policy = desk.settings.relations.closed_target;
  SECTION("refused by default") { desk.refused(source, desk.merge_into(target), RejectionCode::target_closed); }
  SECTION("taken") {
    policy = ClosedTarget::allow;
    desk.merge(source, target);
    CHECK(desk[target].status.category == Category::closed);
  }
  SECTION("reopened") {
    policy = ClosedTarget::reopen;
    const auto steps = desk.merge(source, target);
    CHECK(told(steps) ==
          Told{on(source, "TicketMergedInto"), on(target, "TicketAbsorbed"), on(target, "TicketReopened")});
    CHECK(the<TicketReopened>(steps).cause == ReopenCause::merged);
    CHECK(desk[target].status.key == desk.settings.statuses.on_reopen);
    CHECK(desk[target].assignee == anne);
  }
  SECTION("reopened without an assignee who has left") {
    policy = ClosedTarget::reopen;
    desk.agents[anne].active = false;
    CHECK(told(desk.merge(source, target)).back() == on(target, "TicketUnassigned"));
  }
  SECTION("not reopened once it is final") {
    policy = ClosedTarget::reopen;
    desk.settings.reopening.finalize_after_days = 7;
    desk.now += std::chrono::days(8);
    desk.refused(source, desk.merge_into(target), RejectionCode::ticket_final);
  }
}

TEST_CASE("deleted tickets are merged neither way") {
  Desk desk;
  const auto a = desk.open(), b = desk.open(), part = desk.open();
  desk.merge(part, a);
  desk.mark_deleted(a);
  desk.refused(a, desk.merge_into(b), RejectionCode::ticket_deleted);
  desk.refused(b, desk.merge_into(a), RejectionCode::ticket_deleted);
  auto by_part = desk.merge_into(part);
  by_part.follow = true;
  desk.refused(b, by_part, RejectionCode::ticket_deleted);
}

TEST_CASE("a ticket is not merged into what is below it") {
  Desk desk;
  const auto top = desk.open(), child = desk.open_below(top), grandchild = desk.open_below(child);
  desk.refused(top, desk.merge_into(child), RejectionCode::merge_descendant);
  desk.refused(top, desk.merge_into(grandchild), RejectionCode::merge_descendant);
}

TEST_CASE("a ticket merged into one above it leaves its parent, and its sub-tickets go there") {
  Desk desk;
  const auto top = desk.open(), middle = desk.open_below(top), source = desk.open_below(middle),
             child = desk.open_below(source);
  const auto steps = desk.merge(source, top);
  CHECK(told(steps) == Told{on(source, "TicketMergedInto"), on(child, "ParentChanged"), on(source, "SubTicketRemoved"),
                            on(top, "SubTicketAdded"), on(source, "ParentChanged"), on(middle, "SubTicketRemoved"),
                            on(top, "TicketAbsorbed")});
  CHECK_FALSE(desk[source].parent);
  CHECK(desk[middle].children.empty());
  CHECK(desk[middle].lent_children.empty());
  CHECK(desk[child].parent == top);
  CHECK(desk[top].children == std::vector{middle, child});
}

TEST_CASE("sub-tickets of a sibling or of an unrelated ticket go to the target") {
  Desk desk;
  const auto top = desk.open(), source = desk.open_below(top), sibling = desk.open_below(top),
             child = desk.open_below(source), unrelated = desk.open();
  SECTION("sibling") {
    desk.merge(source, sibling);
    CHECK(desk[child].parent == sibling);
    CHECK(desk[source].parent == top);
  }
  SECTION("unrelated") {
    const auto steps = desk.merge(source, unrelated);
    CHECK(the<ParentChanged>(steps).cause == ParentCause::merged);
    CHECK(the<SubTicketRemoved>(steps).cause == ParentCause::merged);
    CHECK(the<SubTicketAdded>(steps).child_number == desk.number(child));
    CHECK(desk[unrelated].children == std::vector{child});
    CHECK(desk[source].children.empty());
    CHECK(desk[source].lent_children == std::vector{child});
  }
}

TEST_CASE("sub-tickets that have no room below the target stop the merge") {
  Desk desk;
  const auto source = desk.open(), child = desk.open_below(source), grandchild = desk.open_below(child);
  const auto top = desk.open(), middle = desk.open_below(top), target = desk.open_below(middle);
  auto& rules = desk.settings.relations;
  SECTION("levels") {
    // 1: the tree is older than the setting.
    for (const std::uint32_t levels : {1U, 2U, 3U}) {
      rules.depth_max = levels;
      desk.refused(source, desk.merge_into(target), RejectionCode::too_deep);
    }
    rules.depth_max = 4;
    desk.merge(source, target);
    CHECK(desk[grandchild].parent == child);
  }
  SECTION("number") {
    desk.open_below(source);
    desk.open_below(target);
    rules.children_max = 2;
    desk.refused(source, desk.merge_into(target), RejectionCode::too_many_children);
    rules.children_max = 3;
    desk.merge(source, target);
    CHECK(desk[target].children.size() == 3);
  }
  SECTION("the source itself makes room") {
    desk.open_below(child);
    rules.children_max = 2;
    desk.merge(child, source);
    CHECK(desk[source].children.size() == 2);
  }
  SECTION("below a closed ticket there is none") {
    desk.close(target);
    rules.closed_target = ClosedTarget::allow;
    desk.refused(source, desk.merge_into(target), RejectionCode::parent_closed);
    rules.closed_target = ClosedTarget::reopen;
    desk.merge(source, target);
  }
}

TEST_CASE("tickets of different clients are merged only when that is confirmed") {
  Desk desk;
  const auto source = desk.open_for(paul), target = desk.open_for(rosa);
  auto command = desk.merge_into(target);
  desk.refused(source, command, RejectionCode::contact_mismatch);
  command.confirm_contact_mismatch = true;
  SECTION("the target's contact stays") {
    CHECK(told(desk.accept(source, command)) == Told{on(source, "TicketMergedInto"), on(target, "TicketAbsorbed")});
    CHECK(desk[target].party.contact == rosa);
    CHECK(desk[target].watchers.empty());
  }
  SECTION("the source's contact watches only if asked for, and only once") {
    command.keep_contact_as_watcher = true;
    CHECK(told(desk.accept(source, command)).back() == on(target, "WatcherAdded"));
    CHECK(desk[target].watchers == std::vector<Watcher>{{WatcherKind::copy, {{}, paul, {}}}});
    const auto again = desk.open_for(paul);
    CHECK(told(desk.accept(again, command)).back() == on(target, "TicketAbsorbed"));
  }
}

TEST_CASE("who counts as the same client") {
  struct Row {
    Party source, target;
    bool same;
  };
  const auto row = GENERATE(Row{{paul, acme}, {paul, acme}, true}, Row{{{}, acme}, {paul, acme}, true},
                            Row{{}, {paul, acme}, true}, Row{{paul, acme}, {}, true},
                            Row{{paul, acme}, {paul, bolt}, false}, Row{{paul, acme}, {rosa, acme}, false},
                            Row{{{}, acme}, {{}, bolt}, false}, Row{{{}, acme}, {rosa, bolt}, false});
  Desk desk;
  OpenTicket from, to;
  from.party = row.source;
  to.party = row.target;
  const auto source = desk.open(from), target = desk.open(to);
  if (row.same) desk.merge(source, target);
  else desk.refused(source, desk.merge_into(target), RejectionCode::contact_mismatch);
}

TEST_CASE("an internal ticket goes into an external one only when that is allowed") {
  Desk desk;
  const auto source = desk.open_internal(), target = desk.open_for(paul);
  auto command = desk.merge_into(target);
  desk.refused(source, command, RejectionCode::disclosure_not_confirmed);
  command.allow_disclosure = true;
  desk.accept(source, command);
}

TEST_CASE("an external ticket goes into an internal one") {
  Desk desk;
  const auto source = desk.open_for(paul), target = desk.open_internal();
  auto command = desk.merge_into(target);
  command.keep_contact_as_watcher = true;
  desk.accept(source, command);
  CHECK(desk[target].watchers.size() == 1);
}

TEST_CASE("links are united: what the source waits for holds up the target") {
  Desk desk;
  const auto source = desk.open(), target = desk.open(), needed = desk.open(), waiting = desk.open();
  desk.link(source, LinkType::depends_on, needed);
  desk.link(waiting, LinkType::depends_on, source);
  desk.merge(source, target);
  desk.refused(target, CloseTicket{}, RejectionCode::dependencies_open);
  desk.refused(waiting, CloseTicket{}, RejectionCode::dependencies_open);
  // Linked by its part already.
  desk.nothing(target, LinkTickets{LinkType::depends_on, desk.number(needed)});
  desk.refused(needed, LinkTickets{LinkType::depends_on, desk.number(target)}, RejectionCode::relation_cycle);
  desk.close(needed);
  desk.close(target);
  desk.close(waiting);
}

TEST_CASE("a link between the two is dropped by the merge") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.link(target, LinkType::depends_on, source);
  desk.merge(source, target);
  desk.close(target);
}

TEST_CASE("tickets that would wait for themselves as one are not merged") {
  Desk desk;
  const auto source = desk.open(), between = desk.open(), target = desk.open();
  desk.link(source, LinkType::depends_on, between);
  desk.link(between, LinkType::depends_on, target);
  desk.refused(source, desk.merge_into(target), RejectionCode::relation_cycle);
  desk.refused(target, desk.merge_into(source), RejectionCode::relation_cycle);
}

TEST_CASE("a merged ticket never reopens, and other commands on it name the root") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  desk.merge(source, target);
  for (const TicketCommand& command : std::vector<TicketCommand>{
           ReopenTicket{}, CloseTicket{}, ChangeStatus{"open"}, AssignTicket{anne}, OpenSubTicket{},
           LinkTickets{LinkType::relates_to, desk.number(target)}, SplitMessage{1, "Part"}}) {
    desk.refused(source, command, RejectionCode::ticket_merged);
    CHECK(desk.refusal(source, command).root == desk.number(target));
  }
}

TEST_CASE("the reason of a merge is bounded") {
  Desk desk;
  const auto source = desk.open(), target = desk.open();
  auto command = desk.merge_into(target);
  command.reason = std::string(2'001, 'x');
  desk.refused(source, command, "reason", FieldCode::too_long);
}
