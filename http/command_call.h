// From a request to the writer and back: headers and body become a CommandRequest, the
// writer's answer becomes the response.
#pragma once

#include <cstdint>
#include <functional>

#include "http/json_writer.h"
#include "http/route.h"

namespace greffe {

// What kind of answer a command gives.
struct CommandAnswer {
  StreamKind kind = StreamKind::ticket;
  std::string_view plural;  // of the Location header
  bool creates = false;
  // Fills in what the server knows and the caller need not say, or finds fault; may be empty.
  std::function<Handled(AnyCommand&, Faults&)> complete = {};
};

// Reads headers and body by `body`, decides by the writer, answers. `target` is the
// aggregate's id, 0 where the command creates one or the aggregate is a settings area.
Handled handle_command(const Call& call, const CommandBody& body, std::uint64_t target, const CommandAnswer& answer,
                       HttpResponse& response);

// The ticket whose number stands in the path's first {…}, as the log knows it: the views may not
// have seen it yet. ticket_not_found if there is none. (routes_ticket_commands.cpp)
Result<TicketId, Problem> ticket_in_path(const Call& call);

// Its parts, for requests that are more than one command.

// Who asks, Idempotency-Key, If-Match and Prefer; the digest is of method, path, person and body.
Handled read_command_headers(const Call& call, CommandRequest& command);

// The request's body as one JSON object; {} if there is none.
Result<Json, Problem> read_json_object(const HttpRequest& request);

// A refusal of the writer; of a stale version, with the events missed, unless a client asks.
Problem refused(const Call& call, const Rejection& rejection, std::optional<Version> if_version);

// The members of an accepted command's answer, without those that name the aggregate. The events of
// a dry run are those that would be appended. Clients are not told of sub-tickets, of which some are
// the desk's own.
void write_appended(JsonWriter& json, const Accepted& accepted, bool for_client);

}  // namespace greffe
