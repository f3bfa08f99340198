#include "http/list_call.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/reader.h"

namespace greffe {
namespace {

constexpr std::size_t teams_page = 200;

bool is_own(ListView view) { return is_mine(view) || view == ListView::team_open; }

// The filters by what rows of clients leave blank (http/ticket_json.cpp).
Handled check_filters_of_client(const TicketListAsked& asked) {
  const auto& filters = asked.query.filters;
  const std::pair<const char*, bool> desk_filters[] = {{"copy", !filters.copy.empty()},
                                                       {"parent", !asked.parent_numbers.empty()},
                                                       {"merged_into", !asked.merged_into_numbers.empty()},
                                                       {"has_parent", filters.has_parent.has_value()},
                                                       {"needs_look", filters.needs_look.has_value()}};
  std::vector<FieldFault> faults;
  for (const auto& [name, given] : desk_filters) {
    if (given) faults.push_back({name, FieldCode::unknown_field});
  }
  if (faults.empty()) return {};
  return fail(invalid_fields(std::move(faults)));
}

// A text that no ticket has as its number may be an id, as saved views of earlier versions have
// them; of no ticket at all, it finds nothing.
std::vector<TicketId> tickets_numbered(const std::vector<std::string>& numbers, const Snapshot& snapshot) {
  std::vector<TicketId> tickets;
  for (const auto& number : numbers) {
    tickets.push_back(snapshot.numbered(number).value_or(TicketId{parse_id(number).value_or(0)}));
  }
  return tickets;
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

Handled complete_query(const Call& call, const Snapshot& snapshot, TicketListAsked& asked) {
  auto& query = asked.query;
  const Reader reader(call.principal, snapshot);
  if (reader.is_client()) {
    if (auto checked = check_filters_of_client(asked); !checked) return checked;
    query.reader = PortalReader{reader.contact(), reader.organisation()};
  }
  query.filters.parent = tickets_numbered(asked.parent_numbers, snapshot);
  query.filters.merged_into = tickets_numbered(asked.merged_into_numbers, snapshot);
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
