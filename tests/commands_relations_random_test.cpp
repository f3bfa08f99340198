// Whatever is done to the ties of a few tickets, in any order, they stay of one piece.
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

constexpr std::size_t tickets_count = 8;
constexpr std::uint32_t depth_max = 3, children_max = 4;

struct Act {
  int what;
  std::size_t own, other;
};
using Acts = std::vector<Act>;

void showValue(const Act& act, std::ostream& out) {
  out << "{" << act.what << ", " << act.own << ", " << act.other << "}";
}

rc::Gen<Act> any_act() {
  return rc::gen::construct<Act>(rc::gen::inRange(0, 13), rc::gen::inRange<std::size_t>(0, tickets_count),
                                 rc::gen::inRange<std::size_t>(0, tickets_count));
}

// Merging, attaching and moving come more often than what takes their ties away again.
TicketCommand command_of(const Act& act, const std::string& other) {
  switch (act.what) {
    case 0:
    case 1: {
      MergeTickets merge;
      merge.into = other;
      merge.follow = act.what == 1;
      return merge;
    }
    case 2: return UnmergeTicket{};
    case 3:
    case 4: return AttachSubTicket{other};
    case 5: return DetachSubTicket{other};
    case 6:
    case 7: return MoveSubTicket{other};
    case 8: return LinkTickets{LinkType::depends_on, other};
    case 9: return LinkTickets{LinkType::relates_to, other};
    case 10: return UnlinkTickets{LinkType::depends_on, false, other};
    case 11: return Desk::forced_close();
    default: return ReopenTicket{};
  }
}

bool has(const std::vector<TicketId>& ids, TicketId id) { return std::count(ids.begin(), ids.end(), id) == 1; }

// Each event tells what was there before it.
void check_told(const TicketState& before, const TicketEvent& event) {
  if (const auto* e = std::get_if<ParentChanged>(&event)) RC_ASSERT(e->old_parent == before.parent);
  if (const auto* e = std::get_if<TicketMergedInto>(&event)) RC_ASSERT(e->old_status == before.status);
  if (const auto* e = std::get_if<TicketUnmerged>(&event)) RC_ASSERT(e->target == *before.merged_into);
  if (const auto* e = std::get_if<SubTicketRemoved>(&event)) RC_ASSERT(has(before.children, e->child));
  if (const auto* e = std::get_if<TicketReleased>(&event)) RC_ASSERT(has(before.absorbed, e->source));
}

void check_tree(const Desk& desk) {
  for (const auto& [id, state] : desk.tickets) {
    if (state.parent) RC_ASSERT(has(desk[*state.parent].children, id));
    for (const TicketId child : state.children) RC_ASSERT(desk[child].parent == id);
    RC_ASSERT(state.children.size() <= children_max);
    std::uint32_t depth = 0;
    for (auto above = state.parent; above; above = desk[*above].parent) RC_ASSERT(++depth <= depth_max);
  }
}

void check_merges(const Desk& desk) {
  for (const auto& [id, state] : desk.tickets) {
    RC_ASSERT(state.merged_into.has_value() == (state.status.category == Category::merged));
    if (state.merged_into) {
      RC_ASSERT(has(desk[*state.merged_into].absorbed, id));
      RC_ASSERT(state.children.empty());
      RC_ASSERT(!state.assignee);
    }
    for (const TicketId part : state.absorbed) RC_ASSERT(desk[part].merged_into == id);
    std::size_t hops = 0;
    for (auto next = state.merged_into; next; next = desk[*next].merged_into) RC_ASSERT(++hops < tickets_count);
  }
}

TicketId root_of(const Desk& desk, TicketId id) {
  while (desk[id].merged_into) id = *desk[id].merged_into;
  return id;
}

std::set<TicketId> needed_by(const Desk& desk, TicketId root) {
  std::set<TicketId> needed;
  for (const auto& [id, state] : desk.tickets) {
    for (const TicketLink& link : state.links) {
      const bool waits = link.type == LinkType::depends_on && !link.inverse && root_of(desk, id) == root;
      if (waits && root_of(desk, link.other) != root) needed.insert(root_of(desk, link.other));
    }
  }
  return needed;
}

