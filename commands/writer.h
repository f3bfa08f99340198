// The writer: the one place that decides and appends. One thread takes every waiting
// command, decides each against the current state and stages the events; a second makes the
// whole group durable by one synced append, while the next group is being decided, and only
// then answers the callers (commands/engine.h).
//
// Because decisions are taken one after another, there are no conflicts to retry, and
// numbers, unique addresses and checks over several streams are exact.
#pragma once

#include <functional>
#include <memory>

#include "commands/command.h"
#include "commands/settings/settings.h"
#include "events/time.h"
#include "storage/log.h"

namespace greffe {

struct WriterOptions {
  std::size_t queue_max = 4096;             // commands waiting; more are refused with queue_full
  std::size_t group_max = 1024;             // commands in one synced append
  std::size_t cache_streams_max = 200'000;  // tickets and contacts kept folded in memory
  std::uint32_t snapshot_every = 128;       // events of a ticket from one stored state to the next
};

struct WriterStats {
  std::uint64_t commands = 0, refused = 0, repeated = 0, groups = 0, events = 0;
  std::size_t queued = 0;
};

class Writer {
 public:
  // Called once, from one of the writer's threads, when the log failed: no command is acknowledged
  // any more and the program must stop (non-zero) and recover by starting again.
  using OnFailure = std::function<void(const LogFailure&)>;
  using Answer = std::function<void(Decision<Accepted>)>;

  // Reads the settings from the log and starts the thread. `log` and `clock` outlive it.
  static Result<std::unique_ptr<Writer>, LogFailure> start(Log& log, const Clock& clock, WriterOptions options,
                                                           OnFailure on_failure);
  ~Writer();  // stop()

  // Decides the command and waits until its events are durable. Any thread.
  Decision<Accepted> submit(CommandRequest request);

  // The same without waiting: `answer` is called from a thread of the writer and must be quick;
  // refused at once (queue_full, stopping) it is called from the caller's.
  void submit(CommandRequest request, Answer answer);

  // The aggregate's id by number or external id; absent if there is none. Any thread.
  Result<std::optional<TicketId>, LogFailure> find_ticket(std::string_view number) const;
  Result<std::optional<std::uint64_t>, LogFailure> find_external(StreamKind kind, std::string_view external_id) const;

  // Whether the ticket was opened by an import; false if it is not there. Any thread.
  Result<bool, LogFailure> is_imported(TicketId ticket) const;

  // A copy of the settings in force after the last durable group. Any thread.
  std::shared_ptr<const Settings> settings() const;

  WriterStats stats() const;

  // Refuses new commands, answers those that wait, ends the thread. Idempotent.
  void stop();

 private:
  class Engine;
  explicit Writer(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace greffe
