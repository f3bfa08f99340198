// What a process holds in memory, by the kernel's account; files that it reads or writes through
// the page cache do not count.
#pragma once

#include <sys/types.h>

#include <string>

#include "events/result.h"

namespace greffe::bench {

// Forgets the peak so far, so that the next one is of what comes.
Result<void, std::string> begin_peak(pid_t process);

struct Resident {
  double now_mib = 0, peak_mib = 0;
};
Result<Resident, std::string> resident(pid_t process);

}  // namespace greffe::bench
