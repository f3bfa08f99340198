// Facts that reports count, each at the instant at which it happened. An event is one fact or
// none; what takes time (delays, work) is kept by the views that measure it.
#pragma once

#include <optional>

#include "events/record.h"

namespace greffe {

// Stored by number: only ever add at the end.
enum class FactKind : std::uint8_t {
  opened,
  closed,
  reopened,
  message_in,   // a client's
  answer,       // an agent's public message, other than one that came with the opening
  message_out,  // any other public message of the house
  passed_on     // a ticket left its assignee for another agent or for nobody, though not by a merge
};
constexpr std::array<std::string_view, 7> names_of(FactKind) {
  return {"opened", "closed", "reopened", "message_in", "answer", "message_out", "passed_on"};
}

struct TicketFact {
  Instant at;
  Position position;
  FactKind kind = FactKind::opened;
  TicketId ticket;
  std::optional<AgentId> agent;  // who did it; of passed_on, whose ticket it was
};

// Automatic messages, such as a notice of absence, are nobody's and count as none. History that
// was imported counts like any other.
std::optional<TicketFact> fact_of(const Envelope& envelope, const TicketEvent& event);

}  // namespace greffe
