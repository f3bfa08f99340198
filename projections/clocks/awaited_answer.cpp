#include "projections/clocks/awaited_answer.h"

#include <algorithm>

namespace greffe::awaited_answer {
namespace {

using namespace ticket_clocks;

Milliseconds between(Instant from, Instant to) {
  return std::chrono::floor<Milliseconds>(to).time_since_epoch() -
         std::chrono::floor<Milliseconds>(from).time_since_epoch();
}

void begin(SlaRow& row, const OpenQuestion& since, const Act& act, bool resumed) {
  start(row, {act.envelope, act.targets, since.asked_at, act.stopped}, Metric::next_response);
  ClockRow* next = live(row, Metric::next_response);
  if (next == nullptr) return;  // imported
  next->started_by = since.asked_by;
  if (resumed) next->running_since = std::max(since.asked_at, row.status_since);
}

// A clock that was suspended in between counts a part before; the move is taken from, or added to,
// that part.
void move(SlaRow& row, ClockRow& next, const OpenQuestion& since, const Act& act) {
  const auto later = between(next.started_at, since.asked_at);
  if (next.running_since == next.started_at) next.running_since = since.asked_at;
  else {
    next.counted_ms = std::max(Milliseconds{0}, next.counted_ms - later);
    next.running_since = std::max(*next.running_since, since.asked_at);
  }
  next.started_at = since.asked_at;
  next.started_by = since.asked_by;
  if (later <= Milliseconds{0} || !next.breached_at) return;
  // That breach was another question's, and so was the target that it froze.
  next.breached_at.reset();
  retarget_all(row, act);
}

}  // namespace

void align(SlaRow& row, const std::vector<OpenQuestion>& questions, const Act& act, bool resumed) {
  if (row.kind == TicketKind::internal || !is_open(row.status.category)) return;
  if (live(row, Metric::first_response) != nullptr) return;
  const OpenQuestion* since = oldest(questions);
  ClockRow* next = live(row, Metric::next_response);
  if (since == nullptr) {
    if (next != nullptr) cancel(act, *next);
  } else if (next == nullptr) {
    begin(row, *since, act, resumed);
  } else if (next->started_by != since->asked_by) {
    move(row, *next, *since, act);
  }
}

void settle_suspended(SlaRow& row, std::vector<OpenQuestion>& questions, const Act& act) {
  Instant until = act.at;
  for (auto* clocks : {&row.clocks, &row.untargeted}) {
    for (ClockRow& clock : *clocks) {
      if (row.suspended_by == Position{} || clock.ended_by != row.suspended_by) continue;
      const bool is_first = clock.metric == Metric::first_response;
      if (is_first) until = std::max(until, clock.started_at);
      const bool is_next = clock.metric == Metric::next_response && clock.started_at <= act.at;
      if (is_first || is_next) clock.ended_by = act.by();
    }
  }
  std::erase_if(questions, [&](const OpenQuestion& question) { return question.asked_at <= until; });
  row.last_answer_at = std::max(act.at, row.last_answer_at.value_or(act.at));
}

}  // namespace greffe::awaited_answer
