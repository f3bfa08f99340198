// State of a directory entry: the latest details, and whether it is in use.
#pragma once

#include <string>
#include <type_traits>
#include <variant>

#include "events/directory.h"

namespace greffe {

template <class Details>
struct Entry {
  Version version;  // 0 = does not exist
  Details details;
  bool active = false;
  bool operator==(const Entry&) const = default;
};

// The id under which the look-up by external id (commands/context.h) knows the entry; empty = none.
template <class Details>
std::string external_key(const Details& details) {
  return details.external_id;
}

using ContactState = Entry<ContactDetails>;
using OrganisationState = Entry<OrganisationDetails>;
using AgentState = Entry<AgentDetails>;
using TeamState = Entry<TeamDetails>;

// Folds one event in; never fails. Written against the variant's exact four alternatives, so
// that a fifth event of an aggregate does not compile until it is folded here.
template <class Details, class Created, class Changed, class Deactivated, class Reactivated>
requires std::is_same_v<decltype(Created::details), Details>
void evolve(Entry<Details>& entry, const std::variant<Created, Changed, Deactivated, Reactivated>& event) {
  entry.version = next(entry.version);
  if (const auto* created = std::get_if<Created>(&event)) {
    entry.details = created->details;
    entry.active = true;
  } else if (const auto* changed = std::get_if<Changed>(&event)) {
    entry.details = changed->details;
  } else {
    entry.active = std::holds_alternative<Reactivated>(event);
  }
}

}  // namespace greffe
