// The rebuild: a second generation built from position 1 beside the live one, and the swap.
#include <fmt/format.h>

#include "events/check.h"
#include "projections/advance.h"
#include "projections/live_views.h"

namespace greffe {
namespace {

// So close to the log's end, the rest is done while the projector waits.
constexpr std::uint64_t near_events_max = 4096;

}  // namespace

Result<Views::Rebuilt, ViewFailure> LiveViews::rebuild(const Progress& progress) {
  const auto swapped = build_and_swap(progress);
  if (!swapped) return fail(swapped.error());
  try {
    // Both stand at one position for good, since they are snapshots; nobody has to wait.
    return Rebuilt{swapped->before->digest(), swapped->after->digest()};
  } catch (const ViewsUnreadable& e) {
    return fail(e.failure());
  }
}

Result<LiveViews::Swapped, ViewFailure> LiveViews::build_and_swap(const Progress& progress) {
  const std::lock_guard one_at_a_time(rebuilding_);
  const std::string name = dirs_.new_name();
  auto fresh = Generation::open(dirs_.path_of(name), log_, extra_);
  if (!fresh) return fail(fresh.error());
  rebuild_position_ = 0;
  is_rebuilding_ = true;
  auto swapped = build_beside(**fresh, progress).and_then([&] { return swap(name, *fresh); });
  is_rebuilding_ = false;
  if (!swapped) (*fresh)->retire();
  return swapped;
}

Result<void, ViewFailure> LiveViews::build_beside(Generation& fresh, const Progress& progress) {
  Advance how;
  how.stop = stopping_.get_token();
  how.write_events_max = bulk_events_max;
  how.on_written = [&](Position at) {
    rebuild_position_ = at.value;
    if (progress) progress(at.value, log_.tail().value);
  };
  for (how.to = log_.tail(); how.to.value > fresh.seen().position.value + near_events_max; how.to = log_.tail()) {
    if (const auto advanced = advance(fresh, log_, how); !advanced) return advanced;
    if (stopping_.stop_requested()) return fail(stopped());
    if (const auto parked = require_none_parked(fresh); !parked) return parked;
  }
  return fresh.flush();
}

// A generation with a view that stands still is not at one position: it never serves.
Result<void, ViewFailure> LiveViews::require_none_parked(const Generation& fresh) {
  const auto parked = fresh.parked();
  const std::unique_lock lock(mutex_);
  parked_beside_ = parked;
  if (parked.empty()) return {};
  return fail(ViewFailure{ViewFailure::Kind::poison, parked[0].position,
                          fmt::format("view {} could not digest position {} ({}): the views before go on serving",
                                      parked[0].view, parked[0].position.value, parked[0].cause)});
}

Result<LiveViews::Swapped, ViewFailure> LiveViews::swap(const std::string& name, std::shared_ptr<Generation> fresh) {
  const std::lock_guard projector_waits(applying_);
  const Position at = log_.tail();
  if (auto advanced = advance_live(at, {}); !advanced) return fail(advanced.error());
  Advance how;
  how.to = at;
  how.stop = stopping_.get_token();
  if (auto advanced = advance(*fresh, log_, how); !advanced) return fail(advanced.error());
  if (stopping_.stop_requested()) return fail(stopped());
  if (auto parked = require_none_parked(*fresh); !parked) return fail(parked.error());
  const auto old = live();
  GREFFE_CHECK(old->seen().position == fresh->seen().position, "generations are swapped at one position");
  if (auto flushed = fresh->flush(); !flushed) return fail(flushed.error());
  if (auto named = dirs_.make_current(name); !named) return fail(named.error());
  Swapped swapped{old->snapshot(), fresh->snapshot()};
  {
    const std::unique_lock lock(mutex_);
    live_ = std::move(fresh);
  }
  old->retire();
  return swapped;
}

void LiveViews::replace_outdated() {
  const auto swapped = build_and_swap({});
  // A poison is shown by status(), and the views before go on serving.
  if (swapped || stopping_.stop_requested() || swapped.error().kind == ViewFailure::Kind::poison) return;
  report(swapped.error());
}

}  // namespace greffe
