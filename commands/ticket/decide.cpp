#include "commands/ticket/decide.h"

#include <type_traits>

#include "commands/ticket/subjects.h"

namespace greffe {
namespace {

// The commands that are not edits: they make the ticket, or move it over the border between
// open and closed. Whatever is not named here is an edit.
template <class Command>
inline constexpr bool edits = !(std::is_same_v<Command, OpenTicket> || std::is_same_v<Command, ChangeStatus> ||
                                std::is_same_v<Command, CloseTicket> || std::is_same_v<Command, ReopenTicket>);

}  // namespace

Decision<std::vector<TicketEvent>> decide(const TicketState& state, const TicketCommand& command,
                                          const Context& context) {
  return std::visit(
      [&]<class Command>(const Command& c) -> Decision<std::vector<TicketEvent>> {
        if (edits<Command> && !is_open(state.status.category) && !context.imported) {
          return refuse(RejectionCode::ticket_closed, "A closed ticket is not edited: reopen it first.");
        }
        return subjects::decide(state, c, context);
      },
      command);
}

}  // namespace greffe
