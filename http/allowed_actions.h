// Which commands a ticket would accept in principle: what a front end enables.
#pragma once

#include <string_view>
#include <vector>

#include "commands/settings/settings.h"
#include "http/ticket_view.h"

namespace greffe {

// Whether the ticket was closed for longer, `now`, than the settings let it come back: what is
// written to it then begins a new one.
bool is_final(const TicketRow& ticket, const Settings& settings, Instant now);

// Names as in the paths of the commands, and of uploads ("documents"): those for which there is a body that would
// change something, `now`. Mirrors rights and `decide` as far as the views tell; `decide` alone is binding, since it
// sees the ticket as it is when the command comes. Whether another ticket takes part in a merge or link is not asked.
std::vector<std::string_view> allowed_actions(const TicketView& view, const Snapshot& snapshot,
                                              const Settings& settings, const Reader& reader, Instant now);

}  // namespace greffe
