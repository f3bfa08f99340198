#include <fmt/format.h>

#include <chrono>

#include "storage/rocksdb_log.h"
#include "tools/bench/dataset.h"
#include "tools/bench/floor.h"
#include "tools/bench/measures.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

constexpr std::size_t in_flight = 4'000;
constexpr std::string_view note =
    "Rappelé le client : la ligne fonctionne de nouveau, à surveiller jusqu'à demain midi.";

// A day's mix: mostly messages and notes, some changes of priority and hands.
CommandRequest next_request(const Dataset& data, std::size_t i) {
  // Odd tickets stay open (see populate).
  const std::size_t ticket = (i * 2 + 1) % (data.tickets.size() & ~std::size_t{1});
  const AgentId agent = data.agents[i % data.agents.size()];
  const std::uint64_t id = data.tickets[ticket].value;
  switch (i % 8) {
    case 6: return request_by(agent, TicketCommand(ChangePriority{(i / 8) % 2 == 0 ? "low" : "critical"}), id);
    case 7: return request_by(agent, TicketCommand(AssignTicket{data.agents[(i / 8) % data.agents.size()]}), id);
    default: return request_by(agent, TicketCommand(PostMessage{Visibility::internal, std::string(note)}), id);
  }
}

}  // namespace

Figures engine_append(const MeasureOptions& options) {
  const auto dir = options.dir / "s3";
  const SystemClock clock;
  auto log = open_rocksdb_log(dir);
  if (!log) return fail(describe(log.error()));
  auto writer = Writer::start(**log, clock, {}, [](const LogFailure&) {});
  if (!writer) return fail(describe(writer.error()));
  const auto data = populate(**writer, options.tickets);
  if (!data) return fail(data.error());

  const std::uint64_t tail_before = (*log)->tail().value;
  CommandStream stream(**writer, in_flight);
  const auto start = std::chrono::steady_clock::now();
  const auto end = start + options.measure_ms;
  for (std::size_t i = 0; std::chrono::steady_clock::now() < end; ++i) stream.submit(next_request(*data, i));
  stream.finish();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const std::uint64_t appended = (*log)->tail().value - tail_before;

  Figure figure{.id = "S3",
                .what = fmt::format("engine without HTTP, {} commands in flight, notes of {} bytes mostly", in_flight,
                                    note.size()),
                .per_second = static_cast<double>(appended) / seconds,
                .unit = "durable events/s",
                .floor = "RocksDB, synced batches of 256 records of 256 bytes",
                .target_ratio = 0.5,
                .target_per_second = 300'000};
  figure.check = fmt::format("{} events acknowledged, {} in the log", stream.accepted_events(), appended);
  figure.sound = stream.accepted_events() == appended && stream.first_refusal().empty();
  if (!stream.first_refusal().empty()) figure.check += "; refused: " + stream.first_refusal();

  const double floor_seconds = std::chrono::duration<double>(options.measure_ms).count();
  const auto floor = synced_batches_per_second(options.dir / "s3-floor", floor_seconds);
  if (!floor) return fail(floor.error());
  figure.floor_per_second = *floor;
  return std::vector{figure};
}

}  // namespace greffe::bench
