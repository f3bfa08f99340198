#include "http/batch/aftermath.h"

#include <algorithm>

#include "http/log_reading.h"

namespace greffe {
namespace {

class Aftermath {
 public:
  Aftermath(const Call& call, const CommandRequest& headers, const Snapshot& snapshot, bool repeated)
      : log_(call.services.log),
        settings_(call.services.writer.settings()),
        headers_(headers),
        snapshot_(snapshot),
        repeated_(repeated) {}

  Handled give_back_assignees(const std::vector<Record>& events) {
    for (const Record& record : events) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr || !std::holds_alternative<TicketClosed>(*event)) continue;
      if (auto given = give_back_assignee({record.envelope.stream_id}); !given) return given;
    }
    return {};
  }

  Handled still_looks(const std::vector<Record>& events) {
    for (const Record& record : events) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr) continue;
      const TicketId ticket{record.envelope.stream_id};
      const bool asked = std::holds_alternative<LookRequested>(*event);
      // What taking the event back does.
      const bool closes = std::holds_alternative<TicketReopened>(*event);
      const bool opens = std::holds_alternative<TicketClosed>(*event) || std::holds_alternative<TicketDeleted>(*event);
      const auto row = opens || closes ? snapshot_.ticket(ticket) : std::nullopt;
      std::vector<TicketId> concerned;
      if (asked || closes) concerned.push_back(ticket);
      if (row && row->parent) concerned.push_back(*row->parent);
      for (const TicketId one : concerned) {
        if (auto stilled = still(one, record.envelope.correlation_id); !stilled) return stilled;
      }
    }
    return {};
  }

  std::vector<BatchStep> take() { return std::move(steps_); }

 private:
  // A reopening lets the agent go where the settings say so.
  Handled give_back_assignee(TicketId ticket) {
    const auto row = snapshot_.ticket(ticket);
    if (!row || !row->assignee || (settings_->reopening.keep_assignee && !repeated_)) return {};
    const auto agent = snapshot_.agent(*row->assignee);
    const bool can_have_it = agent && agent->active && agent->details.assignable;
    return add(*row, "assignee", AssignTicket{*row->assignee}, can_have_it);
  }

  Handled still(TicketId ticket, const std::string& batch_id) {
    const bool known = std::find(stilled_.begin(), stilled_.end(), ticket) != stilled_.end();
    const auto row = known ? std::nullopt : snapshot_.ticket(ticket);
    if (!row) return {};
    stilled_.push_back(ticket);
    const auto is_quiet = was_quiet(*row, batch_id);
    if (!is_quiet) return fail(is_quiet.error());
    const bool stands = row->status.category != Category::merged && row->status.category != Category::deleted;
    return add(*row, "look", DismissLook{}, *is_quiet && stands);
  }

  // Whether nobody but the batch, or what takes it back, asks for a look at the ticket.
  Result<bool, Problem> was_quiet(const TicketRow& row, const std::string& batch_id) const {
    if (!row.needs_look) return true;
    bool asked = false, by_others = false;
    const auto reader = log_.read_stream(stream_of(row.id), Version{1});
    auto read = for_each_record(*reader, [&](const Record& record) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr) return true;
      if (std::holds_alternative<LookDone>(*event)) asked = by_others = false;
      if (!std::holds_alternative<LookRequested>(*event)) return true;
      asked = true;
      by_others = by_others || record.envelope.correlation_id != batch_id;
      return true;
    });
    if (!read) return fail(read.error());
    return asked && !by_others;
  }

  // Asked for again, what was taken at that time has a receipt, whatever became of the ticket.
  Handled add(const TicketRow& row, const char* what, TicketCommand command, bool wanted) {
    auto request = batch_request(headers_, std::string(what) + "-" + std::to_string(row.id.value));
    if (repeated_) {
      const auto receipt = receipt_of(log_, request.command_id);
      if (!receipt) return fail(receipt.error());
      wanted = receipt->has_value();
    }
    if (!wanted) return {};
    request.target = row.id.value;
    request.command = std::move(command);
    steps_.push_back({row.number, std::move(request)});
    return {};
  }

  const Log& log_;
  const std::shared_ptr<const Settings> settings_;
  const CommandRequest& headers_;
  const Snapshot& snapshot_;
  const bool repeated_;
  std::vector<TicketId> stilled_;
  std::vector<BatchStep> steps_;
};

}  // namespace

Result<std::vector<BatchStep>, Problem> aftermath(const Call& call, const CommandRequest& headers,
                                                  const std::vector<Record>& events, const Snapshot& snapshot,
                                                  bool repeated) {
  Aftermath after(call, headers, snapshot, repeated);
  if (auto given = after.give_back_assignees(events); !given) return fail(given.error());
  if (auto stilled = after.still_looks(events); !stilled) return fail(stilled.error());
  return after.take();
}

}  // namespace greffe