void check_links(const Desk& desk) {
  for (const auto& [id, state] : desk.tickets) {
    for (const TicketLink& link : state.links) {
      const bool inverse = link.type == LinkType::depends_on && !link.inverse;
      const auto& there = desk[link.other].links;
      RC_ASSERT(std::count(there.begin(), there.end(), TicketLink{link.type, inverse, id}) == 1);
      RC_ASSERT(link.other != id);
    }
  }
}

// Whoever waits, waits for nobody who waits for them.
void check_waits(const Desk& desk) {
  for (const auto& [id, state] : desk.tickets) {
    std::set<TicketId> reached, fresh = needed_by(desk, id);
    while (!fresh.empty()) {
      std::set<TicketId> further;
      for (const TicketId one : fresh) further.merge(needed_by(desk, one));
      reached.merge(fresh);
      fresh.clear();
      std::set_difference(further.begin(), further.end(), reached.begin(), reached.end(),
                          std::inserter(fresh, fresh.end()));
    }
    RC_ASSERT(!reached.contains(id));
  }
}

// What a merge leaves behind once it is undone: memories that count while it lasts.
std::map<TicketId, TicketState> without_memories(std::map<TicketId, TicketState> tickets) {
  for (auto& [id, state] : tickets) {
    state.version = {};
    state.status_before = {};
    state.assignee_before.reset();
    state.lent_children.clear();
    state.lent_by.clear();
    state.needs_look = false;  // an unmerge may ask the closed parent of an open ticket for one
  }
  return tickets;
}

// Whether it is below what it becomes part of, and not just because its parent became that before.
bool leaves_its_parent(const Desk& desk, TicketId source, TicketId target) {
  const auto is_part = [&](TicketId id) { return desk[id].merged_into && root_of(desk, id) == target; };
  TicketId below = source;
  while (desk[below].parent && *desk[below].parent != target) below = *desk[below].parent;
  const auto& lenders = desk[below].lent_by;
  return desk[below].parent && std::none_of(lenders.begin(), lenders.end(), is_part);
}

void check_undone(const Desk& before, const Desk& after, TicketId source) {
  auto expected = without_memories(before.tickets);
  // The link to what it became part of is gone for good.
  if (leaves_its_parent(before, source, *after[source].merged_into)) {
    std::erase(expected[*expected[source].parent].children, source);
    expected[source].parent.reset();
  }
  Desk undone = after;
  undone.unmerge(source);
  RC_ASSERT(without_memories(undone.tickets) == expected);
}

void act_on(Desk& desk, const std::vector<TicketId>& ids, const Act& act, bool& unmerged) {
  const TicketId own = ids[act.own];
  const auto command = command_of(act, desk.number(ids[act.other]));
  const auto steps = desk.decide(own, command);
  if (!steps) return;
  const Desk before = desk;
  for (Step step : *steps) {
    if (step.stream.id == 0) step.stream = stream_of(own);
    check_told(desk[{step.stream.id}], std::get<TicketEvent>(step.event));
    desk.fold({step});
  }
  check_tree(desk);
  check_merges(desk);
  check_links(desk);
  // A part may have linked what is two tickets without it.
  unmerged = unmerged || std::holds_alternative<UnmergeTicket>(command);
  if (!unmerged) check_waits(desk);
  if (std::holds_alternative<MergeTickets>(command) && !steps->empty()) check_undone(before, desk, own);
}

}  // namespace

TEST_CASE("whatever is tied and untied, the ties agree at both ends and go round in no circle") {
  CHECK(rc::check("acts on eight tickets", [] {
    Desk desk;
    desk.settings.relations.depth_max = depth_max;
    desk.settings.relations.children_max = children_max;
    desk.settings.relations.closed_target = *rc::gen::element(ClosedTarget::reject, ClosedTarget::allow);
    std::vector<TicketId> ids;
    for (std::size_t i = 0; i < tickets_count; ++i) {
      ids.push_back(desk.open());
      if (i % 2 == 0) desk.accept(ids.back(), AssignTicket{anne});
    }
    const auto acts = *rc::gen::container<Acts>(any_act());
    bool unmerged = false;
    for (const Act& act : acts) act_on(desk, ids, act, unmerged);
  }));
}
