// What takes an event back: the command that puts a ticket where it stood before.
#pragma once

#include <optional>
#include <string>

#include "commands/ticket/commands.h"
#include "events/record.h"
#include "projections/ticket_parts.h"
#include "projections/ticket_row.h"

namespace greffe {

enum class InverseKind : std::uint8_t {
  command,  // `command` takes it back
  nothing,  // it goes with another event of the same commit, or tells of one: nothing to do
  none,     // there is no way back
};

struct Inverse {
  InverseKind kind = InverseKind::none;
  TicketCommand command;
};

// Exhaustive: a new event does not compile until it is decided here.
Inverse inverse_of(const TicketEvent& event);

// Whether the ticket still stands where the event left it: nobody changed the same thing since.
bool still_holds(const TicketEvent& event, const TicketRow& row, const TicketParts& parts);

}  // namespace greffe
