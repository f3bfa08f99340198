#include "commands/rights.h"

#include <algorithm>

namespace greffe::rights {
namespace {

template <class Command, class... Allowed>
inline constexpr bool is_one_of = (std::is_same_v<Command, Allowed> || ...);

// What the clients of a ticket may ask of it.
template <class Command>
inline constexpr bool is_for_clients =
    is_one_of<Command, OpenTicket, PostMessage, CloseTicket, ReopenTicket, AttachDocument>;

Role role_of_agent(const AgentState& agent) {
  switch (agent.details.role) {
    case AgentRole::agent: return Role::agent;
    case AgentRole::supervisor: return Role::supervisor;
    case AgentRole::administrator: return Role::administrator;
    case AgentRole::auditor: return Role::auditor;
  }
  return Role::auditor;
}

tl::unexpected<Rejection> forbidden(std::string detail) { return refuse(RejectionCode::forbidden, std::move(detail)); }

bool in_team(const TicketState& ticket, AgentId agent, const Lookup& lookup) {
  const TeamState* team = ticket.team ? lookup.team(*ticket.team) : nullptr;
  if (team == nullptr) return false;
  const auto& members = team->details.members;
  return std::find(members.begin(), members.end(), agent) != members.end();
}

// C12: who may close, where the settings do not say "any".
bool may_close(const TicketState& ticket, Role role, const Context& context) {
  const CloseScope scope = context.settings.handling.close_scope;
  if (scope == CloseScope::any || role != Role::agent) return true;
  const AgentId agent{context.doer.id};
  if (ticket.assignee == agent) return true;
  return scope == CloseScope::team && in_team(ticket, agent, context.lookup);
}

bool closes(const TicketCommand& command, const Settings& settings) {
  if (const auto* change = std::get_if<ChangeStatus>(&command)) {
    const Status* status = find_status(settings, change->status);
    return status != nullptr && status->category == Category::closed;
  }
  return std::holds_alternative<CloseTicket>(command);
}

std::optional<Rejection> client_fault(const TicketState& ticket, const TicketCommand& command, Role role,
                                      const Context& context) {
  const bool opens = std::holds_alternative<OpenTicket>(command);
  if (!opens && !may_read(context.doer, ticket.party, context.lookup)) {
    return refuse(RejectionCode::ticket_not_found, "There is no such ticket.").value();
  }
  const bool allowed = std::visit([]<class C>(const C&) { return is_for_clients<C>; }, command);
  if (!allowed) return forbidden("Clients do not do this.").value();
  if (opens && !context.settings.opening.portal_enabled) {
    return refuse(RejectionCode::portal_disabled, "Clients open no tickets themselves here.").value();
  }
  if (const auto* open = std::get_if<OpenTicket>(&command)) {
    const bool other = open->party.contact && *open->party.contact != ContactId{context.doer.id};
    if (other && role != Role::manager) return forbidden("A subscriber opens tickets for themselves.").value();
    if (open->kind == TicketKind::internal) return forbidden("Clients open no internal tickets.").value();
    if (open->notify_managers) return forbidden("Only the support team sends tickets to managers.").value();
  }
  if (const auto* message = std::get_if<PostMessage>(&command);
      message && message->visibility == Visibility::internal) {
    return forbidden("Clients write no internal messages.").value();
  }
  if (const auto* document = std::get_if<AttachDocument>(&command);
      document && document->visibility == Visibility::internal) {
    return forbidden("Clients attach no internal documents.").value();
  }
  return std::nullopt;
}

}  // namespace

Role role_of(const Actor& doer, const Lookup& lookup) {
  switch (doer.kind) {
    case ActorKind::system:
    case ActorKind::administrator:
    case ActorKind::importer: return Role::program;
    case ActorKind::agent:
      if (const AgentState* agent = lookup.agent({doer.id}); agent != nullptr && agent->active) {
        return role_of_agent(*agent);
      }
      break;
    case ActorKind::contact:
      if (const ContactState* contact = lookup.contact({doer.id}); contact != nullptr && contact->active) {
        return contact->details.role == ContactRole::manager ? Role::manager : Role::subscriber;
      }
      break;
  }
  return Role::auditor;
}

bool may_read(const Actor& doer, const Party& party, const Lookup& lookup) {
  if (doer.kind != ActorKind::contact) return true;
  if (party.contact == ContactId{doer.id}) return true;
  const ContactState* contact = lookup.contact({doer.id});
  if (contact == nullptr || contact->details.role != ContactRole::manager) return false;
  return party.organisation && party.organisation == contact->details.organisation;
}

bool may_change(const TicketState&, const Context& context) {
  const Role role = role_of(context.doer, context.lookup);
  return role != Role::auditor && !is_client(role);
}

std::optional<Rejection> fault(const TicketState& ticket, const TicketCommand& command, const Context& context) {
  // Another system's history is taken as it happened there.
  if (context.imported) return std::nullopt;
  const Role role = role_of(context.doer, context.lookup);
  if (role == Role::auditor) return forbidden("Auditors read and change nothing.").value();
  if (is_client(role)) return client_fault(ticket, command, role, context);
  if (closes(command, context.settings) && !may_close(ticket, role, context)) {
    return forbidden("Here a ticket is closed by who has it, or by their team (close_scope).").value();
  }
  return std::nullopt;
}

std::optional<Rejection> fault(const AnyCommand& command, const Context& context) {
  if (context.imported || std::holds_alternative<TicketCommand>(command)) return std::nullopt;
  const Role role = role_of(context.doer, context.lookup);
  if (role == Role::program || role == Role::administrator || role == Role::supervisor) return std::nullopt;
  // The desk writes down whom it speaks to; what everybody works with is for administrators.
  const bool people =
      std::holds_alternative<ContactCommand>(command) || std::holds_alternative<OrganisationCommand>(command) ||
      std::holds_alternative<ContextCommand>(command) || std::holds_alternative<SavedViewCommand>(command);
  if (role == Role::agent && people) return std::nullopt;
  return forbidden("This is for supervisors and administrators.").value();
}

}  // namespace greffe::rights
