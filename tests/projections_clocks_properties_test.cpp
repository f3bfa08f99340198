// Properties of delays and sessions over random histories.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "projections/clocks/work_time.h"
#include "tests/projections_clocks_history.h"

namespace greffe::clocks_test {
namespace {

enum class Deed { message, note, pending, on_hold, open, priority, close_or_reopen, merge_or_unmerge, unrelated };

struct Step {
  Offset gap;
  Deed deed;
  int who;
  Offset late;  // how long before it is recorded it happened
};

std::vector<Step> steps(bool with_late) {
  const auto step = rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 80 * 60 * 1000), rc::gen::inRange(0, 9), rc::gen::inRange(0, 3),
                     rc::gen::weightedOneOf<int>({{4, rc::gen::just(0)}, {1, rc::gen::inRange(0, 60 * 60 * 1000)}})),
      [with_late](const std::tuple<int, int, int, int>& t) {
        const auto [gap, deed, who, late] = t;
        return Step{Milliseconds(gap), static_cast<Deed>(deed), who, Milliseconds(with_late ? late : 0)};
      });
  return *rc::gen::container<std::vector<Step>>(step).as("steps");
}

Actor actor_of(const Step& step) { return step.who == 0 ? client() : step.who == 1 ? agent() : program(); }

TicketEvent event_of(const Step& step, bool closed, std::size_t index, const StatusAt& status_before) {
  switch (step.deed) {
    case Deed::message: return message();
    case Deed::note: return message(Visibility::internal);
    case Deed::pending: return status(Category::pending);
    case Deed::on_hold: return status(Category::on_hold);
    case Deed::open: return status(Category::open);
    case Deed::priority: return priority(std::array{"normal", "urgent", "low"}[index % 3]);
    case Deed::close_or_reopen: return closed ? TicketEvent{reopening()} : TicketEvent{closing()};
    case Deed::merge_or_unmerge: return unmerging(status_before);
    case Deed::unrelated: return TitleChanged{};
  }
  return TitleChanged{};
}

// Tells the steps after an opening at 0; what a closed ticket would refuse is left out.
// `seen` is called after each step with the instant it was recorded. Returns the last one.
template <class Seen>
Offset tell(History& h, const std::vector<Step>& steps, Seen&& seen, bool with_unrelated = true) {
  h.open(0min, client());
  Offset now{0};
  StatusAt before_merge;
  seen(now);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& step = steps[i];
    now += step.gap;
    const bool closed = !is_open(h.row.status.category);
    if (step.deed == Deed::unrelated && !with_unrelated) continue;
    const bool is_merged = h.row.status.category == Category::merged;
    if (closed && step.deed < (is_merged ? Deed::merge_or_unmerge : Deed::close_or_reopen)) continue;
    auto event = event_of(step, closed, i, before_merge);
    if (step.deed == Deed::merge_or_unmerge && !is_merged) event = merging(before_merge = h.row.status);
    h.commit(std::max(Offset{0}, now - step.late), actor_of(step), {event});
    seen(now);
  }
  return now;
}

void check_form(const SlaRow& row) {
  std::map<Metric, int> live;
  std::map<Metric, std::uint32_t> instances;
  for (const auto& clock : row.clocks) {
    RC_ASSERT(clock.instance == ++instances[clock.metric]);
    RC_ASSERT(clock.target_ms > 0ms);
    RC_ASSERT(clock.counted_ms >= 0ms);
    RC_ASSERT(clock.running_since.has_value() == (clock.phase == ClockPhase::running));
    const bool over = clock.phase == ClockPhase::ended || clock.phase == ClockPhase::cancelled;
    RC_ASSERT(clock.ended_at.has_value() == over);
    RC_ASSERT((clock.ended_by.value != 0) == over);
    RC_ASSERT(!over || *clock.ended_at >= clock.started_at);
    if (!over) ++live[clock.metric];
  }
  for (const auto& clock : row.untargeted) {
    RC_ASSERT(clock.target_ms == 0ms);
    if (clock.phase <= ClockPhase::paused) ++live[clock.metric];
  }
  for (const auto& [metric, count] : live) RC_ASSERT(count <= 1);
  if (is_open(row.status.category)) {
    RC_ASSERT(live[Metric::resolution] == 1);
    RC_ASSERT(live[Metric::inactivity] == 1);
  } else {
    RC_ASSERT(live.empty());
  }
}

