// Merges of any tickets, undone in any order: what they tied and took comes back.
#include <rapidcheck.h>

#include "tests/tools_random_run.h"
#include "tests/tools_random_views.h"

using namespace greffe;
using namespace greffe::random_desk;

namespace {

struct Standing {
  StatusAt status;
  std::optional<AgentId> assignee;
  std::optional<TicketId> parent;
  std::set<TicketId> children;
  bool operator==(const Standing&) const = default;
};
using Standings = std::map<TicketId, Standing>;

Standings standings(const Folded& folded) {
  Standings all;
  for (const std::uint64_t id : folded.ids(StreamKind::ticket)) {
    const TicketState& ticket = folded.ticket({id});
    all[{id}] = {ticket.status, ticket.assignee, ticket.parent, {ticket.children.begin(), ticket.children.end()}};
  }
  return all;
}

// Whether it is below what it becomes part of, and not just because its parent became that before.
bool leaves_its_parent(const Folded& folded, TicketId source, TicketId root) {
  const auto is_part = [&](TicketId id) { return folded.ticket(id).merged_into && folded.root_of(id) == root; };
  TicketId below = source;
  while (folded.ticket(below).parent && *folded.ticket(below).parent != root) below = *folded.ticket(below).parent;
  const auto& lenders = folded.ticket(below).lent_by;
  return folded.ticket(below).parent && std::none_of(lenders.begin(), lenders.end(), is_part);
}

bool is_below(const Folded& folded, TicketId ticket, TicketId above) {
  for (auto up = folded.ticket(ticket).parent; up; up = folded.ticket(*up).parent) {
    if (*up == above) return true;
  }
  return false;
}

CommandRequest asked(TicketCommand command, TicketId ticket) {
  CommandRequest request;
  request.command = std::move(command);
  request.target = ticket.value;
  request.actor = {ActorKind::administrator, 0};
  return request;
}

// Nothing merged, nothing deleted, and rules under which merging and unmerging touch nothing else.
void tidy(Run& run) {
  for (const std::uint64_t id : run.folded().ids(StreamKind::ticket)) {
    if (run.folded().ticket({id}).status.category == Category::deleted) {
      run.accept(TicketCommand(RestoreTicket{}), id);
    }
  }
  for (const std::uint64_t id : run.folded().ids(StreamKind::ticket)) {
    if (run.folded().ticket({id}).merged_into) run.accept(TicketCommand(UnmergeTicket{}), id);
  }
  RelationsDefined relations;
  relations.depth_max = 10;
  run.set(relations);
}

// Merges one ticket into another, if that is allowed, and notes what it does for good. True if it did.
bool merge(Run& run, TicketId source, TicketId target, Standings& expected) {
  MergeTickets command;
  command.into = run.folded().ticket(target).number;
  command.follow = command.confirm_contact_mismatch = command.allow_disclosure = true;
  const bool leaves = leaves_its_parent(run.folded(), source, run.folded().root_of(target));
  const auto answer = run.ask(asked(command, source));
  if (!answer || answer->events.empty()) return false;
  if (!leaves) return true;
  // A ticket is not below the one that it is part of, and does not go back there by itself.
  auto& parent = expected.at(source).parent;
  if (parent) expected.at(*parent).children.erase(source);
  parent.reset();
  return true;
}

// Who cannot have tickets any more does not get this one back.
void forget_the_gone(const Folded& folded, const std::vector<TicketId>& merged, Standings& expected) {
  for (const TicketId id : merged) {
    auto& assignee = expected.at(id).assignee;
    if (!assignee) continue;
    const auto& agent = folded.state<AgentState>(StreamKind::agent, assignee->value);
    if (!agent.active || !agent.details.assignable) assignee.reset();
  }
}

// A desk after random commands, with some of its tickets merged.
struct MergedDesk {
  MergedDesk() {
    run.play(*random_steps(80));
    tidy(run);
    const auto tickets = run.folded().ids(StreamKind::ticket);
    const auto place = rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, tickets.size()));
    const auto pairs =
        rc::gen::container<std::vector<std::pair<std::size_t, std::size_t>>>(rc::gen::pair(place, place));
    for (const auto& [parent, child] : *pairs) {
      run.ask(asked(AttachSubTicket{run.folded().ticket({tickets[child]}).number}, {tickets[parent]}));
    }
    before = standings(run.folded());
    for (const auto& [source, target] : *pairs) {
      if (merge(run, {tickets[source]}, {tickets[target]}, before)) merged.push_back({tickets[source]});
    }
    forget_the_gone(run.folded(), merged, before);
  }
  void unmerge(TicketId ticket) { run.accept(TicketCommand(UnmergeTicket{}), ticket.value); }
  void check_nothing_is_merged() const {
    for (const std::uint64_t id : run.folded().ids(StreamKind::ticket)) {
      const TicketState& ticket = run.folded().ticket({id});
      RC_ASSERT(!ticket.merged_into);
      RC_ASSERT(ticket.absorbed.empty());
      RC_ASSERT(ticket.lent_children.empty());
    }
  }

  Coverage coverage;
  Run run{coverage};
  Standings before;
  std::vector<TicketId> merged;  // in the order of their merges
};

}  // namespace

TEST_CASE("merges that are undone one by one leave tickets where they stood and with whom they had") {
  std::size_t merges = 0;
  check_cases(300, [&] {
    MergedDesk desk;
    merges += desk.merged.size();
    for (auto last = desk.merged.rbegin(); last != desk.merged.rend(); ++last) desk.unmerge(*last);
    desk.check_nothing_is_merged();
    RC_ASSERT(standings(desk.run.folded()) == desk.before);
  });
  CHECK(merges > 300);
}

TEST_CASE("merges that are undone in any order leave nothing merged and one tree, in the views too") {
  check_cases(15, [] {
    MergedDesk desk;
    const TemporaryDirectory dir;
    const auto views = open_views(dir.path(), desk.run.log(), 50);
    RC_ASSERT(views->catch_up({}).has_value());
    ViewsCheck(*views, desk.run.folded()).all();
    auto order = desk.merged;
    while (!order.empty()) {
      const auto next = order.begin() + static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, order.size()));
      desk.unmerge(*next);
      order.erase(next);
    }
    desk.check_nothing_is_merged();
    for (const auto& [id, stands] : standings(desk.run.folded())) {
      RC_ASSERT(stands.status == desk.before.at(id).status);
      RC_ASSERT(stands.assignee == desk.before.at(id).assignee);
      RC_ASSERT(!is_below(desk.run.folded(), id, id));
      for (const TicketId child : stands.children) RC_ASSERT(desk.run.folded().ticket(child).parent == id);
    }
    RC_ASSERT(views->catch_up({}).has_value());
    ViewsCheck(*views, desk.run.folded()).all();
  });
}
