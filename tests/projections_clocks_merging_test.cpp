// The wait for an answer across merges: what the source brings, and what an unmerge gives back.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/projections_clocks_desk.h"

namespace greffe::clocks_test {
namespace {

using Since = std::optional<Offset>;

TEST_CASE("after a merge the next answer is awaited since the oldest unanswered question of both tickets") {
  struct Case {
    const char* what;
    Since source, target, both;
  };
  for (const auto& c : {
           Case{"the source asked, the target was answered", 20min, {}, 20min},
           Case{"the source asked first", 20min, 30min, 20min},
           Case{"the target asked first", 30min, 20min, 20min},
           Case{"only the target asked", {}, 20min, 20min},
           Case{"nobody asked", {}, {}, {}},
       }) {
    CAPTURE(c.what);
    Desk desk;
    const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
    for (const auto when : {20min, 30min}) {
      if (c.source == when) desk.message(when, source, client());
      if (c.target == when) desk.message(when, target, client());
    }
    desk.merge(40min, source, target);
    CHECK(desk.awaited_since(source) == std::nullopt);
    CHECK(desk.awaited_since(target) == c.both);
    desk.message(45min, target, agent());
    CHECK(desk.awaited_since(target) == std::nullopt);
    if (c.both) CHECK(desk.read(target, Metric::next_response, 50min).counted_ms == 45min - *c.both);
  }
}

TEST_CASE("a source without any answer yet brings its wait since the opening") {
  Desk desk;
  const auto target = desk.open_answered(0min);
  const auto source = desk.open(10min, client());
  desk.merge(15min, source, target);
  CHECK(desk.awaited_since(target) == Since(10min));
  CHECK(desk.read(target, Metric::next_response, 20min).deadline == at(40min));
  CHECK(desk.read(source, Metric::first_response, 20min).state == ClockState::cancelled);
}

TEST_CASE("a target that owes its first answer owes it for both, and that answer is for both") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open(10min, client());
  desk.message(20min, source, client());
  desk.merge(30min, source, target);
  CHECK(desk.newest(target, Metric::next_response) == nullptr);
  CHECK(desk.read(target, Metric::first_response, 30min).deadline == at(70min));
  SECTION("given after the merge") {
    desk.message(40min, target, agent());
    CHECK(desk.newest(target, Metric::next_response) == nullptr);
  }
  SECTION("written down late, it was sent before the source's client asked") {
    desk.message(15min, target, agent());
    CHECK(desk.awaited_since(target) == Since(20min));
  }
}

TEST_CASE("the targets of the target's priority apply to a wait that a merge brought") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min, "urgent");
  desk.message(20min, source, client());
  desk.merge(25min, source, target);
  CHECK(desk.read(target, Metric::next_response, 26min).deadline == at(30min));
  const auto without = desk.open_answered(26min, "low");
  desk.merge(27min, target, without);
  CHECK(desk.newest(without, Metric::next_response) == nullptr);
  CHECK(desk.awaited_since(without) == Since(20min));
  desk.commit(28min, program(), {{without, priority("normal")}});
  CHECK(desk.read(without, Metric::next_response, 28min).deadline == at(50min));
}

TEST_CASE("in a chain of merges the wait comes along, and leaves with the hop that is undone") {
  Desk desk;
  const auto first = desk.open_answered(0min), between = desk.open_answered(0min), root = desk.open_answered(0min);
  desk.message(10min, first, client());
  desk.message(20min, root, client());
  desk.merge(30min, first, between);
  desk.merge(31min, between, root);
  CHECK(desk.awaited_since(root) == Since(10min));
  SECTION("the last hop") {
    desk.unmerge(40min, between, root);
    CHECK(desk.awaited_since(root) == Since(20min));
    CHECK(desk.awaited_since(between) == Since(10min));
    CHECK(desk.read(between, Metric::next_response, 45min).counted_ms == 26min);
  }
  SECTION("the first hop, which is not on the root's stream") {
    desk.unmerge(40min, first, between);
    CHECK(desk.awaited_since(root) == Since(20min));
    CHECK(desk.awaited_since(first) == Since(10min));
    CHECK(desk.read(first, Metric::next_response, 45min).counted_ms == 25min);
    desk.unmerge(50min, between, root);
    CHECK(desk.awaited_since(between) == std::nullopt);
    CHECK(desk.read(between, Metric::next_response, 50min).state == ClockState::cancelled);
  }
}

TEST_CASE("an internal target awaits no answer, but hands on what was asked") {
  Desk desk;
  const auto source = desk.open_answered(0min), root = desk.open_answered(0min);
  const auto internal = desk.open(0min, agent(), "normal", TicketKind::internal);
  desk.message(10min, source, client());
  desk.merge(20min, source, internal);
  CHECK(desk.newest(internal, Metric::next_response) == nullptr);
  desk.merge(30min, internal, root);
  CHECK(desk.awaited_since(root) == Since(10min));
}

