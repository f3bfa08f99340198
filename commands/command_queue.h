// The bounded queue between callers and the deciding thread. It also knows whether the
// appending thread is free, since the deciding thread goes on filling its group, rather
// than handing it over, for as long as the previous one is being synced.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "commands/group.h"

namespace greffe {

class CommandQueue {
 public:
  using Batch = std::vector<std::unique_ptr<Pending>>;

  explicit CommandQueue(std::size_t commands_max);

  // Takes `pending` over; or says why not and leaves it. Any thread.
  std::optional<RejectionCode> push(std::unique_ptr<Pending>& pending);

  enum class Turn {
    decide,     // `out` holds commands to decide
    hand_over,  // the appending thread is free, and is the caller's from here on
    finish,     // closed, empty, and nothing held
  };

  // What the deciding thread does next; blocks until there is something. `room` = commands
  // that its group can still take, `holding` = whether the group has any already.
  Turn next(std::size_t room, bool holding, Batch& out);

  // The appending thread is done with the group that it was given.
  void append_done();

  // Refuses what comes from now on with `why`; what waits is still to be decided. A later
  // log_failed replaces an earlier reason.
  void close(RejectionCode why);

  std::size_t size() const;

 private:
  void take(std::size_t room, Batch& out);

  const std::size_t commands_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Pending>> waiting_;
  bool append_free_ = true;
  std::optional<RejectionCode> closed_;
};

}  // namespace greffe
