#include "commands/decider.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "commands/receipt.h"
#include "commands/settings/decide.h"
#include "events/check.h"
#include "events/codec.h"

namespace greffe {
namespace {

// Texts are bounded one by one, and settings areas as a whole; an event of many long texts is
// still held against the record's size.
Decision<std::vector<LogEntry>> encode_all(const std::vector<Record>& records) {
  std::vector<LogEntry> entries;
  entries.reserve(records.size());
  for (const Record& record : records) {
    LogEntry& entry = entries.emplace_back(LogEntry{stream_of(record.envelope), record.envelope.version, {}});
    if (!encode(record, entry.bytes)) {
      Rejection rejection =
          refuse(RejectionCode::invalid_fields, "All texts together are too long for one event.").value();
      rejection.fields.push_back({"", FieldCode::too_long});
      return fail(std::move(rejection));
    }
  }
  return entries;
}

// `at` is what a line of an import calls it.
Rejection wrong_time(std::string detail) {
  auto rejection = refuse(RejectionCode::invalid_fields, std::move(detail)).value();
  rejection.fields.push_back({"at", FieldCode::out_of_range});
  return rejection;
}

}  // namespace

Decider::Decider(const Log& log, const Clock& clock, const WriterOptions& options, Start start)
    : clock_(clock),
      view_(log, options),
      settings_(std::move(start.settings)),
      tail_(start.tail),
      last_recorded_at_(start.last_recorded_at) {}

std::unique_ptr<Group> Decider::new_group() {
  ++last_group_.value;
  auto group = std::make_unique<Group>();
  group->number = last_group_;
  group->expected_tail = tail_;
  return group;
}

Decision<Accepted> Decider::decide(const CommandRequest& request, Group& group) {
  // Before all rules: a repeat is answered as it was, whoever has left the house since.
  if (auto first = first_answer(request)) return *std::move(first);
  if (auto rejection = request_fault(request, view_)) return fail(std::move(*rejection));
  // A clock that was set back does not set the log back.
  const Instant recorded_at = std::max(clock_.now(), last_recorded_at_);
  const Instant occurred_at = request.imported ? request.occurred_at.value_or(recorded_at) : recorded_at;
  if (occurred_at > recorded_at) return fail(wrong_time("What is imported has happened already."));
  const Context context{occurred_at, doer(request), request.imported, settings_, view_, next(tail_), request.target};
  auto decided = dispatch(request, context, view_);
  if (!decided) return fail(std::move(decided.error()));
  if (request.imported && is_before_opening(decided->steps, occurred_at)) {
    return fail(wrong_time("Nothing happens to a ticket before its opening."));
  }

  Accepted answer{
      decided->stream, decided->number, decided->version, tail_, {}, std::move(decided->left_open), false, {}};
  auto made = records(request, *decided, recorded_at, occurred_at);
  if (!request.dry_run) return commit(request, std::move(answer), std::move(made), group);
  if (auto entries = encode_all(made); !entries) return fail(std::move(entries.error()));
  answer.dry_run = std::move(made);
  return answer;
}

std::optional<Decision<Accepted>> Decider::first_answer(const CommandRequest& request) const {
  if (request.command_id.empty()) return std::nullopt;
  const auto bytes = view_.index(IndexSpace::command_receipt, request.command_id);
  if (!bytes) return std::nullopt;
  auto receipt = decode_receipt(*bytes);
  if (!receipt) {
    view_.note({LogFailure::Kind::corrupt, {}, "A stored receipt cannot be read. Run greffe verify."});
    return std::nullopt;
  }
  if (receipt->digest != request.digest) {
    return refuse(RejectionCode::command_id_reused, "This command id came before, with another request.");
  }
  receipt->answer.repeated = true;
  return std::move(receipt->answer);
}

// Lines of a history may come in any order, but for the openings: of the line's own ticket and of
// every other one that it changes.
bool Decider::is_before_opening(const Steps& steps, Instant occurred_at) const {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    const auto* ticket = step.stream.kind == StreamKind::ticket ? view_.ticket({step.stream.id}) : nullptr;
    return ticket != nullptr && ticket->version != Version{} && occurred_at < ticket->opened_at;
  });
}

std::vector<Record> Decider::records(const CommandRequest& request, Decided& decided, Instant recorded_at,
                                     Instant occurred_at) const {
  Envelope envelope;
  envelope.position = tail_;
  envelope.commit_first = next(tail_);
  envelope.commit_count = static_cast<std::uint32_t>(decided.steps.size());
  envelope.recorded_at = recorded_at;
  envelope.occurred_at = occurred_at;
  envelope.actor = request.actor;
  envelope.on_behalf_of = request.on_behalf_of;
  envelope.command_id = request.command_id;
  envelope.correlation_id = request.correlation_id;
  envelope.causation = request.causation;
  envelope.imported = request.imported;
  std::vector<Record> made;
  made.reserve(decided.steps.size());
  std::unordered_map<StreamId, Version> versions = {{decided.stream, decided.version}};
  for (Step& step : decided.steps) {
    const auto [version, unknown] = versions.try_emplace(step.stream);
    if (unknown) version->second = version_now(step.stream);
    version->second = next(version->second);
    envelope.position = next(envelope.position);
    envelope.stream_kind = step.stream.kind;
    envelope.stream_id = step.stream.id;
    envelope.version = version->second;
    made.push_back({envelope, std::move(step.event)});
  }
  return made;
}

// A stream that the decision itself begins has none yet.
Version Decider::version_now(StreamId stream) const {
  if (stream.id > tail_.value) return {};
  const AnyState* state = view_.find(stream);
  GREFFE_CHECK(state != nullptr || view_.failure(), "a decision writes to streams that it has seen");
  return state == nullptr ? Version{} : version_of(*state);
}

Decision<Accepted> Decider::commit(const CommandRequest& request, Accepted answer, std::vector<Record> records,
                                   Group& group) {
  auto entries = encode_all(records);
  if (!entries) return fail(std::move(entries.error()));
  // A failed read may have misled the decision: nothing of it may reach the log.
  if (view_.failure()) return refuse(RejectionCode::log_failed, "The log could not be read.");
  std::move(entries->begin(), entries->end(), std::back_inserter(group.log.entries));
  for (const Record& record : records) {
    apply(record, group);
    if (stream_of(record.envelope) == answer.stream) answer.version = record.envelope.version;
    answer.position = record.envelope.position;
    answer.events.push_back({event_name(record.event), record.envelope.position});
  }
  tail_ = answer.position;
  if (!request.command_id.empty()) {
    IndexWrite receipt{IndexSpace::command_receipt, request.command_id, encode_receipt(request.digest, answer)};
    view_.stage(receipt, group.number);
    group.log.index.push_back(std::move(receipt));
  }
  return answer;
}

void Decider::apply(const Record& record, Group& group) {
  last_recorded_at_ = record.envelope.recorded_at;
  if (const auto* change = std::get_if<SettingsEvent>(&record.event)) {
    evolve(settings_, *change);
    group.settings = std::make_shared<const Settings>(settings_);
    return;
  }
  auto writes = view_.apply(record, group.number);
  std::move(writes.begin(), writes.end(), std::back_inserter(group.log.index));
}

}  // namespace greffe
