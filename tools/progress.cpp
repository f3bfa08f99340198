#include "tools/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace greffe {

using std::chrono::steady_clock;

Progress::Progress(std::string what, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      terminal_(::isatty(STDERR_FILENO) == 1),
      started_(steady_clock::now()) {}

Progress::~Progress() { finish(); }

void Progress::show(std::uint64_t done, std::uint64_t total) {
  const auto now = steady_clock::now();
  if (!terminal_ || (drawn_ && now - last_drawn_ < std::chrono::milliseconds(200))) return;
  drawn_ = true;
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::string line = fmt::format("\r{}: {} {}, {:.0f}/s", what_, done, unit_, rate);
  if (total > 0) {
    const auto left = total > done ? total - done : 0;
    line += fmt::format(", {:.0f} %", 100.0 * static_cast<double>(done) / static_cast<double>(total));
    if (rate > 0) line += fmt::format(", {:.0f} s left", static_cast<double>(left) / rate);
  }
  line += "\x1b[K";
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

void Progress::finish() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace greffe
