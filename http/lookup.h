// Looking entries up while their name or number is typed (projections/lookup/name_index.h).
#pragma once

#include "http/entry_routes.h"

namespace greffe {

// A page, or what begins with `prefix`.
struct LookupAsked : PageAsked {
  std::optional<std::string> prefix;
  std::optional<std::string> type;  // of contexts
  bool assignable = false;          // of agents: only those who can be given tickets
};

// limit, cursor, min_position and prefix; of agents and contexts also their own parameter.
const Parameters<LookupAsked>& named_parameters();
const Parameters<LookupAsked>& agent_parameters();
const Parameters<LookupAsked>& context_parameters();
// Of people only as many are shown as one can choose from at a glance.
inline constexpr std::size_t people_limit_max = 20;
const Parameters<LookupAsked>& people_parameters();

// Refused with too_short below lookup_characters_min characters, and with too_many beyond
// lookup_words_max words.
Handled check_typed(std::string_view typed);

// Managers look people and contexts up too, for the tickets that they open: people of their own
// organisation, and of contexts id, type and label alone, which they find by `prefix` only. Other
// clients are refused.
//
// GET /v1/people answers the best matches and whether there are, or may be, `more`. A manager's are
// sought among the first `people_scanned_max` of all that match.
inline constexpr std::size_t people_scanned_max = 2'000;
Handled look_up_people(const Call& call, HttpResponse& response);
// GET /v1/organisations, /v1/agents and /v1/contexts with any of these parameters answer one page,
// best first, and `more` as people do: who wants others types more.
Handled look_up_organisations(const Call& call, HttpResponse& response);
Handled look_up_agents(const Call& call, HttpResponse& response);
Handled look_up_contexts(const Call& call, HttpResponse& response);

}  // namespace greffe
