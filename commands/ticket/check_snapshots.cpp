#include "commands/ticket/check_snapshots.h"

#include <fmt/format.h>

#include "commands/any_state.h"
#include "commands/index_keys.h"
#include "commands/ticket/snapshot.h"
#include "events/json.h"

namespace greffe {
namespace {

// What is wrong with the ticket's snapshot; empty if nothing is, or if there is none.
std::string fault_of(const Log& log, TicketId id) {
  const auto stored = log.lookup(IndexSpace::ticket_snapshot, index_value(id.value));
  if (!stored) return fmt::format("cannot be read: {}", stored.error().detail);
  const auto snapshot = *stored ? decode_snapshot(**stored) : std::nullopt;
  if (!snapshot) return {};
  const auto folded = fold_all(log, stream_of(id), snapshot->version);
  if (!folded) return fmt::format("cannot be compared: {}", folded.error().detail);
  if (*std::get_if<TicketState>(&*folded) == *snapshot) return {};
  return fmt::format("is not what its events say at version {}", snapshot->version.value);
}

}  // namespace

void SnapshotCheck::feed(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event != nullptr && std::holds_alternative<TicketOpened>(*event)) {
    tickets_.push_back({record.envelope.stream_id});
  }
}

std::vector<LogFinding> SnapshotCheck::findings() const {
  std::vector<LogFinding> found;
  for (const TicketId id : tickets_) {
    const auto fault = fault_of(log_, id);
    if (!fault.empty()) found.push_back({{}, fmt::format("the snapshot of {} {}", stream_text(stream_of(id)), fault)});
  }
  return found;
}

}  // namespace greffe
