// The writer's inside: two threads, one behind the other. The deciding thread takes waiting
// commands and decides them into a group; the appending thread makes the group durable and
// gives its answers, while the next group is being decided against the staged state.
//
// That is safe because answers go out in the order of decision, each after its own group's
// sync and so after all that it was decided upon; and because a failed append ends it all.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "commands/command_queue.h"
#include "commands/decider.h"
#include "commands/group_slot.h"
#include "commands/writer.h"

namespace greffe {

class Writer::Engine {
 public:
  Engine(Log& log, const Clock& clock, const WriterOptions& options, OnFailure on_failure, Decider::Start start);
  ~Engine() { stop(); }

  void submit(CommandRequest request, Answer answer);
  void stop();

  const Log& log() const { return log_; }
  std::shared_ptr<const Settings> settings() const;
  WriterStats stats() const;

 private:
  std::vector<ReadAhead> read_ahead(const CommandRequest& request) const;
  void decide_loop();
  void decide_batch(CommandQueue::Batch& batch, Group& group);
  void append_loop();
  bool append(const Group& group);
  void answer_all(Group& group, bool durable);
  void count(const Group& group);
  void fail_with(const LogFailure& failure);

  Log& log_;
  const std::size_t group_max_;
  const OnFailure on_failure_;
  CommandQueue queue_;
  Decider decider_;
  GroupSlot slot_;

  std::atomic<bool> failed_ = false;
  std::atomic<std::uint64_t> durable_group_ = 0;
  mutable std::mutex published_;  // guards settings_ and stats_
  std::shared_ptr<const Settings> settings_;
  WriterStats stats_;

  std::once_flag stopped_;
  std::thread append_thread_;
  std::thread decide_thread_;
};

}  // namespace greffe
