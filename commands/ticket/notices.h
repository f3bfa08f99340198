// Who is told of what: decided with the act itself and kept as an event, the refusals too.
#pragma once

#include "commands/ticket/decide.h"

namespace greffe::notices {

// Puts a NotificationDecided behind every event of `steps` for which the settings have a
// rule. Imported history tells nobody of anything. `state` is the ticket that was asked.
void add_notices(const TicketState& state, Steps& steps, const Context& context);

}  // namespace greffe::notices
