#include "commands/directory/directory_limits.h"
#include "http/entry_bodies.h"

namespace greffe {
namespace {

constexpr TextInput name_input{limits::display_name_bytes_max};
constexpr TextInput email_input{limits::email_bytes_max};
constexpr TextInput phone_input{limits::phone_bytes_max};
constexpr TextInput external_id_input{limits::external_id_bytes_max};
constexpr TextInput language_input{8};
const ListInput<IdInput<AgentId>> members_input{{}, limits::team_members_max};

const ListInput<ObjectInput<ContactPoint>>& points_input() {
  static const ListInput<ObjectInput<ContactPoint>> input{
      {{required("kind", &ContactPoint::kind, NameInput<ContactPointKind>()),
        optional("label", &ContactPoint::label, TextInput{limits::label_bytes_max}),
        required("value", &ContactPoint::value, TextInput{limits::contact_point_bytes_max})}},
      limits::contact_points_max};
  return input;
}

AggregateBodies contacts() {
  const Inputs<ContactDetails> details = {
      required("display_name", &ContactDetails::display_name, name_input),
      optional("email", &ContactDetails::email, email_input),
      optional("phone", &ContactDetails::phone, phone_input),
      nullable("organisation", &ContactDetails::organisation, IdInput<OrganisationId>()),
      optional("external_id", &ContactDetails::external_id, external_id_input),
      optional("role", &ContactDetails::role, NameInput<ContactRole>()),
      optional("language", &ContactDetails::language, language_input),
      optional("contact_points", &ContactDetails::contact_points, points_input()),
  };
  const Inputs<ChangeContact> change = {
      optional("display_name", &ChangeContact::display_name, name_input),
      optional("email", &ChangeContact::email, email_input),
      optional("phone", &ChangeContact::phone, phone_input),
      nullable("organisation", &ChangeContact::organisation, IdInput<OrganisationId>()),
      optional("role", &ChangeContact::role, NameInput<ContactRole>()),
      optional("language", &ChangeContact::language, language_input),
      optional("contact_points", &ChangeContact::contact_points, points_input())};
  return entry_bodies<ContactCommand, CreateContact>(StreamKind::contact, "contacts", "a contact", details, change);
}

AggregateBodies organisations() {
  const Inputs<OrganisationDetails> details = {
      required("display_name", &OrganisationDetails::display_name, name_input),
      optional("kind", &OrganisationDetails::kind, NameInput<OrganisationKind>()),
      optional("external_id", &OrganisationDetails::external_id, external_id_input),
      optional("contact_points", &OrganisationDetails::contact_points, points_input()),
  };
  const Inputs<ChangeOrganisation> change = {
      optional("display_name", &ChangeOrganisation::display_name, name_input),
      optional("kind", &ChangeOrganisation::kind, NameInput<OrganisationKind>()),
      optional("contact_points", &ChangeOrganisation::contact_points, points_input())};
  return entry_bodies<OrganisationCommand, CreateOrganisation>(StreamKind::organisation, "organisations",
                                                               "an organisation", details, change);
}

AggregateBodies agents() {
  const Inputs<AgentDetails> details = {
      required("display_name", &AgentDetails::display_name, name_input),
      optional("email", &AgentDetails::email, email_input),
      optional("assignable", &AgentDetails::assignable, BooleanInput()),
      optional("external_id", &AgentDetails::external_id, external_id_input),
      optional("role", &AgentDetails::role, NameInput<AgentRole>()),
      optional("contact_points", &AgentDetails::contact_points, points_input()),
  };
  const Inputs<ChangeAgent> change = {optional("display_name", &ChangeAgent::display_name, name_input),
                                      optional("email", &ChangeAgent::email, email_input),
                                      optional("assignable", &ChangeAgent::assignable, BooleanInput()),
                                      optional("role", &ChangeAgent::role, NameInput<AgentRole>()),
                                      optional("contact_points", &ChangeAgent::contact_points, points_input())};
  return entry_bodies<AgentCommand, CreateAgent>(StreamKind::agent, "agents", "an agent", details, change);
}

AggregateBodies teams() {
  const Inputs<TeamDetails> details = {
      required("display_name", &TeamDetails::display_name, name_input),
      optional("members", &TeamDetails::members, members_input),
      optional("external_id", &TeamDetails::external_id, external_id_input),
  };
  const Inputs<ChangeTeam> change = {optional("display_name", &ChangeTeam::display_name, name_input),
                                     optional("members", &ChangeTeam::members, members_input)};
  return entry_bodies<TeamCommand, CreateTeam>(StreamKind::team, "teams", "a team", details, change);
}

}  // namespace

std::span<const AggregateBodies> directory_bodies() {
  static const std::vector<AggregateBodies> bodies = {contacts(), organisations(), agents(), teams()};
  return bodies;
}

}  // namespace greffe
