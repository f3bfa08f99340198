// How Greffe sets RocksDB up for its log, with the reasons; for the .cpp files of the log.
#pragma once

#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <array>
#include <string>

#include "storage/log.h"

namespace greffe {

// The column families, in the order in which the log opens them.
inline constexpr std::array<const char*, 4> log_families = {"default", "entries", "streams", "index"};

rocksdb::DBOptions log_db_options();

// One of log_families.
rocksdb::ColumnFamilyOptions log_family_options(const std::string& family);

// A synced write whose every key and value carries a checksum from the batch to the memtable.
rocksdb::WriteOptions log_write_options();

// Bytes of that checksum for each key; for the batch as well, which computes it.
inline constexpr std::size_t protection_bytes_per_key = 8;

// Stops RocksDB from counting, on this thread, every key that it compares: nobody reads the
// counts, and they cost a quarter of an append. Call it before appending or scanning.
void stop_counting();

// What RocksDB reports as one of the log's failures.
LogFailure failure_of(const rocksdb::Status& status, Position position = {});

}  // namespace greffe
