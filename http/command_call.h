// From a request to the writer and back: headers and body become a CommandRequest, the
// writer's answer becomes the response.
#pragma once

#include <cstdint>

#include "http/route.h"

namespace greffe {

// What kind of answer a command gives.
struct CommandAnswer {
  StreamKind kind = StreamKind::ticket;
  std::string_view plural;  // of the Location header
  bool creates = false;
};

// Reads headers and body by `body`, decides by the writer, answers. `target` is the
// aggregate's id, 0 where the command creates one or the aggregate is a settings area.
Handled handle_command(const Call& call, const CommandBody& body, std::uint64_t target, const CommandAnswer& answer,
                       HttpResponse& response);

}  // namespace greffe
