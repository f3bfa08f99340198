#include <fmt/format.h>

#include <chrono>

#include "projections/replay.h"
#include "storage/rocksdb_log.h"
#include "tools/bench/dataset.h"
#include "tools/bench/floor.h"
#include "tools/bench/measures.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

// So many events that a replay takes a second or more.
constexpr std::size_t events_wanted = 2'000'000;
constexpr std::string_view note =
    "Rappelé le client : la ligne fonctionne de nouveau, à surveiller jusqu'à demain midi.";

Result<void, std::string> fill(Log& log, std::size_t tickets) {
  const SystemClock clock;
  auto writer = Writer::start(log, clock, {}, [](const LogFailure&) {});
  if (!writer) return fail(describe(writer.error()));
  const auto data = populate(**writer, tickets);
  if (!data) return fail(data.error());
  CommandStream stream(**writer, 4'000);
  for (std::size_t i = 0; log.tail().value + 4'000 < events_wanted; ++i) {
    const std::size_t ticket = (i * 2 + 1) % (data->tickets.size() & ~std::size_t{1});
    const AgentId agent = data->agents[i % data->agents.size()];
    stream.submit(request_by(agent, TicketCommand(PostMessage{Visibility::internal, std::string(note)}),
                             data->tickets[ticket].value));
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());
  return {};
}

}  // namespace

Figures audit_replay(const MeasureOptions& options) {
  auto log = open_rocksdb_log(options.dir / "s4");
  if (!log) return fail(describe(log.error()));
  if (auto filled = fill(**log, options.tickets); !filled) return fail(filled.error());

  std::uint64_t events = 0;
  std::string digest;
  bool equal = true;
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  while (seconds() < std::chrono::duration<double>(options.measure_ms).count()) {
    const auto result = replay_all(**log);
    if (!result) return fail(describe(result.error()));
    equal = equal && (digest.empty() || digest == result->tickets_digest);
    digest = result->tickets_digest;
    events += result->events;
  }
  Figure figure{.id = "S4",
                .what = fmt::format("full audit replay: read, verify record, fold every ticket; {} events, {} tickets",
                                    (*log)->tail().value, options.tickets),
                .per_second = static_cast<double>(events) / seconds(),
                .unit = "events/s",
                .floor = "RocksDB, sequential walk over records of 256 bytes",
                .target_ratio = 0.5,
                .target_per_second = 1'000'000};
  figure.check = fmt::format("every replay gave digest {}…", digest.substr(0, 16));
  figure.sound = equal && !digest.empty();

  const auto floor_dir = options.dir / "s4-floor";
  if (auto written = synced_batches_per_second(floor_dir, 3.0); !written) return fail(written.error());
  const auto floor = sequential_reads_per_second(floor_dir, std::chrono::duration<double>(options.measure_ms).count());
  if (!floor) return fail(floor.error());
  figure.floor_per_second = *floor;
  return std::vector{figure};
}

}  // namespace greffe::bench
