// Opening and closing of the RocksDB below the log; for rocksdb_log.cpp.
#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "storage/log.h"

namespace greffe {

// An open database with its column families; closes both when destroyed.
class RocksdbStore {
 public:
  enum class Access { create, write, read };

  // Opens the database in `directory`, or makes it if there is none and `access` is create.
  // Its format is checked, or written into a new one. Fails as open_rocksdb_log does.
  static Result<std::unique_ptr<RocksdbStore>, LogFailure> open(const std::filesystem::path& directory, Access access);

  ~RocksdbStore();
  RocksdbStore(const RocksdbStore&) = delete;
  RocksdbStore& operator=(const RocksdbStore&) = delete;

  // The position of the last entry; {0} if there is none.
  Result<Position, LogFailure> last_position() const;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle& entries() const { return *families_[1]; }
  rocksdb::ColumnFamilyHandle& streams() const { return *families_[2]; }
  rocksdb::ColumnFamilyHandle& index() const { return *families_[3]; }

 private:
  RocksdbStore() = default;
  rocksdb::Status open_database(const std::filesystem::path& directory, Access access);
  Result<bool, LogFailure> is_empty() const;
  Result<void, LogFailure> check_format(const std::filesystem::path& directory, Access access);

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;  // in the order of log_families
  rocksdb::FileLock* lock_ = nullptr;                   // held by readers; RocksDB itself locks for writers only
};

}  // namespace greffe
