// The members of TicketRow beyond the plain ones that lists filter and sort by, in one value.
#pragma once

#include "projections/ticket_row.h"

namespace greffe {

struct RowExtras {
  std::vector<AgentId> copies;
  std::optional<Instant> due_at, estimated_resolution_at;
  std::optional<TicketId> parent, merged_into;
  bool needs_look = false;
  std::vector<std::string> context_types;
};

inline void set_extras(TicketRow& row, const RowExtras& extras) {
  row.copies = extras.copies;
  row.due_at = extras.due_at;
  row.estimated_resolution_at = extras.estimated_resolution_at;
  row.parent = extras.parent;
  row.merged_into = extras.merged_into;
  row.needs_look = extras.needs_look;
  row.context_types = extras.context_types;
}

inline RowExtras extras_of(const TicketRow& row) {
  return {row.copies,     row.due_at,       row.estimated_resolution_at, row.parent, row.merged_into,
          row.needs_look, row.context_types};
}

}  // namespace greffe
