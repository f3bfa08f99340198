// Reports over histories written by hand.
#include "tests/projections_reports.h"

namespace greffe {
namespace {

using namespace projections_test;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("volume counts openings, closings, reopenings and messages either way") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto paul = h.contact("Paul");
  const auto id = h.open();
  h.message(id, {Visibility::everyone, {"help"}}, {contact(paul)});
  h.message(id, {Visibility::everyone, {"done"}}, {agent(anne)});
  h.message(id, {Visibility::internal, {"a note"}}, {agent(anne)});
  h.message(id, {Visibility::everyone, {"away"}, 0, {}, {}, {}, true}, {contact(paul)});
  h.on(id, TicketClosed{fresh, done, {}});
  h.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1});
  h.on(id, TicketClosed{fresh, done, {}});
  h.open();
  const auto rows = rows_of<VolumeMeasures>(*scene.now(), report_query(ReportKind::volume));
  CHECK(rows.totals == VolumeMeasures{2, 2, 1, 1, 1});
  REQUIRE(rows.items.size() == 1);
  CHECK(rows.items[0].key.empty());
  CHECK(rows.items[0].measures == rows.totals);
}

TEST_CASE("a range is half open, and its facts are those that happened in it, however late they are known") {
  Scene scene;
  const auto id = scene.history.open({}, {{}, 0min});
  scene.history.message(id, {}, {{}, 10min});
  scene.history.message(id, {}, {{}, 20min});
  scene.history.message(id, {}, {{}, 15min});
  const auto now = scene.now();
  const auto sent = [&](Milliseconds from, Milliseconds to) {
    return rows_of<VolumeMeasures>(*now, between(report_query(ReportKind::volume), from, to)).totals.messages_out;
  };
  CHECK(sent(10min, 20min) == 2);
  CHECK(sent(10min, 20min + 1ms) == 3);
  CHECK(sent(11min, 15min) == 0);
}

TEST_CASE("facts are grouped by what was in force when they happened") {
  Scene scene;
  History& h = scene.history;
  const auto acme = h.organisation("Acme");
  const auto front = h.team("Front"), back = h.team("Back");
  TicketOpened opened;
  opened.team = front;
  opened.party.organisation = acme;
  const auto id = h.open(opened);
  h.on(id, TicketClassified{{}, {{"Incident", "Network"}, "phone", "hardware"}});
  h.on(id, TicketMovedToTeam{front, back});
  h.on(id, PriorityChanged{normal, urgent});
  h.on(id, TicketClosed{fresh, done, {}});
  h.on(id, ContactLinked{opened.party, {}});
  const auto now = scene.now();
  const auto by = [&](GroupBy group_by) {
    return rows_of<VolumeMeasures>(*now, report_query(ReportKind::volume, {group_by}));
  };
  CHECK(group(by(GroupBy::team), key(front.value)).opened == 1);
  CHECK(group(by(GroupBy::team), key(front.value)).closed == 0);
  CHECK(group(by(GroupBy::team), key(back.value)).closed == 1);
  CHECK(group(by(GroupBy::priority), key("normal")).opened == 1);
  CHECK(group(by(GroupBy::priority), key("urgent")).closed == 1);
  CHECK(group(by(GroupBy::category), no_key()).opened == 1);
  const GroupKey network{GroupPart(std::vector<std::string>{"Incident", "Network"})};
  CHECK(group(by(GroupBy::category), network).closed == 1);
  CHECK(group(by(GroupBy::request_type), key("phone")).closed == 1);
  CHECK(by(GroupBy::organisation).items.size() == 1);
  CHECK(group(by(GroupBy::agent), no_key()).opened == 1);
}

