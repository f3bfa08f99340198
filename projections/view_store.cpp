#include "projections/view_store.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <system_error>
#include <utility>

#include "events/check.h"
#include "storage/rocksdb_logger.h"

namespace greffe {
namespace {

using Handles = std::vector<rocksdb::ColumnFamilyHandle*>;

constexpr std::size_t mebi = 1024 * 1024;

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

ViewFailure failure_of(const rocksdb::Status& status) {
  return {ViewFailure::Kind::io,
          {},
          fmt::format("the views' store failed: {}: look at the disk, then restart; if "
                      "rows are damaged, run `greffe rebuild`",
                      status.ToString())};
}

void require(const rocksdb::Status& status) {
  if (!status.ok()) throw ViewsUnreadable(failure_of(status));
}

rocksdb::DBOptions db_options(bool create) {
  rocksdb::DBOptions options;
  options.create_if_missing = create;
  options.create_missing_column_families = true;
  // Without a journal all families must reach the disk as of one batch.
  options.atomic_flush = true;
  options.avoid_flush_during_shutdown = true;  // who wants it durable calls flush()
  options.max_background_jobs = 2;
  options.info_log = rocksdb_stderr_logger();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions family_options() {
  static const auto cache = rocksdb::NewLRUCache(64 * mebi);
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  // A ticket's first event asks for rows that are not there yet.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // What the fullest family holds in memory is what a crash makes the log replay.
  options.write_buffer_size = 32 * mebi;
  options.max_write_buffer_number = 3;
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  return options;
}

// The first key after all those that begin with `prefix`; empty if there is none.
std::string end_of(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

class Scan final : public RowScan {
 public:
  Scan(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& family, rocksdb::ReadOptions options, std::string_view prefix,
       std::string_view from)
      : from_(from), end_(end_of(prefix)), end_slice_(end_) {
    // Keeps the iterator from walking over rows that were deleted after the last one.
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    it_.reset(db.NewIterator(options, &family));
  }
  Scan(const Scan&) = delete;
  Scan& operator=(const Scan&) = delete;

  bool next() override {
    if (std::exchange(started_, true)) it_->Next();
    else it_->Seek(from_);
    require(it_->status());
    return it_->Valid();
  }
  std::string_view key() const override { return view(it_->key()); }
  std::string_view value() const override { return view(it_->value()); }

 private:
  const std::string from_;
  const std::string end_;
  const rocksdb::Slice end_slice_;  // the iterator keeps a pointer to it
  std::unique_ptr<rocksdb::Iterator> it_;
  bool started_ = false;
};

class Batch final : public RowBatch {
 public:
  explicit Batch(const Handles& families) : families_(families) {}
  void put(Family family, std::string_view key, std::string_view value) override {
    require(batch_.Put(families_[family.index], slice(key), slice(value)));
  }
  void erase(Family family, std::string_view key) override {
    require(batch_.Delete(families_[family.index], slice(key)));
  }
  rocksdb::WriteBatch& rocksdb_batch() { return batch_; }

 private:
  const Handles& families_;
  rocksdb::WriteBatch batch_;
};

// Reads at a snapshot, or the newest rows where there is none.
class Reader {
 public:
  Reader(rocksdb::DB& db, const Handles& families, const rocksdb::Snapshot* snapshot) : db_(db), families_(families) {
    options_.snapshot = snapshot;
  }

  bool get(Family family, std::string_view key, std::string& value) const {
    const auto status = db_.Get(options_, families_[family.index], slice(key), &value);
    if (status.ok()) return true;
    value.clear();
    if (!status.IsNotFound()) require(status);
    return false;
  }

  std::vector<std::optional<std::string>> get_many(Family family, std::span<const std::string> keys) const {
    std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_.MultiGet(options_, families_[family.index], slices.size(), slices.data(), found.data(), statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) values[i].emplace(view(found[i]));
      else if (!statuses[i].IsNotFound()) require(statuses[i]);
    }
    return values;
  }

  std::unique_ptr<RowScan> scan(Family family, std::string_view prefix, std::string_view from) const {
    return std::make_unique<Scan>(db_, *families_[family.index], options_, prefix, from);
  }

 private:
  rocksdb::DB& db_;
  const Handles& families_;
  rocksdb::ReadOptions options_;
};

class SnapshotSource final : public RowSource {
 public:
  SnapshotSource(std::shared_ptr<const ViewStore> store, rocksdb::DB& db, const Handles& families)
      : store_(std::move(store)), db_(db), snapshot_(db.GetSnapshot()), reader_(db, families, snapshot_) {}
  ~SnapshotSource() override { db_.ReleaseSnapshot(snapshot_); }
  SnapshotSource(const SnapshotSource&) = delete;
  SnapshotSource& operator=(const SnapshotSource&) = delete;

  bool get(Family family, std::string_view key, std::string& value) const override {
    return reader_.get(family, key, value);
  }
  std::vector<std::optional<std::string>> get_many(Family family, std::span<const std::string> keys) const override {
    return reader_.get_many(family, keys);
  }
  std::unique_ptr<RowScan> scan(Family family, std::string_view prefix, std::string_view from) const override {
    return reader_.scan(family, prefix, from);
  }

 private:
  const std::shared_ptr<const ViewStore> store_;
  rocksdb::DB& db_;
  const rocksdb::Snapshot* const snapshot_;
  const Reader reader_;
};

class RocksdbViewStore final : public ViewStore {
 public:
  RocksdbViewStore(std::filesystem::path dir, std::unique_ptr<rocksdb::DB> db, Handles families)
      : dir_(std::move(dir)), db_(std::move(db)), families_(std::move(families)), reader_(*db_, families_, nullptr) {}

  ~RocksdbViewStore() override {
    for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
    db_.reset();
    // What cannot be deleted now is deleted at the next start.
    std::error_code ignored;
    if (remove_) std::filesystem::remove_all(dir_, ignored);
  }
  RocksdbViewStore(const RocksdbViewStore&) = delete;
  RocksdbViewStore& operator=(const RocksdbViewStore&) = delete;

  bool get(Family family, std::string_view key, std::string& value) const override {
    return reader_.get(family, key, value);
  }
  std::vector<std::optional<std::string>> get_many(Family family, std::span<const std::string> keys) const override {
    return reader_.get_many(family, keys);
  }
  std::unique_ptr<RowScan> scan(Family family, std::string_view prefix, std::string_view from) const override {
    return reader_.scan(family, prefix, from);
  }

  std::unique_ptr<RowBatch> batch() const override { return std::make_unique<Batch>(families_); }

  Result<void, ViewFailure> write(RowBatch& batch) override {
    // Counting every key that is compared costs a good part of a batch, and nobody reads it.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    auto& rows = static_cast<Batch&>(batch).rocksdb_batch();
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    const auto status = db_->Write(options, &rows);
    rows.Clear();
    if (!status.ok()) return fail(failure_of(status));
    return {};
  }

  std::shared_ptr<const RowSource> snapshot() const override {
    return std::make_shared<SnapshotSource>(shared_from_this(), *db_, families_);
  }

  Result<void, ViewFailure> flush() override {
    const auto status = db_->Flush(rocksdb::FlushOptions(), families_);
    if (!status.ok()) return fail(failure_of(status));
    return {};
  }

  void remove_when_closed() override { remove_ = true; }

 private:
  const std::filesystem::path dir_;
  std::unique_ptr<rocksdb::DB> db_;
  const Handles families_;
  const Reader reader_;
  std::atomic<bool> remove_ = false;
};

// Families made one by one with the store would each cost two syncs; together they cost two.
rocksdb::Status open_db(const ViewStore::Options& options, const std::string& dir, Handles& handles, rocksdb::DB** db) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : options.families) families.emplace_back(name, family_options());
  const auto opening = db_options(options.create);
  if (!options.create || std::filesystem::exists(std::filesystem::path(dir) / "CURRENT")) {
    return rocksdb::DB::Open(opening, dir, families, &handles, db);
  }
  // Made here, for RocksDB calls it an error that the directory is not there yet. If it cannot
  // be made, opening says so.
  std::error_code cannot_make;
  std::filesystem::create_directories(dir, cannot_make);
  auto status = rocksdb::DB::Open(opening, dir, {families[0]}, &handles, db);
  if (!status.ok()) return status;
  Handles made;
  status = (*db)->CreateColumnFamilies({families.begin() + 1, families.end()}, &made);
  handles.insert(handles.end(), made.begin(), made.end());
  return status;
}

ViewFailure not_opened(const std::filesystem::path& dir, std::string_view why) {
  return {ViewFailure::Kind::not_opened, {}, fmt::format("cannot open the views in {}: {}", dir.string(), why)};
}

}  // namespace

Result<std::shared_ptr<ViewStore>, ViewFailure> ViewStore::open(const std::filesystem::path& dir, Options options) {
  GREFFE_CHECK(!options.families.empty() && options.families[0] == rocksdb::kDefaultColumnFamilyName,
               "the first family is RocksDB's own");
  Handles handles;
  rocksdb::DB* db = nullptr;
  const auto status = open_db(options, dir.string(), handles, &db);
  // Takes what was opened even of a failed opening, to close it.
  auto store =
      db == nullptr ? nullptr : std::make_shared<RocksdbViewStore>(dir, std::unique_ptr<rocksdb::DB>(db), handles);
  if (status.ok()) return store;
  const bool held = status.IsIOError() && status.ToString().find("lock") != std::string::npos;
  if (held) return fail(not_opened(dir, "another process holds them: stop it first"));
  if (status.IsInvalidArgument()) return fail(not_opened(dir, status.ToString()));
  return fail(failure_of(status));
}

}  // namespace greffe
