#include "projections/reports/dimensions.h"

#include "events/result.h"

namespace greffe {
namespace {

using Change = std::optional<DimensionsChange>;

void set(Dimensions& d, const Classification& classification) {
  d.category = classification.category;
  d.request_type = classification.request_type;
}

void set(Dimensions& d, const Party& party) {
  d.organisation = party.organisation;
  d.contact = party.contact;
}

template <class Value>
Change changed(DimensionsPart part, const Value& value) {
  DimensionsChange change{part, {}};
  set(change.values, value);
  return change;
}

Change changed(std::optional<AgentId> agent) {
  DimensionsChange change{DimensionsPart::agent, {}};
  change.values.agent = agent;
  return change;
}

Change opened(const TicketOpened& e) {
  DimensionsChange change{DimensionsPart::all, {}};
  change.values.team = e.team;
  change.values.priority = e.priority.key;
  set(change.values, e.classification);
  set(change.values, e.party);
  return change;
}

Change moved(const TicketMovedToTeam& e) {
  DimensionsChange change{DimensionsPart::team, {}};
  change.values.team = e.new_team;
  return change;
}

Change prioritised(const PriorityChanged& e) {
  DimensionsChange change{DimensionsPart::priority, {}};
  change.values.priority = e.new_priority.key;
  return change;
}

}  // namespace

std::optional<DimensionsChange> dimensions_changed_by(const TicketEvent& event) {
  return std::visit(
      overloaded{
          [](const TicketOpened& e) { return opened(e); },
          [](const TicketAssigned& e) { return changed(e.new_assignee); },
          [](const TicketUnassigned&) { return changed(std::nullopt); },
          [](const TicketMovedToTeam& e) { return moved(e); },
          [](const PriorityChanged& e) { return prioritised(e); },
          [](const TicketClassified& e) { return changed(DimensionsPart::classification, e.new_classification); },
          [](const ContactLinked& e) { return changed(DimensionsPart::party, e.new_party); },
          // Merging takes the assignee away, unmerging gives them back.
          [](const TicketMergedInto& e) { return e.old_assignee ? changed(std::nullopt) : Change(); },
          [](const TicketUnmerged& e) { return e.new_assignee ? changed(e.new_assignee) : Change(); },
          [](const auto&) { return Change(); },
      },
      event);
}

void apply(const DimensionsChange& change, Dimensions& dimensions) {
  const Dimensions& values = change.values;
  switch (change.part) {
    case DimensionsPart::all: dimensions = values; return;
    case DimensionsPart::agent: dimensions.agent = values.agent; return;
    case DimensionsPart::team: dimensions.team = values.team; return;
    case DimensionsPart::priority: dimensions.priority = values.priority; return;
    case DimensionsPart::classification:
      dimensions.category = values.category;
      dimensions.request_type = values.request_type;
      return;
    case DimensionsPart::party:
      dimensions.organisation = values.organisation;
      dimensions.contact = values.contact;
      return;
  }
}

}  // namespace greffe
