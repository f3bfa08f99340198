// What all queries share: the snapshot that they read, and the end of every list.
#pragma once

#include <memory>
#include <optional>

#include "http/json_writer.h"
#include "http/route.h"

namespace greffe {

// How long a query waits for the views to reach its min_position.
inline constexpr std::chrono::milliseconds min_position_wait{5'000};

// Reads the query by its table; all faults at once.
template <class T>
Result<T, Problem> asked(const Call& call, const Parameters<T>& table) {
  T into;
  Faults faults;
  read_parameters(table, call.request.parameters, into, faults);
  if (!faults.empty()) return fail(invalid_fields(faults.take()));
  return into;
}

// Waits until the views have seen `min_position`; views_behind if they do not in time. What
// lies beyond the log's end was never answered to anybody and is not waited for.
Handled wait_for_views(const Services& services, std::optional<Position> min_position);

// wait_for_views, then the present snapshot.
Result<std::shared_ptr<const Snapshot>, Problem> snapshot_at(const Services& services,
                                                             std::optional<Position> min_position);

// Refused, as a decision would refuse it, unless the person acted for is there and active. Somebody
// whom the views do not know so is looked for again at the log's end, since the views may be behind.
Handled check_person_now(const Call& call);

// Milliseconds since the newest seen event was recorded, if the log has gone on; else 0.
Milliseconds age_of(const Services& services, const Seen& seen);

// "position" and "age_ms", as every answer from views has them.
void write_seen(JsonWriter& json, const Services& services, const Seen& seen);

// `"next_cursor":…,"position":…,"age_ms":…}`, after the items' bracket.
void end_page(JsonWriter& json, const Services& services, const Seen& seen, const std::string& next_cursor);

Problem bad_cursor();

// The row of a query: GET, answered with the schema of that name.
Route query_route(std::string path, std::string summary, std::function<Handled(const Call&, HttpResponse&)> handle,
                  std::vector<ParameterText> parameters, std::string answer);
// The same, which clients may ask as well.
Route client_query_route(std::string path, std::string summary,
                         std::function<Handled(const Call&, HttpResponse&)> handle,
                         std::vector<ParameterText> parameters, std::string answer);

// A contact, organisation, agent, team or ticket by the id in the path.
template <class IdType>
std::optional<IdType> id_in_path(const Call& call) {
  const auto id = parse_id(call.segment);
  return id ? std::optional(IdType{*id}) : std::nullopt;
}

}  // namespace greffe
