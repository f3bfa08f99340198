#include "projections/replay.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "events/codec.h"
#include "events/field_json.h"
#include "projections/ticket_row.h"
#include "storage/rocksdb_log.h"
#include "tools/programs.h"
#include "tools/progress.h"
#include "tools/store.h"

namespace greffe {
namespace {

struct Arguments {
  std::string data = "./data";
  std::string ticket;
  std::string as_of;
  bool digest = false;
  bool json = false;
};

int problem(const std::string& what) {
  fmt::print(stderr, "greffe replay: {}\n", what);
  return exit_problem;
}

// --- everything -------------------------------------------------------------

Json as_json(const ReplayResult& result) {
  Json categories = Json::object();
  constexpr auto names = names_of(Category{});
  for (std::size_t i = 0; i < names.size(); ++i) categories[std::string(names[i])] = result.tickets_by_category[i];
  return {{"position", std::to_string(result.position.value)},
          {"events", result.events},
          {"tickets", result.tickets},
          {"tickets_by_category", categories},
          {"tickets_digest", result.tickets_digest}};
}

void print(const ReplayResult& result, bool digest_only) {
  if (digest_only) return fmt::print("{}\n", result.tickets_digest);
  fmt::print("{} events up to position {}, {} tickets\n", result.events, result.position.value, result.tickets);
  constexpr auto names = names_of(Category{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (result.tickets_by_category[i] > 0) fmt::print("  {:8} {}\n", names[i], result.tickets_by_category[i]);
  }
  fmt::print("tickets digest {}\n", result.tickets_digest);
}

int replay_everything(const Log& log, const Arguments& arguments, std::optional<Instant> as_of) {
  Progress progress("replaying", "events");
  const auto result =
      replay_all(log, as_of, [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
  progress.finish();
  if (!result) return problem(describe(result.error()));
  if (arguments.json) fmt::print("{}\n", as_json(*result).dump(2));
  else print(*result, arguments.digest);
  return exit_done;
}

// --- one ticket -------------------------------------------------------------

struct TicketHistory {
  std::vector<Record> records;
  std::optional<TicketRow> row;
};

Result<TicketHistory, std::string> read_ticket(const Log& log, const std::string& number,
                                               std::optional<Instant> as_of) {
  const auto found = log.lookup(IndexSpace::ticket_number, number);
  if (!found) return fail(describe(found.error()));
  TicketId id;
  if (*found) std::from_chars((*found)->data(), (*found)->data() + (*found)->size(), id.value);
  if (id.value == 0) return fail(fmt::format("there is no ticket {}", number));
  TicketHistory history;
  const auto reader = log.read_stream(stream_of(id), Version{1});
  while (reader->next()) {
    auto record = decode(reader->bytes());
    if (!record)
      return fail(
          fmt::format("the record at position {} is damaged: {}", reader->position().value, name_of(record.error())));
    if (as_of && record->envelope.occurred_at > *as_of) continue;
    const auto& event = std::get<TicketEvent>(record->event);
    // Another system may have dated a change before the opening: nothing is there to change yet.
    if (!history.row && !std::holds_alternative<TicketOpened>(event)) continue;
    if (!history.row) history.row.emplace();
    fold_ticket(*history.row, record->envelope, event);
    history.records.push_back(std::move(*record));
  }
  if (reader->failure()) return fail(describe(*reader->failure()));
  return history;
}

void print(const TicketHistory& history) {
  for (const Record& record : history.records) {
    const Envelope& e = record.envelope;
    fmt::print("{:>8} v{:<3} {:24} {:18} {}\n", e.position.value, e.version.value, to_rfc3339(e.occurred_at),
               event_name(record.event), actor_text(doer(e)));
    fmt::print("         {}\n", to_json(record.event).dump());
  }
  if (history.row) fmt::print("{}\n", field_json::render(*history.row).dump(2));
}

int replay_ticket(const Log& log, const Arguments& arguments, std::optional<Instant> as_of) {
  const auto history = read_ticket(log, arguments.ticket, as_of);
  if (!history) return problem(history.error());
  if (!history->row) return problem(fmt::format("ticket {} was not open yet at {}", arguments.ticket, arguments.as_of));
  if (arguments.json) {
    Json events = Json::array();
    for (const Record& record : history->records) events.push_back(to_json(record));
    fmt::print("{}\n", Json({{"ticket", field_json::render(*history->row)}, {"events", events}}).dump(2));
  } else {
    print(*history);
  }
  return exit_done;
}

int run(const Arguments& arguments) {
  std::optional<Instant> as_of;
  if (!arguments.as_of.empty()) {
    as_of = parse_rfc3339(arguments.as_of);
    if (!as_of) {
      fmt::print(stderr, "greffe replay: --as-of takes an instant like 2016-02-29T01:16:00Z\n");
      return exit_usage;
    }
  }
  const auto log = open_rocksdb_log(arguments.data, {.writable = false, .create = false});
  if (!log) {
    fmt::print(stderr, "greffe replay: {}\n", describe(log.error()));
    return exit_no_store;
  }
  return arguments.ticket.empty() ? replay_everything(**log, arguments, as_of) : replay_ticket(**log, arguments, as_of);
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("replay", "Fold everything, or one ticket, from the log alone");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--data", arguments->data, "Directory of the store")
      ->envname("GREFFE_DATA")
      ->capture_default_str();
  command->add_option("--ticket", arguments->ticket, "Number of one ticket, without #");
  command->add_option("--as-of", arguments->as_of, "Leave out what happened after this instant (RFC 3339)");
  command->add_flag("--digest", arguments->digest, "Print only the digest over all tickets");
  command->add_flag("--json", arguments->json, "Print JSON");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
