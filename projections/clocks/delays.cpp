#include "projections/clocks/delays.h"

#include <algorithm>
#include <stdexcept>

#include "events/result.h"
#include "projections/clocks/awaited_answer.h"
#include "projections/clocks/ticket_clocks.h"

namespace greffe {
namespace {

using ticket_clocks::Act;

// What the event is folded into, and the ticket's own part in it.
struct Scene {
  DelayRows& rows;
  TicketId id;
  SlaRow& row;
  const Act& act;
  SlaMemory& memory() const { return rows.memory(id); }
};

bool is_by(const Act& act, ActorKind kind) { return doer(act.envelope).kind == kind; }

bool answers(const Act& act, const MessagePosted& e) {
  return is_by(act, ActorKind::agent) && e.visibility == Visibility::everyone;
}

// Whether what comes through one ticket belongs to the other, itself or a merged part of it.
bool is_part_of(DelayRows& rows, TicketId through, TicketId whole) {
  while (through != whole) {
    const auto& merged_into = rows.memory(through).merged_into;
    if (!merged_into) return false;
    through = *merged_into;
  }
  return true;
}

void await(const Scene& s, bool resumed = false) { awaited_answer::align(s.row, s.memory().questions, s.act, resumed); }

void ask(const Scene& s, TicketId through) {
  // A merged number's client is one, whatever the kind of the ticket that stands for it.
  if (through == s.id && s.row.kind == TicketKind::internal) return;
  if (!is_open(s.row.status.category)) return;
  if (s.row.last_answer_at && s.act.at < *s.row.last_answer_at) return;
  note(s.memory().questions, {through, s.act.at, s.act.by()});
  await(s);
}

// `first` is the start of the first_response that was awaited before the event.
void answer(const Scene& s, std::optional<Instant> first) {
  // Written with the opening, it is the opening message.
  if (first && ticket_clocks::live(s.row, Metric::first_response) != nullptr) return;
  const Instant until = std::max(s.act.at, first.value_or(s.act.at));
  std::erase_if(s.memory().questions, [&](const OpenQuestion& question) { return question.asked_at <= until; });
  await(s);
}

// A message is also that of each merged ticket between the number that it came by and the root.
void note_on_the_way(const Scene& s, const MessagePosted& e) {
  auto through = e.via;
  while (through && *through != s.id) {
    SlaMemory& memory = s.rows.memory(*through);
    SlaRow* row = s.rows.clocks(*through);
    if (row == nullptr) return;
    if (answers(s.act, e)) awaited_answer::settle_suspended(*row, memory.questions, s.act);
    const bool is_own_internal = *through == *e.via && row->kind == TicketKind::internal;
    const bool is_answered = row->last_answer_at && s.act.at < *row->last_answer_at;
    if (is_by(s.act, ActorKind::contact) && !is_own_internal && !is_answered) {
      note(memory.questions, {*e.via, s.act.at, s.act.by()});
    }
    through = memory.merged_into;
  }
}

void message_posted(const Scene& s, const MessagePosted& e, std::optional<Instant> first) {
  if (s.act.envelope.imported || e.automatic) return;
  note_on_the_way(s, e);
  if (answers(s.act, e)) answer(s, first);
  if (is_by(s.act, ActorKind::contact)) ask(s, e.via.value_or(s.id));
}

void opened(const Scene& s) {
  // Imported tickets have no delays: what they would remember is not worth a row each.
  if (s.row.kind == TicketKind::internal || s.row.imported || !is_open(s.row.status.category)) return;
  s.rows.new_memory(s.id).questions = {{s.id, s.act.at, s.act.by()}};
}

void status_set(const Scene& s, bool was_open, bool by_merge) {
  const bool open = is_open(s.row.status.category);
  if (was_open == open || (s.row.imported && s.act.envelope.imported)) return;
  SlaMemory& memory = s.memory();
  if (!open) {
    memory.questions.clear();
    if (memory.resolved_by == Position{}) memory.resolved_by = s.act.by();
    return;
  }
  if (!by_merge) memory.questions.clear();
  if (is_by(s.act, ActorKind::contact) && !s.act.envelope.imported) ask(s, s.id);
  await(s);
}

void merged(const Scene& s, TicketId target, bool was_open) {
  SlaMemory& memory = s.memory();
  memory.merged_into = target;
  if (!was_open) memory.questions.clear();
}

void unmerged(const Scene& s) {
  s.memory().merged_into.reset();
  await(s, true);
}

void absorbed(const Scene& s, TicketId source) {
  if (s.act.envelope.imported) return;
  const auto brought = s.rows.memory(source).questions;
  auto& questions = s.memory().questions;
  if (!is_open(s.row.status.category)) questions.clear();
  for (const OpenQuestion& question : brought) note(questions, question);
  await(s);
}

void keep(DelayRows& rows, TicketId ticket, const Act& act, std::vector<StoppedClock>& stopped) {
  for (const ClockRow& clock : act.stopped) {
    const Position first = clock.metric == Metric::resolution ? rows.memory(ticket).resolved_by : Position{};
    stopped.push_back({ticket, clock, first != Position{} && first != act.by()});
  }
}

// What came through the released ticket leaves each ticket that it was part of, up to the root.
void released(const Scene& s, std::vector<StoppedClock>& stopped) {
  for (auto whole = std::optional(s.id); whole; whole = s.rows.memory(*whole).merged_into) {
    auto& questions = s.rows.memory(*whole).questions;
    std::erase_if(questions,
                  [&](const OpenQuestion& question) { return !is_part_of(s.rows, question.through, *whole); });
    std::vector<ClockRow> ended;
    const Act act{s.act.envelope, s.act.targets, s.act.at, ended};
    if (SlaRow* row = s.rows.clocks(*whole)) awaited_answer::align(*row, questions, act, false);
    keep(s.rows, *whole, act, stopped);
  }
}

void act_on_part(const Scene& s, const TicketEvent& event, std::vector<StoppedClock>& stopped) {
  auto root = s.memory().merged_into;
  while (root && s.rows.memory(*root).merged_into) root = s.rows.memory(*root).merged_into;
  SlaRow* row = root ? s.rows.clocks(*root) : nullptr;
  if (row == nullptr) return;
  std::vector<ClockRow> ended;
  const Act act{s.act.envelope, s.act.targets, s.act.at, ended};
  fold_act_on_part(*row, s.act.envelope, event, s.act.targets, ended);
  keep(s.rows, *root, act, stopped);
}

std::optional<Instant> start_of_first(SlaRow& row) {
  const ClockRow* first = ticket_clocks::live(row, Metric::first_response);
  return first == nullptr ? std::nullopt : std::optional(first->started_at);
}

}  // namespace

void fold_delays(DelayRows& rows, const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets,
                 std::vector<StoppedClock>& stopped) {
  const TicketId id{envelope.stream_id};
  SlaRow* row = std::holds_alternative<TicketOpened>(event) ? &rows.open(id) : rows.clocks(id);
  if (row == nullptr) throw std::runtime_error("an event of a ticket that was never opened");
  const bool was_open = is_open(row->status.category);
  const auto first = start_of_first(*row);
  std::vector<ClockRow> ended;
  fold_sla(*row, envelope, event, targets, ended);
  const Act act{envelope, targets, envelope.occurred_at, ended};
  const Scene s{rows, id, *row, act};
  std::visit(overloaded{
                 [&](const TicketOpened&) { opened(s); },
                 [&](const StatusChanged&) { status_set(s, was_open, false); },
                 [&](const TicketClosed&) { status_set(s, was_open, false); },
                 [&](const TicketReopened& e) { status_set(s, was_open, e.cause == ReopenCause::merged); },
                 [&](const MessagePosted& e) { message_posted(s, e, first); },
                 [&](const TicketMergedInto& e) { merged(s, e.target, was_open); },
                 [&](const TicketUnmerged&) { unmerged(s); },
                 [&](const TicketAbsorbed& e) { absorbed(s, e.source); },
                 [&](const TicketReleased&) { released(s, stopped); },
                 [](const auto&) {},
             },
             event);
  keep(rows, id, act, stopped);
  if (row->status.category == Category::merged) act_on_part(s, event, stopped);
}

}  // namespace greffe
