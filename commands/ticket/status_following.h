// Statuses that a ticket takes by itself, because it was read or assigned, where the settings
// name one. Only a ticket that nobody moved on yet follows.
#pragma once

#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// Each adds StatusChanged{followed} if it applies, and brings `status` up to date.
void follow_read(StatusAt& status, TicketId ticket, Steps& steps, const Context& context);
void follow_assignment(StatusAt& status, TicketId ticket, Steps& steps, const Context& context);

}  // namespace greffe::subjects
