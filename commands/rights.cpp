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

// What a client may not say when they open a ticket: who takes it, when it is done and who else is
// told is the desk's to say, though a client may name the team they turn to. A manager's comment is
// the first internal note. An external id says which ticket another system's history is about: it
// would be written into the ticket of the client who guessed it, and a refusal tells which are there.
// An entry of the catalogue is named by a number that anybody can guess, and the ticket shows it: the
// desk and managers link it.
std::optional<Rejection> opening_fault(const OpenTicket& open, Role role, const Context& context) {
  if (!context.settings.opening.portal_enabled) {
    return refuse(RejectionCode::portal_disabled, "Clients open no tickets themselves here.").value();
  }
  if (open.kind == TicketKind::internal) return forbidden("Clients open no internal tickets.").value();
  if (open.notify_managers) return forbidden("Only the support team sends tickets to managers.").value();
  const bool is_planned = open.assignee || open.estimated_resolution_at;
  if (is_planned) return forbidden("The support team says who takes a ticket and until when.").value();
  if (!open.external_id.empty()) return forbidden("Clients give tickets no ids of other systems.").value();
  const bool tells_others = !open.watcher_emails.empty() || !open.copies.empty();
  if (tells_others) return forbidden("The support team says who else is told of a ticket.").value();
  if (!open.comment.empty() && role != Role::manager) return forbidden("Subscribers write no notes.").value();
  const bool names_entry = std::any_of(open.contexts.begin(), open.contexts.end(),
                                       [](const WantedContext& wanted) { return wanted.context.has_value(); });
  if (names_entry && role != Role::manager) return forbidden("Subscribers link nothing of the catalogue.").value();
  const bool for_another = open.party.contact && *open.party.contact != ContactId{context.doer.id};
  if (for_another && role != Role::manager) return forbidden("A subscriber opens tickets for themselves.").value();
  const ContactState* self = context.lookup.contact({context.doer.id});
  const auto is_own = [&](const std::optional<OrganisationId>& organisation) {
    return self != nullptr && organisation && self->details.organisation == organisation;
  };
  const ContactState* contact = for_another ? context.lookup.contact(*open.party.contact) : nullptr;
  const bool elsewhere = (open.party.organisation && !is_own(open.party.organisation)) ||
                         (contact != nullptr && !is_own(contact->details.organisation));
  if (elsewhere) return forbidden("Clients open tickets for their own organisation.").value();
  return std::nullopt;
}

bool is_internal(const TicketCommand& command) {
  if (const auto* message = std::get_if<PostMessage>(&command)) return message->visibility == Visibility::internal;
  const auto* document = std::get_if<AttachDocument>(&command);
  return document != nullptr && document->visibility == Visibility::internal;
}

// A digest can be learnt from whoever may read the content; so can, from a refusal, what is stored.
bool names_stored_content(const TicketCommand& command) {
  const auto* document = std::get_if<AttachDocument>(&command);
  return document != nullptr && !document->uploaded;
}

bool names_canned_reply(const TicketCommand& command) {
  const auto* message = std::get_if<PostMessage>(&command);
  return message != nullptr && message->canned_reply;
}

// Whether the entry is an administrator's, or would become one.
bool is_about_administrator(const AnyCommand& command, const Context& context) {
  const auto* entry = std::get_if<AgentCommand>(&command);
  if (entry == nullptr) return false;
  if (const auto* create = std::get_if<CreateAgent>(entry)) return create->details.role == AgentRole::administrator;
  const auto* change = std::get_if<ChangeAgent>(entry);
  const AgentState* agent = context.lookup.agent({context.target});
  return (change != nullptr && change->role == AgentRole::administrator) ||
         (agent != nullptr && agent->details.role == AgentRole::administrator);
}

std::optional<Rejection> client_fault(const TicketState& ticket, const TicketCommand& command, Role role,
                                      const Context& context) {
  if (const auto* open = std::get_if<OpenTicket>(&command)) return opening_fault(*open, role, context);
  if (!may_read(context.doer, ticket, context.lookup)) {
    return refuse(RejectionCode::ticket_not_found, "There is no such ticket.").value();
  }
  const bool allowed = std::visit([]<class C>(const C&) { return is_for_clients<C>; }, command);
  if (!allowed) return forbidden("Clients do not do this.").value();
  if (names_stored_content(command)) return forbidden("Clients attach files by uploading them to the ticket.").value();
  if (is_internal(command)) return forbidden("Clients write and attach nothing internal.").value();
  if (names_canned_reply(command)) return forbidden("Canned replies are the desk's.").value();
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

bool may_read(const Actor& doer, const TicketState& ticket, const Lookup& lookup) {
  if (doer.kind != ActorKind::contact) return true;
  if (ticket.kind == TicketKind::internal) return false;
  const Party& party = ticket.party;
  if (party.contact == ContactId{doer.id}) return true;
  const ContactState* contact = lookup.contact({doer.id});
  if (contact == nullptr || contact->details.role != ContactRole::manager) return false;
  return party.organisation && party.organisation == contact->details.organisation;
}

bool may_change(const TicketState&, const Context& context) {
  const Role role = role_of(context.doer, context.lookup);
  return role != Role::auditor && !is_client(role);
}

bool may_change(const SavedViewState& view, const Context& context) {
  const auto& owner = view.details.owner;
  if (!owner || context.doer == Actor{ActorKind::agent, owner->value}) return true;
  const Role role = role_of(context.doer, context.lookup);
  return role == Role::program || role == Role::administrator;
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
  if (role == Role::program || role == Role::administrator) return std::nullopt;
  // A supervisor who could make administrators would be one.
  if (role == Role::supervisor && is_about_administrator(command, context)) {
    return forbidden("Administrators are named, changed and put out of use by administrators.").value();
  }
  if (role == Role::supervisor) return std::nullopt;
  // The desk writes down whom it speaks to; what everybody works with is for administrators.
  const bool people =
      std::holds_alternative<ContactCommand>(command) || std::holds_alternative<OrganisationCommand>(command) ||
      std::holds_alternative<ContextCommand>(command) || std::holds_alternative<SavedViewCommand>(command);
  if (role == Role::agent && people) return std::nullopt;
  return forbidden("This is for supervisors and administrators.").value();
}

}  // namespace greffe::rights
