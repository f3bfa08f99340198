// What each view holds, who may read it, and how many tickets that is.
#include <catch2/catch.hpp>

#include "projections/lists/list_index.h"

namespace greffe {
namespace {

using Ids = std::vector<std::uint64_t>;

Instant at(int seconds) { return Instant(std::chrono::seconds(seconds)); }

Ids ids_of(const ListIndex& index, const ListQuery& query) {
  const auto page = index.query(query);
  REQUIRE(page);
  Ids ids;
  for (const auto id : page->ids) ids.push_back(id.value);
  return ids;
}

TicketRow ticket(std::uint64_t id) {
  TicketRow row;
  row.id = {id};
  row.status = {"open", Category::open};
  row.opened_at = row.updated_at = at(static_cast<int>(id));
  return row;
}

// Rows 1, 2, 3 … , each as `change(row, n)` makes it.
template <class Change>
ListIndex tickets(std::uint64_t count, Change&& change) {
  ListIndex index;
  for (std::uint64_t id = 1; id <= count; ++id) {
    auto row = ticket(id);
    change(row, id);
    index.put(row);
  }
  return index;
}

}  // namespace

TEST_CASE("a ticket is in the tab of its status category") {
  const struct {
    Category category;
    bool open, closed;
  } cases[] = {{Category::fresh, true, false},   {Category::open, true, false},   {Category::pending, true, false},
               {Category::on_hold, true, false}, {Category::closed, false, true}, {Category::merged, false, false},
               {Category::deleted, false, false}};
  ListIndex index;
  for (const auto& [category, open, closed] : cases) {
    INFO(name_of(category));
    auto row = ticket(1);
    row.status.category = category;
    index.put(row);
    ListQuery query;
    CHECK(ids_of(index, query).size() == (open ? 1 : 0));
    query.view = ListView::closed;
    CHECK(ids_of(index, query).size() == (closed ? 1 : 0));
    query.view = ListView::all;
    CHECK(ids_of(index, query).size() == (open || closed ? 1 : 0));
    query.view = ListView::merged;
    CHECK(ids_of(index, query).size() == (category == Category::merged ? 1 : 0));
    query.view = ListView::deleted;
    CHECK(ids_of(index, query).size() == (category == Category::deleted ? 1 : 0));
    CHECK(index.size() == 1);
  }
}

TEST_CASE("a reopened ticket is back in the open tab only") {
  ListIndex index;
  auto row = ticket(1);
  for (const auto category : {Category::open, Category::closed, Category::open}) {
    row.status.category = category;
    index.put(row);
  }
  CHECK(index.counts(ListQuery{}) == ListCounts{.open = 1, .all = 1, .unassigned = 1});
}

TEST_CASE("all is the open and the closed tickets in one order, whatever the page size") {
  const auto index = tickets(7, [](TicketRow& row, std::uint64_t n) {
    row.status.category = n % 2 == 0 ? Category::closed : Category::open;
    if (n == 7) row.status.category = Category::merged;
    row.priority = {"p", n <= 3 ? 1U : 2U};
  });
  ListQuery query;
  query.view = ListView::all;
  CHECK(ids_of(index, query) == Ids{6, 5, 4, 3, 2, 1});
  query.sort = {{SortColumn::priority, true}, {SortColumn::opened_at, false}};
  CHECK(ids_of(index, query) == Ids{4, 5, 6, 1, 2, 3});
  for (query.limit = 1; query.limit <= 7; ++query.limit) {
    Ids paged;
    query.cursor.clear();
    do {
      const auto page = index.query(query);
      REQUIRE(page);
      for (const auto id : page->ids) paged.push_back(id.value);
      query.cursor = page->next_cursor;
    } while (!query.cursor.empty());
    CHECK(paged == Ids{4, 5, 6, 1, 2, 3});
  }
}

TEST_CASE("a merged or deleted ticket leaves every list and counter, and comes back") {
  const AgentId me{5};
  auto row = ticket(1);
  row.assignee = me;
  row.team = TeamId{2};
  ListQuery query;
  query.me = me;
  query.my_teams = {TeamId{2}};
  const ListCounts visible{.open = 1, .all = 1, .mine_open = 1, .team_open = 1};
  ListIndex index;
  const auto as = [&](Category category) {
    row.status.category = category;
    index.put(row);
    return index.counts(query);
  };
  CHECK(as(Category::open) == visible);
  CHECK(as(Category::merged) == ListCounts{.merged = 1});
  CHECK(as(Category::open) == visible);
  CHECK(as(Category::deleted) == ListCounts{.deleted = 1});
  CHECK(as(Category::closed) == ListCounts{.closed = 1, .all = 1, .mine_closed = 1});
}

TEST_CASE("team-open is what is open in my teams, and nothing without a team") {
  const auto index = tickets(5, [](TicketRow& row, std::uint64_t n) {
    if (n != 5) row.team = TeamId{n};
    if (n == 3) row.status.category = Category::closed;
  });
  ListQuery query;
  query.view = ListView::team_open;
  CHECK(ids_of(index, query).empty());
  CHECK(index.count(query) == 0);
  query.my_teams = {TeamId{1}, TeamId{3}, TeamId{4}, TeamId{77}};
  CHECK(ids_of(index, query) == Ids{4, 1});
  query.filters.team = {TeamId{4}, TeamId{2}};
  CHECK(ids_of(index, query) == Ids{4});
}

TEST_CASE("a reader of the portal sees their contact's and their organisation's tickets and no others") {
  const auto index = tickets(6, [](TicketRow& row, std::uint64_t n) {
    if (n == 1) row.party = {ContactId{1}, OrganisationId{2}};
    if (n == 2) row.party = {ContactId{2}, OrganisationId{1}};
    if (n == 3) row.party = {ContactId{2}, OrganisationId{2}};
    if (n == 4) row.party = {ContactId{1}, OrganisationId{1}};
    if (n == 5) row.party = {ContactId{3}, std::nullopt};
  });
  const struct {
    PortalReader reader;
    Ids expected;
  } cases[] = {{{ContactId{1}, {}}, {4, 1}},
               {{{}, OrganisationId{1}}, {4, 2}},
               {{ContactId{1}, OrganisationId{1}}, {4, 2, 1}},
               {{ContactId{9}, OrganisationId{9}}, {}},
               {{ContactId{UINT64_MAX}, OrganisationId{UINT64_MAX}}, {}},  // must not mean "none"
               {{}, {}}};
  for (const auto& [reader, expected] : cases) {
    ListQuery query;
    query.reader = reader;
    CHECK(ids_of(index, query) == expected);
    CHECK(index.count(query) == expected.size());
    CHECK(index.counts(query).open == expected.size());
    const FacetColumn kind[] = {FacetColumn::kind};
    const auto facet = index.facets(query, kind).front();
    CHECK(facet.values.size() == (expected.empty() ? 0 : 1));
    if (!expected.empty()) CHECK(facet.values.front() == FacetValue{"external", expected.size()});
  }
  ListQuery query;
  query.reader = PortalReader{ContactId{1}, {}};
  query.filters.contact = {ContactId{2}, ContactId{1}};  // a filter cannot widen it
  CHECK(ids_of(index, query) == Ids{4, 1});
  const FacetColumn contact[] = {FacetColumn::contact};
  CHECK(index.facets(query, contact).front().values == std::vector<FacetValue>{{"1", 2}});
}

TEST_CASE("mine is assigned to me or opened by me, each ticket once") {
  const AgentId me{5};
  const auto index = tickets(7, [&](TicketRow& row, std::uint64_t n) {
    if (n == 1 || n == 3) row.assignee = me;
    if (n == 2 || n == 3) row.creator = {ActorKind::agent, me.value};
    if (n == 4) row.creator = {ActorKind::contact, me.value};  // a contact with my number
    if (n == 5) row.assignee = AgentId{6};
    if (n == 6) {
      row.assignee = me;
      row.status.category = Category::closed;
    }
  });
  ListQuery query;
  query.view = ListView::mine_open;
  query.me = me;
  CHECK(ids_of(index, query) == Ids{3, 2, 1});
  query.view = ListView::mine_closed;
  CHECK(ids_of(index, query) == Ids{6});
  query.me = AgentId{99};
  CHECK(ids_of(index, query).empty());
  query.me = me;
  CHECK(index.counts(query) ==
        ListCounts{.open = 6, .closed = 1, .all = 7, .unassigned = 3, .mine_open = 3, .mine_closed = 1});
  CHECK(index.counts(ListQuery{}) == ListCounts{.open = 6, .closed = 1, .all = 7, .unassigned = 3});
}

TEST_CASE("unassigned is open and without assignee") {
  const auto index = tickets(3, [](TicketRow& row, std::uint64_t n) {
    if (n == 2) row.assignee = AgentId{1};
    if (n == 3) row.status.category = Category::closed;
  });
  ListQuery query;
  query.view = ListView::unassigned;
  CHECK(ids_of(index, query) == Ids{1});
}

}  // namespace greffe
