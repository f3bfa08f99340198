// Records of a stretch of the log, read, verified and decoded ahead of their use. A long
// stretch is read on a thread of its own, so that folding and reading share two cores.
#pragma once

#include <memory>
#include <span>

#include "events/record.h"
#include "events/result.h"
#include "storage/log.h"

namespace greffe {

class RecordPipe {
 public:
  static constexpr std::size_t run_events_max = 4096;

  // Positions `from` … `to`, which must not lie beyond the log's tail. The log outlives the
  // pipe. `log` is read by one thread at a time.
  RecordPipe(const Log& log, Position from, Position to);
  ~RecordPipe();
  RecordPipe(const RecordPipe&) = delete;
  RecordPipe& operator=(const RecordPipe&) = delete;

  // The next run of records in log order, valid until the next call; empty after the last.
  // Fails, and goes on failing, if the log cannot be read or a record is damaged: nothing
  // after it is ever given.
  Result<std::span<const Record>, LogFailure> next();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greffe
