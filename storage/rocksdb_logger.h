// RocksDB's own words, for every RocksDB that Greffe opens.
#pragma once

#include <memory>

namespace rocksdb {
class Logger;
}

namespace greffe {

// Prints RocksDB's errors on stderr, one line each; its warnings say only what a failure's
// own text says again. It takes the place of RocksDB's LOG file because that one cannot outlive a full disk: in
// Debian's build, which has assertions on, the first line after a failed write to LOG aborts the process.
std::shared_ptr<rocksdb::Logger> rocksdb_stderr_logger();

}  // namespace greffe
