// Rules that all kinds of entries share; for the decisions about directory and catalogue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/context.h"
#include "commands/directory/directory_limits.h"
#include "commands/field_rules.h"

namespace greffe::entry_rules {

template <class Event>
using Outcome = Decision<std::vector<Event>>;

inline constexpr TextRule name_rule{limits::display_name_bytes_max, true};
inline constexpr TextRule external_id_rule{limits::external_id_bytes_max};

// At most contact_points_max, each with a value of its kind's form.
void check_contact_points(const std::vector<ContactPoint>& points, FieldFaults& faults);

// Refused if somebody else of the kind carries the external id or, where `email` is not
// empty, has the address; absent if all is well. Empty texts are not looked for.
std::optional<Rejection> check_unique(StreamKind kind, std::string_view external_id, std::string_view email,
                                      const Lookup& lookup);

// The event of a new entry, after the checks.
template <class Event, class Details>
Outcome<Event> created(const Details& details) {
  std::vector<Event> events;
  events.emplace_back(std::in_place_index<0>, std::variant_alternative_t<0, Event>{details});
  return events;
}

// The event that takes the entry to `wanted`; none if it is there already.
template <class Event, class Details>
Outcome<Event> changed(const Entry<Details>& entry, Details wanted) {
  std::vector<Event> events;
  if (wanted != entry.details) {
    events.emplace_back(std::in_place_index<1>, std::variant_alternative_t<1, Event>{std::move(wanted)});
  }
  return events;
}

template <class Event, class Details>
Outcome<Event> deactivated(const Entry<Details>& entry, const std::string& reason) {
  FieldFaults faults;
  check_text("reason", reason, {limits::reason_bytes_max, false, true}, faults);
  if (!faults.empty()) return faults.refuse();
  std::vector<Event> events;
  if (entry.active) events.emplace_back(std::in_place_index<2>, std::variant_alternative_t<2, Event>{Personal{reason}});
  return events;
}

template <class Event, class Details>
Outcome<Event> reactivated(const Entry<Details>& entry, const std::string& reason) {
  FieldFaults faults;
  check_text("reason", reason, {limits::reason_bytes_max, false, true}, faults);
  if (!faults.empty()) return faults.refuse();
  std::vector<Event> events;
  if (!entry.active) {
    events.emplace_back(std::in_place_index<3>, std::variant_alternative_t<3, Event>{Personal{reason}});
  }
  return events;
}

// As reactivated(), for entries with an address, which must still be free.
template <class Event, class Details>
Outcome<Event> reactivated_with_email(StreamKind kind, const Entry<Details>& entry, const std::string& reason,
                                      const Lookup& lookup) {
  if (!entry.active) {
    if (auto taken = check_unique(kind, {}, entry.details.email.text, lookup)) return fail(std::move(*taken));
  }
  return reactivated<Event>(entry, reason);
}

// Refused if an active entry would get an address that another one has.
template <class Details>
std::optional<Rejection> check_new_email(StreamKind kind, const Entry<Details>& entry, const Details& wanted,
                                         const Lookup& lookup) {
  if (!entry.active || folded_email(wanted.email.text) == folded_email(entry.details.email.text)) return std::nullopt;
  return check_unique(kind, {}, wanted.email.text, lookup);
}

}  // namespace greffe::entry_rules
