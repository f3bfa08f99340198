#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "projections/search/search.h"
#include "projections/views.h"
#include "storage/rocksdb_log.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

int failed(const std::string& what, int exit_code) {
  fmt::print(stderr, "greffe rebuild: {}\n", what);
  return exit_code;
}

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

int rebuild_views(const std::string& data, const Log& log) {
  auto views = Views::open(data, log, {.follow = false},
                           [](const ViewFailure& failure) { failed(describe(failure), exit_problem); });
  if (!views) return failed(describe(views.error()), exit_no_store);
  Progress progress("rebuilding", "events");
  const auto show = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  if (auto caught_up = (*views)->catch_up(show); !caught_up) return failed(describe(caught_up.error()), exit_problem);
  const auto rebuilt = (*views)->rebuild(show);
  progress.finish();
  return rebuilt ? report(*rebuilt) : failed(describe(rebuilt.error()), exit_problem);
}

// Digests before and after, which are one where there was no index to compare with: one that is
// absent, damaged or of another version is begun anew when it is opened.
Result<std::pair<SearchIndex::Digest, SearchIndex::Digest>, ViewFailure> rebuilt_search(SearchIndex& index) {
  Progress progress("rebuilding the search", "events");
  const auto show = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
  const bool was_there = !index.status().rebuilding;
  if (auto caught_up = index.catch_up(show); !caught_up) return fail(caught_up.error());
  auto before = index.digest();
  if (!before) return fail(before.error());
  if (!was_there) return std::pair(*before, *before);
  if (auto rebuilt = index.rebuild(show); !rebuilt) return fail(rebuilt.error());
  auto after = index.digest();
  if (!after) return fail(after.error());
  return std::pair(std::move(*before), std::move(*after));
}

int rebuild_search(const std::string& data, const Log& log) {
  auto index = SearchIndex::open(data, log, {.follow = false}, {});
  if (!index) return failed(describe_search(index.error()), exit_no_store);
  const auto digests = rebuilt_search(**index);
  if (!digests) return failed(describe_search(digests.error()), exit_problem);
  const auto& [before, after] = *digests;
  const bool same = before.documents == after.documents;
  fmt::print("{:14} {} {}\n", "search", after.documents, same ? "as before" : "was " + before.documents);
  fmt::print("{:14} {} documents at position {}\n", "search", (*index)->status().documents, after.position.value);
  if (same) return exit_done;
  fmt::print("the search differed from what the log says; the rebuilt one is live now\n");
  return exit_problem;
}

int run(const std::string& data) {
  // The lock on the log keeps a serving process and this one apart.
  const auto log = open_rocksdb_log(data, {.writable = true, .create = false});
  if (!log) return failed(describe(log.error()), exit_no_store);
  const int views = rebuild_views(data, **log);
  if (views == exit_no_store) return views;
  const int search = rebuild_search(data, **log);
  return views != exit_done ? views : search;
}

}  // namespace

void add_rebuild(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "rebuild",
      "Build all views and the search anew from the log and swap them in; exit code 1 if the old ones differed");
  auto data = std::make_shared<std::string>("./data");
  command->add_option("--data", *data, "Directory of the store, which no server may be using")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->callback([data, &exit_code] { exit_code = run(*data); });
}

}  // namespace greffe
