#include "projections/search/live_search.h"

#include <fmt/format.h>

#include <algorithm>

#include "projections/record_pipe.h"
#include "projections/search/run_search.h"

namespace greffe {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// How long a stop or a damage may go unnoticed by a thread that waits for the log.
constexpr auto wait_for_log = 50ms;
// A log that has stopped all waiting answers at once; this keeps the follower from spinning.
constexpr auto wait_without_log = 5ms;
// Readers are disturbed by two commits during one search; more often in a row is no accident.
constexpr int search_attempts_max = 8;
// An index that keeps breaking has a cause that building it once more does not heal.
constexpr int begun_anew_max = 3;

ViewFailure io_failure(const std::string& why) {
  return {ViewFailure::Kind::io, {}, fmt::format("the search index failed: {}", why)};
}

ViewFailure stopped() { return {ViewFailure::Kind::io, {}, "the search index was stopped"}; }

}  // namespace

LiveSearch::LiveSearch(SearchGenerations generations, const Log& log, Options options, OnFailure on_failure,
                       std::shared_ptr<SearchStore> live)
    : generations_(std::move(generations)),
      log_(log),
      options_(options),
      on_failure_(std::move(on_failure)),
      live_(std::move(live)) {
  if (live_->seen().position.value == 0) complete_from_ = log_.tail().value;
}

void LiveSearch::start() {
  if (options_.follow) follower_ = std::jthread([this] { follow(); });
}

void LiveSearch::stop() {
  std::call_once(stopped_, [this] {
    stopping_.request_stop();
    wake();
    if (follower_.joinable()) follower_.join();
  });
}

void LiveSearch::follow() {
  while (!stopping_.stop_requested()) {
    const auto began = SteadyClock::now();
    if (!log_.wait_for(next(live()->seen().position), wait_for_log) && !damaged_) {
      if (SteadyClock::now() - began < wait_without_log) std::this_thread::sleep_for(wait_without_log);
      continue;
    }
    std::unique_lock lock(applying_);
    const auto advanced = advance_live(log_.tail(), {});
    lock.unlock();
    if (!advanced) {
      if (on_failure_ && !stopping_.stop_requested()) on_failure_(advanced.error());
      return;
    }
    pause_until(began + options_.commit_interval);
  }
}

void LiveSearch::pause_until(SteadyClock::time_point then) {
  std::unique_lock lock(mutex_);
  moved_.wait_until(lock, stopping_.get_token(), then, [] { return false; });
}

// Under applying_.
Result<void, ViewFailure> LiveSearch::advance_live(Position to, const Progress& progress) {
  if (const auto broken = failure()) return fail(*broken);
  const Position from = live()->seen().position;
  const auto on_written = [&](Position at) {
    wake();
    if (progress && at > from) progress(at.value - from.value, to.value - from.value);
  };
  while (true) {
    auto advanced = damaged_ ? fail(io_failure("it is damaged")) : advance(*live(), to, on_written);
    // What the log failed to give, a new index would not get either.
    if (advanced || advanced.error().kind == ViewFailure::Kind::log) {
      if (!advanced) keep(advanced.error());
      return advanced;
    }
    if (auto begun = begin_anew(advanced.error()); !begun) return fail(keep(begun.error()));
  }
}

Result<void, ViewFailure> LiveSearch::begin_anew(const ViewFailure& why) {
  if (++begun_anew_ > begun_anew_max) return fail(why);
  auto made = SearchStore::make_serving(generations_.next(), log_);
  if (!made) return fail(made.error());
  complete_from_ = log_.tail().value;
  put_live(std::move(*made));
  damaged_ = false;
  return {};
}

Result<void, ViewFailure> LiveSearch::advance(SearchStore& store, Position to, const OnWritten& on_written) {
  try {
    return read_into(store, to, on_written);
  } catch (const Xapian::Error& error) {
    return fail(io_failure(error.get_description()));
  } catch (const std::exception& error) {
    return fail(io_failure(error.what()));
  }
}

Result<void, ViewFailure> LiveSearch::read_into(SearchStore& store, Position to, const OnWritten& on_written) {
  const auto from = store.seen().position;
  if (from >= to) return {};
  const bool is_far = to.value - from.value > options_.bulk_events_max;
  const auto events_max = is_far ? options_.bulk_events_max : options_.live_events_max;
  RecordPipe pipe(log_, next(from), to);
  std::optional<ViewFailure> unread;
  std::size_t unwritten = 0;
  const auto write = [&]() -> Result<void, ViewFailure> {
    if (unwritten == 0) return {};
    unwritten = 0;
    auto written = store.write();
    if (written) on_written(store.seen().position);
    return written;
  };
  while (!stopping_.stop_requested()) {
    const auto records = pipe.next();
    if (!records) unread = view_failure(records.error());
    if (!records || records->empty()) break;
    for (auto rest = *records; !rest.empty() && !stopping_.stop_requested();) {
      const auto taken = rest.first(std::min(rest.size(), events_max - unwritten));
      rest = rest.subspan(taken.size());
      store.apply(taken);
      unwritten += taken.size();
      if (unwritten < events_max) continue;
      if (auto written = write(); !written) return written;
    }
  }
  // A stop does not wait for a long write; the log has what is thrown away.
  if (stopping_.stop_requested()) return {};
  if (auto written = write(); !written) return written;
  if (unread) return fail(*unread);
  return {};
}

