#include "http/command_call.h"

#include "http/digest.h"
#include "http/headers.h"
#include "http/json_input.h"
#include "http/json_writer.h"
#include "http/log_reading.h"

namespace greffe {
namespace {

// Enough to show what happened meanwhile; who missed more reads the ticket again.
constexpr std::size_t missed_events_max = 50;

// What `decide` finds wrong beside what the tables found, so that the caller learns of every
// bad field at once. Decided as a dry run: a body with faults never appends.
Problem all_faults(const Call& call, CommandRequest command, Faults faults) {
  command.dry_run = true;
  command.command_id.clear();
  const bool settings = std::holds_alternative<ReplaceSettings>(command.command);
  // A settings area with an unreadable part would be found wrong in other parts for its lack.
  if (!settings) {
    const auto decided = call.services.writer.submit(std::move(command));
    if (!decided && decided.error().code == RejectionCode::invalid_fields) {
      for (const auto& fault : decided.error().fields) {
        if (!faults.names(fault.field)) faults.add(fault.field, fault.code);
      }
    }
  }
  return invalid_fields(faults.take());
}

bool asks_for_client(const Call& call) { return call.principal.person().kind == ActorKind::contact; }

// Position, version and recording time of an event that was not appended would be guesses.
// Clients are shown what would happen, not what the desk would know of it.
void write_would_be(JsonWriter& json, const std::vector<Record>& records, bool for_client) {
  json.begin_array();
  for (const auto& record : records) {
    auto event = to_json(record);
    for (const auto* guess : {"position", "stream", "commit", "recorded_at"}) event.erase(guess);
    if (for_client) event.erase("data");
    json.raw(event.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  json.end_array();
}

void write_left_open(JsonWriter& json, const Accepted& accepted, bool for_client) {
  if (accepted.stream.kind != StreamKind::ticket) return;
  json.key("left_open").value(for_client ? std::vector<std::string>() : accepted.left_open);
}

void write_dry_run(const Call& call, const Accepted& accepted, HttpResponse& response) {
  response.headers.emplace_back("Preference-Applied", "dry-run");
  JsonWriter json(response.body);
  json.begin_object().key("dry_run").boolean(true).key("events");
  write_would_be(json, accepted.dry_run, asks_for_client(call));
  write_left_open(json, accepted, asks_for_client(call));
  json.end_object();
}

void write_events(JsonWriter& json, const std::vector<AppendedEvent>& events) {
  json.begin_array();
  for (const auto& event : events) {
    json.begin_object().key("type").text(event.type).key("position").value(event.position).end_object();
  }
  json.end_array();
}

// A message to a closed ticket may open a new one, which the answer is then about.
bool opened_ticket(const Accepted& accepted) {
  return !accepted.events.empty() && accepted.events.front().type == TicketOpened::name.text;
}

void write_accepted(const Call& call, const Accepted& accepted, const CommandAnswer& answer, HttpResponse& response) {
  response.status = answer.creates ? 201 : 200;
  const bool ticket = answer.kind == StreamKind::ticket;
  const auto name = ticket ? accepted.number : std::to_string(accepted.stream.id);
  if (answer.creates || opened_ticket(accepted)) {
    response.headers.emplace_back("Location", "/v1/" + std::string(answer.plural) + "/" + name);
  }
  response.headers.emplace_back("ETag", "\"" + std::to_string(accepted.version.value) + "\"");
  if (accepted.repeated) response.headers.emplace_back("Idempotent-Replayed", "true");
  JsonWriter json(response.body);
  json.begin_object();
  if (answer.kind != StreamKind::settings) json.key(ticket ? "number" : "id").text(name);
  write_appended(json, accepted, asks_for_client(call));
  json.end_object();
}

}  // namespace

Handled read_command_headers(const Call& call, CommandRequest& command) {
  auto key = idempotency_key(call.request);
  if (!key) return fail(key.error());
  const auto version = if_match(call.request);
  if (!version) return fail(version.error());
  command.actor = call.principal.actor;
  command.on_behalf_of = call.principal.on_behalf_of;
  command.if_version = *version;
  command.dry_run = prefers_dry_run(call.request);
  // A dry run leaves no trace, hence no receipt either.
  if (key->empty() || command.dry_run) return {};
  const auto person = command.on_behalf_of ? actor_text(*command.on_behalf_of) : std::string();
  command.digest = sha256_of({call.request.method, call.request.path, person, call.request.body});
  command.command_id = std::move(*key);
  return {};
}

Result<Json, Problem> read_json_object(const HttpRequest& request) {
  if (request.body.empty()) return Json::object();
  if (auto checked = check_media_type(request, "application/json"); !checked) return fail(checked.error());
  auto json = parse_json(request.body);
  if (!json) return fail(problem_of(RequestCode::malformed_json, json.error().detail));
  if (!json->is_object()) return fail(problem_of(RequestCode::malformed_json, "The body must be one JSON object."));
  return std::move(*json);
}

Problem refused(const Call& call, const Rejection& rejection, std::optional<Version> if_version) {
  auto problem = problem_of(rejection);
  if (rejection.code != RejectionCode::stale_version || !if_version || asks_for_client(call)) return problem;
  std::string missed;
  JsonWriter json(missed);
  json.begin_array();
  std::size_t count = 0;
  const auto reader = call.services.log.read_stream(rejection.stream, next(*if_version));
  auto read = for_each_record(*reader, [&](const Record& record) {
    json.raw(to_json(record).dump(-1, ' ', false, Json::error_handler_t::replace));
    return ++count < missed_events_max;
  });
  if (!read) return read.error();
  json.end_array();
  problem.members.emplace_back("current_version", std::to_string(rejection.current_version.value));
  problem.members.emplace_back("missed", std::move(missed));
  return problem;
}

void write_appended(JsonWriter& json, const Accepted& accepted, bool for_client) {
  json.key("version").value(accepted.version).key("position").value(accepted.position);
  json.key("events");
  if (accepted.dry_run.empty()) write_events(json, accepted.events);
  else write_would_be(json, accepted.dry_run, for_client);
  write_left_open(json, accepted, for_client);
}

Handled handle_command(const Call& call, const CommandBody& body, std::uint64_t target, const CommandAnswer& answer,
                       HttpResponse& response) {
  CommandRequest command;
  command.target = target;
  if (auto read = read_command_headers(call, command); !read) return read;
  if (answer.creates && target == 0 && command.if_version) {
    return fail(problem_of(RequestCode::malformed_header, "If-Match has no meaning where something is created."));
  }
  const auto json = read_json_object(call.request);
  if (!json) return fail(json.error());
  Faults faults;
  for (const auto& [name, value] : call.request.parameters) faults.add(name, FieldCode::unknown_field);
  command.command = body.read(*json, faults);
  if (answer.complete) {
    if (auto completed = answer.complete(command.command, faults); !completed) return completed;
  }
  if (!faults.empty()) return fail(all_faults(call, std::move(command), std::move(faults)));

  const auto if_version = command.if_version;
  const bool dry_run = command.dry_run;
  const auto decided = call.services.writer.submit(std::move(command));
  if (!decided) return fail(refused(call, decided.error(), if_version));
  if (dry_run) write_dry_run(call, *decided, response);
  else write_accepted(call, *decided, answer, response);
  return {};
}

}  // namespace greffe
