#include "http/front/disk_threads.h"

#include <poll.h>

#include <ctime>

namespace greffe::front {

DiskThreads::DiskThreads(const FrontOptions& options, Counters& counters, PassOn pass_on)
    : options_(options), counters_(counters), pass_on_(std::move(pass_on)) {}

DiskThreads::~DiskThreads() { stop(); }

void DiskThreads::start() {
  for (std::size_t i = 0; i < options_.disk_thread_count; ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

void DiskThreads::take(std::unique_ptr<Connection> connection, Step step) {
  const auto held_bytes = connection->held_bytes();
  {
    const std::lock_guard lock(mutex_);
    // Else it is destroyed on return, after the lock is free.
    if (!stopping_) {
      waiting_.push_back({std::move(connection), step, held_bytes});
      waiting_count_ = waiting_.size();
      counters_.queued_bytes += held_bytes;
    }
  }
  arrived_.notify_one();
}

void DiskThreads::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  // Nobody adds to it any more.
  for (const auto& left : waiting_) counters_.queued_bytes -= left.held_bytes;
  waiting_.clear();
}

void DiskThreads::run() {
  for (;;) {
    auto [connection, step, held_bytes] = wait_for_connection();
    if (!connection) return;
    if (step != Step::disk) continue;
    try {
      serve(std::move(connection));
    } catch (const std::exception&) {
      // Out of memory for this body: its connection is closed by now, the others go on.
    }
  }
}

DiskThreads::Waiting DiskThreads::wait_for_connection() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return !waiting_.empty() || stopping_; });
  if (stopping_) return {};
  auto first = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_count_ = waiting_.size();
  counters_.queued_bytes -= first.held_bytes;
  return first;
}

void DiskThreads::serve(std::unique_ptr<Connection> connection) {
  for (;;) {
    connection->use_disk();
    auto step = connection->step();
    while (client_is_quick(*connection, step)) {
      if (step == Step::upload && !connection->receive()) return;
      step = connection->step();
    }
    if (step == Step::gone) return;
    if (step != Step::disk) return pass_on_(std::move(connection), step);
    // One client's large body must not keep the others' waiting.
    if (waiting_count_ > 0 || stopping_) return take(std::move(connection), step);
  }
}

// True if the transfer can go on at once or in a moment, which saves the way over the parking.
bool DiskThreads::client_is_quick(const Connection& connection, Step step) const {
  if ((step != Step::upload && step != Step::download) || waiting_count_ > 0 || stopping_) return false;
  const auto wanted_events = static_cast<short>(step == Step::upload ? POLLIN : POLLOUT);
  pollfd wanted{connection.socket(), wanted_events, 0};
  const timespec time{options_.linger_us / 1'000'000, (options_.linger_us % 1'000'000) * 1'000};
  return ::ppoll(&wanted, 1, &time, nullptr) > 0;
}

}  // namespace greffe::front