TEST_CASE("what is merged into a closed ticket is settled with it, unless the merge reopens it") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.message(10min, source, client());
  desk.close(20min, target);
  SECTION("it stays closed, and is reopened later") {
    desk.merge(30min, source, target);
    CHECK(desk.awaited_since(target) == std::nullopt);
    desk.commit(40min, agent(), {{target, reopening()}});
    CHECK(desk.awaited_since(target) == std::nullopt);
  }
  SECTION("it is reopened by the merge") {
    auto steps = desk.merge_steps(source, target);
    steps.push_back({target, TicketReopened{{}, status_of(Category::open), ReopenCause::merged, {}, 1}});
    desk.commit(30min, agent(), steps);
    CHECK(desk.awaited_since(target) == Since(10min));
  }
}

TEST_CASE("a closed source brings no question") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.message(10min, source, client());
  desk.close(20min, source);
  desk.merge(30min, source, target);
  CHECK(desk.awaited_since(target) == std::nullopt);
}

TEST_CASE("a wait that only the source brought ends on the target when it is unmerged, without a verdict") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.message(10min, source, client());
  desk.merge(20min, source, target);
  desk.unmerge(50min, source, target);
  CHECK(desk.awaited_since(target) == std::nullopt);
  CHECK(desk.read(target, Metric::next_response, 60min).state == ClockState::cancelled);
  CHECK(desk.awaited_since(source) == Since(10min));
  CHECK(desk.read(source, Metric::next_response, 60min).counted_ms == 20min);
}

TEST_CASE("the target's own question stands again when an older one leaves, as if that had never been there") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.message(10min, source, client());
  desk.merge(20min, source, target);
  desk.message(30min, target, client());
  CHECK(desk.awaited_since(target) == Since(10min));
  SECTION("under its target") {
    desk.unmerge(50min, source, target);
    CHECK(desk.read(target, Metric::next_response, 50min).state == ClockState::running);
    CHECK(desk.read(target, Metric::next_response, 50min).deadline == at(60min));
  }
  SECTION("under another target, which came after the older one had breached its own") {
    desk.commit(45min, program(), {{target, priority("urgent")}});
    CHECK(desk.read(target, Metric::next_response, 45min).breached_at == at(40min));
    desk.unmerge(46min, source, target);
    CHECK(desk.newest(target, Metric::next_response)->priority == "urgent");
    CHECK(desk.read(target, Metric::next_response, 46min).breached_at == at(46min));
  }
}

TEST_CASE("an answer that stays on the target was none to the source, whose wait goes on") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.message(10min, source, client());
  desk.merge(20min, source, target);
  desk.message(25min, target, agent());
  CHECK(desk.read(target, Metric::next_response, 30min).state == ClockState::met);
  desk.unmerge(50min, source, target);
  CHECK(desk.awaited_since(target) == std::nullopt);
  CHECK(desk.awaited_since(source) == Since(10min));
  CHECK(desk.read(source, Metric::next_response, 55min).counted_ms == 15min);
}

TEST_CASE("an answer by the source's number returns with it: nothing is awaited there any more") {
  Desk desk;
  const auto target = desk.open_answered(0min);
  const bool answered_before = GENERATE(true, false);
  CAPTURE(answered_before);
  const auto source = answered_before ? desk.open_answered(0min) : desk.open(0min, client());
  if (answered_before) desk.message(10min, source, client());
  desk.merge(20min, source, target);
  desk.message_via(25min, target, source, agent());
  CHECK(desk.awaited_since(target) == std::nullopt);
  desk.unmerge(50min, source, target);
  CHECK(desk.awaited_since(source) == std::nullopt);
  const auto metric = answered_before ? Metric::next_response : Metric::first_response;
  CHECK(desk.read(source, metric, 60min).state == ClockState::cancelled);
  desk.message(55min, source, client());
  CHECK(desk.awaited_since(source) == Since(55min));
}

TEST_CASE("a question by the source's number is the target's while it is merged, and returns with it") {
  Desk desk;
  const auto source = desk.open_answered(0min), target = desk.open_answered(0min);
  desk.merge(10min, source, target);
  desk.message_via(20min, target, source, client());
  desk.message(30min, target, client());
  CHECK(desk.awaited_since(target) == Since(20min));
  desk.unmerge(40min, source, target);
  CHECK(desk.awaited_since(target) == Since(30min));
  CHECK(desk.awaited_since(source) == Since(20min));
  CHECK(desk.read(source, Metric::next_response, 45min).counted_ms == 5min);
  CHECK(desk.read(source, Metric::next_response, 45min).deadline == at(70min));
}

TEST_CASE("a clock that a release stops is the root's, although the event is on another ticket's stream") {
  Desk desk;
  const auto first = desk.open_answered(0min), between = desk.open_answered(0min), root = desk.open_answered(0min);
  desk.message(10min, first, client());
  desk.merge(20min, first, between);
  desk.merge(21min, between, root);
  desk.unmerge(30min, first, between);
  REQUIRE(desk.stopped.size() == 1);
  CHECK(desk.stopped[0].ticket == root);
  CHECK(desk.stopped[0].clock.phase == ClockPhase::cancelled);
}

