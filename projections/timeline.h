// What can be asked of a ticket's timeline, and what it is made of.
#pragma once

#include <functional>
#include <string>

#include "projections/ticket_row.h"

namespace greffe {

// A ticket, or one that became a part of it in a merge.
struct Origin {
  TicketId ticket;
  std::string number;
  bool operator==(const Origin&) const = default;
};

struct TimelineQuery {
  std::size_t limit = 50;      // 1 … list_limit_max
  std::string cursor;          // from the page before; empty = first page
  bool with_children = false;  // the timelines of all sub-tickets too, at any depth
  bool public_only = false;    // what the portal may show; of sub-tickets only the external ones
  // Whether the asker may see what belongs to that ticket; without it, everything. A portal's
  // user sees of a united timeline only their own tickets' parts.
  std::function<bool(const TicketRow&)> may_see = {};
};

// One entry. A message sent via a merged ticket belongs to that ticket, whose number is then the
// origin's; the record's own stream is the root's.
struct TimelineEntry {
  Record record;
  TicketId origin;
  std::string origin_number;
  // The record is another ticket's message, shown where this one was split from it.
  bool referenced = false;
};

}  // namespace greffe
