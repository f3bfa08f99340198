// Which event does what to which clock. The clocks as a set are in ticket_clocks.h, the steps
// of a single one in clock_steps.h.
#include "projections/clocks/sla.h"

#include <algorithm>

#include "events/result.h"
#include "projections/clocks/ticket_clocks.h"

namespace greffe {
namespace {

using namespace ticket_clocks;

bool is_by(const Act& act, ActorKind kind) { return doer(act.envelope).kind == kind; }

// Pauses follow one another in the order of the log: what is written down late counts, for
// clocks that pause, as happening at the newest change of status at the earliest.
Act after_status(const SlaRow& row, const Act& act) {
  return {act.envelope, act.targets, std::max(act.at, row.status_since), act.stopped};
}

// An agent's act ends the wait for one and starts the next wait. Writing down late what
// happened before the present wait does not: somebody acted since.
void agent_acted(SlaRow& row, const Act& act) {
  if (act.envelope.imported || !is_open(row.status.category)) return;
  const auto in_order = after_status(row, act);
  if (auto* inactivity = live(row, Metric::inactivity)) {
    if (in_same_commit(act, inactivity->started_by) || act.at < inactivity->started_at) return;
    end(row, in_order, *inactivity);
  }
  start(row, in_order, Metric::inactivity);
}

void answered(SlaRow& row, const Act& act) {
  if (auto* first = live(row, Metric::first_response)) {
    // A message written with the opening is the opening message, not an answer to it.
    if (in_same_commit(act, first->started_by)) return;
    end(row, act, *first);
  }
  // A message that was sent before the question, though written down after it, is no answer.
  auto* next = live(row, Metric::next_response);
  if (next != nullptr && act.at >= next->started_at) end(row, act, *next);
  row.last_answer_at = std::max(act.at, row.last_answer_at.value_or(act.at));
}

// Next_response starts at the oldest unanswered question. Before the first answer there is
// none: first_response measures that wait from the opening.
void asked(SlaRow& row, const Act& act) {
  if (row.kind == TicketKind::internal || !is_open(row.status.category)) return;
  if (live(row, Metric::first_response) != nullptr) return;
  if (row.last_answer_at && act.at < *row.last_answer_at) return;
  auto* next = live(row, Metric::next_response);
  if (next == nullptr) return start(row, act, Metric::next_response);
  if (act.at < next->started_at) {
    next->started_at = act.at;
    next->running_since = act.at;
    next->started_by = act.by();
  }
}

// An inactivity that an act of the same command started is dropped: nobody waited.
void close_clocks(SlaRow& row, const Act& act) {
  for (auto* clocks : {&row.clocks, &row.untargeted}) {
    std::erase_if(*clocks, [&](const ClockRow& clock) {
      return clock_steps::is_live(clock) && clock.metric == Metric::inactivity && in_same_commit(act, clock.started_by);
    });
  }
  end_all(row, act);
}

// The one that ended last, of those that reopenings restarted; null if none ended.
ClockRow* newest_ended_resolution(SlaRow& row) {
  ClockRow* newest = nullptr;
  for (auto* clocks : {&row.clocks, &row.untargeted}) {
    for (auto& clock : *clocks) {
      if (clock.metric != Metric::resolution || clock.phase != ClockPhase::ended) continue;
      if (newest == nullptr || newest->ended_by < clock.ended_by) newest = &clock;
    }
  }
  return newest;
}

void resume(const SlaRow& row, const Act& act, ClockRow& clock) {
  clock_steps::resume(clock, act.at);
  if (pauses(act, clock.metric, row.status.category)) clock_steps::pause(clock, act.at);
}

// Goes on where it stood, without the closed time; starts anew, the old one keeping its verdict; or
// stays as it ended, until a reopening under another setting.
void reopen_resolution(SlaRow& row, const Act& act) {
  switch (act.targets.resolution_on_reopen) {
    case ResolutionOnReopen::resume:
      if (auto* ended = newest_ended_resolution(row)) resume(row, act, *ended);
      return;
    case ResolutionOnReopen::restart: return start(row, act, Metric::resolution);
    case ResolutionOnReopen::ignore: return;
  }
}

// What is measured from now on is so under the priority of now. First_response never starts again.
// Inactivity does, as at an opening, because an act is due again whoever reopened; and a client who
// reopens is asking.
void reopen_clocks(SlaRow& row, const Act& act) {
  reopen_resolution(row, act);
  retarget_all(row, act);
  if (act.envelope.imported) return;
  start(row, act, Metric::inactivity);
  if (is_by(act, ActorKind::contact)) asked(row, act);
}

void pause_or_resume(SlaRow& row, const Act& act) {
  for_each_live(row, [&](ClockRow& clock) {
    const bool paused = pauses(act, clock.metric, row.status.category);
    if (paused && clock.phase == ClockPhase::running) clock_steps::pause(clock, act.at);
    if (!paused && clock.phase == ClockPhase::paused) clock_steps::resume(clock, act.at);
  });
}

// Merged or deleted: nobody waits for this ticket now, so its clocks stop without a verdict.
void suspend(SlaRow& row, const Act& act, const StatusAt& status) {
  const auto in_order = after_status(row, act);
  for_each_live(row, [&](ClockRow& clock) { cancel(in_order, clock); });
  row.suspended_by = act.by();
  row.status = status;
  row.status_since = in_order.at;
}

// Unmerged or restored: what was suspended goes on. An agent's doing so is an agent's act.
void resume_suspended(SlaRow& row, const Act& act, const StatusAt& status) {
  const auto in_order = after_status(row, act);
  row.status = status;
  row.status_since = in_order.at;
  for (auto* clocks : {&row.clocks, &row.untargeted}) {
    for (auto& clock : *clocks) {
      if (row.suspended_by == Position{} || clock.ended_by != row.suspended_by) continue;
      resume(row, in_order, clock);
    }
  }
  row.suspended_by = {};
  if (is_by(act, ActorKind::agent) && act.targets.inactivity_counts == InactivityCounts::any) agent_acted(row, act);
}

void opened(SlaRow& row, const Act& act, const TicketOpened& e) {
  row.status = e.status;
  row.status_since = act.at;
  row.priority = e.priority;
  row.kind = e.kind;
  row.imported = act.envelope.imported;
  if (!is_open(e.status.category)) return;
  if (e.kind == TicketKind::external) start(row, act, Metric::first_response);
  start(row, act, Metric::inactivity);
  start(row, act, Metric::resolution);
}

void status_set(SlaRow& row, const Act& act, const StatusAt& status) {
  const auto in_order = after_status(row, act);
  const bool was_open = is_open(row.status.category);
  row.status = status;
  row.status_since = in_order.at;
  if (was_open && is_open(status.category)) pause_or_resume(row, in_order);
  else if (was_open) close_clocks(row, in_order);
  else if (is_open(status.category)) reopen_clocks(row, in_order);
}

void message_posted(SlaRow& row, const Act& act, const MessagePosted& e) {
  // A program's reply in somebody's name, such as a notice of absence, answers and asks nothing.
  if (act.envelope.imported || e.automatic) return;
  if (is_by(act, ActorKind::agent) && e.visibility == Visibility::everyone) answered(row, act);
  if (is_by(act, ActorKind::contact)) asked(row, act);
}

// Whether the wait for the next act begins anew with the event itself. Looking is no act, nor is
// what the program notes on its own beside one.
bool restarts_inactivity(const Act& act, const TicketEvent& event) {
  if (!is_by(act, ActorKind::agent)) return false;
  if (act.targets.inactivity_counts == InactivityCounts::public_message) {
    const auto* posted = std::get_if<MessagePosted>(&event);
    return posted != nullptr && !posted->automatic && posted->visibility == Visibility::everyone;
  }
  return std::visit(overloaded{
                        [](const TicketOpened&) { return false; },
                        [](const TicketClosed&) { return false; },
                        [](const TicketMergedInto&) { return false; },
                        [](const TicketUnmerged&) { return false; },
                        [](const TicketDeleted&) { return false; },
                        [](const TicketRestored&) { return false; },
                        [](const TicketRead&) { return false; },
                        [](const LookRequested&) { return false; },
                        [](const NotificationDecided&) { return false; },
                        [](const MessagePosted& e) { return !e.automatic; },
                        [](const auto&) { return true; },
                    },
                    event);
}

}  // namespace

void fold_sla(SlaRow& row, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets) {
  std::vector<ClockRow> stopped;
  fold_sla(row, envelope, event, targets, stopped);
}

void fold_sla(SlaRow& row, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets,
              std::vector<ClockRow>& stopped) {
  const Act act{envelope, targets, envelope.occurred_at, stopped};
  // The old wait ends under the old target, the new one starts under the new.
  if (const auto* change = std::get_if<PriorityChanged>(&event)) row.priority = change->new_priority;
  if (restarts_inactivity(act, event)) agent_acted(row, act);
  std::visit(overloaded{
                 [&](const TicketOpened& e) { opened(row, act, e); },
                 [&](const StatusChanged& e) { status_set(row, act, e.new_status); },
                 [&](const TicketClosed& e) { status_set(row, act, e.new_status); },
                 [&](const TicketReopened& e) { status_set(row, act, e.new_status); },
                 [&](const TicketMergedInto& e) { suspend(row, act, e.new_status); },
                 [&](const TicketUnmerged& e) { resume_suspended(row, act, e.new_status); },
                 [&](const TicketDeleted& e) { suspend(row, act, e.new_status); },
                 [&](const TicketRestored& e) { resume_suspended(row, act, e.new_status); },
                 [&](const PriorityChanged&) { retarget_all(row, act); },
                 [&](const MessagePosted& e) { message_posted(row, act, e); },
                 [](const auto&) {},
             },
             event);
}

void fold_act_on_part(SlaRow& root, const Envelope& envelope, const TicketEvent& event,
                      const SlaTargetsDefined& targets, std::vector<ClockRow>& stopped) {
  const Act act{envelope, targets, envelope.occurred_at, stopped};
  if (restarts_inactivity(act, event)) agent_acted(root, act);
}

}  // namespace greffe
