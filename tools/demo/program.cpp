#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tools/demo/simulation.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

struct Arguments {
  std::string data = "./data";
  std::uint64_t seed = 1;
  std::size_t tickets = 1'500;
  unsigned months = 6;
};

int run(const Arguments& arguments) {
  const Instant end = SystemClock().now();
  const Instant start = end - std::chrono::days(30) * arguments.months;
  demo::StoryClock clock(start);
  auto store = Store::open(arguments.data, {}, clock,
                           [](const std::string& failure) { fmt::print(stderr, "greffe demo: {}\n", failure); });
  if (!store) {
    fmt::print(stderr, "greffe demo: {}\n", store.error());
    return exit_no_store;
  }
  const auto untouched = demo::is_untouched((*store)->log());
  if (!untouched) {
    fmt::print(stderr, "greffe demo: {}\n", describe(untouched.error()));
    return exit_no_store;
  }
  if (!*untouched) {
    fmt::print(stderr, "greffe demo: {} holds people or tickets already; the demo goes into an empty store only\n",
               arguments.data);
    return exit_problem;
  }
  Progress progress("playing", "tickets");
  const auto played = demo::simulate((*store)->writer(), clock, {arguments.seed, arguments.tickets, start, end},
                                     [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
  progress.finish();
  if (!played) {
    fmt::print(stderr, "greffe demo: {}\n", played.error());
    return exit_problem;
  }
  if (auto caught_up = (*store)->views().catch_up({}); !caught_up) {
    fmt::print(stderr, "greffe demo: {}\n", describe(caught_up.error()));
    return exit_problem;
  }
  fmt::print("{} tickets over {} months: {} commands, {} events in {}\n", arguments.tickets, arguments.months,
             played->commands, played->events, arguments.data);
  return exit_done;
}

}  // namespace

void add_demo(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("demo", "Fill an empty store with months of believable history");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--data", arguments->data, "Directory of the store")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "Equal seeds tell equal stories")->capture_default_str();
  command->add_option("--tickets", arguments->tickets, "How many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--months", arguments->months, "How far back they reach")
      ->check(CLI::Range(1, 120))
      ->capture_default_str();
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
