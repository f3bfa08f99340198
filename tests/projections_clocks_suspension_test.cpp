// Delays of tickets that are merged, deleted and brought back, and acts that are no agent's.
#include <catch2/catch.hpp>

#include "tests/projections_clocks_history.h"

namespace greffe::clocks_test {
namespace {

const StatusAt fresh = status_of(Category::fresh), pending = status_of(Category::pending);

TicketEvent taking(bool by_merge, const StatusAt& old) {
  if (by_merge) return merging(old);
  return TicketDeleted{old, status_of(Category::deleted), {}};
}
TicketEvent giving_back(bool by_merge, const StatusAt& to) {
  if (by_merge) return unmerging(to);
  return TicketRestored{status_of(Category::deleted), to, {}};
}

TEST_CASE("a merged or deleted ticket waits for nobody, and goes on without the time in between") {
  const bool by_merge = GENERATE(true, false);
  CAPTURE(by_merge);
  History h;
  h.open(0min, client());
  h.commit(30min, agent(), {taking(by_merge, fresh)});
  for (const Metric metric : {Metric::first_response, Metric::inactivity, Metric::resolution}) {
    CHECK(h.read(metric, 500min).state == ClockState::cancelled);
    CHECK(h.read(metric, 500min).counted_ms == 30min);
  }
  CHECK(h.row.status.category == (by_merge ? Category::merged : Category::deleted));
  h.commit(1000min, program(), {giving_back(by_merge, fresh)});
  CHECK(h.row.clocks.size() == 3);
  CHECK(h.read(Metric::first_response, 1010min).counted_ms == 40min);
  CHECK(h.read(Metric::first_response, 1010min).deadline == at(1030min));
  CHECK(h.read(Metric::inactivity, 1010min).remaining_ms == 80min);
  CHECK(h.read(Metric::resolution, 1010min).remaining_ms == 200min);
}

TEST_CASE("an agent who unmerges has acted: the wait for the next act begins anew") {
  History h;
  h.open(0min, client());
  h.commit(30min, agent(), {merging(fresh)});
  h.commit(1000min, agent(), {unmerging(fresh)});
  CHECK(h.read(Metric::inactivity, 1010min, 1).state == ClockState::met);
  CHECK(h.read(Metric::inactivity, 1010min, 2).counted_ms == 10min);
  CHECK(h.count(Metric::resolution) == 1);
}

TEST_CASE("a breach before the merge stays") {
  History h;
  h.open(0min, client());
  h.commit(100min, program(), {merging(fresh)});
  CHECK(h.read(Metric::first_response, 100min).breached_at == at(60min));
  h.commit(200min, program(), {unmerging(fresh)});
  CHECK(h.read(Metric::first_response, 210min).breached_at == at(60min));
  CHECK(h.read(Metric::first_response, 210min).counted_ms == 110min);
}

TEST_CASE("what stood paused stands paused when it comes back") {
  History h;
  h.open(0min, client());
  h.status(10min, program(), Category::pending);
  h.commit(20min, program(), {merging(pending)});
  h.commit(50min, program(), {unmerging(pending)});
  CHECK(h.read(Metric::resolution, 90min).state == ClockState::paused);
  CHECK(h.read(Metric::resolution, 90min).counted_ms == 10min);
  CHECK(h.read(Metric::first_response, 91min).state == ClockState::breached);
  CHECK(h.read(Metric::first_response, 60min).counted_ms == 30min);
}

TEST_CASE("delays that were over stay over, and those without target are remembered") {
  History h;
  SECTION("answered before the merge") {
    h.open(0min, client());
    h.message(10min, agent());
    h.commit(20min, agent(), {merging(fresh)});
    h.commit(50min, program(), {unmerging(fresh)});
    CHECK(h.read(Metric::first_response, 90min).state == ClockState::met);
    CHECK(h.count(Metric::first_response) == 1);
  }
  SECTION("closed before the merge") {
    h.open(0min, client());
    h.close(10min, agent());
    const auto before = h.row.clocks;
    h.commit(20min, agent(), {merging(status_of(Category::closed))});
    h.commit(50min, agent(), {unmerging(status_of(Category::closed))});
    CHECK(h.row.clocks == before);
    CHECK(h.row.status.category == Category::closed);
  }
  SECTION("a later priority brings a target for the whole wait, without the merged time") {
    h.open(0min, client(), "low");
    h.commit(20min, program(), {merging(fresh)});
    h.commit(50min, program(), {unmerging(fresh)});
    h.priority(60min, program(), "normal");
    CHECK(h.read(Metric::first_response, 60min).counted_ms == 30min);
  }
}

TEST_CASE("looking at a ticket, and what the program notes beside an act, are no agent's act") {
  History h;
  h.open(0min, client());
  const std::vector<TicketEvent> no_acts = {TicketRead{}, LookRequested{}, NotificationDecided{}};
  for (const auto& event : no_acts) h.commit(10min, agent(), {event});
  CHECK(h.count(Metric::inactivity) == 1);
  const std::vector<TicketEvent> acts = {LookDone{}, TodoAdded{}, DocumentAttached{}, TicketAbsorbed{}};
  for (const auto& event : acts) h.commit(10min, agent(), {event});
  CHECK(h.count(Metric::inactivity) == 1 + acts.size());
}

TEST_CASE("an automatic message answers nothing, asks nothing and is no act") {
  MessagePosted automatic = message();
  automatic.automatic = true;
  History h;
  h.open(0min, client());
  h.commit(10min, agent(), {automatic});
  CHECK(h.read(Metric::first_response, 20min).state == ClockState::running);
  CHECK(h.count(Metric::inactivity) == 1);
  h.message(20min, agent());
  h.commit(30min, client(), {automatic});
  CHECK(h.count(Metric::next_response) == 0);
  h.message(40min, client());
  CHECK(h.count(Metric::next_response) == 1);
}

}  // namespace
}  // namespace greffe::clocks_test
