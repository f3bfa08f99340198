// The part of `greffe verify` that folds every ticket that has a snapshot again, from its first
// event, and compares.
#pragma once

#include <vector>

#include "events/record.h"
#include "storage/check_log.h"

namespace greffe {

class SnapshotCheck {
 public:
  // `log` must outlive the check.
  explicit SnapshotCheck(const Log& log) : log_(log) {}

  // Takes the next record in log order.
  void feed(const Record& record);

  // Every snapshot that is not what the ticket's events say, and every one that cannot be read.
  // One of another program's format is none, for nobody uses it.
  std::vector<LogFinding> findings() const;

 private:
  const Log& log_;
  std::vector<TicketId> tickets_;
};

}  // namespace greffe
