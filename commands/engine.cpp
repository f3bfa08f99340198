#include "commands/engine.h"

#include <future>

#include "commands/dispatch.h"
#include "commands/index_keys.h"
#include "events/check.h"

namespace greffe {
namespace {

Decision<Accepted> refused(RejectionCode code) {
  switch (code) {
    case RejectionCode::queue_full: return refuse(code, "Too many commands wait: try again.");
    case RejectionCode::stopping: return refuse(code, "The server is shutting down.");
    default: return refuse(code, "The log failed; the server stops.");
  }
}

// The other ticket that the request names, as far as the durable log knows it.
std::optional<TicketId> other_ticket(const Log& log, const CommandRequest& request) {
  const std::string* number = other_ticket_of(request);
  if (number == nullptr) return std::nullopt;
  const auto found = log.lookup(IndexSpace::ticket_number, *number);
  const auto id = found && *found ? index_number(**found) : std::nullopt;
  return id ? std::optional(TicketId{*id}) : std::nullopt;
}

}  // namespace

Writer::Engine::Engine(Log& log, const Clock& clock, const WriterOptions& options, OnFailure on_failure,
                       Decider::Start start)
    : log_(log),
      group_max_(options.group_max),
      on_failure_(std::move(on_failure)),
      queue_(options.queue_max),
      decider_(log, clock, options, start),
      settings_(std::make_shared<const Settings>(std::move(start.settings))) {
  GREFFE_CHECK(options.group_max > 0, "a group takes at least one command");
  append_thread_ = std::thread([this] { append_loop(); });
  decide_thread_ = std::thread([this] { decide_loop(); });
}

void Writer::Engine::submit(CommandRequest request, Answer answer) {
  auto pending = std::make_unique<Pending>();
  pending->read_ahead = read_ahead(request);
  pending->request = std::move(request);
  pending->answer = std::move(answer);
  if (const auto why = queue_.push(pending)) pending->answer(refused(*why));
}

// A failure is left to the deciding thread, which meets it again when it reads for itself.
std::vector<ReadAhead> Writer::Engine::read_ahead(const CommandRequest& request) const {
  std::vector<ReadAhead> wanted;
  const auto want = [&](StreamId stream) {
    if (!decider_.view().holds(stream)) wanted.push_back({stream, empty_state(stream.kind)});
  };
  if (const auto target = target_of(request)) want(*target);
  if (const auto other = other_ticket(log_, request)) want(stream_of(*other));
  const auto read = [this](ReadAhead& one) { return fold_rest(log_, one.stream, one.state).has_value(); };
  if (wanted.size() == 2) {
    // Two long tickets to be merged cost as many milliseconds as one.
    auto second = std::async(read, std::ref(wanted.back()));
    const bool first = read(wanted.front());
    if (!second.get() || !first) wanted.clear();
  } else if (wanted.size() == 1 && !read(wanted.front())) {
    wanted.clear();
  }
  return wanted;
}

void Writer::Engine::stop() {
  std::call_once(stopped_, [&] {
    queue_.close(RejectionCode::stopping);
    decide_thread_.join();
    slot_.close();
    append_thread_.join();
  });
}

std::shared_ptr<const Settings> Writer::Engine::settings() const {
  const std::lock_guard lock(published_);
  return settings_;
}

WriterStats Writer::Engine::stats() const {
  const std::lock_guard lock(published_);
  WriterStats stats = stats_;
  stats.queued = queue_.size();
  return stats;
}

void Writer::Engine::decide_loop() {
  CommandQueue::Batch batch;
  auto group = decider_.new_group();
  for (;;) {
    const std::size_t held = group->replies.size();
    switch (queue_.next(group_max_ - held, held > 0, batch)) {
      case CommandQueue::Turn::decide: decide_batch(batch, *group); break;
      case CommandQueue::Turn::hand_over:
        slot_.put(std::move(group));
        decider_.view().settle({durable_group_.load()});
        group = decider_.new_group();
        break;
      case CommandQueue::Turn::finish: return;
    }
  }
}

void Writer::Engine::decide_batch(CommandQueue::Batch& batch, Group& group) {
  for (auto& pending : batch) {
    for (ReadAhead& one : pending->read_ahead) decider_.view().take(one.stream, std::move(one.state));
    auto decision = failed_ ? refused(RejectionCode::log_failed) : decider_.decide(pending->request, group);
    if (const auto& failure = decider_.view().failure()) fail_with(*failure);
    group.replies.push_back({std::move(pending->answer), std::move(decision)});
  }
  batch.clear();
}

void Writer::Engine::append_loop() {
  while (auto group = slot_.take()) {
    answer_all(*group, append(*group));
    queue_.append_done();
  }
}

bool Writer::Engine::append(const Group& group) {
  if (failed_) return false;
  if (!group.log.entries.empty() || !group.log.index.empty()) {
    if (const auto appended = log_.append(group.expected_tail, group.log); !appended) {
      fail_with(appended.error());
      return false;
    }
  }
  durable_group_ = group.number.value;
  return true;
}

void Writer::Engine::answer_all(Group& group, bool durable) {
  if (durable) count(group);
  for (Reply& reply : group.replies) {
    reply.answer(durable ? std::move(reply.decision) : refused(RejectionCode::log_failed));
  }
}

void Writer::Engine::count(const Group& group) {
  const std::lock_guard lock(published_);
  if (group.settings) settings_ = group.settings;
  stats_.commands += group.replies.size();
  stats_.events += group.log.entries.size();
  stats_.groups += 1;
  for (const Reply& reply : group.replies) {
    if (!reply.decision) stats_.refused += 1;
    else if (reply.decision->repeated) stats_.repeated += 1;
  }
}

void Writer::Engine::fail_with(const LogFailure& failure) {
  if (failed_.exchange(true)) return;
  queue_.close(RejectionCode::log_failed);
  if (on_failure_) on_failure_(failure);
}

}  // namespace greffe
