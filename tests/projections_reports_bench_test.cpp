// Reports over a hundred thousand facts. Hidden: run `test_projections "measure the reports*"` of a
// release build.
#include <time.h>

#include <cstdio>
#include <random>

#include "projections/view_set.h"
#include "tests/projections_reports.h"

namespace greffe {
namespace {

using namespace projections_test;

// This thread's own time, so that other work on the machine does not count.
double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Twenty thousand tickets of six months: each is opened, given to a team and an agent, answered
// twice, and closed.
void write_history(History& h) {
  std::mt19937_64 random(1);
  const auto below = [&](std::uint64_t end) { return random() % end; };
  h.targets({{"normal", minute * 60, minute * 60, minute * 600, minute * 6000}});
  std::vector<AgentId> agents;
  std::vector<TeamId> teams;
  for (int i = 0; i < 50; ++i) agents.push_back(h.agent("agent"));
  for (int i = 0; i < 10; ++i) teams.push_back(h.team("team"));
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const AgentId anne = agents[below(agents.size())];
    const Milliseconds opened = minutes(i * 13);
    const auto how = [&](std::uint64_t later) { return History::How{agent(anne), opened + minutes(later)}; };
    TicketOpened event;
    event.team = teams[below(teams.size())];
    event.classification.category = {"root" + std::to_string(below(8)), "leaf" + std::to_string(below(10))};
    event.classification.request_type = "type" + std::to_string(below(12));
    const auto id = h.open(event, {{}, opened});
    h.on(id, TicketAssigned{{}, anne, AssignCause::claimed}, how(10));
    h.message(id, {}, how(10 + below(90)));
    h.message(id, {}, how(100));
    h.on(id, TicketClosed{fresh, done, {}}, how(100 + below(1000)));
  }
}

// What folding and writing costs by each view, alone.
void measure_views(const History& history) {
  TemporaryDirectory dir;
  const auto set = ViewSet::open(dir.path() / "alone", {});
  REQUIRE(set);
  for (View* view : (*set)->all()) {
    const double begun = cpu_us();
    const auto batch = (*set)->store()->batch();
    for (const Record& record : history.records()) {
      view->apply(record);
      if (record.envelope.position.value % 4096 != 0 && record.envelope.position != history.tail()) continue;
      view->flush(*batch, record.envelope.position);
      must((*set)->store()->write(*batch));
    }
    std::printf("%-10s %6.2f us an event\n", std::string(view->name()).c_str(),
                (cpu_us() - begun) / static_cast<double>(history.tail().value));
  }
}

}  // namespace

TEST_CASE("measure the reports", "[.bench]") {
  Scene scene;
  write_history(scene.history);
  measure_views(scene.history);
  const auto now = scene.now();
  const std::pair<ReportKind, std::vector<GroupBy>> asked[] = {{ReportKind::volume, {GroupBy::day}},
                                                               {ReportKind::volume, {GroupBy::category}},
                                                               {ReportKind::time_spent, {GroupBy::request_type}},
                                                               {ReportKind::sla, {GroupBy::priority}},
                                                               {ReportKind::agents, {GroupBy::agent}},
                                                               {ReportKind::backlog, {GroupBy::team}}};
  for (const auto& [kind, group_by] : asked) {
    const double start = cpu_us();
    const auto answer = now->report(report_query(kind, group_by));
    const double took_ms = (cpu_us() - start) / 1e3;
    REQUIRE(answer);
    std::printf("%-10s by %-12s %8.1f ms\n", std::string(name_of(kind)).c_str(),
                std::string(name_of(group_by[0])).c_str(), took_ms);
  }
}

}  // namespace greffe
