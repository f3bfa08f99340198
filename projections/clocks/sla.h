// Service-level delays on a clock that runs day and night, as pure functions of a ticket's
// events and the targets in force.
//
//   first_response  opening -> first public message by an agent after the opening; never pauses
//   next_response   oldest unanswered client message -> next such answer; never pauses
//   inactivity      opening or last agent act -> next agent act; pauses in pending and on_hold
//   resolution      opening -> category closed; pauses in pending; reopening resumes it
//
// What stands here is the default of four choices in the settings of the targets: which acts count,
// whether on_hold pauses resolution, whether closing answers, and what reopening does to
// resolution. Each event follows the settings in force at it: what ended before stays judged, and
// a clock is paused by what its ticket's status meant when it was set.
//
// Merging a ticket into another and deleting it cancel its clocks without a verdict, for the
// target has clocks of its own; unmerging and restoring take them up where they stood, without
// the time in between.
//
// Time is what the events say happened (occurred_at), in whole milliseconds. A clock is met if
// it counted no more than its target, so an act at the very deadline is in time. A clock past
// its target keeps that target and its breach for good: a change of priority only moves what
// remains. Closing ends every clock with its verdict; reopening resumes resolution without
// the closed time and starts inactivity anew.
//
// The row holds facts only. Whether something is overdue is computed for an instant given by
// the caller, so no job ever has to tick.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/record.h"

namespace greffe {

enum class Metric : std::uint8_t { first_response, next_response, inactivity, resolution };
constexpr std::array<std::string_view, 4> names_of(Metric) {
  return {"first_response", "next_response", "inactivity", "resolution"};
}

enum class ClockPhase : std::uint8_t { running, paused, ended, cancelled };
constexpr std::array<std::string_view, 4> names_of(ClockPhase) { return {"running", "paused", "ended", "cancelled"}; }

// One clock of one ticket, from its start to its end.
struct ClockRow {
  Metric metric = Metric::first_response;
  std::uint32_t instance = 1;  // 1, 2, 3 … within the metric
  ClockPhase phase = ClockPhase::running;
  std::string priority;  // the key whose target applies
  Milliseconds target_ms{0};
  Instant started_at;
  Position started_by;
  Milliseconds counted_ms{0};            // up to running_since, or in all once ended
  std::optional<Instant> running_since;  // only while running
  std::optional<Instant> ended_at;
  Position ended_by;                   // 0 = not ended
  std::optional<Instant> breached_at;  // known once paused or ended, or by a change of target
  Position retargeted_by;              // the change that moved the target last; 0 = none

  static constexpr auto fields = std::make_tuple(
      field("metric", &ClockRow::metric), field("instance", &ClockRow::instance), field("phase", &ClockRow::phase),
      field("priority", &ClockRow::priority), field("target_ms", &ClockRow::target_ms),
      field("started_at", &ClockRow::started_at), field("started_by", &ClockRow::started_by),
      field("counted_ms", &ClockRow::counted_ms), field("running_since", &ClockRow::running_since),
      field("ended_at", &ClockRow::ended_at), field("ended_by", &ClockRow::ended_by),
      field("breached_at", &ClockRow::breached_at), field("retargeted_by", &ClockRow::retargeted_by));
  bool operator==(const ClockRow& o) const { return same_fields(*this, o); }
};

struct SlaRow {
  std::vector<ClockRow> clocks;  // in the order in which a target came to apply to them
  // What the fold must remember between events. `untargeted`: clocks measured from their start
  // while no target applies, in case a later priority brings one; never shown.
  std::vector<ClockRow> untargeted;
  StatusAt status;
  Instant status_since;
  PriorityAt priority;
  TicketKind kind = TicketKind::external;
  std::optional<Instant> last_answer_at;  // the newest public message by an agent
  bool imported = false;                  // an imported ticket starts no clock
  Position suspended_by;                  // the merge or deletion that cancelled the clocks; 0 = none
  static constexpr auto fields = std::make_tuple(
      field("clocks", &SlaRow::clocks), field("untargeted", &SlaRow::untargeted), field("status", &SlaRow::status),
      field("status_since", &SlaRow::status_since), field("priority", &SlaRow::priority), field("kind", &SlaRow::kind),
      field("last_answer_at", &SlaRow::last_answer_at), field("imported", &SlaRow::imported),
      field("suspended_by", &SlaRow::suspended_by));
  bool operator==(const SlaRow& o) const { return same_fields(*this, o); }
};

// Folds one event of the ticket's stream. `targets` are those in force at the event.
void fold_sla(SlaRow& row, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets);
// The same; `stopped` gets each clock that the event ended or cancelled, as it then stands, also
// those to which no target applies.
void fold_sla(SlaRow& row, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets,
              std::vector<ClockRow>& stopped);
// What an agent does to a thing that a merged ticket brought along is an act on the root, whose
// clocks these are; the event is on the merged ticket's stream.
void fold_act_on_part(SlaRow& root, const Envelope& envelope, const TicketEvent& event,
                      const SlaTargetsDefined& targets, std::vector<ClockRow>& stopped);

// What a clock looks like at an instant.
enum class ClockState : std::uint8_t { running, paused, met, breached, cancelled };
constexpr std::array<std::string_view, 5> names_of(ClockState) {
  return {"running", "paused", "met", "breached", "cancelled"};
}

struct ClockReading {
  ClockState state = ClockState::running;  // breached also while it still runs past its target
  bool ended = false;
  Milliseconds counted_ms{0};
  Milliseconds remaining_ms{0};     // target - counted; negative once overdue; 0 when ended
  std::optional<Instant> deadline;  // while running
  std::optional<Instant> breached_at;
};

// The clock at `now`. A `now` before the newest event folded into it counts as that event's
// instant: the machine's clock may jump, and counted time never goes back for it.
ClockReading read_clock(const ClockRow& clock, Instant now);

}  // namespace greffe
