#include "projections/advance.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <span>

#include "events/check.h"
#include "projections/record_pipe.h"

namespace greffe {
namespace {

using Poison = std::optional<Generation::Poison>;

// Folds records and writes them in batches of the size asked for.
class Batches {
 public:
  Batches(Generation& views, const Advance& how) : views_(views), how_(how) {}

  // Until the first poison, which is left unapplied and undiscarded.
  Result<Poison, ViewFailure> add(std::span<const Record> records) {
    while (!records.empty()) {
      const auto some = records.first(std::min(records.size(), how_.write_events_max - unwritten_));
      records = records.subspan(some.size());
      if (auto poison = views_.apply(some)) return poison;
      unwritten_ += some.size();
      if (unwritten_ < how_.write_events_max) continue;
      if (auto written = write(); !written) return fail(written.error());
    }
    return Poison{};
  }

  Result<void, ViewFailure> write() {
    if (unwritten_ == 0) return {};
    unwritten_ = 0;
    auto written = views_.write();
    if (written && how_.on_written) how_.on_written(views_.seen().position);
    return written;
  }

 private:
  Generation& views_;
  const Advance& how_;
  std::size_t unwritten_ = 0;
};

// Until the end, a stop or the first poison. What came before a failure of the log is written.
Result<Poison, ViewFailure> advance_to_poison(Generation& views, const Log& log, const Advance& how) {
  RecordPipe pipe(log, next(views.seen().position), how.to);
  Batches batches(views, how);
  std::optional<ViewFailure> unread;
  while (!how.stop.stop_requested()) {
    const auto records = pipe.next();
    if (!records) unread = view_failure(records.error());
    if (!records || records->empty()) break;
    auto poison = batches.add(*records);
    if (!poison || *poison) return poison;
  }
  if (auto written = batches.write(); !written) return fail(written.error());
  if (unread) return fail(*unread);
  return Poison{};
}

Result<void, ViewFailure> advance_parking(Generation& views, const Log& log, const Advance& how) {
  while (views.seen().position < how.to && !how.stop.stop_requested()) {
    const auto poison = advance_to_poison(views, log, how);
    if (!poison) return fail(poison.error());
    if (!*poison) continue;
    // The view may have changed rows before it gave up, so nothing unwritten is kept; all
    // that came before the event is applied again, by that view too.
    views.discard();
    Advance before = how;
    before.to = Position{(*poison)->position.value - 1};
    if (auto done = advance_parking(views, log, before); !done) return done;
    if (views.seen().position == before.to) views.park(**poison);
  }
  return {};
}

}  // namespace

Result<void, ViewFailure> advance(Generation& views, const Log& log, const Advance& how) {
  GREFFE_CHECK(how.write_events_max > 0, "a batch has at least one event");
  try {
    return advance_parking(views, log, how);
  } catch (const ViewsUnreadable& e) {
    return fail(e.failure());
  } catch (const std::exception& e) {
    return fail(
        ViewFailure{ViewFailure::Kind::io, {}, fmt::format("applying events to the views stopped: {}", e.what())});
  }
}

}  // namespace greffe
