#include "http/query_call.h"

#include "http/reader.h"

namespace greffe {

Handled wait_for_views(const Services& services, std::optional<Position> min_position) {
  if (!min_position) return {};
  const bool possible = *min_position <= services.log.tail();
  if (possible && services.views.wait_for(*min_position, min_position_wait)) return {};
  const auto position = services.views.status().seen.position;
  auto problem = problem_of(RequestCode::views_behind, "The views have not reached min_position.");
  problem.members.emplace_back("position", "\"" + std::to_string(position.value) + "\"");
  const auto wanted = min_position->value;
  problem.members.emplace_back("lag", std::to_string(wanted > position.value ? wanted - position.value : 0));
  return fail(std::move(problem));
}

Result<std::shared_ptr<const Snapshot>, Problem> snapshot_at(const Services& services,
                                                             std::optional<Position> min_position) {
  if (auto waited = wait_for_views(services, min_position); !waited) return fail(waited.error());
  return services.views.snapshot();
}

Handled check_person_now(const Call& call) {
  if (!call.principal.on_behalf_of) return {};
  if (check_person(call.principal, *call.services.views.snapshot())) return {};
  const auto snapshot = snapshot_at(call.services, call.services.log.tail());
  if (!snapshot) return fail(snapshot.error());
  return check_person(call.principal, **snapshot);
}

Milliseconds age_of(const Services& services, const Seen& seen) {
  if (services.log.tail() <= seen.position) return Milliseconds(0);
  const auto age = std::chrono::duration_cast<Milliseconds>(services.clock.now() - seen.recorded_at);
  return std::max(age, Milliseconds(0));
}

void write_seen(JsonWriter& json, const Services& services, const Seen& seen) {
  json.key("position").value(seen.position).key("age_ms").value(age_of(services, seen));
}

void end_page(JsonWriter& json, const Services& services, const Seen& seen, const std::string& next_cursor) {
  json.key("next_cursor");
  if (next_cursor.empty()) json.null();
  else json.text(next_cursor);
  write_seen(json, services, seen);
  json.end_object();
}

Problem bad_cursor() {
  return problem_of(RequestCode::bad_cursor, "The cursor is none that this query gave; start from the first page.");
}

Route query_route(std::string path, std::string summary, std::function<Handled(const Call&, HttpResponse&)> handle,
                  std::vector<ParameterText> parameters, std::string answer) {
  return {.method = "GET",
          .path = std::move(path),
          .summary = std::move(summary),
          .handle = std::move(handle),
          .parameters = std::move(parameters),
          .answer = std::move(answer)};
}

Route client_query_route(std::string path, std::string summary,
                         std::function<Handled(const Call&, HttpResponse&)> handle,
                         std::vector<ParameterText> parameters, std::string answer) {
  auto route =
      query_route(std::move(path), std::move(summary), std::move(handle), std::move(parameters), std::move(answer));
  route.for_clients = true;
  return route;
}

}  // namespace greffe
