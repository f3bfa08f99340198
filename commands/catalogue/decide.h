// Decisions about catalogue entries. Pure; `state` has version 0 for the commands that
// create, and is an existing entry for the others.
#pragma once

#include <vector>

#include "commands/catalogue/commands.h"
#include "commands/context.h"
#include "commands/rejection.h"

namespace greffe {

Decision<std::vector<CannedReplyEvent>> decide(const CannedReplyState&, const CannedReplyCommand&, const Context&);
Decision<std::vector<TextTemplateEvent>> decide(const TextTemplateState&, const TextTemplateCommand&, const Context&);
Decision<std::vector<ContextEvent>> decide(const ContextState&, const ContextCommand&, const Context&);
Decision<std::vector<SavedViewEvent>> decide(const SavedViewState&, const SavedViewCommand&, const Context&);
Decision<std::vector<ContractEvent>> decide(const ContractState&, const ContractCommand&, const Context&);

// The booking that takes `points` off the contract; refused with points_insufficient where the
// balance does not reach and the settings allow no overdraft.
Decision<PointsBooked> debit(const ContractState& contract, std::uint32_t points, TicketId ticket, std::string reason,
                             const Context& context);

}  // namespace greffe