Result<void, ViewFailure> LiveSearch::catch_up(const Progress& progress) {
  const Position to = log_.tail();
  if (options_.follow) return wait_until_followed(to, progress);
  const std::lock_guard lock(applying_);
  if (auto advanced = advance_live(to, progress); !advanced) return advanced;
  if (live()->seen().position < to) return fail(stopped());
  return {};
}

Result<void, ViewFailure> LiveSearch::wait_until_followed(Position to, const Progress& progress) {
  const Position from = live()->seen().position;
  while (!wait_for(to, wait_for_log)) {
    if (const auto broken = failure()) return fail(*broken);
    if (stopping_.stop_requested()) return fail(stopped());
    const auto at = live()->seen().position;
    if (progress && at > from) progress(at.value - from.value, to.value - from.value);
  }
  return {};
}

Result<void, ViewFailure> LiveSearch::rebuild(const Progress& progress) {
  const std::lock_guard one_at_a_time(rebuilding_);
  auto made = SearchStore::make(generations_.next(), log_);
  if (!made) return fail(made.error());
  std::shared_ptr<SearchStore> fresh = std::move(*made);
  rebuild_position_ = 0;
  is_rebuilding_ = true;
  auto built = build_beside(*fresh, progress);
  if (built) {
    const std::lock_guard lock(applying_);
    built = advance(*fresh, live()->seen().position, [](Position) {});
    if (built && fresh->seen().position < live()->seen().position) built = fail(stopped());
    if (built) built = fresh->finish();
    if (built) put_live(fresh);
  }
  is_rebuilding_ = false;
  if (!built) {
    fresh.reset();
    generations_.remove_all_but(live()->path());
  }
  return built;
}

// Up to where the live generation is, which meanwhile goes on.
Result<void, ViewFailure> LiveSearch::build_beside(SearchStore& fresh, const Progress& progress) {
  while (fresh.seen().position < live()->seen().position && !stopping_.stop_requested()) {
    const Position to = live()->seen().position;
    auto built = advance(fresh, to, [&](Position at) {
      rebuild_position_ = at.value;
      if (progress) progress(at.value, to.value);
    });
    if (!built) return built;
  }
  if (stopping_.stop_requested()) return fail(stopped());
  return {};
}

Result<SearchPage, SearchFault> LiveSearch::search(const SearchQuery& query) const {
  std::string detail = "the index changed too fast";
  for (int attempt = 0; attempt < search_attempts_max; ++attempt) {
    const auto store = live();
    try {
      auto reader = store->take_reader();
      auto page = run_search(*reader, query);
      store->give_back(std::move(reader));
      return page;
    } catch (const Xapian::DatabaseModifiedError& error) {
      detail = error.get_msg();  // the reader is not given back; the next one sees the last commit
    } catch (const Xapian::Error& error) {
      detail = error.get_description();
      // A generation that was replaced meanwhile is gone from the disk.
      if (store != live()) continue;
      damaged_ = true;
      break;
    }
  }
  return fail(SearchFault{SearchFault::Kind::unreadable, detail});
}

bool LiveSearch::wait_for(Position position, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  const auto there = [&] { return live_->seen().position >= position; };
  moved_.wait_for(lock, stopping_.get_token(), timeout, there);
  return there();
}

Result<SearchIndex::Digest, ViewFailure> LiveSearch::digest() {
  const std::lock_guard lock(applying_);
  const auto store = live();
  try {
    return Digest{store->seen().position, store->digest()};
  } catch (const Xapian::Error& error) {
    return fail(io_failure(error.get_description()));
  }
}

SearchStatus LiveSearch::status() const {
  SearchStatus status;
  status.seen = live()->seen();
  status.log_tail = log_.tail();
  const bool is_first = status.seen.position.value < complete_from_;
  status.rebuilding = is_first || is_rebuilding_;
  if (status.rebuilding) status.rebuild_position = is_first ? status.seen.position : Position{rebuild_position_};
  status.documents = live()->documents();
  status.failure = failure();
  return status;
}

std::shared_ptr<SearchStore> LiveSearch::live() const {
  const std::lock_guard lock(mutex_);
  return live_;
}

// Under applying_. Searches that are still reading the old generation finish with what they have.
void LiveSearch::put_live(std::shared_ptr<SearchStore> store) {
  {
    const std::lock_guard lock(mutex_);
    live_.swap(store);
  }
  wake();
  store.reset();
  generations_.remove_all_but(live()->path());
}

ViewFailure LiveSearch::keep(ViewFailure failure) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = failure;
  return failure;
}

std::optional<ViewFailure> LiveSearch::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

// Under the mutex, so that nobody who is about to wait misses it.
void LiveSearch::wake() const {
  const std::lock_guard lock(mutex_);
  moved_.notify_all();
}

}  // namespace greffe
