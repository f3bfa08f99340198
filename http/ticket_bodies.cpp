#include "commands/limits.h"
#include "http/command_bodies.h"

namespace greffe {
namespace {

using limits::key_bytes_max;

constexpr TextInput key_input{key_bytes_max};
const ListInput<TextInput> category_input{key_input, limits::category_depth_max};

Inputs<Party> party_inputs() {
  return {nullable("contact", &Party::contact, IdInput<ContactId>()),
          nullable("organisation", &Party::organisation, IdInput<OrganisationId>())};
}

Inputs<OpenTicket> open_inputs() {
  const Inputs<Classification> classification = {
      optional("category", &Classification::category, category_input),
      optional("request_type", &Classification::request_type, key_input),
      optional("group", &Classification::group, key_input),
  };
  const Inputs<OpenTicket> own = {
      required("title", &OpenTicket::title, TextInput{limits::title_bytes_max}),
      optional("description", &OpenTicket::description, TextInput{limits::text_bytes_max}),
      optional("kind", &OpenTicket::kind, NameInput<TicketKind>()),
      // Imported tickets come by the import, which keeps their own times.
      optional("channel", &OpenTicket::channel, NameInput<Channel>{Channel::imported}),
      optional("origin", &OpenTicket::origin, key_input),
      nullable("priority", &OpenTicket::priority, key_input),
      nullable("team", &OpenTicket::team, IdInput<TeamId>()),
      nullable("assignee", &OpenTicket::assignee, IdInput<AgentId>()),
      optional("external_id", &OpenTicket::external_id, TextInput{limits::external_id_bytes_max}),
  };
  return combined(combined(own, flattened(&OpenTicket::classification, classification)),
                  flattened(&OpenTicket::party, party_inputs()));
}

template <class Command>
CommandBody body(std::string name, std::string summary, Inputs<Command> fields) {
  return command_body<TicketCommand, Command>(std::move(name), std::move(summary), std::move(fields));
}

std::vector<CommandBody> text_changes() {
  return {
      body<RenameTicket>("rename", "Give the ticket another title.",
                         {required("title", &RenameTicket::title, TextInput{limits::title_bytes_max})}),
      body<EditDescription>(
          "edit-description", "Replace the description.",
          {required("description", &EditDescription::description, TextInput{limits::text_bytes_max})}),
      body<PostMessage>("post-message", "Add a message to the exchange.",
                        {required("body", &PostMessage::body, TextInput{limits::text_bytes_max}),
                         optional("visibility", &PostMessage::visibility, NameInput<Visibility>())}),
  };
}

std::vector<CommandBody> assignment_changes() {
  auto team = nullable("team", &MoveTicketToTeam::team, IdInput<TeamId>());
  team.required = true;
  return {
      body<ClaimTicket>("claim", "Take a ticket that nobody has.", {}),
      body<TakeOverTicket>("take-over", "Take the ticket, whoever has it.", {}),
      body<AssignTicket>("assign", "Give the ticket to an agent.",
                         {required("assignee", &AssignTicket::assignee, IdInput<AgentId>())}),
      body<UnassignTicket>("unassign", "Leave the ticket to nobody.", {}),
      body<MoveTicketToTeam>("move-to-team", "Give the ticket to a team; null takes it out of its team.", {team}),
  };
}

std::vector<CommandBody> class_changes() {
  return {
      body<ChangePriority>("change-priority", "Set another priority.",
                           {required("priority", &ChangePriority::priority, key_input)}),
      body<ClassifyTicket>("classify", "Set category, request type or group; absent ones stay as they are.",
                           {optional("category", &ClassifyTicket::category, category_input),
                            optional("request_type", &ClassifyTicket::request_type, key_input),
                            optional("group", &ClassifyTicket::group, key_input)}),
      body<LinkContact>("link-contact", "Say whom the ticket is for; replaces the whole party.",
                        flattened(&LinkContact::party, party_inputs())),
  };
}

std::vector<CommandBody> status_changes() {
  return {
      body<ChangeStatus>("change-status", "Set another status; may close or reopen.",
                         {required("status", &ChangeStatus::status, key_input)}),
      body<CloseTicket>("close", "Close the ticket.",
                        {nullable("status", &CloseTicket::status, key_input),
                         optional("resolution", &CloseTicket::resolution, TextInput{limits::reason_bytes_max})}),
      body<ReopenTicket>("reopen", "Reopen the ticket.",
                         {nullable("status", &ReopenTicket::status, key_input),
                          optional("reason", &ReopenTicket::reason, TextInput{limits::reason_bytes_max})}),
  };
}

}  // namespace

const AggregateBodies& ticket_bodies() {
  static const AggregateBodies bodies = [] {
    AggregateBodies made{StreamKind::ticket, "tickets", body<OpenTicket>("open", "Open a ticket.", open_inputs()), {}};
    for (auto& changes : {text_changes(), assignment_changes(), status_changes(), class_changes()}) {
      made.changes.insert(made.changes.end(), changes.begin(), changes.end());
    }
    return made;
  }();
  return bodies;
}

Rejection not_found(StreamKind kind) {
  Rejection rejection;
  switch (kind) {
    case StreamKind::contact: rejection.code = RejectionCode::contact_not_found; break;
    case StreamKind::organisation: rejection.code = RejectionCode::organisation_not_found; break;
    case StreamKind::agent: rejection.code = RejectionCode::agent_not_found; break;
    case StreamKind::team: rejection.code = RejectionCode::team_not_found; break;
    case StreamKind::ticket:
    case StreamKind::settings: rejection.code = RejectionCode::ticket_not_found; break;
  }
  rejection.detail = "There is nothing of this number or id.";
  return rejection;
}

}  // namespace greffe
