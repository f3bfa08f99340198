#include "projections/record_pipe.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "events/check.h"
#include "events/codec.h"

namespace greffe {
namespace {

using Run = std::vector<Record>;
using ReadRun = Result<Run, LogFailure>;

// Stretches up to this long are read by the caller's own thread.
constexpr std::uint64_t own_thread_events_min = 2 * RecordPipe::run_events_max;
// Runs waiting to be used: enough to even out the two threads' pace.
constexpr std::size_t waiting_runs_max = 3;

LogFailure damaged(Position position, std::string_view what) {
  return {
      LogFailure::Kind::corrupt, position,
      fmt::format("the record at position {} is damaged ({}): run `greffe verify`, then restore the log from a backup",
                  position.value, what)};
}

class RunReader {
 public:
  RunReader(const Log& log, Position from, Position to) : reader_(log.read(from)), next_(from), to_(to) {}

  // Writes the next records over `run`, keeping its memory. Empty after the last. A failure
  // is told once everything before it was given.
  std::optional<LogFailure> read(Run& run) {
    const std::uint64_t left = to_ < next_ ? 0 : to_.value - next_.value + 1;
    run.resize(failure_ ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(left, RecordPipe::run_events_max)));
    for (std::size_t i = 0; i < run.size() && !failure_; ++i) {
      failure_ = read(run[i]);
      if (failure_) run.resize(i);
    }
    return run.empty() ? failure_ : std::nullopt;
  }

 private:
  std::optional<LogFailure> read(Record& record) {
    if (!reader_->next()) return reader_->failure().value_or(damaged(next_, "it is missing"));
    GREFFE_CHECK(reader_->position() == next_, "the log gives every position, in order");
    if (const auto damage = decode_into(reader_->bytes(), record)) return damaged(next_, name_of(*damage));
    if (record.envelope.position != next_) return damaged(next_, "it says another position");
    next_ = greffe::next(next_);
    return std::nullopt;
  }

  const std::unique_ptr<LogReader> reader_;
  Position next_;
  const Position to_;
  std::optional<LogFailure> failure_;
};

}  // namespace

class RecordPipe::Impl {
 public:
  Impl(const Log& log, Position from, Position to) : log_(log), from_(from), to_(to) {
    const bool is_long = to.value >= from.value + own_thread_events_min;
    if (is_long) thread_ = std::jthread([this](const std::stop_token& stop) { read_ahead(stop); });
    else reader_.emplace(log, from, to);
  }

  Result<std::span<const Record>, LogFailure> next() {
    if (failure_) return fail(*failure_);
    if (reader_) failure_ = reader_->read(run_);
    else failure_ = take();
    if (failure_) return fail(*failure_);
    return std::span<const Record>(run_);
  }

 private:
  void read_ahead(const std::stop_token& stop) {
    try {
      RunReader reader(log_, from_, to_);
      for (bool more = true; more;) {
        Run run = spare();
        auto failure = reader.read(run);
        more = !failure && !run.empty() && hand_over(std::move(run), stop);
        if (failure) end(std::move(failure));
      }
      end(std::nullopt);
    } catch (const std::exception& e) {
      end(LogFailure{LogFailure::Kind::io, {}, fmt::format("reading the log stopped: {}", e.what())});
    }
  }

  Run spare() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) return {};
    Run run = std::move(spare_.back());
    spare_.pop_back();
    return run;
  }

  // False if nobody wants more.
  bool hand_over(Run run, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return waiting_.size() < waiting_runs_max; })) return false;
    waiting_.push_back(std::move(run));
    changed_.notify_all();
    return true;
  }

  void end(std::optional<LogFailure> failure) {
    const std::lock_guard lock(mutex_);
    if (!ended_) ended_with_ = std::move(failure);
    ended_ = true;
    changed_.notify_all();
  }

  std::optional<LogFailure> take() {
    std::unique_lock lock(mutex_);
    spare_.push_back(std::exchange(run_, {}));
    changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return ended_with_;
    run_ = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return std::nullopt;
  }

  const Log& log_;
  const Position from_, to_;
  Run run_;  // what the caller holds
  std::optional<RunReader> reader_;
  std::optional<LogFailure> failure_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  std::deque<Run> waiting_;
  std::vector<Run> spare_;
  bool ended_ = false;
  std::optional<LogFailure> ended_with_;
  std::jthread thread_;  // last: it uses all of the above
};

RecordPipe::RecordPipe(const Log& log, Position from, Position to) : impl_(std::make_unique<Impl>(log, from, to)) {}
RecordPipe::~RecordPipe() = default;

Result<std::span<const Record>, LogFailure> RecordPipe::next() { return impl_->next(); }

}  // namespace greffe