TEST_CASE("whatever happens, clocks stay well-formed and count neither negative time nor more than passed") {
  CHECK(rc::check([] {
    History h;
    tell(h, steps(true), [&](Offset now) {
      check_form(h.row);
      for (const auto& clock : h.row.clocks) {
        RC_ASSERT(read_clock(clock, at(now)).counted_ms >= 0ms);
        RC_ASSERT(read_clock(clock, at(now)).counted_ms <= at(now) - clock.started_at);
      }
    });
  }));
}

// Of what the usual settings promise, only that resolution is measured may be switched off.
void check_form_under_any_settings(const SlaRow& row) {
  std::map<Metric, int> live;
  for (const auto* clocks : {&row.clocks, &row.untargeted}) {
    for (const auto& clock : *clocks) live[clock.metric] += clock.phase <= ClockPhase::paused ? 1 : 0;
  }
  for (const auto& [metric, count] : live) RC_ASSERT(count <= (is_open(row.status.category) ? 1 : 0));
  RC_ASSERT(live[Metric::inactivity] == (is_open(row.status.category) ? 1 : 0));
}

TEST_CASE("whatever is chosen and when, a metric has one live clock at most, and what was judged stays") {
  CHECK(rc::check([] {
    History h;
    std::vector<ClockRow> judged;
    tell(h, steps(true), [&](Offset) {
      check_form_under_any_settings(h.row);
      for (const auto& clock : judged) {
        RC_ASSERT(std::count(h.row.clocks.begin(), h.row.clocks.end(), clock) == 1);
      }
      judged.clear();
      for (const auto& clock : h.row.clocks) {
        const bool may_go_on = clock.metric == Metric::resolution || h.row.suspended_by != Position{};
        if (clock.phase == ClockPhase::ended && !may_go_on) judged.push_back(clock);
      }
      h.targets.inactivity_counts = static_cast<InactivityCounts>(*rc::gen::inRange(0, 2));
      h.targets.resolution_pause_on_hold = *rc::gen::arbitrary<bool>();
      h.targets.close_counts_as_response = *rc::gen::arbitrary<bool>();
      h.targets.resolution_on_reopen = static_cast<ResolutionOnReopen>(*rc::gen::inRange(0, 3));
    });
  }));
}

TEST_CASE("a reading only grows with time, and a breach once seen stays") {
  CHECK(rc::check([] {
    History h;
    const auto end = tell(h, steps(true), [](Offset) {});
    const Offset sooner = end + Milliseconds(*rc::gen::inRange(0, 300 * 60 * 1000));
    const Offset later = sooner + Milliseconds(*rc::gen::inRange(0, 300 * 60 * 1000));
    for (const auto& clock : h.row.clocks) {
      const auto a = read_clock(clock, at(sooner)), b = read_clock(clock, at(later));
      RC_ASSERT(a.counted_ms <= b.counted_ms);
      RC_ASSERT(a.ended || a.remaining_ms >= b.remaining_ms);
      RC_ASSERT(a.deadline == b.deadline);
      if (a.breached_at) RC_ASSERT(a.breached_at == b.breached_at);
      if (b.state == ClockState::running) RC_ASSERT(a.state == ClockState::running);
    }
  }));
}

