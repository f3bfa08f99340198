// A ticket with everything that its screen shows, as one reader may see it: its own row and
// parts, and those of the tickets that it absorbed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/reader.h"
#include "projections/ticket_parts.h"
#include "projections/united_ticket.h"
#include "projections/views.h"
#include "storage/log.h"

namespace greffe {

// The parts of one of the tickets that are one now.
struct OriginParts {
  TicketId ticket;
  std::string number;
  bool own = false;
  TicketParts parts;
};

// Whom the ticket is for and who has it, as they are or were. Absent = nobody.
struct TicketPeople {
  std::optional<ContactRow> contact;
  std::optional<OrganisationRow> organisation;
  std::optional<AgentRow> assignee;
};

struct TicketView {
  TicketRow row;
  UnitedCounts counts;
  TicketPeople people;
  // The ticket's own first, then what it absorbed, as far as the reader may read it.
  std::vector<OriginParts> origins;
  // Its place among other tickets; those that the reader may not read are left out, and so is what
  // it is one with: a sub-ticket that is part of the ticket as well is in `origins` alone.
  std::vector<TicketRow> children;
  std::optional<TicketRow> parent, merged_into;
  std::map<TicketId, TicketRow> linked;  // by the links of all its origins

  const TicketParts& own() const { return origins.front().parts; }
};

// The ticket as it is at the snapshot.
TicketView ticket_view(TicketRow row, const Snapshot& snapshot, const Reader& reader);

// The ticket as it was at an instant, its people and the other tickets too; `row` is its row of that
// time. The reader is shown no other ticket that they may not read now, or might not then. Throws
// ViewsUnreadable if the log cannot be read.
TicketView ticket_view_as_of(TicketRow row, Instant instant, const Log& log, const Snapshot& snapshot,
                             const Reader& reader);

}  // namespace greffe
