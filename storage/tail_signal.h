// The published end of a log and those who wait for it to move. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "events/ids.h"

namespace greffe {

class TailSignal {
 public:
  // The last published position; {0} before the first.
  Position get() const { return {tail_.load(std::memory_order_acquire)}; }

  // Moves the tail forward and wakes whoever waits. Everything written before the call is
  // visible to a thread that sees the new tail.
  void publish(Position tail);

  // See Log::wait_for.
  bool wait_for(Position position, std::chrono::milliseconds timeout) const;

  // Ends all waiting, now and later.
  void stop();

 private:
  std::atomic<std::uint64_t> tail_{0};
  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  bool stopped_ = false;
};

}  // namespace greffe
