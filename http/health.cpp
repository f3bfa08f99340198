#include "http/health.h"

#include <algorithm>

#include "events/codec.h"

namespace greffe {
namespace {

constexpr Milliseconds lag_max{10'000};
constexpr std::size_t failures_max = 10;

}  // namespace

void Health::fail(std::string reason) {
  const std::lock_guard lock(mutex_);
  if (failures_.size() < failures_max) failures_.push_back(std::move(reason));
}

std::vector<std::string> Health::reasons(const Views& views, const SearchIndex* search, const Log& log,
                                         Instant now) const {
  std::vector<std::string> reasons;
  {
    const std::lock_guard lock(mutex_);
    reasons = failures_;
  }
  const auto status = views.status();
  for (const auto& parked : status.parked) {
    reasons.push_back("view " + parked.view + " is parked at position " + std::to_string(parked.position.value) + ": " +
                      parked.cause);
  }
  const auto lag = lag_of(status.seen, log, now);
  if (lag > lag_max) reasons.push_back("the views are " + std::to_string(lag.count()) + " ms behind the log");
  if (const auto failure = search != nullptr ? search->status().failure : std::nullopt) {
    reasons.push_back("the search stopped: " + std::string(name_of(failure->kind)) + ", see the journal");
  }
  return reasons;
}

Milliseconds lag_of(const Seen& seen, const Log& log, Instant now) {
  if (log.tail() <= seen.position) return Milliseconds(0);
  const auto reader = log.read(next(seen.position));
  // What cannot be read is reported by whoever stands at the same place.
  if (!reader->next()) return Milliseconds(0);
  const auto record = decode(reader->bytes());
  if (!record) return Milliseconds(0);
  const auto lag = std::chrono::duration_cast<Milliseconds>(now - record->envelope.recorded_at);
  return std::max(lag, Milliseconds(0));
}

}  // namespace greffe
