// Decides one command after another and stages what follows into the group at hand.
// Deciding thread only, but for view().holds().
#pragma once

#include "commands/dispatch.h"
#include "commands/group.h"
#include "commands/store_view.h"
#include "events/time.h"

namespace greffe {

class Decider {
 public:
  // Where the log stands when the writer starts.
  struct Start {
    Settings settings;
    Position tail;
    Instant last_recorded_at;
  };

  Decider(const Log& log, const Clock& clock, const WriterOptions& options, Start start);

  // An empty group after the last one.
  std::unique_ptr<Group> new_group();

  // Decides, adds events and index writes to the group, and gives the answer for when the
  // group is durable. After a failed read of the log the answer counts for nothing: see
  // view().failure().
  Decision<Accepted> decide(const CommandRequest& request, Group& group);

  StoreView& view() { return view_; }
  const StoreView& view() const { return view_; }

 private:
  std::optional<Decision<Accepted>> first_answer(const CommandRequest& request) const;
  bool is_before_opening(const Steps& steps, Instant occurred_at) const;
  std::vector<Record> records(const CommandRequest& request, Decided& decided, Instant recorded_at,
                              Instant occurred_at) const;
  Version version_now(StreamId stream) const;
  Decision<Accepted> commit(const CommandRequest& request, Accepted answer, std::vector<Record> records, Group& group);
  void apply(const Record& record, Group& group);

  const Clock& clock_;
  StoreView view_;
  Settings settings_;
  Position tail_;  // of everything decided, durable or not
  Instant last_recorded_at_;
  GroupNumber last_group_;
};

}  // namespace greffe
