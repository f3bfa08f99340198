// What a report can group a ticket's facts by, and how it changes along the ticket's events. The
// log knows it at every position, so that a fact is grouped by what was in force when it
// happened, whatever became of the ticket since.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/ticket.h"

namespace greffe {

struct Dimensions {
  std::optional<AgentId> agent;  // the assignee
  std::optional<TeamId> team;
  std::vector<std::string> category;  // path in the tree, root first
  std::string request_type;
  std::string priority;  // its key
  std::optional<OrganisationId> organisation;
  std::optional<ContactId> contact;
  static constexpr auto fields = std::make_tuple(
      field("agent", &Dimensions::agent), field("team", &Dimensions::team), field("category", &Dimensions::category),
      field("request_type", &Dimensions::request_type), field("priority", &Dimensions::priority),
      field("organisation", &Dimensions::organisation), field("contact", &Dimensions::contact));
  bool operator==(const Dimensions& o) const { return same_fields(*this, o); }
};

// What one event changes at once.
enum class DimensionsPart : std::uint8_t { all, agent, team, priority, classification, party };
constexpr std::array<std::string_view, 6> names_of(DimensionsPart) {
  return {"all", "agent", "team", "priority", "classification", "party"};
}

// The part as it is since the event; the others are empty.
struct DimensionsChange {
  DimensionsPart part = DimensionsPart::all;
  Dimensions values;
  static constexpr auto fields =
      std::make_tuple(field("part", &DimensionsChange::part), field("values", &DimensionsChange::values));
  bool operator==(const DimensionsChange& o) const { return same_fields(*this, o); }
};

// Absent if the event changes none of them.
std::optional<DimensionsChange> dimensions_changed_by(const TicketEvent& event);

void apply(const DimensionsChange& change, Dimensions& dimensions);

// From an event of the ticket on, until the next.
struct DimensionsSince {
  Position position;
  Dimensions dimensions;
};

}  // namespace greffe
