// Events of the directory: contacts, organisations, agents, teams. A change carries the
// aggregate's whole details as they stand after it; the old ones are in the event before.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"

namespace greffe {

enum class OrganisationKind : std::uint8_t { client, prospect, supplier };
constexpr std::array<std::string_view, 3> names_of(OrganisationKind) { return {"client", "prospect", "supplier"}; }

enum class ContactRole : std::uint8_t { subscriber, manager };
constexpr std::array<std::string_view, 2> names_of(ContactRole) { return {"subscriber", "manager"}; }

enum class AgentRole : std::uint8_t { agent, supervisor, administrator, auditor };
constexpr std::array<std::string_view, 4> names_of(AgentRole) {
  return {"agent", "supervisor", "administrator", "auditor"};
}

enum class ContactPointKind : std::uint8_t { email, phone, mobile, address, other };
constexpr std::array<std::string_view, 5> names_of(ContactPointKind) {
  return {"email", "phone", "mobile", "address", "other"};
}

// Another way to reach somebody: {"phone", "bureau", "+33 1 …"}.
struct ContactPoint {
  ContactPointKind kind = ContactPointKind::email;
  std::string label;
  Personal value;
  static constexpr auto fields = std::make_tuple(
      field("kind", &ContactPoint::kind), field("label", &ContactPoint::label), field("value", &ContactPoint::value));
  bool operator==(const ContactPoint& o) const { return same_fields(*this, o); }
};

struct ContactDetails {
  Personal display_name;
  Personal email;  // empty = none; unique among active contacts otherwise
  Personal phone;
  std::optional<OrganisationId> organisation;
  std::string external_id;  // the id in a system it was imported from; empty = none
  ContactRole role = ContactRole::subscriber;
  std::string language;  // preferred, "fr"; empty = the tenant's first
  std::vector<ContactPoint> contact_points;
  static constexpr auto fields = std::make_tuple(
      field("display_name", &ContactDetails::display_name), field("email", &ContactDetails::email),
      field("phone", &ContactDetails::phone), field("organisation", &ContactDetails::organisation),
      field("external_id", &ContactDetails::external_id), field("role", &ContactDetails::role),
      field("language", &ContactDetails::language), field("contact_points", &ContactDetails::contact_points));
  bool operator==(const ContactDetails& o) const { return same_fields(*this, o); }
};

struct OrganisationDetails {
  Personal display_name;
  OrganisationKind kind = OrganisationKind::client;
  std::string external_id;
  std::vector<ContactPoint> contact_points;
  static constexpr auto fields = std::make_tuple(field("display_name", &OrganisationDetails::display_name),
                                                 field("kind", &OrganisationDetails::kind),
                                                 field("external_id", &OrganisationDetails::external_id),
                                                 field("contact_points", &OrganisationDetails::contact_points));
  bool operator==(const OrganisationDetails& o) const { return same_fields(*this, o); }
};

struct AgentDetails {
  Personal display_name;
  Personal email;
  bool assignable = false;  // the support-team flag: only such agents may be given tickets
  std::string external_id;
  AgentRole role = AgentRole::agent;
  std::vector<ContactPoint> contact_points;
  static constexpr auto fields =
      std::make_tuple(field("display_name", &AgentDetails::display_name), field("email", &AgentDetails::email),
                      field("assignable", &AgentDetails::assignable), field("external_id", &AgentDetails::external_id),
                      field("role", &AgentDetails::role), field("contact_points", &AgentDetails::contact_points));
  bool operator==(const AgentDetails& o) const { return same_fields(*this, o); }
};

struct TeamDetails {
  std::string display_name;
  std::vector<AgentId> members;  // ascending, no agent twice
  std::string external_id;
  static constexpr auto fields =
      std::make_tuple(field("display_name", &TeamDetails::display_name), field("members", &TeamDetails::members),
                      field("external_id", &TeamDetails::external_id));
  bool operator==(const TeamDetails& o) const { return same_fields(*this, o); }
};

// The life of a directory entry is the same for all four kinds, so one shape serves; the
// tag gives each its own number and name in the schema.
template <class Details, std::uint8_t WireId, const char* Name>
struct EntrySet {
  Details details;
  static constexpr EventName name{WireId, Name};
  static constexpr auto fields = std::make_tuple(field("details", &EntrySet::details));
};
template <std::uint8_t WireId, const char* Name>
struct EntrySwitched {
  Personal reason;
  static constexpr EventName name{WireId, Name};
  static constexpr auto fields = std::make_tuple(field("reason", &EntrySwitched::reason));
};

namespace event_names {
inline constexpr char contact_created[] = "ContactCreated", contact_changed[] = "ContactChanged",
                      contact_deactivated[] = "ContactDeactivated", contact_reactivated[] = "ContactReactivated",
                      organisation_created[] = "OrganisationCreated", organisation_changed[] = "OrganisationChanged",
                      organisation_deactivated[] = "OrganisationDeactivated",
                      organisation_reactivated[] = "OrganisationReactivated", agent_created[] = "AgentCreated",
                      agent_changed[] = "AgentChanged", agent_deactivated[] = "AgentDeactivated",
                      agent_reactivated[] = "AgentReactivated", team_created[] = "TeamCreated",
                      team_changed[] = "TeamChanged", team_deactivated[] = "TeamDeactivated",
                      team_reactivated[] = "TeamReactivated";
}  // namespace event_names

using ContactCreated = EntrySet<ContactDetails, 40, event_names::contact_created>;
using ContactChanged = EntrySet<ContactDetails, 41, event_names::contact_changed>;
using ContactDeactivated = EntrySwitched<42, event_names::contact_deactivated>;
using ContactReactivated = EntrySwitched<43, event_names::contact_reactivated>;
using OrganisationCreated = EntrySet<OrganisationDetails, 44, event_names::organisation_created>;
using OrganisationChanged = EntrySet<OrganisationDetails, 45, event_names::organisation_changed>;
using OrganisationDeactivated = EntrySwitched<46, event_names::organisation_deactivated>;
using OrganisationReactivated = EntrySwitched<47, event_names::organisation_reactivated>;
using AgentCreated = EntrySet<AgentDetails, 48, event_names::agent_created>;
using AgentChanged = EntrySet<AgentDetails, 49, event_names::agent_changed>;
using AgentDeactivated = EntrySwitched<50, event_names::agent_deactivated>;
using AgentReactivated = EntrySwitched<51, event_names::agent_reactivated>;
using TeamCreated = EntrySet<TeamDetails, 52, event_names::team_created>;
using TeamChanged = EntrySet<TeamDetails, 53, event_names::team_changed>;
using TeamDeactivated = EntrySwitched<54, event_names::team_deactivated>;
using TeamReactivated = EntrySwitched<55, event_names::team_reactivated>;

using ContactEvent = std::variant<ContactCreated, ContactChanged, ContactDeactivated, ContactReactivated>;
using OrganisationEvent =
    std::variant<OrganisationCreated, OrganisationChanged, OrganisationDeactivated, OrganisationReactivated>;
using AgentEvent = std::variant<AgentCreated, AgentChanged, AgentDeactivated, AgentReactivated>;
using TeamEvent = std::variant<TeamCreated, TeamChanged, TeamDeactivated, TeamReactivated>;

}  // namespace greffe
