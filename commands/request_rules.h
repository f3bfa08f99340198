// Checks on what surrounds a command: ids and the person acted for.
#pragma once

#include <optional>

#include "commands/command.h"
#include "commands/context.h"

namespace greffe {

// The person or program that the request counts for.
const Actor& doer(const CommandRequest& request);

// Why the request cannot be taken whatever its command is; absent if it can.
std::optional<Rejection> request_fault(const CommandRequest& request, const Lookup& lookup);

}  // namespace greffe
