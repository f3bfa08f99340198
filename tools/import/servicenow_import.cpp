#include "tools/import/servicenow_import.h"

#include <fmt/format.h>

#include <map>

#include "http/import/importer.h"
#include "tools/import/servicenow.h"
#include "tools/programs.h"
#include "tools/progress.h"

namespace greffe {
namespace {

using servicenow::BadRow;
using servicenow::Row;

struct Account {
  std::uint64_t rows = 0, with_events = 0, known = 0, no_change = 0, bad = 0;
  std::uint64_t events = 0, directory_events = 0;
  bool stopped = false;
};

class RowImport {
 public:
  RowImport(Store& store, bool strict) : importer_(store.writer()), strict_(strict), progress_("importing", "rows") {}

  void row(const Row& row) {
    if (account_.stopped) return;
    ++account_.rows;
    progress_.show(account_.rows, 0);
    audit_.add(row);
    const std::size_t ordinal = ++rows_of_[row.number];
    const auto steps = converter_.convert(row);
    if (!steps) return bad({row.line, steps.error()});
    apply(row, ordinal, *steps);
  }

  void bad(const BadRow& bad) {
    if (account_.stopped) return;
    ++account_.bad;
    progress_.finish();
    fmt::print(stderr, "line {}: {}\n", bad.line, bad.why);
    account_.stopped = strict_;
  }

  // A row that could not be read at all still is a row of the source.
  void unreadable(const BadRow& bad_row) {
    ++account_.rows;
    bad(bad_row);
  }

  void finish() { progress_.finish(); }
  const Account& account() const { return account_; }
  const servicenow::CounterAudit& audit() const { return audit_; }

 private:
  void apply(const Row& row, std::size_t ordinal, const std::vector<servicenow::Step>& steps) {
    std::size_t events = 0;
    bool failed = false;
    for (const auto& step : steps) {
      const bool entry = !step.line.contains("ticket");
      // What a row refers to may come with any row; its id must not depend on which.
      const std::string id =
          entry ? "servicenow/" + step.id : fmt::format("servicenow/{}/{}/{}", row.number, ordinal, step.id);
      const LineAnswer answer = importer_.apply(step.line.dump(), id);
      (entry ? account_.directory_events : account_.events) += answer.events;
      if (!entry) events += answer.events;
      if (answer.outcome != LineOutcome::failed) continue;
      failed = true;
      account_.stopped = account_.stopped || answer.store_failed;
      std::string why = fmt::format("{}: {}", step.id, answer.why);
      for (const FieldFault& fault : answer.fields) why += fmt::format(" {} ({})", fault.field, name_of(fault.code));
      progress_.finish();
      fmt::print(stderr, "line {}: {}\n", row.line, why);
    }
    if (failed) {
      ++account_.bad;
      account_.stopped = account_.stopped || strict_;
    } else if (steps.empty()) {
      ++account_.no_change;
    } else {
      ++(events > 0 ? account_.with_events : account_.known);
    }
  }

  Importer importer_;
  bool strict_;
  Progress progress_;
  servicenow::Converter converter_;
  servicenow::CounterAudit audit_;
  std::map<std::string, std::size_t> rows_of_;
  Account account_;
};

// Adds the source's statuses to the store's, leaving what is there.
Result<void, std::string> add_statuses(Writer& writer) {
  StatusesDefined wanted = writer.settings()->statuses;
  bool added = false;
  for (const Status& status : servicenow::statuses()) {
    if (find_status(*writer.settings(), status.key) != nullptr) continue;
    wanted.statuses.push_back(status);
    added = true;
  }
  if (!added) return {};
  CommandRequest request;
  request.command = ReplaceSettings{wanted};
  request.actor = {ActorKind::importer, 0};
  const auto answer = writer.submit(std::move(request));
  if (!answer) return fail(fmt::format("the source's statuses were refused: {}", answer.error().detail));
  return {};
}

// Holds the counters that the views computed from the events against the source's own.
void compare_counters(Store& store, const servicenow::CounterAudit& audit) {
  const auto snapshot = store.views().snapshot();
  std::size_t equal = 0;
  for (const auto& [number, source] : audit.by_incident()) {
    const auto id = store.writer().find_external(StreamKind::ticket, number);
    const auto ticket = id && *id ? snapshot->ticket(TicketId{**id}) : std::nullopt;
    if (!ticket) {
      fmt::print("{}: not imported\n", number);
      continue;
    }
    if (ticket->reassignment_count == source.reassignments && ticket->reopen_count == source.reopenings) {
      ++equal;
      continue;
    }
    fmt::print("{}: reassignments {} here, {} in the source; reopenings {} here, {} in the source\n", number,
               ticket->reassignment_count, source.reassignments, ticket->reopen_count, source.reopenings);
    for (const std::string& reason : source.unexplained) fmt::print("  {}\n", reason);
  }
  fmt::print("{} of {} incidents: reassignments and reopenings equal to the source's\n", equal,
             audit.by_incident().size());
}

}  // namespace

int import_servicenow(Store& store, const std::string& name, std::istream& csv, bool strict) {
  if (auto added = add_statuses(store.writer()); !added) {
    fmt::print(stderr, "greffe import: {}\n", added.error());
    return exit_problem;
  }
  RowImport rows(store, strict);
  const auto read = servicenow::read_rows(
      name, csv, [&](const Row& row) { rows.row(row); }, [&](const BadRow& bad) { rows.unreadable(bad); });
  rows.finish();
  if (!read) {
    fmt::print(stderr, "greffe import: {} is not a ServiceNow incident log: {}\n", name, read.error());
    return exit_problem;
  }
  const Account& a = rows.account();
  fmt::print("{} rows: {} with events, {} imported before, {} without a change in a field kept here, {} bad\n", a.rows,
             a.with_events, a.known, a.no_change, a.bad);
  fmt::print("{} tickets, {} events on tickets, {} on contacts, agents and teams\n", rows.audit().by_incident().size(),
             a.events, a.directory_events);
  if (auto caught_up = store.views().catch_up({}); !caught_up) {
    fmt::print(stderr, "greffe import: {}\n", describe(caught_up.error()));
    return exit_problem;
  }
  compare_counters(store, rows.audit());
  return a.bad == 0 && !a.stopped ? exit_done : exit_problem;
}

}  // namespace greffe
