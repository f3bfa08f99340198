// The auditor's replay: reads the whole log, verifies every record and folds every ticket,
// in memory and independently of the views.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "events/settings.h"
#include "events/time.h"
#include "storage/log.h"

namespace greffe {

struct ReplayResult {
  Position position;  // the last event read; the counts and the digest are as of it
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::array<std::uint64_t, std::tuple_size_v<decltype(names_of(Category{}))>> tickets_by_category{};
  // SHA-256 over the ticket rows by id: equal to the digest of the views' `tickets` rows.
  std::string tickets_digest;
};

// done = events so far, total = events to read. Called about every 4096 events.
using ReplayProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Up to the log's tail of this moment, every record verified; with `as_of` only what happened
// up to that instant (inclusive) is folded, and tickets opened later are not counted. Fails with corrupt and the
// position of the first record that is damaged, out of place, or of a ticket that was never opened. Takes about 600
// bytes of memory a ticket beside its texts; uses two threads.
Result<ReplayResult, LogFailure> replay_all(const Log& log, std::optional<Instant> as_of = {},
                                            const ReplayProgress& progress = {});

}  // namespace greffe
