// Whether the server should get requests: what the failure callbacks of writer, log and views
// reported, how far the views are behind, and whether the search goes on. A search that is behind
// keeps nobody from working: how far it is stands beside the reasons.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "events/time.h"
#include "projections/search/search.h"
#include "projections/views.h"

namespace greffe {

// Any thread.
class Health {
 public:
  // From now on the server is not ready, until the program has been started again.
  void fail(std::string reason);

  // Why the server is not ready; empty = it is. `search` is null where there is none.
  std::vector<std::string> reasons(const Views& views, const SearchIndex* search, const Log& log, Instant now) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> failures_;
};

// How long the oldest event after `seen` is in the log; 0 if there is none.
Milliseconds lag_of(const Seen& seen, const Log& log, Instant now);

}  // namespace greffe
