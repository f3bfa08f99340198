#include "events/check.h"

#include <cstdio>
#include <cstdlib>

namespace greffe {

void check_failed(const char* file, int line, const char* condition, const char* message) {
  std::fprintf(stderr, "greffe: invariant broken at %s:%d: %s (%s)\n", file, line, message, condition);
  std::abort();
}

}  // namespace greffe
