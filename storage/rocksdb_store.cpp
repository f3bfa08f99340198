#include "storage/rocksdb_store.h"

#include <fmt/format.h>

#include <system_error>

#include "storage/files.h"
#include "storage/keys.h"
#include "storage/rocksdb_options.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;
using Kind = LogFailure::Kind;

// Whether a database was here: one that lost its CURRENT file would be taken for a new one
// by RocksDB, and its tables deleted.
bool holds_data(const fs::path& directory) {
  std::error_code error;
  for (const auto& file : fs::directory_iterator(directory, error)) {
    const auto extension = file.path().extension();
    if (extension == ".sst" || extension == ".log") return true;
  }
  return false;
}

// Makes the directory and the entries that lead to it durable.
Result<void, LogFailure> make_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    return fail(LogFailure{Kind::io, {}, fmt::format("cannot make {}: {}", directory.string(), error.message())});
  }
  const fs::path parent = fs::absolute(directory).parent_path();
  return sync_directory(parent).and_then([&] { return sync_directory(parent.parent_path()); });
}

Result<void, LogFailure> prepare(const fs::path& directory, RocksdbStore::Access access) {
  std::error_code error;
  if (fs::exists(directory / "CURRENT", error)) return {};
  if (holds_data(directory)) {
    return fail(LogFailure{
        Kind::corrupt,
        {},
        fmt::format("{} holds tables but its file CURRENT is missing: restore from a backup", directory.string())});
  }
  if (access == RocksdbStore::Access::create) return make_directory(directory);
  return fail(LogFailure{
      Kind::not_opened, {}, fmt::format("there is no log in {}: check the data directory", directory.string())});
}

LogFailure open_failure(const rocksdb::Status& status, const fs::path& directory) {
  const std::string text = status.ToString();
  if (status.IsIOError() && text.find("LOCK") != std::string::npos) {
    return {Kind::not_opened,
            {},
            fmt::format("{} is in use by another process, or may not be written ({})", directory.string(), text)};
  }
  if (status.IsInvalidArgument()) {
    return {Kind::not_opened, {}, fmt::format("{} holds no Greffe log ({})", directory.string(), text)};
  }
  // The database is there, so a file that is not is one that it has lost.
  if (status.IsPathNotFound()) {
    return {Kind::corrupt, {}, fmt::format("a file of the log is missing: restore from a backup ({})", text)};
  }
  return failure_of(status);
}

}  // namespace

Result<std::unique_ptr<RocksdbStore>, LogFailure> RocksdbStore::open(const fs::path& directory, Access access) {
  if (const auto ready = prepare(directory, access); !ready) return fail(ready.error());
  std::unique_ptr<RocksdbStore> store(new RocksdbStore);
  if (const auto status = store->open_database(directory, access); !status.ok()) {
    return fail(open_failure(status, directory));
  }
  if (const auto checked = store->check_format(directory, access); !checked) return fail(checked.error());
  return store;
}

RocksdbStore::~RocksdbStore() {
  for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
  db_.reset();
  if (lock_ != nullptr) rocksdb::Env::Default()->UnlockFile(lock_);
}

rocksdb::Status RocksdbStore::open_database(const fs::path& directory, Access access) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const char* name : log_families) families.emplace_back(name, log_family_options(name));
  rocksdb::DBOptions options = log_db_options();
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status;
  if (access == Access::read) {
    status = rocksdb::Env::Default()->LockFile((directory / "LOCK").string(), &lock_);
    if (!status.ok()) return status;
    status = rocksdb::DB::OpenForReadOnly(options, directory.string(), families, &families_, &opened);
  } else {
    options.create_if_missing = access == Access::create;
    options.create_missing_column_families = options.create_if_missing;
    status = rocksdb::DB::Open(options, directory.string(), families, &families_, &opened);
  }
  db_.reset(opened);
  return status;
}

Result<void, LogFailure> RocksdbStore::check_format(const fs::path& directory, Access access) {
  std::string format;
  const rocksdb::Slice key(keys::format_key.data(), keys::format_key.size());
  const rocksdb::Slice ours(keys::log_format.data(), keys::log_format.size());
  auto status = db_->Get({}, families_[0], key, &format);
  if (status.ok() && format == ours) return {};
  if (!status.ok() && !status.IsNotFound()) return fail(failure_of(status));

  // A crash between the making of a database and this write leaves one without a format;
  // nothing but its keys, then, tells it from another program's.
  const auto empty = is_empty();
  if (!empty) return fail(empty.error());
  if (*empty && access == Access::create) {
    status = db_->Put(log_write_options(), families_[0], key, ours);
    if (!status.ok()) return fail(failure_of(status));
    return {};
  }
  return fail(LogFailure{Kind::not_opened,
                         {},
                         fmt::format("{} has the format \"{}\", and this program reads \"{}\": use the version of "
                                     "greffe that wrote it",
                                     directory.string(), format, keys::log_format)});
}

Result<bool, LogFailure> RocksdbStore::is_empty() const {
  for (auto* family : families_) {
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, family));
    it->SeekToFirst();
    if (!it->status().ok()) return fail(failure_of(it->status()));
    if (it->Valid()) return false;
  }
  return true;
}

Result<Position, LogFailure> RocksdbStore::last_position() const {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, &entries()));
  it->SeekToLast();
  if (!it->status().ok()) return fail(failure_of(it->status()));
  if (!it->Valid()) return Position{};
  const auto position = keys::read_position(it->key().ToStringView());
  if (position && position->value != 0) return *position;
  return fail(LogFailure{Kind::corrupt, {}, "the last key of the entries is malformed: restore from a backup"});
}

}  // namespace greffe
