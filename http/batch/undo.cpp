#include "http/batch/undo.h"

#include <algorithm>

#include "commands/settings/area_limits.h"
#include "http/batch/aftermath.h"
#include "http/batch/events.h"
#include "http/batch/inverse.h"
#include "http/query_call.h"

namespace greffe {
namespace {

// One event of the batch with what takes it back.
struct Undoing {
  TicketId ticket;
  const TicketEvent* event = nullptr;
  Inverse inverse;
};

struct Obstacle {
  std::string number;
  std::string_view type;
  std::string_view reason;  // "no_inverse", "changed_since" or the code of the refusal
};

Problem not_undoable(const std::vector<Obstacle>& obstacles) {
  auto problem = problem_of(RequestCode::not_undoable, "Not every step of the batch can be taken back.");
  std::string steps;
  JsonWriter json(steps);
  json.begin_array();
  for (const auto& obstacle : obstacles) {
    json.begin_object().key("number").text(obstacle.number).key("type").text(obstacle.type);
    json.key("reason").text(obstacle.reason).end_object();
  }
  json.end_array();
  problem.members.emplace_back("steps", std::move(steps));
  return problem;
}

// How many tickets are above it.
std::size_t depth_of(TicketId ticket, const Snapshot& snapshot) {
  std::size_t depth = 0;
  for (auto row = snapshot.ticket(ticket); row && row->parent && depth < area_limits::sub_ticket_depth_max; ++depth) {
    row = snapshot.ticket(*row->parent);
  }
  return depth;
}

// Parents open again before their sub-tickets, which would else open them, or ask for a look at
// them, in their own way.
void put_reopenings_first(std::vector<Undoing>& all, const Snapshot& snapshot) {
  const auto end = std::stable_partition(all.begin(), all.end(), [](const Undoing& undoing) {
    return std::holds_alternative<TicketClosed>(*undoing.event);
  });
  std::stable_sort(all.begin(), end, [&](const Undoing& a, const Undoing& b) {
    return depth_of(a.ticket, snapshot) < depth_of(b.ticket, snapshot);
  });
}

// Newest first, but for reopenings. A status that follows from an assignment goes back after it, or
// taking the assignment back would move it once more.
std::vector<Undoing> undoings(const std::vector<Record>& events, const Snapshot& snapshot) {
  std::vector<Undoing> all;
  for (auto record = events.rbegin(); record != events.rend(); ++record) {
    const auto* event = std::get_if<TicketEvent>(&record->event);
    if (!event) continue;  // contracts and the like tell what their tickets' events tell too
    all.push_back({TicketId{record->envelope.stream_id}, event, inverse_of(*event)});
  }
  put_reopenings_first(all, snapshot);
  const auto followed = [](const Undoing& undoing) {
    const auto* change = std::get_if<StatusChanged>(undoing.event);
    return change && change->cause == StatusCause::followed;
  };
  std::stable_partition(all.begin(), all.end(), [&](const Undoing& undoing) { return !followed(undoing); });
  return all;
}

// An event that the batch itself changed once more afterwards need not hold any longer.
bool superseded(const std::vector<Undoing>& newest_first, std::size_t index) {
  const auto& own = newest_first[index];
  return std::any_of(
      newest_first.begin(), newest_first.begin() + static_cast<std::ptrdiff_t>(index),
      [&](const Undoing& later) { return later.ticket == own.ticket && later.event->index() == own.event->index(); });
}

std::vector<Obstacle> obstacles(const std::vector<Undoing>& all, const Snapshot& snapshot) {
  std::vector<Obstacle> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& [ticket, event, inverse] = all[i];
    if (inverse.kind == InverseKind::nothing) continue;
    const auto row = snapshot.ticket(ticket);
    const auto number = row ? row->number : std::string();
    const auto type = event_name(Event(*event));
    if (inverse.kind == InverseKind::none || !row) found.push_back({number, type, "no_inverse"});
    else if (!superseded(all, i) && !still_holds(*event, *row, snapshot.parts(ticket))) {
      found.push_back({number, type, "changed_since"});
    }
  }
  return found;
}

// A thing that a merged ticket has is changed by way of the root; and who watches is taken off that
// ticket alone, whoever else of what is one now they watch.
void aim(CommandRequest& request, const TicketRow& row, TicketCommand command, const Snapshot& snapshot) {
  TicketRow root = row;
  while (root.merged_into) {
    auto next = snapshot.ticket(*root.merged_into);
    if (!next) break;
    root = std::move(*next);
  }
  request.target = row.id.value;
  std::visit(
      [&]<class Command>(Command& c) {
        if constexpr (NamesPart<Command>) {
          c.part = row.number;
          request.target = root.id.value;
        }
      },
      command);
  request.command = std::move(command);
}

std::vector<BatchStep> steps_of(const std::vector<Undoing>& all, const CommandRequest& headers,
                                const Snapshot& snapshot) {
  std::vector<BatchStep> steps;
  for (const auto& undoing : all) {
    if (undoing.inverse.kind != InverseKind::command) continue;
    const auto row = snapshot.ticket(undoing.ticket);
    auto request = batch_request(headers, std::to_string(steps.size() + 1));
    if (row) {
      aim(request, *row, undoing.inverse.command, snapshot);
    } else {  // refused below, as an obstacle
      request.target = undoing.ticket.value;
      request.command = undoing.inverse.command;
    }
    steps.push_back({row ? row->number : std::string(), std::move(request)});
  }
  return steps;
}

// Rules that only `decide` knows: what it would refuse of each ticket's first step now.
std::vector<Obstacle> refusals(Writer& writer, const std::vector<BatchStep>& steps,
                               const std::vector<Undoing>& undoings) {
  std::vector<BatchStep> trials;
  std::vector<std::string_view> types;
  for (const auto& undoing : undoings) {
    if (undoing.inverse.kind == InverseKind::command) types.push_back(event_name(Event(*undoing.event)));
  }
  std::vector<std::string_view> trial_types;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool first = std::none_of(trials.begin(), trials.end(), [&](const BatchStep& trial) {
      return trial.request->target == steps[i].request->target;
    });
    if (!first) continue;
    auto trial = steps[i];
    trial.request->dry_run = true;
    trial.request->command_id.clear();
    trials.push_back(std::move(trial));
    trial_types.push_back(types[i]);
  }
  std::vector<Obstacle> found;
  const auto results = run_batch(writer, std::move(trials), {});
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].decided) continue;
    found.push_back({results[i].number, trial_types[i], name_of(results[i].decided.error().code)});
  }
  return found;
}

