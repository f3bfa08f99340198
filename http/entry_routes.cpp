#include "http/entry_routes.h"

namespace greffe {
namespace {

Handled change_entry(const Call& call, const AggregateBodies& bodies, const CommandBody& body, HttpResponse& response) {
  const auto id = parse_id(call.segment);
  if (!id) return fail(problem_of(not_found(bodies.kind)));
  return handle_command(call, body, *id, {bodies.kind, bodies.plural, false}, response);
}

Handled refused() {
  return fail(problem_of(refuse(RejectionCode::forbidden, "This is for the people of the desk.").value()));
}

}  // namespace

void add_entry_commands(Routes& routes, const AggregateBodies& bodies) {
  const auto base = "/v1/" + bodies.plural;
  routes.push_back({.method = "POST",
                    .path = base,
                    .summary = bodies.create.summary,
                    .handle =
                        [&bodies](const Call& call, HttpResponse& response) {
                          return handle_command(call, bodies.create, 0, {bodies.kind, bodies.plural, true}, response);
                        },
                    .body = &bodies.create,
                    .creates = true,
                    .answer = "EntryCommandAnswer"});
  for (const auto& body : bodies.changes) {
    routes.push_back(
        {.method = "POST",
         .path = base + "/{id}/" + body.name,
         .summary = body.summary,
         .handle = [&bodies, &body](const Call& call,
                                    HttpResponse& response) { return change_entry(call, bodies, body, response); },
         .body = &body,
         .answer = "EntryCommandAnswer"});
  }
}

Handled check_may_see(const Call& call, const Snapshot& snapshot, StreamId entry) {
  const Reader reader(call.principal, snapshot);
  if (!reader.is_client()) return {};
  if (reader.contact() && stream_of(*reader.contact()) == entry) return {};
  if (reader.organisation() && stream_of(*reader.organisation()) == entry) return {};
  return refused();
}

void add_queries(Routes& routes, std::vector<QueryRow> rows) {
  for (auto& row : rows) {
    routes.push_back({.method = "GET",
                      .path = row.path,
                      .summary = row.summary,
                      .handle = row.handle,
                      .for_clients = row.for_clients,
                      .parameters = std::move(row.parameters),
                      .answer = row.answer});
  }
}

}  // namespace greffe
