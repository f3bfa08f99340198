// Who may ask for what. The one place where the rights of people are decided: tokens only say
// whom a request counts for (http/access.h).
#pragma once

#include <optional>
#include <string_view>

#include "commands/catalogue/state.h"
#include "commands/command.h"
#include "commands/context.h"

namespace greffe::rights {

// program: a token that acts for nobody, or an import; it may do everything.
enum class Role : std::uint8_t { program, subscriber, manager, agent, supervisor, administrator, auditor };
constexpr std::array<std::string_view, 7> names_of(Role) {
  return {"program", "subscriber", "manager", "agent", "supervisor", "administrator", "auditor"};
}

// Of somebody in the directory as they are now; a person who is not there has no rights and
// counts as an auditor.
Role role_of(const Actor& doer, const Lookup& lookup);

constexpr bool is_client(Role role) { return role == Role::subscriber || role == Role::manager; }

// Whether the person may read the ticket: staff all, clients the external ones that are for them,
// and managers those of their organisation too.
bool may_read(const Actor& doer, const TicketState& ticket, const Lookup& lookup);

// Whether the doer may change the ticket at all, whatever the change.
bool may_change(const TicketState& ticket, const Context& context);

// Whether the doer may change the saved view: of an agent's own, that agent and administrators.
bool may_change(const SavedViewState& view, const Context& context);

// Why the doer may not ask this of this ticket (of any, for OpenTicket); absent if they may.
// A ticket that a client may not read is not found.
std::optional<Rejection> fault(const TicketState& ticket, const TicketCommand& command, const Context& context);

// The same for everything that is not about tickets.
std::optional<Rejection> fault(const AnyCommand& command, const Context& context);

}  // namespace greffe::rights
