// Readers over the column families of a RocksDB log; for rocksdb_log.cpp.
#pragma once

#include <rocksdb/db.h>

#include <memory>

#include "storage/log.h"

namespace greffe {

// Entries `from` … `tail`. A hole among them, or an end before `tail`, is corrupt.
std::unique_ptr<LogReader> read_entries(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries, Position from,
                                        Position tail);

// The stream's entries from version `from` whose position is at most `tail`. A version that
// is skipped, or an index row whose entry is not there, is corrupt.
std::unique_ptr<LogReader> read_stream_entries(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries,
                                               rocksdb::ColumnFamilyHandle& streams, StreamId stream, Version from,
                                               Position tail);

}  // namespace greffe
