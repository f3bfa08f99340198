#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "commands/ticket/check_snapshots.h"
#include "events/json.h"
#include "storage/check_blobs.h"
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
  bool without_documents = false;
};

// What was looked at; documents are absent where they were not asked for.
struct Check {
  LogCheck log;
  std::optional<BlobsCheck> documents;

  bool sound() const { return log.sound() && (!documents || documents->sound()); }
};

void print_findings(const std::vector<LogFinding>& findings, bool complete) {
  for (const LogFinding& finding : findings) {
    if (finding.position.value == 0) fmt::print("found: {}\n", finding.text);
    else fmt::print("found at position {}: {}\n", finding.position.value, finding.text);
  }
  if (!complete) fmt::print("gave up after {} findings\n", log_findings_max);
}

void print_text(const Check& check) {
  const LogCheck& log = check.log;
  print_findings(log.findings, log.complete);
  fmt::print("{} events in {} commits and {} streams, {} bytes\n", log.entries, log.commits, log.streams, log.bytes);
  fmt::print("digest {}\n{}\n", log.digest, log.sound() ? "the log is sound" : "the log is NOT sound");
  if (!check.documents) return;
  const BlobsCheck& documents = *check.documents;
  print_findings(documents.findings, documents.complete);
  fmt::print("{} documents in {} blobs, {} bytes\n{}\n", documents.documents, documents.blobs, documents.bytes,
             documents.sound() ? "the documents are sound" : "the documents are NOT sound");
}

Json json_of(const std::vector<LogFinding>& findings) {
  Json all = Json::array();
  for (const LogFinding& finding : findings) {
    all.push_back({{"position", std::to_string(finding.position.value)}, {"text", finding.text}});
  }
  return all;
}

void print_json(const Check& check) {
  const LogCheck& log = check.log;
  Json out = {{"sound", check.sound()}, {"complete", log.complete},         {"events", log.entries},
              {"commits", log.commits}, {"streams", log.streams},           {"bytes", log.bytes},
              {"digest", log.digest},   {"findings", json_of(log.findings)}};
  if (const auto& documents = check.documents) {
    out["documents"] = {{"sound", documents->sound()},       {"complete", documents->complete},
                        {"documents", documents->documents}, {"blobs", documents->blobs},
                        {"bytes", documents->bytes},         {"findings", json_of(documents->findings)}};
  }
  fmt::print("{}\n", out.dump(2));
}

BlobsCheck check_documents(const Log& log, const std::filesystem::path& data) {
  Progress progress("reading documents", "blobs");
  const auto blobs = BlobStore::open_to_read(data / "blobs");
  return check_blobs(log, *blobs, [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
}

int run(const Arguments& arguments) {
  const auto log = open_rocksdb_log(arguments.data, {.writable = false, .create = false});
  if (!log) {
    fmt::print(stderr, "greffe verify: {}\n", describe(log.error()));
    return exit_no_store;
  }
  Progress progress("verifying", "steps");
  Check check;
  SnapshotCheck snapshots(**log);
  check.log = check_log(
      **log, [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); },
      [&](const Record& record) { snapshots.feed(record); });
  progress.finish();
  const auto differing = snapshots.findings();
  check.log.findings.insert(check.log.findings.end(), differing.begin(), differing.end());
  if (!arguments.without_documents) check.documents = check_documents(**log, arguments.data);
  if (arguments.json) print_json(check);
  else print_text(check);
  return check.sound() ? exit_done : exit_problem;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("verify",
                         "Check the whole log, offline: every record, every index, and the bytes of every document; "
                         "exit code 1 if not sound");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--data", arguments->data, "Directory of the store")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "Print the result as JSON");
  command->add_flag("--no-documents", arguments->without_documents,
                    "Leave the documents out: for a log without its blobs, or to save the time to read them");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