// The same undoing was asked for before: its first answers are given again, whatever became of
// the tickets since.
Result<bool, Problem> asked_before(const Log& log, const std::vector<BatchStep>& steps) {
  if (steps.empty() || steps.front().request->command_id.empty()) return false;
  const auto receipt = receipt_of(log, steps.front().request->command_id);
  if (!receipt) return fail(receipt.error());
  return receipt->has_value();
}

}  // namespace

Result<std::vector<BatchStep>, Problem> undo_steps(const Call& call, const CommandRequest& headers) {
  const auto events = events_of_batch(call.services.log, call.segment);
  if (!events) return fail(events.error());
  const auto snapshot = snapshot_at(call.services, call.services.log.tail());
  if (!snapshot) return fail(snapshot.error());
  const auto all = undoings(*events, **snapshot);
  auto steps = steps_of(all, headers, **snapshot);
  const auto repeated = asked_before(call.services.log, steps);
  if (!repeated) return fail(repeated.error());
  if (!*repeated) {
    if (auto found = obstacles(all, **snapshot); !found.empty()) return fail(not_undoable(found));
    if (auto found = refusals(call.services.writer, steps, all); !found.empty()) return fail(not_undoable(found));
  }
  auto after = aftermath(call, headers, *events, **snapshot, *repeated);
  if (!after) return fail(after.error());
  std::move(after->begin(), after->end(), std::back_inserter(steps));
  return steps;
}

}  // namespace greffe
