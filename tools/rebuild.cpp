#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "projections/views.h"
#include "storage/rocksdb_log.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

int report(const Views::Rebuilt& rebuilt) {
  int exit_code = exit_done;
  for (std::size_t i = 0; i < rebuilt.after.by_view.size(); ++i) {
    const auto& [view, after] = rebuilt.after.by_view[i];
    const std::string& before = rebuilt.before.by_view.at(i).second;
    fmt::print("{:14} {} {}\n", view, after, before == after ? "as before" : "was " + before);
  }
  fmt::print("{:14} {} at position {}\n", "all views", rebuilt.after.all, rebuilt.after.position.value);
  if (rebuilt.before.all != rebuilt.after.all) {
    fmt::print("the views differed from what the log says; the rebuilt ones are live now\n");
    exit_code = exit_problem;
  }
  return exit_code;
}

int run(const std::string& data) {
  // The lock on the log keeps a serving process and this one apart.
  const auto log = open_rocksdb_log(data, {.writable = true, .create = false});
  if (!log) {
    fmt::print(stderr, "greffe rebuild: {}\n", describe(log.error()));
    return exit_no_store;
  }
  auto views = Views::open(data, **log, {.follow = false}, [](const ViewFailure& failure) {
    fmt::print(stderr, "greffe rebuild: {}\n", describe(failure));
  });
  if (!views) {
    fmt::print(stderr, "greffe rebuild: {}\n", describe(views.error()));
    return exit_no_store;
  }
  Progress progress("rebuilding", "events");
  const auto show = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  auto caught_up = (*views)->catch_up(show);
  if (!caught_up) {
    fmt::print(stderr, "greffe rebuild: {}\n", describe(caught_up.error()));
    return exit_problem;
  }
  const auto rebuilt = (*views)->rebuild(show);
  progress.finish();
  if (!rebuilt) {
    fmt::print(stderr, "greffe rebuild: {}\n", describe(rebuilt.error()));
    return exit_problem;
  }
  return report(*rebuilt);
}

}  // namespace

void add_rebuild(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "rebuild", "Build all views anew from the log and swap them in; exit code 1 if the old ones differed");
  auto data = std::make_shared<std::string>("./data");
  command->add_option("--data", *data, "Directory of the store, which no server may be using")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->callback([data, &exit_code] { exit_code = run(*data); });
}

}  // namespace greffe
