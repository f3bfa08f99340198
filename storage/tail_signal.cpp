#include "storage/tail_signal.h"

#include "events/check.h"

namespace greffe {
namespace {

// Longer waits are cut to this: a deadline of now + hours::max() would overflow the clock.
constexpr std::chrono::hours timeout_max{24 * 365};

}  // namespace

void TailSignal::publish(Position tail) {
  GREFFE_CHECK(tail >= get(), "a log's tail never moves back");
  {
    // Under the mutex, or a waiter between its test and its sleep would miss the news.
    const std::lock_guard lock(mutex_);
    tail_.store(tail.value, std::memory_order_release);
  }
  moved_.notify_all();
}

bool TailSignal::wait_for(Position position, std::chrono::milliseconds timeout) const {
  if (get() >= position) return true;
  std::unique_lock lock(mutex_);
  const auto at_most = std::min<std::chrono::milliseconds>(timeout, timeout_max);
  moved_.wait_for(lock, at_most, [&] { return stopped_ || get() >= position; });
  return get() >= position;
}

void TailSignal::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  moved_.notify_all();
}

}  // namespace greffe
