// Whether the server should get requests: what the failure callbacks of writer, log and views
// reported, and how far the views are behind.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "events/time.h"
#include "projections/views.h"

namespace greffe {

// Any thread.
class Health {
 public:
  // From now on the server is not ready, until the program has been started again.
  void fail(std::string reason);

  // Why the server is not ready; empty = it is.
  std::vector<std::string> reasons(const Views& views, const Log& log, Instant now) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> failures_;
};

// How long the oldest event that the views have not seen is in the log; 0 if they have all.
Milliseconds views_lag(const Seen& seen, const Log& log, Instant now);

}  // namespace greffe
