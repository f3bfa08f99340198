#include "http/front/workers.h"

#include <poll.h>

#include <ctime>

namespace greffe::front {

Workers::Workers(const FrontOptions& options, const Handler& handler, PassOn pass_on)
    : options_(options), handler_(handler), pass_on_(std::move(pass_on)) {}

Workers::~Workers() { stop(); }

void Workers::start() {
  for (std::size_t i = 0; i < options_.worker_count; ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

void Workers::take(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    // Else it is destroyed on return, after the lock is free.
    if (!stopped_) {
      ready_.push_back(std::move(connection));
      ready_count_ = ready_.size();
    }
  }
  arrived_.notify_one();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  std::deque<std::unique_ptr<Connection>> left;
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  left.swap(ready_);
}

void Workers::run() {
  Answerer answerer(handler_);
  while (auto connection = wait_for_connection()) {
    try {
      serve(std::move(connection), answerer);
    } catch (const std::exception&) {
      // Out of memory for this request: its connection is closed by now, the others go on.
    }
  }
}

std::unique_ptr<Connection> Workers::wait_for_connection() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return !ready_.empty() || stopping_; });
  if (ready_.empty()) return nullptr;
  auto connection = std::move(ready_.front());
  ready_.pop_front();
  ready_count_ = ready_.size();
  return connection;
}

void Workers::serve(std::unique_ptr<Connection> connection, Answerer& answerer) {
  for (;;) {
    connection->answer(answerer, stopping_);
    auto step = connection->step();
    const bool awaits_request = step == Step::idle || step == Step::head || step == Step::body;
    if (awaits_request && linger(*connection)) {
      if (!connection->receive()) return;
      step = connection->step();
    }
    if (step == Step::gone) return;
    if (step != Step::ready) return pass_on_(std::move(connection), step);
    // A client that sends request upon request must not keep its worker from the others.
    if (ready_count_ > 0) return take(std::move(connection));
  }
}

// True if the client sent something (or left) while the worker could wait for it.
bool Workers::linger(Connection& connection) {
  if (ready_count_ > 0 || stopping_) return false;
  // Some workers never linger, so that a burst finds them free.
  const auto lingering_max = options_.worker_count - options_.worker_count / 8;
  if (++lingering_count_ > lingering_max) {
    --lingering_count_;
    return false;
  }
  pollfd wanted{connection.socket(), POLLIN, 0};
  const timespec time{options_.linger_us / 1'000'000, (options_.linger_us % 1'000'000) * 1'000};
  const int count = ::ppoll(&wanted, 1, &time, nullptr);
  --lingering_count_;
  return count > 0;
}

}  // namespace greffe::front
