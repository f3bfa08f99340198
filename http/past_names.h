// Names of people and teams as they were at an instant, each read once. From the log, for a ticket
// of the past; everything else shows names as of its snapshot.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "events/time.h"
#include "storage/log.h"

namespace greffe {

class PastNames {
 public:
  // The log must outlive it.
  PastNames(const Log& log, Instant instant) : log_(log), instant_(instant) {}

  // Absent if it is nobody of the directory. Throws ViewsUnreadable if the log cannot be read.
  const std::optional<std::string>& name_of(StreamId entry);

 private:
  const Log& log_;
  const Instant instant_;
  std::unordered_map<StreamId, std::optional<std::string>> known_;
};

}  // namespace greffe
