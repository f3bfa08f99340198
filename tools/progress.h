// Progress of long work on a terminal: done, rate, remaining. Quiet when stderr is not a
// terminal, so that pipes and logs hold results only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace greffe {

// One thread at a time.
class Progress {
 public:
  // `what` is shown in front ("replaying"), `unit` after the count ("events").
  Progress(std::string what, std::string unit);
  ~Progress();  // finish()
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `total` 0 = not known. Redraws at most five times a second.
  void show(std::uint64_t done, std::uint64_t total);

  // Clears the line.
  void finish();

 private:
  std::string what_, unit_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point started_, last_drawn_;
};

}  // namespace greffe
