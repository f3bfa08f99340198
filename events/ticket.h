// Events of a ticket. Each carries what it changed, old and new, so that a reader needs
// neither the settings of the day nor the events before it to understand it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/settings.h"

namespace greffe {

// internal: a mission with no third party; external: an exchange with one. Fixed for life.
enum class TicketKind : std::uint8_t { internal, external };
constexpr std::array<std::string_view, 2> names_of(TicketKind) { return {"internal", "external"}; }

// The technical way in; `origin` is what people say the communication was (call, letter, …).
enum class Channel : std::uint8_t { manual, email, portal, api, imported };
constexpr std::array<std::string_view, 5> names_of(Channel) { return {"manual", "email", "portal", "api", "imported"}; }

enum class Visibility : std::uint8_t { everyone, internal };
constexpr std::array<std::string_view, 2> names_of(Visibility) { return {"public", "internal"}; }

enum class AssignCause : std::uint8_t { assigned, claimed, taken_over, opened };
constexpr std::array<std::string_view, 4> names_of(AssignCause) {
  return {"assigned", "claimed", "taken_over", "opened"};
}

enum class ReopenCause : std::uint8_t { reopened, status_changed };
constexpr std::array<std::string_view, 2> names_of(ReopenCause) { return {"reopened", "status_changed"}; }

// A status as it was understood when the event was written.
struct StatusAt {
  std::string key;
  Category category = Category::fresh;
  static constexpr auto fields = std::make_tuple(field("key", &StatusAt::key), field("category", &StatusAt::category));
  bool operator==(const StatusAt& o) const { return same_fields(*this, o); }
};

// A priority as it was understood when the event was written: its place, lowest = 0.
struct PriorityAt {
  std::string key;
  std::uint32_t rank = 0;
  static constexpr auto fields = std::make_tuple(field("key", &PriorityAt::key), field("rank", &PriorityAt::rank));
  bool operator==(const PriorityAt& o) const { return same_fields(*this, o); }
};

// The three axes by which tickets are classed; each may be empty.
struct Classification {
  std::vector<std::string> category;  // path in the tree, root first: {"Incident", "Network"}
  std::string request_type;
  std::string group;
  static constexpr auto fields =
      std::make_tuple(field("category", &Classification::category),
                      field("request_type", &Classification::request_type), field("group", &Classification::group));
  bool operator==(const Classification& o) const { return same_fields(*this, o); }
};

// Who the ticket is for: a person, an organisation, both or nobody.
struct Party {
  std::optional<ContactId> contact;
  std::optional<OrganisationId> organisation;
  static constexpr auto fields =
      std::make_tuple(field("contact", &Party::contact), field("organisation", &Party::organisation));
  bool operator==(const Party& o) const { return same_fields(*this, o); }
};

struct TicketOpened {
  std::string number;  // without '#'
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  Personal title;
  Personal description;
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  std::optional<TeamId> team;
  std::string external_id;
  static constexpr EventName name{1, "TicketOpened"};
  static constexpr auto fields =
      std::make_tuple(field("number", &TicketOpened::number), field("kind", &TicketOpened::kind),
                      field("channel", &TicketOpened::channel), field("origin", &TicketOpened::origin),
                      field("title", &TicketOpened::title), field("description", &TicketOpened::description),
                      field("status", &TicketOpened::status), field("priority", &TicketOpened::priority),
                      field("classification", &TicketOpened::classification), field("party", &TicketOpened::party),
                      field("team", &TicketOpened::team), field("external_id", &TicketOpened::external_id));
};

struct TitleChanged {
  Personal old_title;
  Personal new_title;
  static constexpr EventName name{2, "TitleChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_title", &TitleChanged::old_title), field("new_title", &TitleChanged::new_title));
};

struct DescriptionChanged {
  Personal new_description;  // the old text is in the event before; it may be long
  static constexpr EventName name{3, "DescriptionChanged"};
  static constexpr auto fields = std::make_tuple(field("new_description", &DescriptionChanged::new_description));
};

