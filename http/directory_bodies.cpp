#include "commands/limits.h"
#include "http/command_bodies.h"

namespace greffe {
namespace {

constexpr TextInput name_input{limits::display_name_bytes_max};
constexpr TextInput email_input{limits::email_bytes_max};
constexpr TextInput phone_input{limits::phone_bytes_max};
constexpr TextInput external_id_input{limits::external_id_bytes_max};
constexpr TextInput reason_input{limits::reason_bytes_max};
const ListInput<IdInput<AgentId>> members_input{{}, limits::team_members_max};

template <class Family>
std::vector<CommandBody> changes_of(CommandBody change, const std::string& one) {
  return {
      std::move(change),
      command_body<Family, Deactivate>("deactivate", "Deactivate the " + one + ".",
                                       {optional("reason", &Deactivate::reason, reason_input)}),
      command_body<Family, Reactivate>("reactivate", "Make a deactivated " + one + " active again.",
                                       {optional("reason", &Reactivate::reason, reason_input)}),
  };
}

AggregateBodies contacts() {
  const Inputs<ContactDetails> details = {
      required("display_name", &ContactDetails::display_name, name_input),
      optional("email", &ContactDetails::email, email_input),
      optional("phone", &ContactDetails::phone, phone_input),
      nullable("organisation", &ContactDetails::organisation, IdInput<OrganisationId>()),
      optional("external_id", &ContactDetails::external_id, external_id_input),
  };
  auto change = command_body<ContactCommand, ChangeContact>(
      "change", "Change a contact's details; absent ones stay as they are.",
      {optional("display_name", &ChangeContact::display_name, name_input),
       optional("email", &ChangeContact::email, email_input), optional("phone", &ChangeContact::phone, phone_input),
       nullable("organisation", &ChangeContact::organisation, IdInput<OrganisationId>())});
  return {StreamKind::contact, "contacts",
          command_body<ContactCommand, CreateContact>("create", "Create a contact.",
                                                      flattened(&CreateContact::details, details)),
          changes_of<ContactCommand>(std::move(change), "contact")};
}

AggregateBodies organisations() {
  const Inputs<OrganisationDetails> details = {
      required("display_name", &OrganisationDetails::display_name, name_input),
      optional("kind", &OrganisationDetails::kind, NameInput<OrganisationKind>()),
      optional("external_id", &OrganisationDetails::external_id, external_id_input),
  };
  auto change = command_body<OrganisationCommand, ChangeOrganisation>(
      "change", "Change an organisation's details; absent ones stay as they are.",
      {optional("display_name", &ChangeOrganisation::display_name, name_input),
       optional("kind", &ChangeOrganisation::kind, NameInput<OrganisationKind>())});
  return {StreamKind::organisation, "organisations",
          command_body<OrganisationCommand, CreateOrganisation>("create", "Create an organisation.",
                                                                flattened(&CreateOrganisation::details, details)),
          changes_of<OrganisationCommand>(std::move(change), "organisation")};
}

AggregateBodies agents() {
  const Inputs<AgentDetails> details = {
      required("display_name", &AgentDetails::display_name, name_input),
      optional("email", &AgentDetails::email, email_input),
      optional("assignable", &AgentDetails::assignable, BooleanInput()),
      optional("external_id", &AgentDetails::external_id, external_id_input),
  };
  auto change =
      command_body<AgentCommand, ChangeAgent>("change", "Change an agent's details; absent ones stay as they are.",
                                              {optional("display_name", &ChangeAgent::display_name, name_input),
                                               optional("email", &ChangeAgent::email, email_input),
                                               optional("assignable", &ChangeAgent::assignable, BooleanInput())});
  return {
      StreamKind::agent, "agents",
      command_body<AgentCommand, CreateAgent>("create", "Create an agent.", flattened(&CreateAgent::details, details)),
      changes_of<AgentCommand>(std::move(change), "agent")};
}

AggregateBodies teams() {
  const Inputs<TeamDetails> details = {
      required("display_name", &TeamDetails::display_name, name_input),
      optional("members", &TeamDetails::members, members_input),
      optional("external_id", &TeamDetails::external_id, external_id_input),
  };
  auto change =
      command_body<TeamCommand, ChangeTeam>("change", "Change a team's details; absent ones stay as they are.",
                                            {optional("display_name", &ChangeTeam::display_name, name_input),
                                             optional("members", &ChangeTeam::members, members_input)});
  return {StreamKind::team, "teams",
          command_body<TeamCommand, CreateTeam>("create", "Create a team.", flattened(&CreateTeam::details, details)),
          changes_of<TeamCommand>(std::move(change), "team")};
}

}  // namespace

std::span<const AggregateBodies> directory_bodies() {
  static const std::vector<AggregateBodies> bodies = {contacts(), organisations(), agents(), teams()};
  return bodies;
}

}  // namespace greffe
