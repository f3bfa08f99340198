// Sessions of work and their sums, hand-computed.
#include <catch2/catch.hpp>

#include <map>

#include "projections/clocks/batch_work.h"
#include "tests/projections_clocks_history.h"

namespace greffe::clocks_test {
namespace {

constexpr AgentId ada{3};

// One agent's signals, and the sessions as a view would store them.
struct Day {
  AgentWork work;
  std::map<Position, WorkSession> sessions;
  Position position;

  void signal(Offset offset, std::uint64_t ticket) {
    Envelope envelope;
    envelope.position = position = next(position);
    envelope.stream_id = ticket;
    envelope.occurred_at = at(offset);
    envelope.actor = agent();
    const auto session = fold_signal(work, ada, envelope);
    sessions[session.first_evidence] = session;
  }
  const WorkSession& session(std::uint64_t first) const { return sessions.at(Position{first}); }
};

TEST_CASE("a lone act counts its lead-in and nothing after it") {
  Day day;
  day.signal(10min, 1);
  CHECK(day.session(1).started_at == at(8min));
  CHECK(day.session(1).ended_at == at(10min));
  CHECK(counted(day.session(1)) == 2min);
}

TEST_CASE("acts within a quarter of an hour are one session, a longer gap starts another") {
  Day day;
  day.signal(0min, 1);
  day.signal(15min, 1);
  day.signal(30min + 1us, 1);
  REQUIRE(day.sessions.size() == 2);
  CHECK(day.session(1).evidence_count == 2);
  CHECK(day.session(1).last_evidence == Position{2});
  CHECK(counted(day.session(1)) == 17min);
  CHECK(day.session(3).started_at == at(28min + 1us));
}

TEST_CASE("an agent is in one place at a time: another ticket ends the session and bounds the lead-in") {
  Day day;
  day.signal(0min, 1);
  day.signal(5min, 2);
  day.signal(6min, 1);
  day.signal(10min, 1);
  REQUIRE(day.sessions.size() == 3);
  CHECK(counted(day.session(1)) == 2min);
  CHECK(day.session(2).started_at == at(3min));
  CHECK(day.session(3).started_at == at(5min));
  CHECK(counted(day.session(3)) == 5min);
}

TEST_CASE("sessions shorter than ten seconds count nothing") {
  Day day;
  day.signal(0min, 1);
  day.signal(9s + 999ms, 2);
  day.signal(19s + 999ms, 3);
  CHECK(counted(day.session(2)) == 0ms);
  CHECK(counted(day.session(3)) == 10s);
}

TEST_CASE("a session is cut at four hours, marked, and the next signal starts another") {
  Day day;
  for (int i = 0; i <= 14; ++i) day.signal(i * 15min, 1);
  day.signal(14 * 15min + 15min, 1);  // 225 min + 2 min of lead-in
  CHECK_FALSE(day.session(1).capped);
  day.signal(238min, 1);  // exactly four hours
  CHECK_FALSE(day.session(1).capped);
  CHECK(counted(day.session(1)) == 4h);
  day.signal(245min, 1);
  CHECK(day.session(1).capped);
  CHECK(counted(day.session(1)) == 4h);
  CHECK(day.session(1).ended_at == at(238min));
  day.signal(246min, 1);
  REQUIRE(day.sessions.size() == 2);
  CHECK(day.session(19).started_at == at(245min));
}

TEST_CASE("a signal written down late counts at the signal before it") {
  Day day;
  day.signal(10min, 1);
  day.signal(5min, 1);
  CHECK(day.session(1).ended_at == at(10min));
  CHECK(day.session(1).evidence_count == 2);
  day.signal(4min, 2);
  CHECK(day.session(3).started_at == at(10min));
  CHECK(counted(day.session(3)) == 0ms);
}

TEST_CASE("only agents' own acts on tickets are signals of work") {
  struct Case {
    const char* what;
    Actor actor;
    std::optional<Actor> on_behalf_of;
    Event event;
    bool imported;
    std::optional<AgentId> signalling;
  };
  const Event on_ticket = TicketEvent{TitleChanged{}};
  for (const auto& c : {
           Case{"an agent", agent(), {}, on_ticket, false, ada},
           Case{"a program for an agent", program(), agent(), on_ticket, false, ada},
           Case{"an agent for a client", agent(), client(), on_ticket, false, ada},
           Case{"an agent for another", Actor{ActorKind::agent, 9}, agent(), on_ticket, false, ada},
           Case{"an imported act", agent(), {}, on_ticket, true, {}},
           Case{"an act on the directory", agent(), {}, Event{ContactEvent{ContactChanged{}}}, false, {}},
           Case{"a client", client(), {}, on_ticket, false, {}},
           Case{"a program", program(), {}, on_ticket, false, {}},
           Case{"an administrator", administrator(), {}, on_ticket, false, {}},
           Case{"a nameless agent", Actor{ActorKind::agent, 0}, {}, on_ticket, false, {}},
       }) {
    CAPTURE(c.what);
    Envelope envelope;
    envelope.actor = c.actor;
    envelope.on_behalf_of = c.on_behalf_of;
    envelope.imported = c.imported;
    CHECK(signalling_agent(envelope, c.event) == c.signalling);
  }
}

TEST_CASE("what a program sends for an agent, or does because something happened, is no signal of work") {
  Envelope envelope;
  envelope.actor = program();
  envelope.on_behalf_of = agent();
  MessagePosted posted = message();
  CHECK(signalling_agent(envelope, Event{TicketEvent{posted}}) == ada);
  posted.automatic = true;
  CHECK(signalling_agent(envelope, Event{TicketEvent{posted}}) == std::nullopt);
  envelope.causation = Position{1};
  CHECK(signalling_agent(envelope, Event{TicketEvent{TitleChanged{}}}) == std::nullopt);
}

// One agent's commits as a view would fold them; every status tracks time.
struct Batches {
  AgentWork work;
  std::map<Position, WorkSession> sessions;
  Position position;
  std::string batch;