struct TicketAssigned {
  std::optional<AgentId> old_assignee;
  AgentId new_assignee;
  AssignCause cause = AssignCause::assigned;
  static constexpr EventName name{4, "TicketAssigned"};
  static constexpr auto fields =
      std::make_tuple(field("old_assignee", &TicketAssigned::old_assignee),
                      field("new_assignee", &TicketAssigned::new_assignee), field("cause", &TicketAssigned::cause));
};

struct TicketUnassigned {
  AgentId old_assignee;
  static constexpr EventName name{5, "TicketUnassigned"};
  static constexpr auto fields = std::make_tuple(field("old_assignee", &TicketUnassigned::old_assignee));
};

struct TicketMovedToTeam {
  std::optional<TeamId> old_team;
  std::optional<TeamId> new_team;  // absent = in no team any more
  static constexpr EventName name{6, "TicketMovedToTeam"};
  static constexpr auto fields =
      std::make_tuple(field("old_team", &TicketMovedToTeam::old_team), field("new_team", &TicketMovedToTeam::new_team));
};

// Between two open categories, or between two statuses of category closed. Crossing that
// border is TicketClosed or TicketReopened instead, whichever command caused it.
struct StatusChanged {
  StatusAt old_status;
  StatusAt new_status;
  static constexpr EventName name{7, "StatusChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &StatusChanged::old_status), field("new_status", &StatusChanged::new_status));
};

struct PriorityChanged {
  PriorityAt old_priority;
  PriorityAt new_priority;
  static constexpr EventName name{8, "PriorityChanged"};
  static constexpr auto fields = std::make_tuple(field("old_priority", &PriorityChanged::old_priority),
                                                 field("new_priority", &PriorityChanged::new_priority));
};

struct TicketClassified {
  Classification old_classification;
  Classification new_classification;
  static constexpr EventName name{9, "TicketClassified"};
  static constexpr auto fields = std::make_tuple(field("old_classification", &TicketClassified::old_classification),
                                                 field("new_classification", &TicketClassified::new_classification));
};

struct ContactLinked {
  Party old_party;
  Party new_party;
  static constexpr EventName name{10, "ContactLinked"};
  static constexpr auto fields =
      std::make_tuple(field("old_party", &ContactLinked::old_party), field("new_party", &ContactLinked::new_party));
};

// The message's id is the event's position; its author is the record's actor.
struct MessagePosted {
  Visibility visibility = Visibility::everyone;
  Personal body;
  static constexpr EventName name{11, "MessagePosted"};
  static constexpr auto fields =
      std::make_tuple(field("visibility", &MessagePosted::visibility), field("body", &MessagePosted::body));
};

struct TicketClosed {
  StatusAt old_status;
  StatusAt new_status;
  Personal resolution;
  static constexpr EventName name{12, "TicketClosed"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketClosed::old_status), field("new_status", &TicketClosed::new_status),
                      field("resolution", &TicketClosed::resolution));
};

struct TicketReopened {
  StatusAt old_status;
  StatusAt new_status;
  ReopenCause cause = ReopenCause::reopened;
  Personal reason;
  std::uint32_t reopen_count = 1;  // this one included
  static constexpr EventName name{13, "TicketReopened"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketReopened::old_status),
                      field("new_status", &TicketReopened::new_status), field("cause", &TicketReopened::cause),
                      field("reason", &TicketReopened::reason), field("reopen_count", &TicketReopened::reopen_count));
};

using TicketEvent = std::variant<TicketOpened, TitleChanged, DescriptionChanged, TicketAssigned, TicketUnassigned,
                                 TicketMovedToTeam, StatusChanged, PriorityChanged, TicketClassified, ContactLinked,
                                 MessagePosted, TicketClosed, TicketReopened>;

}  // namespace greffe
