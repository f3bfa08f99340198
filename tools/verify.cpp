#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "events/json.h"
#include "storage/check_log.h"
#include "storage/rocksdb_log.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

struct Arguments {
  std::string data = "./data";
  bool json = false;
};

void print_text(const LogCheck& check) {
  for (const LogFinding& finding : check.findings) {
    if (finding.position.value == 0) fmt::print("found: {}\n", finding.text);
    else fmt::print("found at position {}: {}\n", finding.position.value, finding.text);
  }
  if (!check.complete) fmt::print("gave up after {} findings\n", log_findings_max);
  fmt::print("{} events in {} commits and {} streams, {} bytes\n", check.entries, check.commits, check.streams,
             check.bytes);
  fmt::print("digest {}\n{}\n", check.digest, check.sound() ? "the log is sound" : "the log is NOT sound");
}

void print_json(const LogCheck& check) {
  Json findings = Json::array();
  for (const LogFinding& finding : check.findings) {
    findings.push_back({{"position", std::to_string(finding.position.value)}, {"text", finding.text}});
  }
  const Json out = {{"sound", check.sound()},   {"complete", check.complete}, {"events", check.entries},
                    {"commits", check.commits}, {"streams", check.streams},   {"bytes", check.bytes},
                    {"digest", check.digest},   {"findings", findings}};
  fmt::print("{}\n", out.dump(2));
}

int run(const Arguments& arguments) {
  const auto log = open_rocksdb_log(arguments.data, {.writable = false, .create = false});
  if (!log) {
    fmt::print(stderr, "greffe verify: {}\n", describe(log.error()));
    return exit_no_store;
  }
  Progress progress("verifying", "steps");
  const LogCheck check = check_log(**log, [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
  progress.finish();
  if (arguments.json) print_json(check);
  else print_text(check);
  return check.sound() ? exit_done : exit_problem;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("verify", "Check the whole log, offline: every record, every index; exit code 1 if not sound");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--data", arguments->data, "Directory of the store")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "Print the result as JSON");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