  struct Step {
    std::uint64_t ticket;
    TicketEvent event;
  };
  void commit(Offset offset, const std::vector<Step>& steps) {
    Envelope envelope;
    envelope.commit_first = next(position);
    envelope.commit_count = static_cast<std::uint32_t>(steps.size());
    envelope.occurred_at = at(offset);
    envelope.actor = agent();
    envelope.correlation_id = batch;
    for (const auto& [ticket, event] : steps) {
      envelope.position = position = next(position);
      envelope.stream_id = ticket;
      if (!signalling_agent(envelope, Event{event})) continue;
      const auto session = fold_act(work, ada, envelope, tracking_in_batch(envelope, event, {}));
      if (session) sessions[session->first_evidence] = *session;
    }
  }
  void merge(Offset offset, std::uint64_t source, std::uint64_t target) {
    commit(offset, {{source, TicketUnassigned{ada, UnassignCause::merged}},
                    {source, merging(status_of(Category::open))},
                    {target, SubTicketAdded{TicketId{9}, "9", ParentCause::merged}},
                    {target, TicketAbsorbed{TicketId{source}, {}, 1}},
                    {target, WatcherAdded{}}});
  }
  Milliseconds on(std::uint64_t ticket) const {
    Milliseconds sum{0};
    for (const auto& [first, session] : sessions) sum += session.ticket.value == ticket ? counted(session) : 0ms;
    return sum;
  }
};

TEST_CASE("acts on many tickets at once count on none of them, and no session reaches over them") {
  Batches day;
  day.commit(0min, {{1, TitleChanged{}}});
  day.batch = "17.abc";
  day.commit(5min, {{2, TitleChanged{}}});
  day.commit(5min, {{3, TicketClosed{}}, {4, TicketClosed{}}});
  day.batch.clear();
  day.commit(6min, {{1, TitleChanged{}}});
  CHECK(day.on(2) + day.on(3) + day.on(4) == 0ms);
  CHECK(day.on(1) == 2min + 1min);
  // Its neighbour: one by one they count.
  Batches one_by_one;
  one_by_one.commit(0min, {{1, TitleChanged{}}});
  one_by_one.commit(5min, {{2, TitleChanged{}}});
  CHECK(one_by_one.on(2) == 2min);
}

TEST_CASE("merging several tickets at once counts once, on the one that they become part of") {
  Batches day;
  day.commit(0min, {{1, TitleChanged{}}});
  day.batch = "17.abc";
  day.merge(5min, 2, 1);
  day.merge(5min, 3, 1);
  day.batch.clear();
  CHECK(day.on(1) == 2min + 5min);
  CHECK(day.on(2) + day.on(3) == 0ms);
  day.commit(6min, {{1, TitleChanged{}}});
  CHECK(day.on(1) == 8min);
  CHECK(day.sessions.size() == 1);
}

TEST_CASE("one act on several tickets counts once, on the first") {
  Batches day;
  day.commit(5min, {{1, TicketClosed{}}, {2, TicketClosed{}}, {3, TicketClosed{}}});
  CHECK(day.on(1) == 2min);
  CHECK(day.sessions.size() == 1);
}

TEST_CASE("a ticket's time is the sum of its sessions, by agent and in all, in order of start") {
  const auto session = [](std::uint64_t who, Offset start, Offset end, std::uint64_t evidence) {
    WorkSession s;
    s.agent = AgentId{who};
    s.started_at = at(start);
    s.ended_at = at(end);
    s.first_evidence = Position{evidence};
    return s;
  };
  const auto time = work_time_of({session(9, 20min, 25min, 30), session(3, 0min, 10min, 10), session(9, 0min, 9s, 11),
                                  session(3, 15min, 16min, 20)});
  REQUIRE(time.sessions.size() == 4);
  CHECK(time.sessions[0].first_evidence == Position{10});
  CHECK(time.sessions[1].first_evidence == Position{11});
  CHECK(time.sessions[3].first_evidence == Position{30});
  REQUIRE(time.by_agent.size() == 2);
  CHECK(time.by_agent[0].agent == AgentId{3});
  CHECK(time.by_agent[0].worked_ms == 11min);
  CHECK(time.by_agent[1].worked_ms == 5min);
  CHECK(time.worked_ms == 16min);
  CHECK(work_time_of({}).worked_ms == 0ms);
}

}  // namespace
}  // namespace greffe::clocks_test
