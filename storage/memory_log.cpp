#include "storage/memory_log.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "events/check.h"
#include "storage/failures.h"
#include "storage/tail_signal.h"

namespace greffe {
namespace {

// Walks positions that were fixed when it was made. The deque never moves its strings, so a
// view of one stays good while the log grows.
class MemoryReader final : public LogReader {
 public:
  using Entries = std::deque<std::string>;

  MemoryReader(std::mutex& mutex, const Entries& entries, std::vector<Position> positions)
      : mutex_(mutex), entries_(entries), positions_(std::move(positions)) {}

  bool next() override {
    if (done_ == positions_.size()) return false;
    position_ = positions_[done_++];
    const std::lock_guard lock(mutex_);
    bytes_ = entries_[position_.value - 1];
    return true;
  }
  Position position() const override { return position_; }
  std::string_view bytes() const override { return bytes_; }
  const std::optional<LogFailure>& failure() const override { return none_; }

 private:
  std::mutex& mutex_;
  const Entries& entries_;
  const std::vector<Position> positions_;
  std::size_t done_ = 0;
  Position position_;
  std::string_view bytes_;
  const std::optional<LogFailure> none_;
};

class MemoryLog final : public Log {
 public:
  Position tail() const override { return tail_.get(); }

  Result<void, LogFailure> append(Position expected_tail, const LogGroup& group) override {
    const Position tail = tail_.get();
    if (expected_tail != tail) return fail(wrong_tail(expected_tail, tail));
    GREFFE_CHECK(!group.entries.empty() || !group.index.empty(), "an empty group has nothing to keep");
    Position at = tail;
    const std::lock_guard lock(mutex_);
    for (const LogEntry& entry : group.entries) {
      at = next(at);
      entries_.push_back(entry.bytes);
      streams_[{entry.stream, entry.version}] = at;
    }
    for (const IndexWrite& write : group.index) index_[{write.space, write.key}] = write.value;
    tail_.publish(at);
    return {};
  }

  Result<std::optional<std::string>, LogFailure> lookup(IndexSpace space, std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(std::pair(space, std::string(key)));
    if (found == index_.end()) return std::nullopt;
    return found->second;
  }

  Result<std::string, LogFailure> read_one(Position position) const override {
    const std::lock_guard lock(mutex_);
    if (position.value == 0 || position > tail_.get()) return fail(no_such_position(position, tail_.get()));
    return entries_[position.value - 1];
  }

  std::unique_ptr<LogReader> read(Position from) const override {
    std::vector<Position> positions;
    const Position tail = tail_.get();
    for (Position p = std::max(from, Position{1}); p <= tail; p = next(p)) positions.push_back(p);
    return std::make_unique<MemoryReader>(mutex_, entries_, std::move(positions));
  }

  std::unique_ptr<LogReader> read_stream(StreamId stream, Version from) const override {
    std::vector<Position> positions;
    const std::lock_guard lock(mutex_);
    for (auto it = streams_.lower_bound({stream, from}); it != streams_.end() && it->first.first == stream; ++it) {
      positions.push_back(it->second);
    }
    return std::make_unique<MemoryReader>(mutex_, entries_, std::move(positions));
  }

  bool wait_for(Position position, std::chrono::milliseconds timeout) const override {
    return tail_.wait_for(position, timeout);
  }
  void stop_waiting() override { tail_.stop(); }

 private:
  mutable std::mutex mutex_;  // guards what follows, but not the tail
  MemoryReader::Entries entries_;
  std::map<std::pair<StreamId, Version>, Position> streams_;
  std::map<std::pair<IndexSpace, std::string>, std::string> index_;
  TailSignal tail_;
};

}  // namespace

std::unique_ptr<Log> open_memory_log() { return std::make_unique<MemoryLog>(); }

}  // namespace greffe
