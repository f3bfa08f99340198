#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "tools/bench/floor.h"
#include "tools/bench/measures.h"
#include "tools/bench/report.h"
#include "tools/programs.h"

namespace greffe {
namespace {

struct Arguments {
  std::string dir;
  std::vector<std::string> only;
  std::size_t tickets = 10'000;
  std::size_t connections = 64;
  unsigned seconds = 5;
  std::string json;
  std::string floor;
  std::size_t floor_bytes = 0;
};

using Measure = bench::Figures (*)(const bench::MeasureOptions&);
constexpr std::pair<const char*, Measure> measures[] = {
    {"S1", bench::durable_commands}, {"S3", bench::engine_append}, {"S4", bench::audit_replay}, {"S6", bench::queries}};

bool wanted(const Arguments& arguments, const char* id) {
  return arguments.only.empty() || std::find(arguments.only.begin(), arguments.only.end(), id) != arguments.only.end();
}

int measure(const Arguments& arguments, const std::filesystem::path& dir) {
  const bench::MeasureOptions options{dir, arguments.tickets, arguments.connections,
                                      std::chrono::seconds(arguments.seconds)};
  const bench::Machine machine = bench::describe_machine(dir);
  std::vector<bench::Figure> figures;
  bool sound = true;
  for (const auto& [id, run] : measures) {
    if (!wanted(arguments, id)) continue;
    fmt::print(stderr, "measuring {} …\n", id);
    const auto measured = run(options);
    if (!measured) {
      fmt::print(stderr, "greffe bench: {}: {}\n", id, measured.error());
      return exit_problem;
    }
    for (const bench::Figure& figure : *measured) {
      figures.push_back(figure);
      sound = sound && figure.sound;
    }
  }
  fmt::print("{}", bench::as_table(machine, figures));
  if (!arguments.json.empty()) std::ofstream(arguments.json) << bench::as_json(machine, figures);
  return sound ? exit_done : exit_problem;
}

int run(const Arguments& arguments) {
  if (arguments.floor == "put") return bench::serve_synced_puts(arguments.dir, arguments.floor_bytes);
  if (arguments.floor == "get") return bench::serve_bytes(arguments.dir);
  std::string dir = (arguments.dir.empty() ? std::string("/var/tmp") : arguments.dir) + "/greffe-bench-XXXXXX";
  if (::mkdtemp(dir.data()) == nullptr) {
    fmt::print(stderr, "greffe bench: cannot make a directory like {}\n", dir);
    return exit_problem;
  }
  const int exit_code = measure(arguments, dir);
  std::filesystem::remove_all(dir);
  return exit_code;
}

}  // namespace

void add_bench(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "bench", "Measure this build on this machine, beside the floors; exit code 1 if a check fails");
  auto a = std::make_shared<Arguments>();
  command->add_option("--dir", a->dir, "Where to make the stores (a real disk; default /var/tmp)");
  command->add_option("--only", a->only, "Which figures; may be repeated")
      ->check(CLI::IsMember({"S1", "S3", "S4", "S6"}));
  command->add_option("--tickets", a->tickets, "How many tickets there are")
      ->check(CLI::Range(100, 2'000'000))
      ->capture_default_str();
  command->add_option("--connections", a->connections, "Keep-alive connections")
      ->check(CLI::Range(1, 128))
      ->capture_default_str();
  command->add_option("--seconds", a->seconds, "How long each figure is measured")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  command->add_option("--json", a->json, "Write the figures to this file as well");
  // The floors are processes of their own, started by the measurements: not for people.
  command->add_option("--floor", a->floor)->check(CLI::IsMember({"put", "get"}))->group("");
  command->add_option("--floor-bytes", a->floor_bytes)->group("");
  command->callback([a, &exit_code] { exit_code = run(*a); });
}

}  // namespace greffe
