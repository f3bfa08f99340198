// The size mark: `<dir>/log-size`, the text "size <n>\n", says that the log once had n
// entries. It lives apart from RocksDB because RocksDB cannot tell a log whose last synced
// group was lost from one that never had it; the mark makes the loss show at opening.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "storage/log.h"
#include "storage/tail_signal.h"

namespace greffe {

// The marked size; {0} if there is no mark yet. Fails with io if the file cannot be read and
// with corrupt if it holds anything but a mark.
Result<Position, LogFailure> read_size_mark(const std::filesystem::path& file);

// Replaces the mark durably: temporary file, fsync, rename, fsync of the directory. After a
// crash the file holds either the old mark or the new one.
Result<void, LogFailure> write_size_mark(const std::filesystem::path& file, Position size);

// Follows a log's tail with its mark about once a second, on a thread of its own so that no
// append waits for it, and once more when destroyed. A mark is always behind the tail.
class SizeMarkKeeper {
 public:
  // `marked` is what the file holds. `tail` must outlive the keeper.
  SizeMarkKeeper(std::filesystem::path file, Position marked, const TailSignal& tail);
  ~SizeMarkKeeper();

  // Set for good once a mark could not be written. Any thread.
  std::optional<LogFailure> failure() const;

 private:
  void run(const std::stop_token& stop);
  void follow();

  const std::filesystem::path file_;
  const TailSignal& tail_;
  Position marked_;  // of the thread, then of the destructor
  mutable std::mutex mutex_;
  std::condition_variable_any stopping_;
  std::optional<LogFailure> failure_;  // guarded by mutex_
  std::jthread thread_;                // last: it uses all of the above
};

}  // namespace greffe
