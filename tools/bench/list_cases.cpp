#include "tools/bench/list_cases.h"

#include "tools/bench/list_rows.h"

namespace greffe::bench {
namespace {

using enum SortColumn;

ListQuery sorted(std::vector<SortKey> sort, ListView view = ListView::open) {
  ListQuery query;
  query.view = view;
  query.sort = std::move(sort);
  query.me = AgentId{7};
  query.my_teams = {TeamId{2}, TeamId{9}};
  return query;
}

ListCase filtered(std::string name, ListQuery query, ListFilters filters) {
  query.filters = std::move(filters);
  return {std::move(name), std::move(query)};
}

std::vector<ListCase> plain_cases() {
  return {{"open -opened_at", sorted({{opened_at, true}})},
          {"open -priority,opened_at", sorted({{priority, true}, {opened_at, false}})},
          {"open title", sorted({{title, false}})},
          {"open -title", sorted({{title, true}})},
          {"open contact", sorted({{contact, false}})},
          {"open status,-priority,title", sorted({{status, false}, {priority, true}, {title, false}})},
          {"open -closed_at,number", sorted({{closed_at, true}, {number, false}})},
          {"open category,-updated_at", sorted({{category, false}, {updated_at, true}})},
          {"open due_at", sorted({{due_at, false}})},
          {"open -due_at,title", sorted({{due_at, true}, {title, false}})},
          {"open origin,-opened_at", sorted({{origin, false}, {opened_at, true}})},
          {"unassigned", sorted({}, ListView::unassigned)},
          {"unassigned contact", sorted({{contact, false}}, ListView::unassigned)},
          {"mine-open", sorted({}, ListView::mine_open)},
          {"mine-open title", sorted({{title, false}}, ListView::mine_open)},
          {"all -opened_at", sorted({{opened_at, true}}, ListView::all)},
          {"all title", sorted({{title, false}}, ListView::all)},
          {"team-open -updated_at", sorted({{updated_at, true}}, ListView::team_open)},
          {"closed -closed_at", sorted({{closed_at, true}}, ListView::closed)}};
}

}  // namespace

std::vector<ListCase> list_cases(std::uint64_t ticket_count) {
  const Instant middle = ListRows::opened_at(ticket_count / 2);
  auto portal = sorted({{updated_at, true}});
  portal.reader = PortalReader{ContactId{3}, OrganisationId{5}};
  auto cases = plain_cases();
  cases.push_back({"open, a client's, -updated_at", portal});
  cases.push_back(filtered("open, team and status, -updated_at", sorted({{updated_at, true}}),
                           {.status = {"pending0"}, .team = {TeamId{3}}}));
  cases.push_back(filtered("open, rare team, category and type, title", sorted({{title, false}}),
                           {.team = {TeamId{20}}, .category = {CategoryPath{"root2"}}, .request_type = {"type3"}}));
  cases.push_back(
      filtered("open, updated in the first half, -opened_at", sorted({{opened_at, true}}), {.updated_before = middle}));
  cases.push_back(filtered("open, of one day, title", sorted({{title, false}}),
                           {.opened_from = middle, .opened_before = middle + std::chrono::hours(24)}));
  cases.push_back(filtered("open, of one month, -priority,title", sorted({{priority, true}, {title, false}}),
                           {.opened_from = middle, .opened_before = middle + std::chrono::hours(24 * 30)}));
  cases.push_back(filtered("open, copy and due before, due_at", sorted({{due_at, false}}),
                           {.copy = {AgentId{9}}, .due_before = ListRows::opened_at(ticket_count * 2 / 3)}));
  cases.push_back(filtered("closed, three filters, assignee,-closed_at",
                           sorted({{assignee, false}, {closed_at, true}}, ListView::closed),
                           {.team = {TeamId{1}, TeamId{2}},
                            .organisation = {OrganisationId{1}, OrganisationId{2}, OrganisationId{3}},
                            .channel = {Channel::email, Channel::portal}}));
  return cases;
}

}  // namespace greffe::bench
