// What can be asked of contacts, organisations, agents and teams: create, change,
// deactivate, reactivate. A change names only the fields that shall differ.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/directory.h"

namespace greffe {

struct CreateContact {
  ContactDetails details;
};
struct ChangeContact {
  std::optional<std::string> display_name;
  std::optional<std::string> email;  // empty = none from now on
  std::optional<std::string> phone;
  std::optional<std::optional<OrganisationId>> organisation;  // inner absent = none from now on
  std::optional<ContactRole> role;
  std::optional<std::string> language;  // empty = the tenant's first
  std::optional<std::vector<ContactPoint>> contact_points;
};
struct CreateOrganisation {
  OrganisationDetails details;
};
struct ChangeOrganisation {
  std::optional<std::string> display_name;
  std::optional<OrganisationKind> kind;
  std::optional<std::vector<ContactPoint>> contact_points;
};
struct CreateAgent {
  AgentDetails details;
};
struct ChangeAgent {
  std::optional<std::string> display_name;
  std::optional<std::string> email;
  std::optional<bool> assignable;
  std::optional<AgentRole> role;
  std::optional<std::vector<ContactPoint>> contact_points;
};
struct CreateTeam {
  TeamDetails details;
};
struct ChangeTeam {
  std::optional<std::string> display_name;
  std::optional<std::vector<AgentId>> members;
};
struct Deactivate {
  std::string reason;
};
struct Reactivate {
  std::string reason;
};

using ContactCommand = std::variant<CreateContact, ChangeContact, Deactivate, Reactivate>;
using OrganisationCommand = std::variant<CreateOrganisation, ChangeOrganisation, Deactivate, Reactivate>;
using AgentCommand = std::variant<CreateAgent, ChangeAgent, Deactivate, Reactivate>;
using TeamCommand = std::variant<CreateTeam, ChangeTeam, Deactivate, Reactivate>;

}  // namespace greffe
