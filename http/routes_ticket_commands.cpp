#include "http/command_call.h"
#include "http/route.h"

namespace greffe {
namespace {

constexpr std::size_t number_bytes_max = 64;

Handled change_ticket(const Call& call, const CommandBody& body, HttpResponse& response) {
  const auto& bodies = ticket_bodies();
  if (call.segment.size() > number_bytes_max) return fail(problem_of(not_found(bodies.kind)));
  const auto ticket = call.services.writer.find_ticket(call.segment);
  if (!ticket) return fail(problem_of(ticket.error()));
  if (!*ticket) return fail(problem_of(not_found(bodies.kind)));
  return handle_command(call, body, (*ticket)->value, {bodies.kind, bodies.plural, false}, response);
}

}  // namespace

Routes ticket_command_routes() {
  const auto& bodies = ticket_bodies();
  Routes routes = {{.method = "POST",
                    .path = "/v1/tickets",
                    .summary = bodies.create.summary,
                    .handle =
                        [&bodies](const Call& call, HttpResponse& response) {
                          return handle_command(call, bodies.create, 0, {bodies.kind, bodies.plural, true}, response);
                        },
                    .body = &bodies.create,
                    .creates = true,
                    .answer = "TicketCommandAnswer"}};
  for (const auto& body : bodies.changes) {
    routes.push_back(
        {.method = "POST",
         .path = "/v1/tickets/{number}/" + body.name,
         .summary = body.summary,
         .handle = [&body](const Call& call, HttpResponse& response) { return change_ticket(call, body, response); },
         .body = &body,
         .answer = "TicketCommandAnswer"});
  }
  return routes;
}

}  // namespace greffe