TEST_CASE("days, weeks and months are the zone's") {
  Scene scene;
  // Monday the third of March, 23:59 and 00:01 in Paris.
  scene.history.open({}, {{}, 13h + 59min});
  scene.history.open({}, {{}, 14h + 1min});
  const auto now = scene.now();
  auto query = report_query(ReportKind::volume, {GroupBy::day});
  const auto days = rows_of<VolumeMeasures>(*now, query);
  REQUIRE(days.items.size() == 2);
  CHECK(days.items[0].key == key("2025-03-03"));
  CHECK(days.items[1].key == key("2025-03-04"));
  query.group_by = {GroupBy::month, GroupBy::week};
  const auto months = rows_of<VolumeMeasures>(*now, query);
  REQUIRE(months.items.size() == 1);
  CHECK(months.items[0].key == GroupKey{GroupPart("2025-03"), GroupPart("2025-03-03")});
  query.group_by = {GroupBy::day};
  query.time_zone = "America/New_York";
  CHECK(rows_of<VolumeMeasures>(*now, query).items.size() == 1);
}

TEST_CASE("time spent is the sessions' time, on how many tickets, and how it is distributed") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne"), bob = h.agent("Bob");
  const auto a = h.open(), b = h.open();
  h.message(a, {}, {agent(anne), 100min});
  h.message(a, {}, {agent(anne), 108min});
  h.message(b, {}, {agent(anne), 200min});
  h.message(b, {}, {agent(bob), 200min});
  const auto now = scene.now();
  const auto rows = rows_of<TimeSpentMeasures>(*now, report_query(ReportKind::time_spent, {GroupBy::agent}));
  CHECK(group(rows, key(anne.value)) == TimeSpentMeasures{12min, 2, 2, 2min, 10min});
  CHECK(group(rows, key(bob.value)) == TimeSpentMeasures{2min, 1, 1, 2min, 2min});
  CHECK(rows.totals == TimeSpentMeasures{14min, 3, 2, 4min, 10min});
  SECTION("one agent's alone") {
    auto query = report_query(ReportKind::time_spent, {GroupBy::agent});
    query.only_agent = bob;
    const auto own = rows_of<TimeSpentMeasures>(*now, query);
    CHECK(own.items.size() == 1);
    CHECK(own.totals.worked_ms == 2min);
  }
  SECTION("a range cuts a session") {
    const auto part = between(report_query(ReportKind::time_spent, {GroupBy::agent}), 100min, 104min);
    CHECK(rows_of<TimeSpentMeasures>(*now, part).totals == TimeSpentMeasures{4min, 1, 1, 4min, 4min});
  }
}

TEST_CASE("a session over midnight counts in either day, and once in all") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto id = h.open();
  h.message(id, {}, {agent(anne), 13h + 55min});
  h.message(id, {}, {agent(anne), 14h + 9min});
  const auto now = scene.now();
  const auto rows = rows_of<TimeSpentMeasures>(*now, report_query(ReportKind::time_spent, {GroupBy::day}));
  REQUIRE(rows.items.size() == 2);
  CHECK(group(rows, key("2025-03-03")) == TimeSpentMeasures{7min, 1, 1, 7min, 7min});
  CHECK(group(rows, key("2025-03-04")) == TimeSpentMeasures{9min, 1, 1, 9min, 9min});
  CHECK(rows.totals == TimeSpentMeasures{16min, 1, 1, 16min, 16min});
  const auto months = rows_of<TimeSpentMeasures>(*now, report_query(ReportKind::time_spent, {GroupBy::month}));
  CHECK(group(months, key("2025-03")).sessions == 1);
}

TEST_CASE("a session costs the type that its ticket had at the end of it") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto id = h.open();
  h.message(id, {}, {agent(anne), 100min});
  h.on(id, TicketClassified{{}, {{}, "phone", ""}}, {agent(anne), 105min});
  h.on(id, TicketClassified{{}, {{}, "network", ""}}, {{}, 200min});
  const auto rows =
      rows_of<TimeSpentMeasures>(*scene.now(), report_query(ReportKind::time_spent, {GroupBy::request_type}));
  REQUIRE(rows.items.size() == 1);
  CHECK(rows.items[0].key == key("phone"));
  CHECK(rows.totals.worked_ms == 7min);
}

