#include "commands/command_queue.h"

#include <algorithm>

#include "events/check.h"

namespace greffe {

CommandQueue::CommandQueue(std::size_t commands_max) : commands_max_(commands_max) {}

std::optional<RejectionCode> CommandQueue::push(std::unique_ptr<Pending>& pending) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return closed_;
    if (waiting_.size() >= commands_max_) return RejectionCode::queue_full;
    waiting_.push_back(std::move(pending));
    if (waiting_.size() > 1) return std::nullopt;  // who pushed the first has woken the thread
  }
  changed_.notify_one();
  return std::nullopt;
}

CommandQueue::Turn CommandQueue::next(std::size_t room, bool holding, Batch& out) {
  GREFFE_CHECK(room > 0 || holding, "an empty group has room");
  std::unique_lock lock(mutex_);
  for (;;) {
    if (holding && append_free_) {
      append_free_ = false;
      return Turn::hand_over;
    }
    if (room > 0 && !waiting_.empty()) {
      take(room, out);
      return Turn::decide;
    }
    if (closed_ && !holding && waiting_.empty()) return Turn::finish;
    changed_.wait(lock);
  }
}

void CommandQueue::take(std::size_t room, Batch& out) {
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(room, waiting_.size()));
  out.assign(std::move_iterator(waiting_.begin()), std::move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
}

void CommandQueue::append_done() {
  {
    const std::lock_guard lock(mutex_);
    append_free_ = true;
  }
  changed_.notify_one();
}

void CommandQueue::close(RejectionCode why) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_ || why == RejectionCode::log_failed) closed_ = why;
  }
  changed_.notify_one();
}

std::size_t CommandQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace greffe
