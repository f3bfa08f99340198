#include "commands/any_state.h"

#include <fmt/format.h>

#include "commands/index_keys.h"
#include "commands/settings/decide.h"
#include "commands/ticket/snapshot.h"
#include "events/check.h"
#include "events/codec.h"
#include "events/json.h"

namespace greffe {
namespace {

LogFailure corrupt(Position position, StreamId stream, std::string_view what) {
  return {LogFailure::Kind::corrupt, position,
          fmt::format("The record at {} in {} {}. Run greffe verify.", position.value, stream_text(stream), what)};
}

// Hands the stream's records to `apply` from the version after `from`, in order, each checked
// to be the one that belongs there. apply() returns false if the event does not.
template <class Apply>
Result<void, LogFailure> for_each_record(const Log& log, StreamId stream, Version from, Apply&& apply) {
  const auto reader = log.read_stream(stream, next(from));
  Record record;
  for (Version expected = next(from); reader->next(); expected = next(expected)) {
    const Position at = reader->position();
    if (const auto damage = decode_into(reader->bytes(), record)) return fail(corrupt(at, stream, name_of(*damage)));
    const Envelope& e = record.envelope;
    if (e.position != at || stream_of(e) != stream || e.version != expected) {
      return fail(corrupt(at, stream, "is not the one that belongs there"));
    }
    if (!apply(record)) return fail(corrupt(at, stream, "is of another kind of aggregate"));
  }
  if (reader->failure()) return fail(*reader->failure());
  return {};
}

bool evolve_settings(Settings& settings, SettingsArea area, const Record& record) {
  const auto* change = std::get_if<SettingsEvent>(&record.event);
  if (change == nullptr || area_of(*change) != area) return false;
  evolve(settings, *change);
  return true;
}

}  // namespace

AnyState empty_state(StreamKind kind) {
  switch (kind) {
    case StreamKind::ticket: return TicketState{};
    case StreamKind::contact: return ContactState{};
    case StreamKind::organisation: return OrganisationState{};
    case StreamKind::agent: return AgentState{};
    case StreamKind::team: return TeamState{};
    case StreamKind::canned_reply: return CannedReplyState{};
    case StreamKind::text_template: return TextTemplateState{};
    case StreamKind::context: return ContextState{};
    case StreamKind::saved_view: return SavedViewState{};
    case StreamKind::contract: return ContractState{};
    case StreamKind::settings: break;
  }
  GREFFE_CHECK(false, "settings have a state of their own");
  return {};
}

Version version_of(const AnyState& state) {
  return std::visit([](const auto& s) { return s.version; }, state);
}

bool evolve(AnyState& state, const Record& record) {
  return std::visit(
      [&](auto& s, const auto& e) {
        if constexpr (requires { evolve(s, e, record.envelope.occurred_at); }) {
          evolve(s, e, record.envelope.occurred_at);
          return true;
        } else if constexpr (requires { evolve(s, e); }) {
          evolve(s, e);
          return true;
        } else {
          return false;
        }
      },
      state, record.event);
}

Result<void, LogFailure> fold_rest(const Log& log, StreamId stream, AnyState& state) {
  if (stream.kind == StreamKind::ticket && version_of(state) == Version{}) {
    const auto stored = log.lookup(IndexSpace::ticket_snapshot, index_value(stream.id));
    if (!stored) return fail(stored.error());
    if (auto snapshot = *stored ? decode_snapshot(**stored) : std::nullopt) state = *std::move(snapshot);
  }
  return for_each_record(log, stream, version_of(state), [&](const Record& record) { return evolve(state, record); });
}

Result<AnyState, LogFailure> fold_all(const Log& log, StreamId stream, Version version) {
  AnyState state = empty_state(stream.kind);
  const auto folded = for_each_record(log, stream, {}, [&](const Record& record) {
    return record.envelope.version > version || evolve(state, record);
  });
  if (!folded) return fail(folded.error());
  return state;
}

Result<Settings, LogFailure> fold_settings(const Log& log) {
  Settings settings = default_settings();
  Result<void, LogFailure> folded;
  for_each_area([&](SettingsArea area, auto) {
    if (!folded) return;
    folded = for_each_record(log, stream_of(area), Version{},
                             [&](const Record& record) { return evolve_settings(settings, area, record); });
  });
  if (!folded) return fail(folded.error());
  return settings;
}

}  // namespace greffe
