// The embedded log: one RocksDB in `<dir>/log`, byte layout in storage/keys.h.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/log.h"

namespace greffe {

struct RocksdbLogOptions {
  // False only for tools that read a store nobody serves (verify, replay).
  bool writable = true;
  // Make the directory if it is absent; otherwise an absent store is not_opened.
  bool create = true;
};

// Opens the log in `<dir>/log`, recovering what a crash left: whole groups, never a part.
// Fails with too_short if the log ends before the size kept in `<dir>/log-size`, with corrupt
// if stored bytes are damaged or missing, with not_opened if there is no log, if it is another
// program's or version's, or if anybody else has it open, be it to read or to write.
//
// While open to write, the log keeps `<dir>/log-size` up to date about once a second, and once
// more when it is destroyed; a size that cannot be written fails the next append with io.
Result<std::unique_ptr<Log>, LogFailure> open_rocksdb_log(const std::filesystem::path& dir,
                                                          const RocksdbLogOptions& options = {});

}  // namespace greffe
