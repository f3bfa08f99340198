// What starts, pauses and ends each delay, and how it is judged.
#include <catch2/catch.hpp>

#include "tests/projections_clocks_history.h"

namespace greffe::clocks_test {
namespace {

TEST_CASE("a delay is met up to its very deadline and breached one millisecond after") {
  struct Case {
    Metric metric;
    Offset target;
    Offset ended;
    ClockState state;
  };
  for (const auto& [metric, target, ended, state] : {
           Case{Metric::first_response, 60min, 59min + 59s + 999ms, ClockState::met},
           Case{Metric::first_response, 60min, 60min, ClockState::met},
           Case{Metric::first_response, 60min, 60min + 999us, ClockState::met},
           Case{Metric::first_response, 60min, 60min + 1ms, ClockState::breached},
           Case{Metric::inactivity, 120min, 120min, ClockState::met},
           Case{Metric::inactivity, 120min, 120min + 1ms, ClockState::breached},
           Case{Metric::resolution, 240min, 240min, ClockState::met},
           Case{Metric::resolution, 240min, 240min + 1ms, ClockState::breached},
       }) {
    CAPTURE(name_of(metric), ended.count());
    History h;
    h.open(0min, client());
    if (metric == Metric::first_response) h.message(ended, agent());
    if (metric == Metric::inactivity) h.message(ended, agent(), Visibility::internal);
    if (metric == Metric::resolution) h.close(ended, agent());
    const auto reading = h.read(metric, 1000min);
    CHECK(reading.state == state);
    CHECK(reading.ended);
    CHECK(reading.counted_ms == std::chrono::floor<Milliseconds>(ended));
    CHECK(reading.remaining_ms == 0ms);
    CHECK_FALSE(reading.deadline);
    if (state == ClockState::breached) CHECK(reading.breached_at == at(target));
    else CHECK_FALSE(reading.breached_at);
  }
}

TEST_CASE("a running delay shows its deadline and turns breached after it by itself") {
  History h;
  h.open(0min, client());
  const auto before = h.read(Metric::first_response, 45min);
  CHECK(before.state == ClockState::running);
  CHECK(before.remaining_ms == 15min);
  CHECK(before.deadline == at(60min));
  CHECK_FALSE(before.breached_at);
  CHECK(h.read(Metric::first_response, 60min).state == ClockState::running);
  CHECK(h.read(Metric::first_response, 60min).remaining_ms == 0ms);
  const auto after = h.read(Metric::first_response, 60min + 1ms);
  CHECK(after.state == ClockState::breached);
  CHECK_FALSE(after.ended);
  CHECK(after.remaining_ms == -1ms);
  CHECK(after.breached_at == at(60min));
}

TEST_CASE("a clock of the machine that went back counts nothing negative") {
  History h;
  h.open(10min, client());
  CHECK(h.read(Metric::resolution, 9min).counted_ms == 0ms);
  CHECK(h.read(Metric::resolution, 9min).state == ClockState::running);
}

TEST_CASE("only a public message by an agent, after the opening, is a first answer") {
  struct Case {
    const char* what;
    Actor actor;
    std::optional<Actor> on_behalf_of;
    Visibility visibility;
    bool answers;
  };
  for (const auto& c : {
           Case{"an agent, publicly", agent(), {}, Visibility::everyone, true},
           Case{"a program for an agent", program(), agent(), Visibility::everyone, true},
           Case{"an administrator for an agent", administrator(), agent(), Visibility::everyone, true},
           Case{"an agent's internal note", agent(), {}, Visibility::internal, false},
           Case{"the client", client(), {}, Visibility::everyone, false},
           Case{"an agent for the client", agent(), client(), Visibility::everyone, false},
           Case{"an automatic reply", program(), {}, Visibility::everyone, false},
           Case{"an administrator", administrator(), {}, Visibility::everyone, false},
       }) {
    CAPTURE(c.what);
    History h;
    h.open(0min, client());
    h.on_behalf_of = c.on_behalf_of;
    h.message(10min, c.actor, c.visibility);
    CHECK(h.read(Metric::first_response, 20min).ended == c.answers);
  }
}

TEST_CASE("the message an agent opens a ticket with is not its first answer, the next one is") {
  History h;
  h.commit(0min, agent(), {opening(), message()});
  CHECK(h.read(Metric::first_response, 5min).state == ClockState::running);
  h.message(10min, agent());
  CHECK(h.read(Metric::first_response, 20min).state == ClockState::met);
  CHECK(h.read(Metric::first_response, 20min).counted_ms == 10min);
}

TEST_CASE("answering and setting pending in one command keeps the first answer, in either order") {
  for (const auto& events : {std::vector<TicketEvent>{message(), status(Category::pending)},
                             std::vector<TicketEvent>{status(Category::pending), message()}}) {
    History h;
    h.open(0min, client());
    h.commit(20min, agent(), events);
    CHECK(h.read(Metric::first_response, 300min).state == ClockState::met);
    CHECK(h.read(Metric::first_response, 300min).counted_ms == 20min);
    // One command is one act: one wait ended, one paused wait began.
    REQUIRE(h.count(Metric::inactivity) == 2);
    CHECK(h.read(Metric::inactivity, 300min, 2).state == ClockState::paused);
    CHECK(h.read(Metric::inactivity, 300min, 2).counted_ms == 0ms);
  }
}

TEST_CASE("the next answer is awaited from the oldest unanswered question, and only after the first answer") {
  History h;
  h.open(0min, client());
  h.message(5min, client());
  CHECK(h.count(Metric::next_response) == 0);
  h.message(10min, agent());
  CHECK(h.count(Metric::next_response) == 0);
  h.message(20min, client());
  h.message(45min, client());
  CHECK(h.read(Metric::next_response, 45min).deadline == at(50min));
  h.message(46min, agent(), Visibility::internal);
  CHECK_FALSE(h.read(Metric::next_response, 46min).ended);
  h.message(51min, agent());
  CHECK(h.read(Metric::next_response, 60min).state == ClockState::breached);
  CHECK(h.read(Metric::next_response, 60min).counted_ms == 31min);
  CHECK(h.read(Metric::next_response, 60min).breached_at == at(50min));
  h.message(70min, client());
  h.message(100min, agent());
  CHECK(h.read(Metric::next_response, 110min, 2).state == ClockState::met);
  CHECK(h.count(Metric::next_response) == 2);
}

TEST_CASE("answered tickets do not escalate: an answer leaves no response delay running") {
  History h;
  h.open(0min, client());
  h.message(10min, agent());
  h.message(20min, agent());
  CHECK(h.count(Metric::next_response) == 0);
  CHECK(h.read(Metric::first_response, 10000min).state == ClockState::met);
}

TEST_CASE("inactivity is restarted by every act of an agent and by nobody else's") {
  struct Case {
    const char* what;
    Actor actor;
    TicketEvent event;
    bool restarts;
  };
  for (const auto& c : {
           Case{"an agent's note", agent(), message(Visibility::internal), true},
           Case{"an agent's rename", agent(), TitleChanged{}, true},
           Case{"an agent's claim", agent(), TicketAssigned{}, true},
           Case{"an agent's status", agent(), status(Category::open), true},
           Case{"the client's message", client(), message(), false},
           Case{"a program's status", program(), status(Category::open), false},
           Case{"an administrator's move", administrator(), TicketMovedToTeam{}, false},
       }) {
    CAPTURE(c.what);
    History h;
    h.open(0min, client());
    h.commit(50min, c.actor, {c.event});
    REQUIRE(h.count(Metric::inactivity) == (c.restarts ? 2 : 1));
    const auto reading = h.read(Metric::inactivity, 60min);
    CHECK(reading.counted_ms == (c.restarts ? 50min : 60min));
    if (c.restarts) CHECK(h.read(Metric::inactivity, 60min, 2).deadline == at(170min));
  }
}

TEST_CASE("pending and on_hold pause what they should and nothing else") {
  struct Case {
    Category category;
    Metric metric;
    bool pauses;
  };
  for (const auto& [category, metric, pauses] : {
           Case{Category::pending, Metric::first_response, false},
           Case{Category::pending, Metric::inactivity, true},
           Case{Category::pending, Metric::resolution, true},
           Case{Category::on_hold, Metric::first_response, false},
           Case{Category::on_hold, Metric::inactivity, true},
           Case{Category::on_hold, Metric::resolution, false},
           Case{Category::open, Metric::inactivity, false},
           Case{Category::open, Metric::resolution, false},
       }) {
    CAPTURE(name_of(category), name_of(metric));
    History h;
    h.open(0min, client());
    h.status(10min, program(), category);
    const auto held = h.read(metric, 40min);
    CHECK(held.state == (pauses ? ClockState::paused : ClockState::running));
    CHECK(held.counted_ms == (pauses ? 10min : 40min));
    CHECK(held.deadline.has_value() != pauses);
    h.status(40min, program(), Category::open);
    CHECK(h.read(metric, 50min).state == ClockState::running);
    CHECK(h.read(metric, 50min).counted_ms == (pauses ? 20min : 50min));
  }
}

TEST_CASE("pending moves the deadline of resolution by its own length, to the millisecond") {
  struct Case {
    Offset closed;
    ClockState state;
  };
  for (const auto& [closed, state] :
       {Case{270min, ClockState::met}, Case{270min + 1ms, ClockState::breached}, Case{300min, ClockState::breached}}) {
    History h;
    h.open(0min, client());
    h.status(30min, agent(), Category::pending);
    CHECK(h.read(Metric::resolution, 45min).remaining_ms == 210min);
    h.status(60min, agent(), Category::open);
    CHECK(h.read(Metric::resolution, 61min).deadline == at(270min));
    h.close(closed, agent());
    const auto reading = h.read(Metric::resolution, 1000min);
    CHECK(reading.state == state);
    CHECK(reading.counted_ms == closed - 30min);
    if (state == ClockState::breached) CHECK(reading.breached_at == at(270min));
  }
}

TEST_CASE("nothing breaches while pending, and a breach before it stays") {
  History in_time;
  in_time.open(0min, client());
  in_time.status(240min, program(), Category::pending);
  CHECK(in_time.read(Metric::resolution, 9000min).state == ClockState::paused);
  CHECK(in_time.read(Metric::resolution, 9000min).remaining_ms == 0ms);

  History late;
  late.open(0min, client());
  late.status(241min, program(), Category::pending);
  CHECK(late.read(Metric::resolution, 9000min).state == ClockState::breached);
  CHECK(late.read(Metric::resolution, 9000min).breached_at == at(240min));
  CHECK(late.read(Metric::resolution, 9000min).remaining_ms == -1min);
}

TEST_CASE("hundreds of short pauses lose no fraction of a millisecond") {
  History h;
  h.open(0min, client());
  for (int i = 0; i < 500; ++i) {
    h.status(i * 1ms + 300us, program(), Category::pending);
    h.status(i * 1ms + 700us, program(), Category::open);
  }
  CHECK(h.read(Metric::resolution, 60min).counted_ms == 60min);
}

TEST_CASE("internal tickets have no response delays, the others run") {
  History h;
  h.open(0min, agent(), "normal", TicketKind::internal);
  h.message(10min, client());
  h.message(20min, agent());
  h.message(30min, client());
  CHECK(h.count(Metric::first_response) == 0);
  CHECK(h.count(Metric::next_response) == 0);
  CHECK(h.count(Metric::inactivity) == 2);
  CHECK(h.read(Metric::resolution, 30min).state == ClockState::running);
}

TEST_CASE("imported history starts no delay, even when the ticket lives on") {
  History h;
  h.imported = true;
  h.open(0min, client());
  h.message(10min, agent());
  h.imported = false;
  h.message(20min, client());
  h.status(30min, agent(), Category::pending);
  h.priority(35min, agent(), "urgent");
  h.close(40min, agent());
  h.reopen(50min, client());
  CHECK(h.row.clocks.empty());
  CHECK(h.row.untargeted.empty());
}

TEST_CASE("imported events on a live ticket neither answer it nor count as an agent's act") {
  History h;
  h.open(0min, client());
  h.imported = true;
  h.message(10min, agent());
  CHECK_FALSE(h.read(Metric::first_response, 20min).ended);
  CHECK_FALSE(h.read(Metric::inactivity, 20min).ended);
}

}  // namespace
}  // namespace greffe::clocks_test
