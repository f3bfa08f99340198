// The event record: what one position of the log holds. docs: events/record.fbs.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "events/catalogue.h"
#include "events/closed_set.h"
#include "events/directory.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/settings.h"
#include "events/ticket.h"
#include "events/time.h"

namespace greffe {

// One alternative an aggregate, so that each aggregate's fold can be exhaustive.
using Event = ClosedSet<TicketEvent, ContactEvent, OrganisationEvent, AgentEvent, TeamEvent, SettingsEvent,
                        CannedReplyEvent, TextTemplateEvent, ContextEvent, SavedViewEvent, ContractEvent>;

// The kind of aggregate whose events these are: the alternatives stand in the order of the kinds.
inline StreamKind kind_of(const Event& event) { return static_cast<StreamKind>(event.index() + 1); }
static_assert(std::variant_size_v<Event> == static_cast<std::size_t>(last_stream_kind));

enum class ActorKind : std::uint8_t { system, administrator, agent, contact, importer };
constexpr std::array<std::string_view, 5> names_of(ActorKind) {
  return {"system", "administrator", "agent", "contact", "importer"};
}

// Who acts. `id` is an AgentId or ContactId where the kind has one, else 0; an importer's is that of
// the agent who imports, if one does.
struct Actor {
  ActorKind kind = ActorKind::system;
  std::uint64_t id = 0;
  static constexpr auto fields = std::make_tuple(field("kind", &Actor::kind), field("id", &Actor::id));
  bool operator==(const Actor& o) const { return same_fields(*this, o); }
};

// The envelope; everything but the payload.
struct Envelope {
  Position position;
  StreamKind stream_kind = StreamKind::ticket;
  std::uint64_t stream_id = 0;
  Version version;
  Position commit_first;           // first position of the commit this event belongs to
  std::uint32_t commit_count = 1;  // how many events that commit has
  std::uint16_t schema_version = 1;
  Instant recorded_at;  // never goes back along the log
  Instant occurred_at;  // when it happened in the world; equal unless late or imported
  Actor actor;
  std::optional<Actor> on_behalf_of;
  std::string command_id;      // the Idempotency-Key; empty if the caller gave none
  std::string correlation_id;  // shared by all commands of one undertaking; empty = none
  Position causation;          // the event that a program reacted to; 0 = none
  bool imported = false;       // history of another system: nobody is notified, no clock starts
  static constexpr auto fields =
      std::make_tuple(field("position", &Envelope::position), field("stream_kind", &Envelope::stream_kind),
                      field("stream_id", &Envelope::stream_id), field("version", &Envelope::version),
                      field("commit_first", &Envelope::commit_first), field("commit_count", &Envelope::commit_count),
                      field("schema_version", &Envelope::schema_version), field("recorded_at", &Envelope::recorded_at),
                      field("occurred_at", &Envelope::occurred_at), field("actor", &Envelope::actor),
                      field("on_behalf_of", &Envelope::on_behalf_of), field("command_id", &Envelope::command_id),
                      field("correlation_id", &Envelope::correlation_id), field("causation", &Envelope::causation),
                      field("imported", &Envelope::imported));
};

struct Record {
  Envelope envelope;
  Event event;
};

inline StreamId stream_of(const Envelope& e) { return {e.stream_kind, e.stream_id}; }

// The person or program the act counts for: on_behalf_of where there is one.
inline const Actor& doer(const Envelope& e) { return e.on_behalf_of ? *e.on_behalf_of : e.actor; }

// The event's name, e.g. "TicketOpened".
std::string_view event_name(const Event& event);

// Records longer than this are refused by the encoder, those of the settings by a limit of their own
// (events/codec.h); longer texts are blobs.
inline constexpr std::size_t record_bytes_max = 32 * 1024;

}  // namespace greffe
