#include <fmt/format.h>

#include <fstream>

#include "tools/bench/child.h"
#include "tools/bench/dataset.h"
#include "tools/bench/measures.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

constexpr std::string_view token = "bench-token-that-guards-nothing";

struct QuerySet {
  std::string what;
  std::vector<std::string> targets;
};

std::vector<QuerySet> query_sets(const Dataset& data) {
  QuerySet detail{"ticket detail, any ticket", {}};
  for (std::size_t i = 0; i < data.numbers.size(); ++i) detail.targets.push_back("/v1/tickets/" + data.numbers[i]);
  QuerySet tabs{"first page of every tab", {}};
  for (const char* view : {"open", "closed", "unassigned"})
    tabs.targets.push_back(fmt::format("/v1/tickets?view={}", view));
  QuerySet filtered{"first page, any filter and any sort", {}};
  for (const char* view : {"open", "closed"}) {
    for (const char* sort :
         {"-opened_at", "opened_at", "-priority,opened_at", "title", "contact", "-updated_at", "assignee,number"}) {
      for (const TeamId team : data.teams) {
        for (const AgentId agent : data.agents) {
          filtered.targets.push_back(
              fmt::format("/v1/tickets?view={}&sort={}&team={}&assignee={}", view, sort, team.value, agent.value));
        }
        for (const char* priority : {"normal", "high", "critical"}) {
          filtered.targets.push_back(
              fmt::format("/v1/tickets?view={}&sort={}&team={}&priority={}", view, sort, team.value, priority));
        }
      }
    }
  }
  return {detail, tabs, filtered};
}

Result<LoadResult, std::string> load_queries(std::uint16_t port, const MeasureOptions& options, const QuerySet& set,
                                             std::string& mean_body) {
  std::size_t sent = 0;
  std::vector<std::string> requests;
  for (const std::string& target : set.targets) requests.push_back(http_request("GET", target, token, ""));
  std::string longest;
  std::uint64_t bytes = 0, answers = 0;
  auto load = run_load(
      {port, options.connections, Milliseconds(500), options.measure_ms},
      // A prime stride visits the targets in an order that no cache of neighbours likes.
      [&](std::size_t, std::string& out) { out = requests[(sent++ * 7919) % requests.size()]; },
      [&](std::size_t, int, std::string_view body) {
        ++answers;
        bytes += body.size();
        if (body.size() > longest.size()) longest = body;
      });
  // The floor sends as many bytes an answer as these answers had on average.
  mean_body = longest.substr(0, answers == 0 ? 0 : bytes / answers);
  return load;
}

Result<LoadResult, std::string> floor_load(const MeasureOptions& options, const std::string& body) {
  const auto file = options.dir / "s6-floor-body";
  std::ofstream(file, std::ios::binary) << body;
  const auto child = Child::start(this_program, {"bench", "--floor", "get", "--dir", file}, {});
  if (!child) return fail(child.error());
  const std::string request = http_request("GET", "/get", token, "");
  return run_load(
      {(*child)->port(), options.connections, Milliseconds(500), options.measure_ms},
      [&](std::size_t, std::string& out) { out = request; }, [](std::size_t, int, std::string_view) {});
}

}  // namespace

Figures queries(const MeasureOptions& options) {
  const auto dir = options.dir / "s6";
  Dataset data;
  const SystemClock clock;
  {
    auto store = Store::open(dir, {}, clock, [](const std::string&) {});
    if (!store) return fail(store.error());
    auto made = populate((*store)->writer(), options.tickets);
    if (!made) return fail(made.error());
    data = std::move(*made);
    if (auto caught_up = (*store)->views().catch_up({}); !caught_up) return fail(describe(caught_up.error()));
  }
  const auto child = Child::start(this_program, {"serve", "--data", dir, "--port", "0"},
                                  {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
  if (!child) return fail(child.error());
  std::vector<Figure> figures;
  for (const QuerySet& set : query_sets(data)) {
    std::string body;
    const auto load = load_queries((*child)->port(), options, set, body);
    if (!load) return fail(set.what + ": " + load.error());
    Figure figure{.id = "S6",
                  .what = fmt::format("{} ({} different), {} tickets, answers of {} bytes on average, {} connections",
                                      set.what, set.targets.size(), options.tickets, body.size(), options.connections),
                  .unit = "queries/s",
                  .floor = "bare cpp-httplib sending the same bytes",
                  .target_ratio = 0.6};
    take_load(figure, *load);
    figure.sound = load->failures == 0;
    figure.check = fmt::format("{} answers, {} of them not 2xx", load->answers, load->failures);
    const auto floor = floor_load(options, body);
    if (!floor) return fail("floor of " + set.what + ": " + floor.error());
    figure.check += fmt::format("; connections closed instead of an answer: {} here, {} by the floor", load->reconnects,
                                floor->reconnects);
    figure.floor_per_second = floor->per_second();
    figure.floor_p99_ms = floor->percentile_ms(0.99);
    figures.push_back(figure);
  }
  return figures;
}

}  // namespace greffe::bench
