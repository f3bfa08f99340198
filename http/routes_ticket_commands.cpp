#include "http/command_call.h"
#include "http/documents.h"
#include "http/query_call.h"
#include "http/reader.h"
#include "http/ticket_inputs.h"

namespace greffe {
namespace {

// These open another ticket, which the answer is about.
constexpr std::string_view opening_commands[] = {"open-sub-ticket", "split-message"};

bool opens_another(std::string_view command) {
  return std::find(std::begin(opening_commands), std::end(opening_commands), command) != std::end(opening_commands);
}

// What its client writes to a deleted ticket opens a new one.
bool opens_follow_up(const CommandBody& body, const TicketRow& row, const Reader& reader) {
  const bool is_own = reader.contact() && row.party.contact == reader.contact() && row.kind != TicketKind::internal;
  return body.name == "post-message" && row.status.category == Category::deleted && is_own;
}

// What a client may not read is not there, whatever is asked of it; `decide` would say so too,
// but only after the version was compared. A ticket that the views have not seen yet is decide's.
Handled check_readable(const Call& call, const CommandBody& body) {
  if (call.principal.person().kind != ActorKind::contact) return {};
  const auto snapshot = call.services.views.snapshot();
  const auto row = snapshot->ticket(call.segment);
  const Reader reader(call.principal, *snapshot);
  if (!row || reader.may_read(*row) || opens_follow_up(body, *row, reader)) return {};
  return fail(problem_of(not_found(StreamKind::ticket)));
}

Handled change_ticket(const Call& call, const CommandBody& body, const CommandAnswer& answer, HttpResponse& response) {
  const auto ticket = ticket_in_path(call);
  if (!ticket) return fail(ticket.error());
  if (auto readable = check_readable(call, body); !readable) return readable;
  auto completed = answer;
  completed.complete = [&call](AnyCommand& command, Faults& faults) {
    return complete_document(call, command, faults);
  };
  return handle_command(call, body, ticket->value, completed, response);
}

Route opening_route(const AggregateBodies& bodies) {
  return {.method = "POST",
          .path = "/v1/tickets",
          .summary = bodies.create.summary,
          .handle =
              [&bodies](const Call& call, HttpResponse& response) {
                return handle_command(call, bodies.create, 0, {bodies.kind, bodies.plural, true}, response);
              },
          .for_clients = true,
          .body = &bodies.create,
          .creates = true,
          .answer = "TicketCommandAnswer"};
}

}  // namespace

Result<TicketId, Problem> ticket_in_path(const Call& call) {
  const auto none = [] { return fail(problem_of(not_found(StreamKind::ticket))); };
  if (call.segment.size() > ticket_inputs::number_bytes_max) return none();
  const auto ticket = call.services.writer.find_ticket(call.segment);
  if (!ticket) return fail(problem_of(ticket.error()));
  if (!*ticket) return none();
  return **ticket;
}

Routes ticket_command_routes() {
  const auto& bodies = ticket_bodies();
  Routes routes = {opening_route(bodies)};
  for (const auto& body : bodies.changes) {
    const CommandAnswer answer{bodies.kind, bodies.plural, opens_another(body.name)};
    routes.push_back(
        {.method = "POST",
         .path = "/v1/tickets/{number}/" + body.name,
         .summary = body.summary,
         .handle = [&body, answer](const Call& call,
                                   HttpResponse& response) { return change_ticket(call, body, answer, response); },
         .for_clients = true,
         .body = &body,
         .creates = answer.creates,
         .answer = "TicketCommandAnswer"});
  }
  return routes;
}

}  // namespace greffe
