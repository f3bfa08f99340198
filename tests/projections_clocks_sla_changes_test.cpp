// Delays under closing, reopening, changes of priority and entries written down late.
#include <catch2/catch.hpp>

#include "tests/projections_clocks_history.h"

namespace greffe::clocks_test {
namespace {

TEST_CASE("closing without an answer meets the response delays in time and breaches them after") {
  struct Case {
    Offset closed;
    ClockState state;
  };
  for (const auto& [closed, state] : {Case{60min, ClockState::met}, Case{60min + 1ms, ClockState::breached}}) {
    History h;
    h.open(0min, client());
    h.close(closed, agent());
    CHECK(h.read(Metric::first_response, 9000min).state == state);
    CHECK(h.read(Metric::first_response, 9000min).counted_ms == closed);
    if (state == ClockState::breached) CHECK(h.read(Metric::first_response, 9000min).breached_at == at(60min));
  }
  History h;
  h.open(0min, client());
  h.message(10min, agent());
  h.message(20min, client());
  h.close(50min, agent());
  CHECK(h.read(Metric::next_response, 9000min).state == ClockState::met);
}

TEST_CASE("closed tickets never escalate: every delay ends at closing with its verdict") {
  History h;
  h.open(0min, client());
  h.message(10min, agent());
  h.message(20min, client());
  h.close(45min, program());
  for (const auto& clock : h.row.clocks) {
    CAPTURE(name_of(clock.metric), clock.instance);
    CHECK(read_clock(clock, at(45min)).state == ClockState::met);
    CHECK(read_clock(clock, at(1000000min)).state == ClockState::met);
    CHECK(read_clock(clock, at(1000000min)).counted_ms == read_clock(clock, at(45min)).counted_ms);
  }
  CHECK(h.row.clocks.size() == 5);
}

TEST_CASE("a late first answer stays visible after closing") {
  History h;
  h.open(0min, client());
  h.message(75min, agent());
  h.close(80min, agent());
  const auto reading = h.read(Metric::first_response, 9000min);
  CHECK(reading.state == ClockState::breached);
  CHECK(reading.counted_ms == 75min);
  CHECK(reading.breached_at == at(60min));
}

TEST_CASE("answering and closing in one command ends the waits once") {
  History h;
  h.open(0min, client());
  h.commit(30min, agent(), {message(), closing()});
  CHECK(h.count(Metric::inactivity) == 1);
  CHECK(h.read(Metric::inactivity, 40min).counted_ms == 30min);
  CHECK(h.read(Metric::first_response, 40min).state == ClockState::met);
}

TEST_CASE("reopening resumes resolution without the closed time") {
  History h;
  h.open(0min, client());
  h.close(200min, agent());
  CHECK(h.read(Metric::resolution, 500min).state == ClockState::met);
  h.reopen(1000min, agent());
  CHECK(h.count(Metric::resolution) == 1);
  const auto reading = h.read(Metric::resolution, 1010min);
  CHECK(reading.state == ClockState::running);
  CHECK(reading.counted_ms == 210min);
  CHECK(reading.deadline == at(1040min));
  h.close(1041min, agent());
  CHECK(h.read(Metric::resolution, 2000min).state == ClockState::breached);
  CHECK(h.read(Metric::resolution, 2000min).breached_at == at(1040min));
}

TEST_CASE("reopening keeps a resolution that was breached before closing breached at that instant") {
  History h;
  h.open(0min, client());
  h.close(241min, agent());
  h.reopen(1000min, agent());
  CHECK(h.read(Metric::resolution, 1001min).state == ClockState::breached);
  CHECK(h.read(Metric::resolution, 1001min).breached_at == at(240min));
}

TEST_CASE("reopening starts inactivity anew but never the first response") {
  History h;
  h.open(0min, client());
  h.close(20min, agent());
  h.reopen(100min, agent());
  REQUIRE(h.count(Metric::inactivity) == 2);
  CHECK(h.read(Metric::inactivity, 110min, 2).deadline == at(220min));
  CHECK(h.count(Metric::first_response) == 1);
  CHECK(h.read(Metric::first_response, 9000min).state == ClockState::met);
  CHECK(h.count(Metric::next_response) == 0);
}

TEST_CASE("a client who reopens is asking, with or without a message") {
  for (const auto& events : {std::vector<TicketEvent>{reopening()}, std::vector<TicketEvent>{reopening(), message()}}) {
    History h;
    h.open(0min, client());
    h.close(20min, agent());
    h.commit(100min, client(), events);
    REQUIRE(h.count(Metric::next_response) == 1);
    CHECK(h.read(Metric::next_response, 101min).deadline == at(130min));
    CHECK(h.count(Metric::inactivity) == 2);
  }
}

TEST_CASE("reopening into pending leaves resolution and inactivity paused") {
  History h;
  h.open(0min, client());
  h.close(20min, agent());
  h.commit(100min, client(), {TicketReopened{{}, status_of(Category::pending), ReopenCause::status_changed, {}, 1}});
  CHECK(h.read(Metric::resolution, 200min).state == ClockState::paused);
  CHECK(h.read(Metric::resolution, 200min).counted_ms == 20min);
  CHECK(h.read(Metric::inactivity, 200min, 2).state == ClockState::paused);
}

TEST_CASE("a status change between two closed statuses touches no delay") {
  History h;
  h.open(0min, client());
  h.close(20min, agent());
  const auto clocks = h.row.clocks;
  h.status(30min, agent(), Category::closed);
  CHECK(h.row.clocks == clocks);
}

TEST_CASE("a change of priority keeps the elapsed time and moves what remains") {
  struct Case {
    Offset changed;
    ClockState state;
    Offset breached;
  };
  // Resolution: 240 min under normal, 60 min under urgent.
  for (const auto& [changed, state, breached] : {
           Case{20min, ClockState::running, 0min},
           Case{60min - 1ms, ClockState::running, 0min},
           Case{60min, ClockState::breached, 60min},
           Case{90min, ClockState::breached, 90min},
       }) {
    CAPTURE(changed.count());
    History h;
    h.open(0min, client());
    h.priority(changed, program(), "urgent");
    const auto reading = h.read(Metric::resolution, changed);
    CHECK(reading.state == state);
    CHECK(reading.counted_ms == changed);
    CHECK(reading.remaining_ms == 60min - changed);
    CHECK(h.clock(Metric::resolution).priority == "urgent");
    CHECK(h.clock(Metric::resolution).retargeted_by == Position{2});
    if (state == ClockState::breached) CHECK(reading.breached_at == at(breached));
    else CHECK(reading.deadline == at(60min));
  }
}

TEST_CASE("a lower priority does not undo a breach") {
  History h;
  h.open(0min, client(), "urgent");
  h.priority(61min, program(), "normal");
  const auto reading = h.read(Metric::resolution, 62min);
  CHECK(reading.state == ClockState::breached);
  CHECK(reading.breached_at == at(60min));
  CHECK(h.clock(Metric::resolution).priority == "urgent");
  // Its refused neighbour: at the deadline nothing is breached yet, and more time is given.
  History in_time;
  in_time.open(0min, client(), "urgent");
  in_time.priority(60min, program(), "normal");
  CHECK(in_time.read(Metric::resolution, 62min).deadline == at(240min));
}

TEST_CASE("finished delays are not judged again by a new priority") {
  History h;
  h.open(0min, client());
  h.message(30min, agent());
  h.priority(40min, agent(), "urgent");
  CHECK(h.read(Metric::first_response, 50min).state == ClockState::met);
  CHECK(h.clock(Metric::first_response).priority == "normal");
}

TEST_CASE("an agent who raises the priority ends the old wait under the old target") {
  History h;
  h.open(0min, client());
  h.priority(50min, agent(), "urgent");
  CHECK(h.read(Metric::inactivity, 60min, 1).state == ClockState::met);
  CHECK(h.read(Metric::inactivity, 60min, 2).deadline == at(80min));
  CHECK(h.count(Metric::inactivity) == 2);
}

TEST_CASE("a priority without target cancels, and the next one with a target takes the same delay up") {
  History h;
  h.open(0min, client());
  h.priority(10min, program(), "low");
  for (const auto& clock : h.row.clocks) CHECK(read_clock(clock, at(500min)).state == ClockState::cancelled);
  h.status(20min, program(), Category::pending);
  h.status(40min, program(), Category::open);
  h.priority(50min, program(), "urgent");
  CHECK(h.count(Metric::resolution) == 1);
  CHECK(h.read(Metric::resolution, 50min).counted_ms == 30min);
  CHECK(h.read(Metric::resolution, 50min).deadline == at(80min));
  CHECK(h.read(Metric::first_response, 50min).breached_at == at(50min));
  CHECK(h.row.untargeted.empty());
}

TEST_CASE("a cancelled delay keeps a breach that had happened") {
  History h;
  h.open(0min, client(), "urgent");
  h.priority(61min, program(), "low");
  CHECK(h.read(Metric::resolution, 500min).state == ClockState::cancelled);
  CHECK(h.read(Metric::resolution, 500min).breached_at == at(60min));
  h.priority(70min, program(), "normal");
  CHECK(h.read(Metric::resolution, 71min).state == ClockState::breached);
  CHECK(h.read(Metric::resolution, 71min).breached_at == at(60min));
}

TEST_CASE("a ticket opened without targets starts no delay, and a later priority counts from the opening") {
  History h;
  h.open(0min, client(), "low");
  CHECK(h.row.clocks.empty());
  h.message(5min, agent());
  h.message(8min, client());
  h.status(10min, program(), Category::pending);
  h.status(30min, program(), Category::open);
  CHECK(h.row.clocks.empty());
  h.priority(35min, program(), "normal");
  CHECK(h.count(Metric::first_response) == 0);  // answered long ago
  CHECK(h.read(Metric::resolution, 35min).counted_ms == 15min);
  CHECK(h.read(Metric::resolution, 35min).deadline == at(260min));
  CHECK(h.clock(Metric::resolution).started_at == at(0min));
  CHECK(h.read(Metric::next_response, 36min).counted_ms == 28min);
  CHECK(h.read(Metric::inactivity, 36min).counted_ms == 11min);
  CHECK(h.clock(Metric::inactivity).instance == 1);
}

TEST_CASE("resolution is resumed even if no target applied when the ticket was closed") {
  History h;
  h.open(0min, client(), "low");
  h.close(50min, agent());
  h.reopen(100min, program());
  h.priority(105min, program(), "urgent");
  CHECK(h.read(Metric::resolution, 105min).deadline == at(110min));
}

TEST_CASE("new targets in the settings leave running delays as they were started") {
  History h;
  h.open(0min, client());
  h.targets = {{{"normal", 1min, 1min, 1min, 1min}}};
  h.message(30min, agent());
  CHECK(h.read(Metric::first_response, 40min).state == ClockState::met);
  CHECK(h.read(Metric::resolution, 40min).deadline == at(240min));
  CHECK(h.read(Metric::inactivity, 40min, 2).deadline == at(31min));
}

TEST_CASE("reopening judges by the priority of now, and by the settings of now only if it is another one") {
  struct Case {
    const char* what;
    std::vector<const char*> before_closing, while_closed;
    std::optional<Offset> deadline;
  };
  // Closed from 20 to 100 min; meanwhile the settings give every priority 50 min.
  for (const auto& c : {
           Case{"the same priority", {"normal"}, {}, 320min},
           Case{"another priority, by an import", {"normal"}, {"urgent"}, 130min},
           Case{"no target then", {"low"}, {}, {}},
           Case{"none after another without", {"none", "low"}, {}, {}},
           Case{"cancelled before", {"normal", "low"}, {}, {}},
           Case{"no target then, another priority now", {"low"}, {"urgent"}, 130min},
       }) {
    CAPTURE(c.what);
    History h;
    h.open(0min, client(), c.before_closing.front());
    for (const auto* key : c.before_closing) h.priority(10min, program(), key);
    h.close(20min, agent());
    h.targets = {{{"normal", 50min, 50min, 50min, 50min},
                  {"urgent", 50min, 50min, 50min, 50min},
                  {"low", 50min, 50min, 50min, 50min}}};
    h.imported = true;
    for (const auto* key : c.while_closed) h.priority(30min, program(), key);
    h.imported = false;
    h.reopen(100min, program());
    std::optional<Instant> deadline;
    if (h.count(Metric::resolution) == 1) deadline = h.read(Metric::resolution, 101min).deadline;
    CHECK(deadline == (c.deadline ? std::optional(at(*c.deadline)) : std::nullopt));
  }
}

TEST_CASE("an answer written down late counts when it was given") {
  History h;
  h.open(0min, client());
  h.commit(90min, program(), {TitleChanged{}});
  CHECK(h.read(Metric::first_response, 90min).state == ClockState::breached);
  h.message(55min, agent());
  CHECK(h.read(Metric::first_response, 95min).state == ClockState::met);
  CHECK(h.read(Metric::first_response, 95min).counted_ms == 55min);
}

TEST_CASE("a late answer undoes a breach that a change of priority had noted") {
  History h;
  h.open(0min, client(), "urgent");
  h.priority(20min, program(), "normal");
  CHECK(h.clock(Metric::first_response).breached_at == at(15min));
  h.message(14min, agent());
  CHECK(h.read(Metric::first_response, 30min).state == ClockState::met);
}

TEST_CASE("an answer sent before the question is no answer to it, a late question already answered is none") {
  History h;
  h.open(0min, client());
  h.message(10min, agent());
  h.message(40min, client());
  h.message(30min, agent());
  CHECK_FALSE(h.read(Metric::next_response, 45min).ended);
  h.message(35min, client());  // older than the one known: the wait began then
  CHECK(h.read(Metric::next_response, 45min).counted_ms == 10min);
  h.message(45min, agent());
  h.message(44min, client());
  CHECK(h.count(Metric::next_response) == 1);
  h.message(45min, client());
  CHECK(h.count(Metric::next_response) == 2);
}

TEST_CASE("late entries never make counted time negative or count a pause") {
  History h;
  h.open(0min, client());
  h.status(30min, program(), Category::pending);
  h.status(20min, program(), Category::open);
  CHECK(h.read(Metric::resolution, 40min).counted_ms == 40min);
  h.status(50min, program(), Category::pending);
  h.status(70min, program(), Category::open);
  h.message(45min, agent(), Visibility::internal);
  CHECK(h.read(Metric::inactivity, 80min, 1).counted_ms == 50min);
  CHECK(h.read(Metric::inactivity, 80min, 2).counted_ms == 10min);
  h.message(60min, agent(), Visibility::internal);  // somebody acted since
  CHECK(h.count(Metric::inactivity) == 2);
  h.close(65min, agent());
  CHECK(h.read(Metric::resolution, 80min).counted_ms == 50min);
}

}  // namespace
}  // namespace greffe::clocks_test
