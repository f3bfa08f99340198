#include "storage/rocksdb_log.h"

#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include <utility>

#include "events/check.h"
#include "storage/failures.h"
#include "storage/keys.h"
#include "storage/rocksdb_options.h"
#include "storage/rocksdb_reader.h"
#include "storage/rocksdb_store.h"
#include "storage/size_mark.h"
#include "storage/tail_signal.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

class RocksdbLog final : public Log {
 public:
  // `mark_file` is absent for a log that is only read.
  RocksdbLog(std::unique_ptr<RocksdbStore> store, Position tail, const std::optional<fs::path>& mark_file,
             Position marked)
      : store_(std::move(store)), batch_(0, 0, protection_bytes_per_key, 0) {
    tail_.publish(tail);
    if (mark_file) mark_.emplace(*mark_file, marked, tail_);
  }

  Position tail() const override { return tail_.get(); }

  Result<void, LogFailure> append(Position expected_tail, const LogGroup& group) override {
    if (!unusable_) unusable_ = mark_ ? mark_->failure() : read_only();
    if (unusable_) return fail(*unusable_);
    const Position tail = tail_.get();
    if (expected_tail != tail) return fail(wrong_tail(expected_tail, tail));
    GREFFE_CHECK(!group.entries.empty() || !group.index.empty(), "an empty group has nothing to keep");
    stop_counting();
    rocksdb::Status status = fill_batch(tail, group);
    if (status.ok()) status = store_->db().Write(write_options_, &batch_);
    if (!status.ok()) {
      unusable_ = failure_of(status);
      unusable_->kind = LogFailure::Kind::io;
      return fail(*unusable_);
    }
    tail_.publish({tail.value + group.entries.size()});
    return {};
  }

  Result<std::optional<std::string>, LogFailure> lookup(IndexSpace space, std::string_view key) const override {
    std::string value;
    const auto status = store_->db().Get({}, &store_->index(), keys::index_key(space, key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return fail(failure_of(status));
    return value;
  }

  Result<std::string, LogFailure> read_one(Position position) const override {
    const Position tail = tail_.get();
    if (position.value == 0 || position > tail) return fail(no_such_position(position, tail));
    std::string bytes;
    const auto status = store_->db().Get({}, &store_->entries(), slice(keys::entry_key(position).view()), &bytes);
    if (status.IsNotFound()) return fail(missing_entry(position));
    if (!status.ok()) return fail(failure_of(status, position));
    return bytes;
  }

  // The tail is taken before the iterator is made, so the iterator sees at least as much.
  std::unique_ptr<LogReader> read(Position from) const override {
    const Position tail = tail_.get();
    return read_entries(store_->db(), store_->entries(), from, tail);
  }

  std::unique_ptr<LogReader> read_stream(StreamId stream, Version from) const override {
    const Position tail = tail_.get();
    return read_stream_entries(store_->db(), store_->entries(), store_->streams(), stream, from, tail);
  }

  bool wait_for(Position position, std::chrono::milliseconds timeout) const override {
    return tail_.wait_for(position, timeout);
  }
  void stop_waiting() override { tail_.stop(); }

 private:
  static LogFailure read_only() { return {LogFailure::Kind::io, {}, "the log was opened for reading only"}; }

  rocksdb::Status fill_batch(Position tail, const LogGroup& group) {
    batch_.Clear();
    rocksdb::Status status;
    for (const LogEntry& entry : group.entries) {
      tail = next(tail);
      const keys::EntryKey key = keys::entry_key(tail);
      status = batch_.Put(&store_->entries(), slice(key.view()), entry.bytes);
      if (!status.ok()) return status;
      const keys::StreamKey stream_key = keys::stream_key(entry.stream, entry.version);
      status = batch_.Put(&store_->streams(), slice(stream_key.view()), slice(key.view()));
      if (!status.ok()) return status;
    }
    for (const IndexWrite& write : group.index) {
      status = batch_.Put(&store_->index(), keys::index_key(write.space, write.key), write.value);
      if (!status.ok()) return status;
    }
    return status;
  }

  const std::unique_ptr<RocksdbStore> store_;
  const rocksdb::WriteOptions write_options_ = log_write_options();
  rocksdb::WriteBatch batch_;           // of the appending thread, like the next one
  std::optional<LogFailure> unusable_;  // set for good by the first failed append
  TailSignal tail_;
  std::optional<SizeMarkKeeper> mark_;  // last: it reads the tail until it is gone
};

LogFailure too_short(Position tail, Position marked, const fs::path& mark_file) {
  return {LogFailure::Kind::too_short, tail,
          fmt::format("the log ends at position {}, but {} says that it had {}: acknowledged events are lost. Restore "
                      "a backup that is long enough; only to accept the loss, remove {} and start again",
                      tail.value, mark_file.string(), marked.value, mark_file.string())};
}

}  // namespace

Result<std::unique_ptr<Log>, LogFailure> open_rocksdb_log(const fs::path& dir, const RocksdbLogOptions& options) {
  using Access = RocksdbStore::Access;
  const fs::path mark_file = dir / "log-size";
  const auto marked = read_size_mark(mark_file);
  if (!marked) return fail(marked.error());
  const bool marked_any = marked->value != 0;
  // A marked log that is gone is lost, not absent: never begin a new one in its place.
  const Access access = !options.writable               ? Access::read
                        : options.create && !marked_any ? Access::create
                                                        : Access::write;
  auto store = RocksdbStore::open(dir / "log", access);
  if (!store && store.error().kind == LogFailure::Kind::not_opened && marked_any && !fs::exists(dir / "log")) {
    return fail(too_short({}, *marked, mark_file));
  }
  if (!store) return fail(store.error());
  const auto tail = (*store)->last_position();
  if (!tail) return fail(tail.error());
  if (*tail < *marked) return fail(too_short(*tail, *marked, mark_file));
  return std::make_unique<RocksdbLog>(*std::move(store), *tail,
                                      options.writable ? std::optional(mark_file) : std::nullopt, *marked);
}

}  // namespace greffe
