#include "storage/rocksdb_reader.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "storage/failures.h"
#include "storage/keys.h"
#include "storage/rocksdb_options.h"

namespace greffe {
namespace {

// A scan longer than this reads ahead in large steps and leaves the block cache alone;
// shorter ones let RocksDB widen its steps as it sees them run on.
constexpr std::uint64_t long_scan_entries = 4096;
constexpr std::size_t long_scan_readahead_bytes = 2 * 1024 * 1024;

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

class EntriesReader final : public LogReader {
 public:
  EntriesReader(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries, Position from, Position tail)
      : tail_(tail), expected_(std::max(from, Position{1})), end_key_(keys::entry_key(greffe::next(tail))) {
    if (expected_ > tail_) return;
    stop_counting();
    end_ = slice(end_key_.view());
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &end_;
    if (tail_.value - expected_.value >= long_scan_entries) {
      options.readahead_size = long_scan_readahead_bytes;
      options.fill_cache = false;
    }
    it_.reset(db.NewIterator(options, &entries));
  }

  bool next() override {
    if (failure_ || expected_ > tail_) return false;
    if (position_.value == 0) it_->Seek(slice(keys::entry_key(expected_).view()));
    else it_->Next();
    if (!it_->Valid()) return stop();
    if (keys::read_position(view(it_->key())) != expected_) return stop();
    position_ = expected_;
    expected_ = greffe::next(expected_);
    return true;
  }
  Position position() const override { return position_; }
  std::string_view bytes() const override { return view(it_->value()); }
  const std::optional<LogFailure>& failure() const override { return failure_; }

 private:
  bool stop() {
    const rocksdb::Status status = it_->status();
    failure_ = status.ok() ? missing_entry(expected_) : failure_of(status, expected_);
    return false;
  }

  const Position tail_;
  Position expected_;  // the one that next() must find
  Position position_;
  const keys::EntryKey end_key_;
  rocksdb::Slice end_;  // the iterator keeps a pointer to it
  std::unique_ptr<rocksdb::Iterator> it_;
  std::optional<LogFailure> failure_;
};

// A stream's entries lie apart in the log: looked up together they cost half as much. The first
// few are looked up alone, since most streams are short and many readers want one record.
constexpr std::size_t first_batch_entries = 4, batch_entries_max = 64;

class StreamReader final : public LogReader {
 public:
  StreamReader(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries, rocksdb::ColumnFamilyHandle& streams,
               StreamId stream, Version from, Position tail)
      : db_(db),
        entries_(entries),
        stream_(stream),
        tail_(tail),
        expected_(std::max(from, Version{1})),
        last_key_(keys::stream_key(stream, Version{std::numeric_limits<std::uint32_t>::max()})),
        end_(slice(last_key_.view())) {
    stop_counting();
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &end_;
    it_.reset(db.NewIterator(options, &streams));
    it_->Seek(slice(keys::stream_key(stream, expected_).view()));
  }

  bool next() override {
    if (failure_) return false;
    if (at_ + 1 < positions_.size()) ++at_;
    else if (!next_batch()) return false;
    const auto& status = statuses_[at_];
    if (status.ok()) return true;
    failure_ = status.IsNotFound() ? missing_entry(position()) : failure_of(status, position());
    return false;
  }
  Position position() const override { return at_ < positions_.size() ? positions_[at_] : Position{}; }
  std::string_view bytes() const override { return view(records_[at_]); }
  const std::optional<LogFailure>& failure() const override { return failure_; }

 private:
  // False where the stream ends, or fails before its next entry.
  bool next_batch() {
    const std::size_t size = std::clamp(2 * positions_.size(), first_batch_entries, batch_entries_max);
    positions_.clear();
    keys_.clear();
    at_ = 0;
    while (!ended_ && positions_.size() < size) read_row();
    if (positions_.empty()) {
      failure_ = std::move(row_failure_);
      return false;
    }
    std::vector<rocksdb::Slice> slices;
    for (const keys::EntryKey& key : keys_) slices.push_back(slice(key.view()));
    records_ = std::vector<rocksdb::PinnableSlice>(slices.size());
    statuses_.assign(slices.size(), {});
    db_.MultiGet({}, &entries_, slices.size(), slices.data(), records_.data(), statuses_.data(), true);
    return true;
  }

  // The stream's next position; or its end, which a failure is too, once what comes before is read.
  void read_row() {
    ended_ = true;
    if (!it_->Valid()) {
      if (!it_->status().ok()) row_failure_ = failure_of(it_->status());
      return;
    }
    const auto version = keys::read_version(view(it_->key()), stream_);
    const auto position = keys::read_position(view(it_->value()));
    if (!version || !position) {
      row_failure_ = malformed();
    } else if (*position > tail_) {
      return;
    } else if (*version != expected_) {
      row_failure_ = missing_version(stream_, expected_, *version, *position);
    } else {
      ended_ = false;
      positions_.push_back(*position);
      keys_.push_back(keys::entry_key(*position));
      expected_ = greffe::next(expected_);
      it_->Next();
    }
  }

  static LogFailure malformed() {
    return {LogFailure::Kind::corrupt, {}, "a row of the streams index is malformed: restore from a backup"};
  }

  rocksdb::DB& db_;
  rocksdb::ColumnFamilyHandle& entries_;
  const StreamId stream_;
  const Position tail_;
  Version expected_;
  const keys::StreamKey last_key_;
  const rocksdb::Slice end_;  // the iterator keeps a pointer to it
  std::unique_ptr<rocksdb::Iterator> it_;
  std::vector<Position> positions_;  // of the batch
  std::vector<keys::EntryKey> keys_;
  std::vector<rocksdb::PinnableSlice> records_;
  std::vector<rocksdb::Status> statuses_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::optional<LogFailure> row_failure_;
  std::optional<LogFailure> failure_;
};

}  // namespace

std::unique_ptr<LogReader> read_entries(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries, Position from,
                                        Position tail) {
  return std::make_unique<EntriesReader>(db, entries, from, tail);
}

std::unique_ptr<LogReader> read_stream_entries(rocksdb::DB& db, rocksdb::ColumnFamilyHandle& entries,
                                               rocksdb::ColumnFamilyHandle& streams, StreamId stream, Version from,
                                               Position tail) {
  return std::make_unique<StreamReader>(db, entries, streams, stream, from, tail);
}

}  // namespace greffe
