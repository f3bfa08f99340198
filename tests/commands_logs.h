// Logs and clocks that tests of the writer can hold, break and set.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "events/time.h"
#include "storage/log.h"

namespace greffe {

class SetClock final : public Clock {
 public:
  explicit SetClock(Instant at) { set(at); }
  Instant now() const override { return Instant(std::chrono::microseconds(micros_.load())); }
  void set(Instant at) { micros_ = at.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> micros_{0};
};

// Another log with a gate before append() and failures to order.
class TroubledLog : public Log {
 public:
  explicit TroubledLog(Log& under) : under_(under) {}

  // From now on append() waits until open().
  void shut() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  // Until an append() waits at the gate.
  void await_append() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return at_gate_ > 0; });
  }
  // The appends after this many more fail.
  void fail_after(int appends) { appends_left_ = appends; }
  void fail_reads() { reads_fail_ = true; }
  int appends() const { return appends_; }

  Position tail() const override { return under_.tail(); }
  Result<void, LogFailure> append(Position expected_tail, const LogGroup& group) override {
    {
      std::unique_lock lock(mutex_);
      ++at_gate_;
      changed_.notify_all();
      changed_.wait(lock, [&] { return open_; });
      --at_gate_;
    }
    ++appends_;
    if (appends_left_-- <= 0) return fail(LogFailure{LogFailure::Kind::io, {}, "ordered by the test"});
    return under_.append(expected_tail, group);
  }
  Result<std::optional<std::string>, LogFailure> lookup(IndexSpace space, std::string_view key) const override {
    if (reads_fail_) return fail(LogFailure{LogFailure::Kind::io, {}, "ordered by the test"});
    return under_.lookup(space, key);
  }
  Result<std::string, LogFailure> read_one(Position position) const override { return under_.read_one(position); }
  std::unique_ptr<LogReader> read(Position from) const override { return under_.read(from); }
  std::unique_ptr<LogReader> read_stream(StreamId stream, Version from) const override {
    return under_.read_stream(stream, from);
  }
  bool wait_for(Position position, std::chrono::milliseconds timeout) const override {
    return under_.wait_for(position, timeout);
  }
  void stop_waiting() override { under_.stop_waiting(); }

 private:
  Log& under_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int at_gate_ = 0;
  std::atomic<int> appends_ = 0;
  std::atomic<int> appends_left_ = 1'000'000;
  std::atomic<bool> reads_fail_ = false;
};

}  // namespace greffe
