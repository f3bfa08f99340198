#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "http/import/importer.h"
#include "tools/import/servicenow_import.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

struct Arguments {
  std::string file;
  std::string data = "./data";
  std::string format = "ndjson";
  bool strict = false;
};

void print_bad_line(std::uint64_t number, const LineAnswer& answer) {
  std::string fields;
  for (const FieldFault& fault : answer.fields) fields += fmt::format(" {} ({})", fault.field, name_of(fault.code));
  fmt::print(stderr, "line {}: {}{}\n", number, answer.why, fields);
}

int import_ndjson(Store& store, std::istream& lines, bool strict) {
  Importer importer(store.writer());
  Progress progress("importing", "lines");
  const auto report = import_lines(importer, lines, {strict}, [&](std::uint64_t number, const LineAnswer& answer) {
    progress.show(number, 0);
    if (answer.outcome != LineOutcome::failed) return;
    progress.finish();
    print_bad_line(number, answer);
  });
  progress.finish();
  fmt::print("{} lines: {} appended {} events, {} changed nothing, {} failed{}\n", report.lines, report.appended,
             report.events, report.unchanged, report.failed, report.stopped ? "; stopped before the end" : "");
  return report.failed == 0 && !report.stopped ? exit_done : exit_problem;
}

int run(const Arguments& arguments) {
  std::ifstream file;
  if (arguments.file != "-") {
    file.open(arguments.file, std::ios::binary);
    if (!file) {
      fmt::print(stderr, "greffe import: cannot read {}\n", arguments.file);
      return exit_problem;
    }
  }
  std::istream& in = arguments.file == "-" ? std::cin : file;
  const SystemClock clock;
  auto store = Store::open(arguments.data, {}, clock,
                           [](const std::string& failure) { fmt::print(stderr, "greffe import: {}\n", failure); });
  if (!store) {
    fmt::print(stderr, "greffe import: {}\n", store.error());
    return exit_no_store;
  }
  if (arguments.format == "servicenow") return import_servicenow(**store, arguments.file, in, arguments.strict);
  return import_ndjson(**store, in, arguments.strict);
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("import", "Take over another system's history; a repeated import changes nothing");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("file", arguments->file, "What to import; - for standard input")->required();
  command->add_option("--data", arguments->data, "Directory of the store")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->add_option("--format", arguments->format, "ndjson: one command a line; servicenow: incident log as CSV")
      ->check(CLI::IsMember({"ndjson", "servicenow"}))
      ->capture_default_str();
  command->add_flag("--strict", arguments->strict, "Stop at the first bad line instead of skipping it");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