TEST_CASE("what a merge absorbed stays with the absorbed ticket, and counts once") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto a = h.open(), b = h.open();
  h.message(a, {}, {agent(anne), 100min});
  h.message(b, {}, {agent(anne), 200min});
  h.merge(a, b);
  const auto totals = rows_of<TimeSpentMeasures>(*scene.now(), report_query(ReportKind::time_spent)).totals;
  CHECK(totals.worked_ms == 4min);
  CHECK(totals.tickets == 2);
}

TEST_CASE("agents are counted by what they did themselves") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne"), bob = h.agent("Bob");
  const auto paul = h.contact("Paul");
  const auto id = h.open({}, {contact(paul), 0min});
  h.on(id, TicketAssigned{{}, anne, AssignCause::claimed}, {agent(anne), 100min});
  h.message(id, {}, {agent(anne), 101min});
  h.message(id, {}, {agent(anne), 102min});
  h.message(id, {Visibility::internal, {"note"}}, {agent(anne), 103min});
  h.on(id, TicketAssigned{anne, bob, AssignCause::taken_over}, {agent(bob), 200min});
  h.message(id, {}, {agent(bob), 201min});
  h.on(id, TicketClosed{fresh, done, {}}, {agent(bob), 202min});
  const auto rows = rows_of<AgentsMeasures>(*scene.now(), report_query(ReportKind::agents, {GroupBy::agent}));
  // No target applied: how fast the first answer was is known nevertheless.
  CHECK(group(rows, key(anne.value)) == AgentsMeasures{2, 1, 101min, 101min, 0, 5min, 1});
  CHECK(group(rows, key(bob.value)) == AgentsMeasures{1, 0, {}, {}, 1, 4min, 0});
  CHECK(rows.totals == AgentsMeasures{3, 1, 101min, 101min, 1, 9min, 1});
}

TEST_CASE("what a message says with its opening is no answer, nor is a closing without words") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  TicketOpened opened;
  opened.number = "7";
  opened.status = fresh;
  opened.priority = normal;
  const TicketId id{h.tail().value + 1};
  h.commit({{stream_of(id), TicketEvent(opened)}, {stream_of(id), TicketEvent(MessagePosted{{}, {"hello"}, 1})}},
           {agent(anne), 0min});
  h.on(id, TicketClosed{fresh, done, {}}, {agent(anne), 10min});
  const auto totals = rows_of<AgentsMeasures>(*scene.now(), report_query(ReportKind::agents)).totals;
  CHECK(totals.answers == 0);
  CHECK(totals.first_responses == 0);
  CHECK(totals.closings == 1);
  CHECK(rows_of<VolumeMeasures>(*scene.now(), report_query(ReportKind::volume)).totals.messages_out == 1);
}

TEST_CASE("a ticket that its agent gave up was reassigned, one that a merge took from them was not") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto id = h.open();
  h.on(id, TicketAssigned{{}, anne, AssignCause::claimed});
  h.on(id, TicketUnassigned{anne, UnassignCause::merged});
  h.on(id, TicketAssigned{{}, anne, AssignCause::unmerged});
  h.on(id, TicketAssigned{anne, anne, AssignCause::assigned});
  h.on(id, TicketUnassigned{anne});
  const auto rows = rows_of<AgentsMeasures>(*scene.now(), report_query(ReportKind::agents, {GroupBy::agent}));
  CHECK(group(rows, key(anne.value)).reassignments == 1);
}

