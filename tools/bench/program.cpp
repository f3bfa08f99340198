#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "tools/bench/floor.h"
#include "tools/bench/measures.h"
#include "tools/bench/report.h"
#include "tools/programs.h"

namespace greffe {
namespace {

struct Arguments {
  std::string dir;
  std::vector<std::string> only;
  std::optional<std::size_t> tickets;
  std::size_t upload_mib = 1'024;
  std::size_t connections = 64;
  unsigned seconds = 5;
  std::string json;
  std::string floor;
  std::size_t floor_bytes = 0;
};

struct Measure {
  const char* id;
  bench::Figures (*run)(const bench::MeasureOptions&);
  std::size_t tickets;  // unless asked otherwise
};
constexpr Measure measures[] = {{"S1", bench::durable_commands, 10'000}, {"S3", bench::engine_append, 10'000},
                                {"S4", bench::audit_replay, 10'000},     {"S6", bench::queries, 10'000},
                                {"merge", bench::merges, 100},           {"upload", bench::uploads, 1},
                                {"search", bench::searches, 100'000},    {"lists", bench::lists, 1'000'000}};

std::vector<std::string> measure_ids() {
  std::vector<std::string> ids;
  for (const Measure& measure : measures) ids.emplace_back(measure.id);
  return ids;
}

bool wanted(const Arguments& arguments, const char* id) {
  return arguments.only.empty() || std::find(arguments.only.begin(), arguments.only.end(), id) != arguments.only.end();
}

int measure(const Arguments& arguments, const std::filesystem::path& dir) {
  const bench::Machine machine = bench::describe_machine(dir);
  std::vector<bench::Figure> figures;
  bool sound = true;
  for (const auto& [id, run, tickets] : measures) {
    if (!wanted(arguments, id)) continue;
    fmt::print(stderr, "measuring {} …\n", id);
    const auto measured = run({dir, arguments.tickets.value_or(tickets), arguments.upload_mib, arguments.connections,
                               std::chrono::seconds(arguments.seconds)});
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
  command->add_option("--only", a->only, "Which figures; may be repeated")->check(CLI::IsMember(measure_ids()));
  command->add_option("--tickets", a->tickets, "How many tickets there are; by default as the target says")
      ->check(CLI::Range(2, 2'000'000));
  command->add_option("--upload-mib", a->upload_mib, "Size of the uploaded files")
      ->check(CLI::Range(1, 100'000))
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
