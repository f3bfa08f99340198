// Times of the same thing done again and again, one after the other.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace greffe::bench {

inline double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

class Samples {
 public:
  void add(double ms) {
    sorted_ = false;
    total_ms_ += ms;
    ms_.push_back(ms);
  }
  void add(const Samples& others) {
    for (const double ms : others.ms_) add(ms);
  }

  // Times `work` and gives what it gives.
  template <class Work>
  auto time(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    auto result = work();
    add(ms_since(start));
    return result;
  }

  std::size_t count() const { return ms_.size(); }
  double per_second() const { return total_ms_ > 0 ? 1e3 * static_cast<double>(ms_.size()) / total_ms_ : 0; }
  // q in (0, 1]; 0 if nothing was timed.
  double percentile_ms(double q) const {
    if (ms_.empty()) return 0;
    if (!sorted_) std::sort(ms_.begin(), ms_.end());
    sorted_ = true;
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(ms_.size()));
    return ms_[std::min(rank, ms_.size() - 1)];
  }
  double max_ms() const { return percentile_ms(1); }

 private:
  mutable std::vector<double> ms_;
  mutable bool sorted_ = false;
  double total_ms_ = 0;
};

}  // namespace greffe::bench