TEST_CASE("the backlog is what stands open now, by age, overdue and past its due date") {
  Scene scene;
  History& h = scene.history;
  h.targets({{"normal", 60min, 0min, 0min, 100h}});
  const auto front = h.team("Front");
  const auto day = std::chrono::hours{24};
  TicketOpened opened;
  opened.team = front;
  opened.due_at = nine + 2h;
  const auto of_front = h.open(opened, {{}, 0min});
  const auto answered = h.open({}, {{}, 0min});
  h.message(answered, {}, {agent(h.agent("Anne")), 10min});
  const auto closed = h.open(), merged_away = h.open(), removed = h.open();
  h.on(closed, TicketClosed{fresh, done, {}});
  h.merge(merged_away, answered);
  h.on(removed, TicketDeleted{fresh, deleted, {}});
  auto query = report_query(ReportKind::backlog, {GroupBy::team});
  query.now = nine + 2 * day;
  auto rows = rows_of<BacklogMeasures>(*scene.now(), query);
  CHECK(rows.totals == BacklogMeasures{2, {0, 2, 0, 0, 0}, 1, 1, 2 * day, 2 * day});
  CHECK(group(rows, key(front.value)) == BacklogMeasures{1, {0, 1, 0, 0, 0}, 1, 1, 2 * day, 2 * day});
  CHECK(group(rows, no_key()).overdue == 0);
  SECTION("what comes back is in it again") {
    h.on(closed, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1});
    h.unmerge(merged_away, answered);
    h.on(removed, TicketRestored{deleted, fresh, {}});
    CHECK(rows_of<BacklogMeasures>(*scene.now(), query).totals.open == 5);
  }
  SECTION("ages have their bounds on the older side") {
    const std::pair<int, Count AgeMeasures::*> bounds[] = {{1, &AgeMeasures::under_3_days},
                                                           {3, &AgeMeasures::under_7_days},
                                                           {7, &AgeMeasures::under_30_days},
                                                           {30, &AgeMeasures::older}};
    for (const auto& [days, in] : bounds) {
      query.now = nine + days * day;
      CHECK(rows_of<BacklogMeasures>(*scene.now(), query).totals.by_age.*in == 2);
    }
    query.now = nine + day - 1ms;
    CHECK(rows_of<BacklogMeasures>(*scene.now(), query).totals.by_age.under_1_day == 2);
  }
  SECTION("of those opened in a range") {
    h.open({}, {{}, 120min});
    query.from = nine + 60min;
    CHECK(rows_of<BacklogMeasures>(*scene.now(), query).totals.open == 1);
  }
  SECTION("of one agent") {
    const auto bob = h.agent("Bob");
    h.on(of_front, TicketAssigned{{}, bob, AssignCause::assigned});
    query.only_agent = bob;
    CHECK(rows_of<BacklogMeasures>(*scene.now(), query).totals.open == 1);
  }
}

TEST_CASE("a report is of the position of its snapshot") {
  Scene scene;
  scene.history.open();
  const auto before = scene.now();
  scene.history.open();
  const auto after = scene.now();
  const auto query = report_query(ReportKind::volume);
  CHECK(rows_of<VolumeMeasures>(*before, query).totals.opened == 1);
  CHECK(rows_of<VolumeMeasures>(*after, query).totals.opened == 2);
}

TEST_CASE("a report that would be too large is refused, with the limit that it passed") {
  Scene scene;
  for (int i = 0; i < 3; ++i) scene.history.open({}, {{}, std::chrono::hours{24} * i});
  const auto now = scene.now();
  const auto refused = [&](ReportLimits limits) {
    auto query = report_query(ReportKind::volume, {GroupBy::day});
    query.limits = limits;
    const auto answer = now->report(query);
    return answer ? std::nullopt : std::optional(answer.error());
  };
  CHECK_FALSE(refused({3, 3}));
  CHECK(refused({2, 3}) == ReportTooLarge::groups);
  CHECK(refused({3, 2}) == ReportTooLarge::facts);
}

TEST_CASE("sessions from before the range are found as long as they reach into it") {
  Scene scene;
  History& h = scene.history;
  const auto anne = h.agent("Anne");
  const auto id = h.open();
  // Nearly four hours, in acts every ten minutes.
  for (int at = 0; at <= 230; at += 10) h.message(id, {}, {agent(anne), minute * at});
  const auto late = between(report_query(ReportKind::time_spent), 229min, 24h);
  CHECK(rows_of<TimeSpentMeasures>(*scene.now(), late).totals.worked_ms == 1min);
}

}  // namespace greffe