TEST_CASE("an agent's act on a thing that a merged ticket brought is an act on the root") {
  Desk desk;
  const auto source = desk.open(0min, client()), between = desk.open(0min, client()), root = desk.open(0min, client());
  desk.merge(10min, source, between);
  desk.merge(20min, between, root);
  desk.commit(30min, program(), {{source, TodoCompleted{1}}});
  CHECK(desk.read(root, Metric::inactivity, 40min).counted_ms == 40min);
  desk.commit(40min, agent(), {{source, TodoCompleted{2}}});
  CHECK(desk.read(root, Metric::inactivity, 45min).counted_ms == 5min);
  REQUIRE(desk.stopped.size() == 1);
  CHECK(desk.stopped.front().ticket == root);
  desk.unmerge(50min, source, between);
  desk.commit(60min, agent(), {{source, TodoCompleted{3}}});
  CHECK(desk.read(root, Metric::inactivity, 70min).counted_ms == 30min);
}

TEST_CASE("a resolution ends again after a reopening, and for the first time only once") {
  Desk desk;
  const auto id = desk.open(0min, client());
  const auto resolution_ended_again = [&] {
    for (const auto& one : desk.stopped) {
      if (one.clock.metric == Metric::resolution) return std::optional(one.again);
    }
    return std::optional<bool>();
  };
  desk.close(10min, id);
  CHECK(resolution_ended_again() == false);
  desk.commit(20min, agent(), {{id, reopening()}});
  desk.close(30min, id);
  CHECK(resolution_ended_again() == true);
}

// Every question kept one by one on every ticket that it is part of, to be compared with the one
// instant that the clock tells.
struct Asked {
  TicketId through;
  Offset when;
};
struct Plain {
  std::map<TicketId, std::vector<Asked>> questions;
  std::map<TicketId, TicketId> merged_into;

  bool is_part_of(TicketId one, TicketId whole) const {
    while (one != whole && merged_into.contains(one)) one = merged_into.at(one);
    return one == whole;
  }
  TicketId root_of(TicketId id) const {
    while (merged_into.contains(id)) id = merged_into.at(id);
    return id;
  }
  void posted(TicketId through, Offset when, bool by_client) {
    for (TicketId whole = through;; whole = merged_into.at(whole)) {
      if (by_client) questions[whole].push_back({through, when});
      else questions[whole].clear();
      if (!merged_into.contains(whole)) return;
    }
  }
  void merge(TicketId source, TicketId target) {
    merged_into[source] = target;
    const auto brought = questions[source];
    questions[target].insert(questions[target].end(), brought.begin(), brought.end());
  }
  void unmerge(TicketId source) {
    merged_into.erase(source);
    for (auto& [whole, asked] : questions) {
      const TicketId id = whole;
      std::erase_if(asked, [&](const Asked& one) { return !is_part_of(one.through, id); });
    }
  }
};

void check_waits(Desk& desk, Plain& plain, const std::vector<TicketId>& tickets) {
  for (const TicketId id : tickets) {
    Since expected;
    for (const Asked& one : plain.questions[id]) expected = std::min(expected.value_or(one.when), one.when);
    const bool is_root = is_open(desk.row(id).status.category);
    const bool owes_first = ticket_clocks::live(desk.row(id), Metric::first_response) != nullptr;
    if (!is_root || owes_first) expected.reset();
    RC_ASSERT(desk.awaited_since(id) == expected);
  }
}

TEST_CASE("whatever is merged and taken apart, each ticket awaits its oldest unanswered question") {
  CHECK(rc::check([] {
    Desk desk;
    Plain plain;
    std::vector<TicketId> tickets;
    Offset now{0};
    for (int i = 0; i < 5; ++i) {
      tickets.push_back(desk.open(now, client(), i == 4 ? "low" : "normal"));
      plain.posted(tickets.back(), now, true);
      now += 1min;
    }
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, std::size_t, std::size_t>>>(rc::gen::tuple(
        rc::gen::inRange(0, 6), rc::gen::inRange<std::size_t>(0, 5), rc::gen::inRange<std::size_t>(0, 5)));
    for (const auto& [deed, one, other] : steps) {
      now += 7min;
      const TicketId id = tickets[one], root = plain.root_of(id), into = plain.root_of(tickets[other]);
      if (deed < 3) {
        const Actor who = deed == 0 ? agent() : client();
        if (root == id) desk.message(now, id, who);
        else desk.message_via(now, root, id, who);
        plain.posted(id, now, deed != 0);
      } else if (root != id) {
        const TicketId target = plain.merged_into.at(id);
        desk.unmerge(now, id, target);
        plain.unmerge(id);
      } else if (into != id) {
        desk.merge(now, id, into);
        plain.merge(id, into);
      }
      check_waits(desk, plain, tickets);
    }
  }));
}

}  // namespace
}  // namespace greffe::clocks_test