TEST_CASE("events that concern no delay change nothing") {
  CHECK(rc::check([] {
    auto told = steps(true);
    for (auto& step : told) {
      if (step.deed == Deed::unrelated && step.who == 1) step.who = 0;  // an agent's act does concern one
    }
    History with, without;
    tell(with, told, [](Offset) {});
    tell(
        without, told, [](Offset) {}, false);
    const auto plain = [](SlaRow row) {  // positions differ by the events left out
      for (auto* clocks : {&row.clocks, &row.untargeted}) {
        for (auto& clock : *clocks) clock.started_by = clock.ended_by = clock.retargeted_by = Position{};
      }
      row.suspended_by = Position{};
      return row;
    };
    RC_ASSERT(plain(with.row) == plain(without.row));
  }));
}

// The same count by another road: resolution adds up every stretch that is neither pending
// nor closed nor merged, and is breached where that sum passes the target.
TEST_CASE("resolution counts exactly the time that is neither pending nor closed") {
  CHECK(rc::check([] {
    auto told = steps(false);
    std::erase_if(told, [](const Step& step) { return step.deed == Deed::priority; });
    History h;
    Offset sum{0}, before{0};
    std::optional<Instant> passed_at;
    Category category = Category::fresh;
    const auto advance = [&](Offset now) {
      if (is_open(category) && category != Category::pending) {
        if (sum <= 240min && sum + (now - before) > 240min) passed_at = at(before + (240min - sum));
        sum += now - before;
      }
      before = now;
      category = h.row.status.category;
    };
    const auto end = tell(h, told, advance) + 30min;
    advance(end);
    const auto reading = h.read(Metric::resolution, end);
    RC_ASSERT(reading.counted_ms == sum);
    RC_ASSERT(reading.breached_at == passed_at);
    if (reading.state != ClockState::cancelled) RC_ASSERT((reading.state == ClockState::breached) == (sum > 240min));
    else RC_ASSERT(category == Category::merged);
    if (reading.deadline) RC_ASSERT(*reading.deadline == at(end + (240min - sum)));
  }));
}

struct Work {
  AgentWork state;
  std::map<Position, WorkSession> sessions;
};

TEST_CASE("an agent's sessions never overlap and never add up to more than the clock on the wall") {
  CHECK(rc::check([] {
    const auto signals = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, 18 * 60 * 1000), rc::gen::inRange(1, 4),
                       rc::gen::weightedOneOf<int>({{4, rc::gen::just(0)}, {1, rc::gen::inRange(0, 3600 * 1000)}})));
    Work work;
    Position position;
    Offset now{0};
    for (const auto& [gap, ticket, late] : signals) {
      now += Milliseconds(gap);
      Envelope envelope;
      envelope.position = position = next(position);
      envelope.stream_id = static_cast<std::uint64_t>(ticket);
      envelope.occurred_at = at(std::max(Offset{0}, now - Milliseconds(late)));
      const auto session = fold_signal(work.state, AgentId{3}, envelope);
      work.sessions[session.first_evidence] = session;
    }
    Instant free_from = at(-session_lead_in);
    Milliseconds total{0};
    std::size_t evidence = 0;
    std::map<TicketId, std::vector<WorkSession>> by_ticket;
    for (const auto& [first, session] : work.sessions) {
      RC_ASSERT(session.started_at >= free_from);
      RC_ASSERT(session.ended_at >= session.started_at);
      RC_ASSERT(session.ended_at - session.started_at <= session_max);
      free_from = session.ended_at;
      total += counted(session);
      evidence += session.evidence_count;
      by_ticket[session.ticket].push_back(session);
    }
    RC_ASSERT(total <= now + session_lead_in);
    RC_ASSERT(evidence == signals.size());
    Milliseconds of_tickets{0};
    for (const auto& [ticket, sessions] : by_ticket) of_tickets += work_time_of(sessions).worked_ms;
    RC_ASSERT(of_tickets == total);
  }));
}

}  // namespace
}  // namespace greffe::clocks_test
