#include "events/json.h"

#include "events/field_json.h"

namespace greffe {

std::string_view stream_kind_text(StreamKind kind) {
  switch (kind) {
    case StreamKind::ticket: return "ticket";
    case StreamKind::contact: return "contact";
    case StreamKind::organisation: return "organisation";
    case StreamKind::agent: return "agent";
    case StreamKind::team: return "team";
    case StreamKind::settings: return "settings";
    case StreamKind::canned_reply: return "canned_reply";
    case StreamKind::text_template: return "template";
    case StreamKind::context: return "context";
    case StreamKind::saved_view: return "view";
    case StreamKind::contract: return "contract";
  }
  return "?";
}

std::string stream_text(StreamId stream) {
  const std::string kind(stream_kind_text(stream.kind));
  if (stream.kind == StreamKind::settings && stream.id < names_of(SettingsArea{}).size())
    return kind + "/" + std::string(name_of(static_cast<SettingsArea>(stream.id)));
  return kind + "/" + std::to_string(stream.id);
}

std::string actor_text(const Actor& actor) {
  const std::string kind(name_of(actor.kind));
  return actor.id == 0 ? kind : kind + "/" + std::to_string(actor.id);
}

Json to_json(const Event& event) {
  return std::visit(
      [](const auto& of_aggregate) {
        return std::visit([](const auto& e) { return field_json::render(e); }, of_aggregate);
      },
      event);
}

Json to_json(const Record& record) {
  const Envelope& e = record.envelope;
  Json out = {{"position", std::to_string(e.position.value)},
              {"stream", stream_text(stream_of(e))},
              {"version", e.version.value},
              {"type", event_name(record.event)},
              {"schema_version", e.schema_version},
              {"commit", {{"first", std::to_string(e.commit_first.value)}, {"count", e.commit_count}}},
              {"recorded_at", to_rfc3339(e.recorded_at)},
              {"occurred_at", to_rfc3339(e.occurred_at)},
              {"actor", actor_text(e.actor)}};
  if (e.on_behalf_of) out["on_behalf_of"] = actor_text(*e.on_behalf_of);
  if (!e.command_id.empty()) out["command_id"] = e.command_id;
  if (!e.correlation_id.empty()) out["correlation_id"] = e.correlation_id;
  if (e.causation.value != 0) out["causation"] = std::to_string(e.causation.value);
  if (e.imported) out["imported"] = true;
  out["data"] = to_json(record.event);
  return out;
}

}  // namespace greffe
