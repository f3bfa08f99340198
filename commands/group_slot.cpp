#include "commands/group_slot.h"

#include <utility>

#include "events/check.h"

namespace greffe {

void GroupSlot::put(std::unique_ptr<Group> group) {
  {
    const std::lock_guard lock(mutex_);
    GREFFE_CHECK(group_ == nullptr, "one group is appended at a time");
    group_ = std::move(group);
  }
  changed_.notify_one();
}

std::unique_ptr<Group> GroupSlot::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return group_ != nullptr || closed_; });
  return std::move(group_);
}

void GroupSlot::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

}  // namespace greffe
