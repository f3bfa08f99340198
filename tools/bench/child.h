// A server run as a process of its own, so that what is measured shares nothing with the
// load generator but the machine.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "events/result.h"

namespace greffe::bench {

// The program that is running now, as an argument for Child::start.
inline constexpr const char* this_program = "/proc/self/exe";

class Child {
 public:
  // Starts `program` with `arguments` and `environment` ("NAME=value") added, and waits (at
  // most 30 s) for the line "listening on http://127.0.0.1:PORT" on its stdout.
  static Result<std::unique_ptr<Child>, std::string> start(const std::string& program,
                                                           const std::vector<std::string>& arguments,
                                                           const std::vector<std::string>& environment);
  ~Child();  // stop()

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }

  // SIGTERM, then waits. Returns the exit status, or 128 + the signal that ended it.
  int stop();
  // SIGKILL, then waits.
  void kill();

 private:
  Child() = default;
  pid_t pid_ = -1;
  int stdout_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace greffe::bench
