#include "http/list_call.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/reader.h"

namespace greffe {
namespace {

constexpr std::size_t teams_page = 200;

// The teams that the agent is a member of.
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

bool is_own(ListView view) { return is_mine(view) || view == ListView::team_open; }

}  // namespace

Handled complete_query(const Call& call, const Snapshot& snapshot, ListQuery& query) {
  const Reader reader(call.principal, snapshot);
  if (reader.is_client()) query.reader = PortalReader{reader.contact(), reader.organisation()};
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
