// What the settings choose of the delays: which acts count, what pauses, what closing and reopening
// do. The defaults are in the other tests of the clocks.
#include <catch2/catch.hpp>

#include "tests/projections_clocks_desk.h"

namespace greffe::clocks_test {
namespace {

MessagePosted automatic_message() {
  auto posted = message();
  posted.automatic = true;
  return posted;
}

TEST_CASE("inactivity is restarted by any act of an agent, or by their public messages alone") {
  struct Case {
    const char* what;
    Actor actor;
    TicketEvent event;
    bool by_any;
    bool by_public_message;
  };
  for (const auto& c : {
           Case{"an agent's public message", agent(), message(), true, true},
           Case{"an agent's note", agent(), message(Visibility::internal), true, false},
           Case{"an agent's status", agent(), status(Category::open), true, false},
           Case{"an agent's rename", agent(), TitleChanged{}, true, false},
           Case{"a notice of absence", agent(), automatic_message(), false, false},
           Case{"the client's message", client(), message(), false, false},
           Case{"a program's message", program(), message(), false, false},
       }) {
    for (const auto counts : {InactivityCounts::any, InactivityCounts::public_message}) {
      CAPTURE(c.what, name_of(counts));
      History h;
      h.targets.inactivity_counts = counts;
      h.open(0min, client());
      h.commit(50min, c.actor, {c.event});
      const bool restarts = counts == InactivityCounts::any ? c.by_any : c.by_public_message;
      CHECK(h.count(Metric::inactivity) == (restarts ? 2 : 1));
      CHECK(h.read(Metric::inactivity, 60min).counted_ms == (restarts ? 50min : 60min));
    }
  }
}

TEST_CASE("where public messages alone count, a change of priority moves what remains of the inactivity") {
  History h;
  h.targets.inactivity_counts = InactivityCounts::public_message;
  h.open(0min, client());
  h.priority(20min, agent(), "urgent");
  CHECK(h.count(Metric::inactivity) == 1);
  CHECK(h.read(Metric::inactivity, 25min).remaining_ms == 5min);
}

TEST_CASE("an agent's unmerging and work on a merged part are acts, but no public messages") {
  for (const auto counts : {InactivityCounts::any, InactivityCounts::public_message}) {
    CAPTURE(name_of(counts));
    const std::uint32_t instance = counts == InactivityCounts::any ? 2 : 1;
    History h;
    h.targets.inactivity_counts = counts;
    h.open(0min, client());
    h.commit(10min, program(), {merging(h.row.status)});
    h.commit(20min, agent(), {unmerging(status_of(Category::fresh))});
    CHECK(h.count(Metric::inactivity) == instance);
    CHECK(h.read(Metric::inactivity, 50min, instance).counted_ms == (instance == 2 ? 30min : 40min));

    Desk desk;
    desk.targets.inactivity_counts = counts;
    const auto root = desk.open(0min, client()), part = desk.open(0min, client());
    desk.merge(5min, part, root);
    desk.commit(10min, agent(), {{part, TitleChanged{}}});
    CHECK(desk.newest(root, Metric::inactivity)->instance == instance);
    desk.message_via(20min, root, part, agent());
    CHECK(desk.newest(root, Metric::inactivity)->instance == instance + 1);
  }
}

TEST_CASE("what counts as an act is what is chosen when it happens") {
  History h;
  h.open(0min, client());
  h.message(50min, agent(), Visibility::internal);
  h.targets.inactivity_counts = InactivityCounts::public_message;
  h.message(60min, agent(), Visibility::internal);
  CHECK(h.count(Metric::inactivity) == 2);
  CHECK(h.read(Metric::inactivity, 70min).counted_ms == 50min);
  CHECK(h.read(Metric::inactivity, 70min, 2).counted_ms == 20min);
  h.message(80min, agent());
  h.targets.inactivity_counts = InactivityCounts::any;
  h.message(90min, agent(), Visibility::internal);
  CHECK(h.count(Metric::inactivity) == 4);
  CHECK(h.read(Metric::inactivity, 95min, 4).counted_ms == 5min);
}

TEST_CASE("on_hold pauses resolution where that is chosen, pending always, and neither a response") {
  for (const bool pauses : {false, true}) {
    CAPTURE(pauses);
    History h;
    h.targets.resolution_pause_on_hold = pauses;
    h.open(0min, client());
    h.status(10min, program(), Category::on_hold);
    const auto held = h.read(Metric::resolution, 40min);
    CHECK(held.state == (pauses ? ClockState::paused : ClockState::running));
    CHECK(held.counted_ms == (pauses ? 10min : 40min));
    CHECK(held.deadline.has_value() != pauses);
    CHECK(h.read(Metric::first_response, 40min).counted_ms == 40min);
    h.status(40min, program(), Category::pending);
    CHECK(h.read(Metric::resolution, 60min).counted_ms == held.counted_ms);
    h.status(60min, program(), Category::on_hold);
    CHECK(h.read(Metric::resolution, 80min).counted_ms == (pauses ? 10min : 60min));
    h.status(80min, program(), Category::open);
    CHECK(h.read(Metric::resolution, 90min).counted_ms == (pauses ? 20min : 70min));
    h.close(100min, agent());
    h.commit(200min, agent(), {TicketReopened{{}, status_of(Category::on_hold), ReopenCause::reopened, {}, 1}});
    CHECK(h.read(Metric::resolution, 230min).counted_ms == (pauses ? 30min : 110min));
  }
}

TEST_CASE("whether on_hold pauses is what was chosen when the ticket came to be on hold") {
  History h;
  h.open(0min, client());
  h.status(10min, program(), Category::on_hold);
  h.targets.resolution_pause_on_hold = true;
  h.message(20min, client());
  CHECK(h.read(Metric::resolution, 30min).state == ClockState::running);
  h.status(30min, program(), Category::on_hold);
  CHECK(h.read(Metric::resolution, 60min).state == ClockState::paused);
  CHECK(h.read(Metric::resolution, 60min).counted_ms == 30min);
  h.targets.resolution_pause_on_hold = false;
  h.message(60min, client());
  CHECK(h.read(Metric::resolution, 60min).state == ClockState::paused);
  h.status(60min, program(), Category::open);
  CHECK(h.read(Metric::resolution, 70min).counted_ms == 40min);
}

TEST_CASE("closing that counts as no response leaves no verdict in time and the breach after") {
  struct Case {
    Offset closed;
    ClockState state;
    std::optional<Instant> breached_at;
  };
  for (const auto& [closed, state, breached_at] :
       {Case{60min, ClockState::cancelled, std::nullopt}, Case{60min + 1ms, ClockState::breached, at(60min)}}) {
    History h;
    h.targets.close_counts_as_response = false;
    h.open(0min, client());
    h.close(closed, agent());
    const auto reading = h.read(Metric::first_response, 9000min);
    CHECK(reading.state == state);
    CHECK(reading.ended);
    CHECK(reading.counted_ms == closed);
    CHECK(reading.breached_at == breached_at);
    CHECK(h.read(Metric::resolution, 9000min).state == ClockState::met);
    CHECK(h.read(Metric::inactivity, 9000min).state == ClockState::met);
  }
  for (const auto& [closed, state, breached_at] :
       {Case{50min, ClockState::cancelled, std::nullopt}, Case{50min + 1ms, ClockState::breached, at(50min)}}) {
    History h;
    h.targets.close_counts_as_response = false;
    h.open(0min, client());
    h.message(10min, agent());
    h.message(20min, client());
    h.close(closed, agent());
    CHECK(h.read(Metric::next_response, 9000min).state == state);
    CHECK(h.read(Metric::next_response, 9000min).breached_at == breached_at);
    CHECK(h.read(Metric::first_response, 9000min).state == ClockState::met);
  }
}

TEST_CASE("closing that counts as no response keeps a breach that a change of priority made") {
  History h;
  h.targets.close_counts_as_response = false;
  h.open(0min, client());
  h.priority(20min, program(), "urgent");
  h.close(20min, agent());
  CHECK(h.read(Metric::first_response, 9000min).state == ClockState::breached);
  CHECK(h.read(Metric::first_response, 9000min).breached_at == at(20min));
}

TEST_CASE("an answer in the command that closes is one, whatever closing counts as") {
  History h;
  h.targets.close_counts_as_response = false;
  h.open(0min, client());
  h.commit(30min, agent(), {message(), closing()});
  CHECK(h.read(Metric::first_response, 9000min).state == ClockState::met);
}

TEST_CASE("a first response without a target is none either where closing does not count as one") {
  for (const bool counts : {true, false}) {
    Desk desk;
    desk.targets.close_counts_as_response = counts;
    const auto id = desk.open(0min, client(), "low");
    desk.close(30min, id);
    for (const auto& stopped : desk.stopped) {
      if (stopped.clock.metric != Metric::first_response) continue;
      CHECK((stopped.clock.phase == ClockPhase::cancelled) != counts);
    }
    CHECK(desk.stopped.size() == 3);
  }
}

TEST_CASE("what closing counted as when it happened stays, and a reopening asks for a next answer only") {
  History h;
  h.targets.close_counts_as_response = false;
  h.open(0min, client());
  h.close(30min, agent());
  h.targets.close_counts_as_response = true;
  h.reopen(100min, client());
  h.close(110min, agent());
  CHECK(h.count(Metric::first_response) == 1);
  CHECK(h.read(Metric::first_response, 9000min).state == ClockState::cancelled);
  CHECK(h.read(Metric::next_response, 9000min).state == ClockState::met);
  h.targets.close_counts_as_response = false;
  h.reopen(200min, client());
  h.close(210min, agent());
  CHECK(h.read(Metric::next_response, 9000min).state == ClockState::met);
  CHECK(h.read(Metric::next_response, 9000min, 2).state == ClockState::cancelled);
}

TEST_CASE("a resolution that reopening restarts counts from there, and the first one keeps its verdict") {
  History h;
  h.targets.resolution_on_reopen = ResolutionOnReopen::restart;
  h.open(0min, client());
  h.close(241min, agent());
  const auto first = h.clock(Metric::resolution);
  h.commit(1000min, agent(), {TicketReopened{{}, status_of(Category::pending), ReopenCause::reopened, {}, 1}});
  CHECK(h.count(Metric::resolution) == 2);
  CHECK(h.read(Metric::resolution, 1005min, 2).state == ClockState::paused);
  h.status(1010min, program(), Category::open);
  CHECK(h.read(Metric::resolution, 1015min, 2).counted_ms == 5min);
  CHECK(h.read(Metric::resolution, 1015min, 2).deadline == at(1250min));
  h.close(1100min, agent());
  CHECK(h.read(Metric::resolution, 9000min, 2).state == ClockState::met);
  CHECK(h.clock(Metric::resolution) == first);
  CHECK(h.read(Metric::resolution, 9000min).breached_at == at(240min));
}

TEST_CASE("a target that comes after the reopening applies to the restarted resolution alone") {
  History h;
  h.targets.resolution_on_reopen = ResolutionOnReopen::restart;
  h.open(0min, client(), "low");
  h.close(20min, agent());
  h.reopen(100min, agent());
  h.priority(110min, program(), "normal");
  CHECK(h.count(Metric::resolution) == 1);
  CHECK(h.clock(Metric::resolution).started_at == at(100min));
  CHECK(h.read(Metric::resolution, 120min).counted_ms == 20min);
}

TEST_CASE("a resolution that reopening ignores stays as it ended") {
  History h;
  h.targets.resolution_on_reopen = ResolutionOnReopen::ignore;
  h.open(0min, client());
  h.close(200min, agent());
  const auto ended = h.clock(Metric::resolution);
  h.reopen(1000min, client());
  h.priority(1010min, agent(), "urgent");
  h.status(1020min, agent(), Category::pending);
  h.close(1100min, agent());
  CHECK(h.count(Metric::resolution) == 1);
  CHECK(h.clock(Metric::resolution) == ended);
  CHECK(h.read(Metric::resolution, 9000min).state == ClockState::met);
  CHECK(h.count(Metric::inactivity) > 1);
}

TEST_CASE("what a reopening does is what is chosen when it happens") {
  History h;
  h.open(0min, client());
  h.close(20min, agent());
  h.targets.resolution_on_reopen = ResolutionOnReopen::restart;
  h.reopen(100min, agent());
  // What goes on is not touched by a change.
  h.targets.resolution_on_reopen = ResolutionOnReopen::ignore;
  h.close(150min, agent());
  CHECK(h.read(Metric::resolution, 160min, 2).counted_ms == 50min);
  h.reopen(200min, agent());
  h.close(300min, agent());
  h.targets.resolution_on_reopen = ResolutionOnReopen::resume;
  h.reopen(400min, agent());
  CHECK(h.count(Metric::resolution) == 2);
  CHECK(h.read(Metric::resolution, 410min, 2).counted_ms == 60min);
  CHECK(h.read(Metric::resolution, 410min).ended);
  CHECK(h.read(Metric::resolution, 410min).counted_ms == 20min);
}

}  // namespace
}  // namespace greffe::clocks_test
