#include "commands/writer.h"

#include <fmt/format.h>

#include <condition_variable>

#include "commands/engine.h"
#include "commands/index_keys.h"
#include "commands/settings/time_zone.h"
#include "events/codec.h"

namespace greffe {
namespace {

LogFailure corrupt(Position position, std::string_view what) {
  return {LogFailure::Kind::corrupt, position, fmt::format("{}. Run greffe verify.", what)};
}

Result<Instant, LogFailure> last_recorded_at(const Log& log) {
  const Position tail = log.tail();
  if (tail == Position{}) return Instant{};
  const auto bytes = log.read_one(tail);
  if (!bytes) return fail(bytes.error());
  const auto record = decode(*bytes);
  if (!record) return fail(corrupt(tail, fmt::format("The last record, at {}, is damaged", tail.value)));
  return record->envelope.recorded_at;
}

// The aggregate that an index entry names.
Result<std::optional<std::uint64_t>, LogFailure> look_up(const Log& log, IndexSpace space, std::string_view key) {
  const auto value = log.lookup(space, key);
  if (!value) return fail(value.error());
  if (!*value || (*value)->empty()) return std::nullopt;
  const auto number = index_number(**value);
  if (!number) return fail(corrupt({}, "An index entry names no aggregate"));
  return number;
}

}  // namespace

Writer::Writer(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

Writer::~Writer() = default;

Result<std::unique_ptr<Writer>, LogFailure> Writer::start(Log& log, const Clock& clock, WriterOptions options,
                                                          OnFailure on_failure) {
  auto settings = fold_settings(log);
  if (!settings) return fail(settings.error());
  if (const auto& zone = settings->tenant.time_zone; !time_zone_known(zone)) {
    return fail(LogFailure{LogFailure::Kind::not_opened,
                           {},
                           fmt::format("This machine does not know the time zone {}: install tzdata.", zone)});
  }
  const auto recorded_at = last_recorded_at(log);
  if (!recorded_at) return fail(recorded_at.error());
  Decider::Start start{*std::move(settings), log.tail(), *recorded_at};
  auto engine = std::make_unique<Engine>(log, clock, options, std::move(on_failure), std::move(start));
  return std::unique_ptr<Writer>(new Writer(std::move(engine)));
}

Decision<Accepted> Writer::submit(CommandRequest request) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Decision<Accepted>> answer;
  submit(std::move(request), [&](Decision<Accepted> decision) {
    // Told under the lock: the waiter, and all this with it, is gone as soon as it is let go.
    const std::lock_guard lock(mutex);
    answer = std::move(decision);
    answered.notify_one();
  });
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answer.has_value(); });
  return *std::move(answer);
}

void Writer::submit(CommandRequest request, Answer answer) { engine_->submit(std::move(request), std::move(answer)); }

Result<std::optional<TicketId>, LogFailure> Writer::find_ticket(std::string_view number) const {
  const auto id = look_up(engine_->log(), IndexSpace::ticket_number, number);
  if (!id) return fail(id.error());
  if (!*id) return std::nullopt;
  return TicketId{**id};
}

Result<std::optional<std::uint64_t>, LogFailure> Writer::find_external(StreamKind kind,
                                                                       std::string_view external_id) const {
  return look_up(engine_->log(), IndexSpace::external_id, index_key(kind, external_id));
}

Result<bool, LogFailure> Writer::is_imported(TicketId ticket) const {
  const auto reader = engine_->log().read_stream(stream_of(ticket), Version{1});
  if (!reader->next()) {
    if (reader->failure()) return fail(*reader->failure());
    return false;
  }
  const auto record = decode(reader->bytes());
  if (!record) return fail(corrupt(reader->position(), "The opening of a ticket is damaged"));
  return record->envelope.imported;
}

std::shared_ptr<const Settings> Writer::settings() const { return engine_->settings(); }

WriterStats Writer::stats() const { return engine_->stats(); }

void Writer::stop() { engine_->stop(); }

}  // namespace greffe
