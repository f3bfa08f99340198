#include "projections/live_views.h"

#include <fmt/format.h>

#include <chrono>

#include "events/check.h"
#include "events/codec.h"
#include "projections/advance.h"

namespace greffe {
namespace {

using namespace std::chrono_literals;

// How long a stop may go unnoticed by a projector that waits for the log.
constexpr auto wait_for_log = 50ms;
// A log that has stopped all waiting answers at once; this keeps the projector from spinning.
constexpr auto wait_without_log = 5ms;

// Whether the rows are a fold of this very log: it may have been put back to an older backup.
Result<bool, ViewFailure> belongs_to(const Generation& views, const Log& log) {
  const Seen seen = views.seen();
  if (seen.position.value == 0) return true;
  if (seen.position > log.tail()) return false;
  const auto bytes = log.read_one(seen.position);
  if (!bytes) return fail(view_failure(bytes.error()));
  const auto record = decode(*bytes);
  return record && record->envelope.recorded_at == seen.recorded_at;
}

// The generation that may serve; null if it has to be built anew.
Result<std::shared_ptr<Generation>, ViewFailure> open_current(const GenerationDirs& dirs, const std::string& name,
                                                              const Log& log, const ExtraViews& extra) {
  auto views = Generation::open(dirs.path_of(name), log, extra);
  if (!views) {
    if (views.error().kind == ViewFailure::Kind::not_opened) return views;
    return nullptr;  // damaged rows are not worth more than the time to build them again
  }
  if ((*views)->fit() == Generation::Fit::unreadable) return nullptr;
  const auto belongs = belongs_to(**views, log);
  if (!belongs) return fail(belongs.error());
  return *belongs ? *views : nullptr;
}

}  // namespace

Result<std::unique_ptr<Views>, ViewFailure> Views::open(const std::filesystem::path& dir, const Log& log,
                                                        Options options, OnFailure on_failure) {
  return LiveViews::open(dir, log, options, std::move(on_failure), {});
}

Result<std::unique_ptr<Views>, ViewFailure> LiveViews::open(const std::filesystem::path& dir, const Log& log,
                                                            Options options, OnFailure on_failure, ExtraViews extra) {
  const auto dirs = GenerationDirs::open(dir);
  if (!dirs) return fail(dirs.error());
  const auto current = dirs->current();
  if (!current) return fail(current.error());
  std::string name;
  std::shared_ptr<Generation> live;
  if (*current) {
    auto opened = open_current(*dirs, **current, log, extra);
    if (!opened) return fail(opened.error());
    live = std::move(*opened);
    name = **current;
  }
  if (!live) {
    name = dirs->new_name();
    auto made = Generation::open(dirs->path_of(name), log, extra);
    if (!made) return fail(made.error());
    if (const auto named = dirs->make_current(name); !named) return fail(named.error());
    live = std::move(*made);
  }
  if (const auto removed = dirs->remove_all_but(name); !removed) return fail(removed.error());
  std::unique_ptr<LiveViews> views(
      new LiveViews(*dirs, log, options, std::move(on_failure), std::move(extra), std::move(live)));
  views->start();
  return views;
}

LiveViews::LiveViews(GenerationDirs dirs, const Log& log, Options options, OnFailure on_failure, ExtraViews extra,
                     std::shared_ptr<Generation> live)
    : dirs_(std::move(dirs)),
      log_(log),
      options_(options),
      on_failure_(std::move(on_failure)),
      extra_(std::move(extra)),
      live_(std::move(live)) {
  seen_.publish(live_->seen().position);
}

void LiveViews::start() {
  if (!options_.follow) return;
  projector_ = std::jthread([this] { follow(); });
  if (live_->fit() == Generation::Fit::outdated) upgrader_ = std::jthread([this] { replace_outdated(); });
}

void LiveViews::stop() {
  std::call_once(stopped_, [this] {
    stopping_.request_stop();
    if (projector_.joinable()) projector_.join();
    if (upgrader_.joinable()) upgrader_.join();
    seen_.stop();
    const std::lock_guard lock(applying_);
    if (failure()) return;
    if (const auto flushed = live()->flush(); !flushed) report(keep(flushed.error()));
  });
}

void LiveViews::follow() {
  while (!stopping_.stop_requested()) {
    const auto began = std::chrono::steady_clock::now();
    if (!log_.wait_for(next(seen_.get()), wait_for_log)) {
      if (std::chrono::steady_clock::now() - began < wait_without_log) std::this_thread::sleep_for(wait_without_log);
      continue;
    }
    std::unique_lock lock(applying_);
    const auto advanced = advance_live(log_.tail(), {});
    lock.unlock();
    if (advanced) continue;
    report(advanced.error());
    return;
  }
}

// Under applying_.
Result<void, ViewFailure> LiveViews::advance_live(Position to, const Progress& progress) {
  if (const auto broken = failure()) return fail(*broken);
  const auto views = live();
  const Position from = views->seen().position;
  if (to <= from) return {};
  const std::uint64_t total = to.value - from.value;
  Advance how;
  how.to = to;
  how.stop = stopping_.get_token();
  how.write_events_max = total > bulk_events_min ? bulk_events_max : options_.batch_events_max;
  how.on_written = [&](Position at) {
    seen_.publish(at);
    if (progress) progress(at.value - from.value, total);
  };
  const auto advanced = advance(*views, log_, how);
  if (!advanced) return fail(keep(advanced.error()));
  return {};
}

Result<void, ViewFailure> LiveViews::catch_up(const Progress& progress) {
  const Position to = log_.tail();
  if (options_.follow) return wait_until_followed(to, progress);
  if (live()->fit() == Generation::Fit::outdated) {
    const auto rebuilt = rebuild(progress);
    if (!rebuilt) return fail(rebuilt.error());
    return {};
  }
  const std::lock_guard lock(applying_);
  if (auto advanced = advance_live(to, progress); !advanced) return advanced;
  if (seen_.get() < to) return fail(stopped());
  return {};
}

Result<void, ViewFailure> LiveViews::wait_until_followed(Position to, const Progress& progress) {
  const Position from = seen_.get();
  while (!seen_.wait_for(to, wait_for_log)) {
    if (const auto broken = failure()) return fail(*broken);
    if (stopping_.stop_requested()) return fail(stopped());
    if (progress) progress(seen_.get().value - from.value, to.value - from.value);
  }
  return {};
}

ViewsStatus LiveViews::status() const {
  const auto views = live();
  ViewsStatus status;
  status.seen = views->seen();
  status.log_tail = log_.tail();
  status.parked = views->parked();
  status.rebuilding = is_rebuilding_;
  status.rebuild_position = Position{rebuild_position_};
  const std::shared_lock lock(mutex_);
  status.parked.insert(status.parked.end(), parked_beside_.begin(), parked_beside_.end());
  return status;
}

std::shared_ptr<Generation> LiveViews::live() const {
  const std::shared_lock lock(mutex_);
  return live_;
}

ViewFailure LiveViews::keep(ViewFailure failure) {
  const std::unique_lock lock(mutex_);
  if (!failure_) failure_ = failure;
  return failure;
}

std::optional<ViewFailure> LiveViews::failure() const {
  const std::shared_lock lock(mutex_);
  return failure_;
}

void LiveViews::report(const ViewFailure& failure) {
  std::call_once(reported_, [&] {
    if (on_failure_) on_failure_(failure);
  });
}

ViewFailure LiveViews::stopped() { return {ViewFailure::Kind::io, {}, "the views were stopped before they were done"}; }

}  // namespace greffe
