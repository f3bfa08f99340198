// Where the deciding thread leaves a group for the appending thread: room for one.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "commands/group.h"

namespace greffe {

class GroupSlot {
 public:
  // The slot must be empty: the queue gives hand_over turns only when it is.
  void put(std::unique_ptr<Group> group);

  // Blocks for a group; null once closed and empty.
  std::unique_ptr<Group> take();

  void close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<Group> group_;
  bool closed_ = false;
};

}  // namespace greffe
