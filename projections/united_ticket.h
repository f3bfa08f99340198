// What a ticket and all that it absorbed have together, as their detail and their timeline show it.
//
// A message sent by a merged ticket's number is in the root's stream and is that ticket's: it counts
// with it wherever it goes, so that an unmerge takes it along.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "projections/ticket_row.h"

namespace greffe {

struct UnitedCounts {
  std::uint32_t messages = 0;
  std::uint32_t documents = 0;
  std::uint32_t todos = 0;
  std::uint32_t open_todos = 0;
  std::uint32_t children = 0;  // the ticket's own, without those that it absorbed: they are parts of it
  bool operator==(const UnitedCounts&) const = default;
};

// The row of a ticket at the time in question; absent if it was not opened by then.
using RowOfTicket = std::function<std::optional<TicketRow>(TicketId)>;

// The ticket, first, and all that it absorbed, at any remove.
std::vector<TicketRow> united_parts(const TicketRow& row, const RowOfTicket& row_of);

// Reads other rows only for a ticket that merges ever touched.
UnitedCounts united_counts(const TicketRow& row, const RowOfTicket& row_of);

// The row as lists find it and screens show it: in copy are also the agents who are on what it
// absorbed, and it is below nothing while it is a part of that one, by whatever merges. Reads other
// rows only for a ticket that absorbed some, or is merged and below another.
TicketRow united_row(TicketRow row, const RowOfTicket& row_of);

}  // namespace greffe
