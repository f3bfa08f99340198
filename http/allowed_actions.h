// Which commands a ticket would accept in principle: what a front end enables.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "projections/directory_rows.h"
#include "projections/ticket_row.h"

namespace greffe {

// Names as in the paths of the commands. `agent` is the acting person's entry, absent if no
// agent acts. Mirrors `decide` as far as the row tells; `decide` alone is binding, since it
// sees the ticket as it is when the command comes.
std::vector<std::string_view> allowed_actions(const TicketRow& ticket, const std::optional<AgentRow>& agent);

}  // namespace greffe
