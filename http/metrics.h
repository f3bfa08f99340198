// What the server counts and measures, for Prometheus. Requests are counted by route, never
// by path, so that the number of series is bounded.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace greffe {

struct Services;

// Any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // One answered request; `route` is the path of its table row, or "none".
  void count_request(std::string_view method, std::string_view route, int status, double seconds);
  // An exception or another defect that was answered with 500.
  void count_defect();

  // The text exposition, with the engine's figures as they are now.
  std::string text(const Services& services) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace greffe
