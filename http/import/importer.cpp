#include "http/import/importer.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>

#include "http/command_bodies.h"
#include "http/import/references.h"
#include "http/json_input.h"

namespace greffe {
namespace {

// Which command a line names, and of what kind of aggregate.
struct Named {
  StreamKind kind = StreamKind::ticket;
  const CommandBody* body = nullptr;
  bool creates = false;
};

const CommandBody* find_change(const AggregateBodies& bodies, std::string_view name) {
  const auto found =
      std::find_if(bodies.changes.begin(), bodies.changes.end(), [&](const CommandBody& b) { return b.name == name; });
  return found == bodies.changes.end() ? nullptr : &*found;
}

std::optional<Named> find_command(std::string_view name) {
  if (name == "open") return Named{StreamKind::ticket, &ticket_bodies().create, true};
  if (const auto* change = find_change(ticket_bodies(), name)) return Named{StreamKind::ticket, change, false};
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto kind = directory_kind(name.substr(dash + 1));
  if (!kind) return std::nullopt;
  for (const AggregateBodies& bodies : directory_bodies()) {
    if (bodies.kind != *kind) continue;
    if (name.substr(0, dash) == "create") return Named{*kind, &bodies.create, true};
    if (const auto* change = find_change(bodies, name.substr(0, dash))) return Named{*kind, change, false};
  }
  return std::nullopt;
}

std::string_view target_field(StreamKind kind) {
  switch (kind) {
    case StreamKind::contact: return "contact";
    case StreamKind::organisation: return "organisation";
    case StreamKind::agent: return "agent";
    case StreamKind::team: return "team";
    default: return "ticket";
  }
}

// Takes a field out of the line; null if it has none.
Json take(Json& line, std::string_view name) {
  const auto found = line.find(std::string(name));
  if (found == line.end()) return Json();
  Json value = std::move(*found);
  line.erase(found);
  return value;
}

std::optional<Instant> instant_of(const Json& value, Faults& faults) {
  if (value.is_null()) return std::nullopt;
  const auto instant = value.is_string() ? parse_rfc3339(value.get_ref<const std::string&>()) : std::nullopt;
  if (!instant) faults.add("at", value.is_string() ? FieldCode::malformed : FieldCode::wrong_type);
  return instant;
}

LineAnswer failed(std::string why, std::vector<FieldFault> fields = {}) {
  LineAnswer answer;
  answer.outcome = LineOutcome::failed;
  answer.why = std::move(why);
  answer.fields = std::move(fields);
  return answer;
}

LineAnswer failed(const Rejection& rejection) {
  LineAnswer answer = failed(fmt::format("{}: {}", name_of(rejection.code), rejection.detail), rejection.fields);
  answer.store_failed = rejection.code == RejectionCode::log_failed || rejection.code == RejectionCode::stopping;
  return answer;
}

// The line's own id and channel go into the command, where the HTTP body has fields for them.
void complete_opening(AnyCommand& command, const std::string& external_id, bool channel_given) {
  auto* ticket = std::get_if<TicketCommand>(&command);
  auto* open = ticket ? std::get_if<OpenTicket>(ticket) : nullptr;
  if (open) open->external_id = external_id;
  if (auto* below = ticket ? std::get_if<OpenSubTicket>(ticket) : nullptr) open = &below->ticket;
  if (open && !channel_given) open->channel = Channel::imported;
}

void complete_document(AnyCommand& command, const BlobSize& blob_size, Faults& faults) {
  auto* ticket = std::get_if<TicketCommand>(&command);
  auto* attach = ticket ? std::get_if<AttachDocument>(ticket) : nullptr;
  if (!attach) return;
  const auto size = blob_size ? blob_size(attach->sha256) : std::nullopt;
  if (size) attach->size_bytes = *size;
  else faults.add("sha256", FieldCode::not_found);
}

}  // namespace

Importer::Importer(Writer& writer, BlobSize blob_size, std::optional<AgentId> by)
    : writer_(writer),
      blob_size_(std::move(blob_size)),
      actor_{ActorKind::importer, by ? by->value : 0},
      references_(std::make_unique<References>(writer)) {}
Importer::~Importer() = default;

LineAnswer Importer::apply(std::string_view json_line, std::string command_id) {
  if (json_line.size() > import_line_bytes_max) return failed("line_too_long: a line has at most 1 MiB");
  auto parsed = parse_json(json_line);
  if (!parsed) return failed("malformed_json: " + parsed.error().detail);
  Json line = std::move(*parsed);
  if (!line.is_object()) return failed("malformed_json: a line is one JSON object");

  Faults faults;
  const Json name = take(line, "command");
  const auto named = name.is_string() ? find_command(name.get_ref<const std::string&>()) : std::nullopt;
  if (!named)
    return failed("invalid_fields", {{"command", name.is_null() ? FieldCode::required : FieldCode::not_one_of}});
  const std::string_view target_name = target_field(named->kind);
  const Json target = take(line, target_name);
  if (!target.is_string()) {
    return failed("invalid_fields",
                  {{std::string(target_name), target.is_null() ? FieldCode::required : FieldCode::wrong_type}});
  }
  const std::string external_id = target.get<std::string>();
  if (!references_->takes_history(named->kind, external_id)) {
    return failed("external_id_taken: a ticket that was opened here, by no import, has this id");
  }

  CommandRequest request;
  request.imported = true;
  request.command_id = std::move(command_id);
  SHA256(reinterpret_cast<const unsigned char*>(json_line.data()), json_line.size(), request.digest.data());
  request.occurred_at = instant_of(take(line, "at"), faults);
  request.actor = actor_;
  if (const Json actor = take(line, "actor"); !actor.is_null())
    request.on_behalf_of = references_->actor(actor, faults);
  references_->translate(line, faults);
  const bool channel_given = line.contains("channel");
  if (named->creates) line["external_id"] = external_id;
  else if (const auto id = references_->find(named->kind, external_id)) request.target = *id;
  else faults.add(target_name, FieldCode::not_found);

  request.command = named->body->read(line, faults);
  complete_opening(request.command, external_id, channel_given);
  complete_document(request.command, blob_size_, faults);
  if (!faults.empty()) return failed("invalid_fields", faults.take());

  const auto answer = writer_.submit(std::move(request));
  if (!answer) {
    // An entry that is there already is what the line wanted.
    const bool exists = named->creates && answer.error().code == RejectionCode::external_id_taken;
    return exists ? LineAnswer{} : failed(answer.error());
  }
  LineAnswer out;
  if (!answer->repeated) out.events = answer->events.size();
  if (out.events > 0) out.outcome = LineOutcome::appended;
  return out;
}

}  // namespace greffe
