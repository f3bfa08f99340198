// How long a client may make us wait while a large body is on its way to or from it. A deadline
// for the whole would cut honest slow clients; one for each byte would let others hold a
// connection for ever. So: in every `time` that we wait, at least `bytes_min` must move.
#pragma once

#include <chrono>
#include <cstddef>

namespace greffe::front {

class Pace {
 public:
  using Duration = std::chrono::steady_clock::duration;

  Pace(std::size_t bytes_min, Duration time) : bytes_min_(bytes_min), time_(time), left_(time) {}

  // A new body begins.
  void restart() {
    left_ = time_;
    moved_bytes_ = 0;
  }

  // Enough bytes give the whole time anew.
  void moved(std::size_t bytes) {
    moved_bytes_ += bytes;
    if (moved_bytes_ >= bytes_min_) restart();
  }

  // Only what the client took counts, not what our disk did.
  void waited(Duration duration) { left_ -= duration; }

  Duration left() const { return left_; }

 private:
  std::size_t bytes_min_;
  Duration time_;
  Duration left_;
  std::size_t moved_bytes_ = 0;
};

}  // namespace greffe::front
