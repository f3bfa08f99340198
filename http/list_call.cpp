#include "http/list_call.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/reader.h"

namespace greffe {
namespace {

constexpr std::size_t teams_page = 200;

bool is_own(ListView view) { return is_mine(view) || view == ListView::team_open; }

// The filters by what rows of clients leave blank (http/ticket_json.cpp).
Handled check_filters_of_client(const ListFilters& filters) {
  const std::pair<const char*, bool> desk_filters[] = {{"copy", !filters.copy.empty()},
                                                       {"parent", !filters.parent.empty()},
                                                       {"merged_into", !filters.merged_into.empty()},
                                                       {"has_parent", filters.has_parent.has_value()},
                                                       {"needs_look", filters.needs_look.has_value()}};
  std::vector<FieldFault> faults;
  for (const auto& [name, given] : desk_filters) {
    if (given) faults.push_back({name, FieldCode::unknown_field});
  }
  if (faults.empty()) return {};
  return fail(invalid_fields(std::move(faults)));
}

}  // namespace

std::vector<TeamId> teams_of(AgentId agent, const Snapshot& snapshot) {
  std::vector<TeamId> teams;
  std::string cursor;
  do {
    const auto page = snapshot.teams(teams_page, cursor);
    if (!page) return teams;
    for (const TeamRow& team : page->rows) {
      const auto& members = team.details.members;
      if (std::find(members.begin(), members.end(), agent) != members.end()) teams.push_back(team.id);
    }
    cursor = page->next_cursor;
  } while (!cursor.empty());
  return teams;
}

Handled complete_query(const Call& call, const Snapshot& snapshot, ListQuery& query) {
  const Reader reader(call.principal, snapshot);
  if (reader.is_client()) {
    if (auto checked = check_filters_of_client(query.filters); !checked) return checked;
    query.reader = PortalReader{reader.contact(), reader.organisation()};
  }
  const auto settings = call.services.writer.settings();
  const HandlingDefined& handling = settings->handling;
  query.mine = {handling.mine_assignee, handling.mine_copy, handling.mine_creator};
  const auto agent = reader.agent();
  const auto row = agent ? snapshot.agent(*agent) : std::nullopt;
  if (row && row->active) {
    query.me = agent;
    if (query.view == ListView::team_open) query.my_teams = teams_of(*agent, snapshot);
    return {};
  }
  if (!is_own(query.view)) return {};
  return fail(problem_of(
      refuse(RejectionCode::agent_required, "This view is an agent's own: Greffe-Act-As: agent/<id>.").value()));
}

Handled check_facets(const Call& call, const Snapshot& snapshot, const std::vector<FacetColumn>& facets) {
  if (!Reader(call.principal, snapshot).is_client()) return {};
  const bool blank = std::any_of(facets.begin(), facets.end(), [](FacetColumn column) {
    return column == FacetColumn::copy || column == FacetColumn::has_parent || column == FacetColumn::needs_look;
  });
  if (!blank) return {};
  return fail(invalid_fields({{"facet", FieldCode::not_one_of}}));
}

std::string caller_key(const ListQuery& query) {
  std::string key = fmt::format("{}|{}{}{}|", is_mine(query.view) && query.me ? query.me->value : 0,
                                query.mine.assignee, query.mine.copy, query.mine.creator);
  for (const TeamId team : query.my_teams) key += fmt::format("{},", team.value);
  if (query.reader) {
    const auto id = [](const auto& optional) { return optional ? optional->value : 0; };
    key += fmt::format("|{}/{}", id(query.reader->contact), id(query.reader->organisation));
  }
  return key;
}

}  // namespace greffe
