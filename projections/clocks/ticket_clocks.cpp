#include "projections/clocks/ticket_clocks.h"

#include <algorithm>

namespace greffe::ticket_clocks {
namespace {

Milliseconds target_in(const SlaTarget& target, Metric metric) {
  switch (metric) {
    case Metric::first_response: return target.first_response_ms;
    case Metric::next_response: return target.next_response_ms;
    case Metric::inactivity: return target.inactivity_ms;
    case Metric::resolution: return target.resolution_ms;
  }
  return Milliseconds{0};
}

// 0 = the priority sets no target for the metric.
Milliseconds target_for(const SlaTargetsDefined& targets, const std::string& priority, Metric metric) {
  for (const auto& target : targets.targets) {
    if (target.priority == priority) return std::max(Milliseconds{0}, target_in(target, metric));
  }
  return Milliseconds{0};
}

std::uint32_t next_instance(const SlaRow& row, Metric metric) {
  return 1 + static_cast<std::uint32_t>(std::count_if(row.clocks.begin(), row.clocks.end(),
                                                      [&](const ClockRow& clock) { return clock.metric == metric; }));
}

bool awaits_answer(const ClockRow& clock) {
  return clock.metric == Metric::first_response || clock.metric == Metric::next_response;
}

// Of the ended clocks nobody sees, only the newest resolution is needed again: reopening takes it up.
void forget_ended_untargeted(SlaRow& row) {
  Position newest;
  for (const auto& clock : row.untargeted) {
    if (clock.metric == Metric::resolution) newest = std::max(newest, clock.ended_by);
  }
  std::erase_if(row.untargeted, [&](const ClockRow& clock) {
    const bool is_needed = clock.metric == Metric::resolution && clock.ended_by == newest;
    return !clock_steps::is_live(clock) && !is_needed;
  });
}

// Shows a clock that a target applies to now, in place of its cancelled self if it had been
// shown before.
void show(SlaRow& row, ClockRow clock) {
  for (auto& shown : row.clocks) {
    if (shown.metric != clock.metric || shown.instance != clock.instance) continue;
    shown = std::move(clock);
    return;
  }
  clock.instance = next_instance(row, clock.metric);
  row.clocks.push_back(std::move(clock));
}

// The clocks that leave `untargeted` because the row's priority has a target for them.
std::vector<ClockRow> take_targeted(SlaRow& row, const Act& act) {
  std::vector<ClockRow> taken;
  std::erase_if(row.untargeted, [&](ClockRow& clock) {
    if (!clock_steps::is_live(clock) || clock.priority == row.priority.key) return false;
    const auto target = target_for(act.targets, row.priority.key, clock.metric);
    if (target == Milliseconds{0}) {
      clock.priority = row.priority.key;
      return false;
    }
    clock_steps::retarget(clock, act.at, act.by(), row.priority.key, target);
    taken.push_back(clock);
    return true;
  });
  return taken;
}

}  // namespace

bool in_same_commit(const Act& act, Position position) {
  const auto first = act.envelope.commit_first.value;
  return position.value >= first && position.value < first + act.envelope.commit_count;
}

bool pauses(const Act& act, Metric metric, Category category) {
  const bool pending = category == Category::pending, on_hold = category == Category::on_hold;
  switch (metric) {
    case Metric::first_response:
    case Metric::next_response: return false;
    case Metric::inactivity: return pending || on_hold;
    case Metric::resolution: return pending || (on_hold && act.targets.resolution_pause_on_hold);
  }
  return false;
}

ClockRow* live(SlaRow& row, Metric metric) {
  ClockRow* found = nullptr;
  for_each_live(row, [&](ClockRow& clock) {
    if (clock.metric == metric) found = &clock;
  });
  return found;
}

void start(SlaRow& row, const Act& act, Metric metric) {
  if (row.imported || act.envelope.imported) return;
  ClockRow clock;
  clock.metric = metric;
  clock.priority = row.priority.key;
  clock.target_ms = target_for(act.targets, row.priority.key, metric);
  clock.started_at = act.at;
  clock.started_by = act.by();
  if (pauses(act, metric, row.status.category)) clock.phase = ClockPhase::paused;
  else clock.running_since = act.at;
  if (clock.target_ms > Milliseconds{0}) {
    clock.instance = next_instance(row, metric);
    row.clocks.push_back(std::move(clock));
  } else {
    clock.instance = 0;  // numbered when it is shown
    row.untargeted.push_back(std::move(clock));
  }
}

void end(SlaRow& row, const Act& act, ClockRow& clock) {
  clock_steps::end(clock, act.at, act.by());
  act.stopped.push_back(clock);
  forget_ended_untargeted(row);
}

void cancel(const Act& act, ClockRow& clock) {
  clock_steps::cancel(clock, act.at, act.by());
  act.stopped.push_back(clock);
}

void end_all(SlaRow& row, const Act& act) {
  for_each_live(row, [&](ClockRow& clock) {
    const bool unanswered = awaits_answer(clock) && !act.targets.close_counts_as_response;
    if (unanswered) clock_steps::end_unfulfilled(clock, act.at, act.by());
    else clock_steps::end(clock, act.at, act.by());
    act.stopped.push_back(clock);
  });
  forget_ended_untargeted(row);
}

void retarget_all(SlaRow& row, const Act& act) {
  auto shown_now = take_targeted(row, act);
  for (auto& clock : row.clocks) {
    if (!clock_steps::is_live(clock) || clock.priority == row.priority.key) continue;
    const auto target = target_for(act.targets, row.priority.key, clock.metric);
    if (target > Milliseconds{0}) {
      clock_steps::retarget(clock, act.at, act.by(), row.priority.key, target);
      continue;
    }
    auto untargeted = clock;
    cancel(act, clock);
    untargeted.breached_at = clock.breached_at;
    untargeted.priority = row.priority.key;
    untargeted.target_ms = Milliseconds{0};
    row.untargeted.push_back(std::move(untargeted));
  }
  for (auto& clock : shown_now) show(row, std::move(clock));
}

}  // namespace greffe::ticket_clocks
