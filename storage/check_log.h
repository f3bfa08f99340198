// Offline verification of a whole log: `greffe verify`. It trusts nothing that it reads and
// compares everything that is stored twice.
//
// For every entry: its bytes are a record; the record's position is the entry's; stream and
// event belong together; versions of a stream are 1, 2, 3 …; an aggregate's id is the
// position that created it; commits are whole, and recorded_at never goes back. Then every
// stream's index against the entries, and every look-up that the events determine against
// the index (storage/check_index.h).
//
// Not seen, because a Log cannot list them: index rows that no event accounts for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "events/record.h"
#include "storage/log.h"

namespace greffe {

struct LogFinding {
  Position position;  // where it shows; {0} if it belongs to no single entry
  std::string text;   // for people
};

struct LogCheck {
  std::uint64_t entries = 0;  // read, damaged ones included
  std::uint64_t commits = 0;
  std::uint64_t streams = 0;
  std::uint64_t bytes = 0;
  std::string digest;  // SHA-256 over all record bytes in log order, 64 lower-case hex digits
  std::vector<LogFinding> findings;
  bool complete = true;  // false if it gave up after log_findings_max

  bool sound() const { return findings.empty(); }
};

inline constexpr std::size_t log_findings_max = 1000;

// Called now and then with how many of `total` steps are done; each entry is two steps, for
// it is read in log order and again by its stream.
using LogCheckProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Reads everything up to the tail of this moment. Memory grows with the number of streams,
// not of events. A damaged entry is one finding, and the check goes on after it. `also` is
// called with every record that is one, in log order: for what others keep beside the log.
LogCheck check_log(const Log& log, const LogCheckProgress& progress = {},
                   const std::function<void(const Record&)>& also = {});

}  // namespace greffe
