// Views, filters, columns and facets that read what the whole ticket brings: agents in copy,
// contexts, dates, parents.
#include <catch2/catch.hpp>

#include "projections/lists/list_index.h"
#include "tests/projections_lists_rows.h"

namespace greffe {
namespace {

using Ids = std::vector<std::uint64_t>;
using Values = std::vector<FacetValue>;

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

Facet facet(const ListIndex& index, const ListQuery& query, FacetColumn column) {
  return index.facets(query, {&column, 1}).front();
}

}  // namespace

TEST_CASE("mine holds what its setting includes, each ticket once") {
  const AgentId me{5};
  const auto index = tickets(6, [&](TicketRow& row, std::uint64_t n) {
    if (n == 1 || n == 4) row.assignee = me;
    if (n == 2 || n == 4) set_extras(row, {.copies = {AgentId{6}, me, me}});
    if (n == 3 || n == 4) row.creator = {ActorKind::agent, me.value};
    if (n == 5) set_extras(row, {.copies = {AgentId{6}}});
  });
  const struct {
    MineIncludes includes;
    Ids expected;
  } cases[] = {{{}, {4, 3, 2, 1}},
               {{true, false, false}, {4, 1}},
               {{false, true, false}, {4, 2}},
               {{false, false, true}, {4, 3}},
               {{true, true, false}, {4, 2, 1}},
               {{false, false, false}, {}}};
  ListQuery query;
  query.view = ListView::mine_open;
  query.me = me;
  for (const auto& [includes, expected] : cases) {
    INFO(includes.assignee << includes.copy << includes.creator);
    query.mine = includes;
    CHECK(ids_of(index, query) == expected);
    CHECK(index.count(query) == expected.size());
  }
}

TEST_CASE("a filter on what the whole ticket has keeps the tickets with one of its values") {
  // Tickets 1 and 2 have values, 3 has none.
  const auto index = tickets(3, [](TicketRow& row, std::uint64_t n) {
    if (n == 3) return;
    row.origin = "call";
    set_extras(row, {.copies = {AgentId{n}, AgentId{7}},
                     .due_at = at(static_cast<int>(n)),
                     .parent = TicketId{n + 10},
                     .needs_look = n == 1,
                     .context_types = {"c" + std::to_string(n), "invoice"}});
  });
  const struct {
    const char* name;
    void (*set)(ListFilters&);
    Ids expected;
  } cases[] = {
      {"agent in copy", [](ListFilters& f) { f.copy = {AgentId{1}}; }, {1}},
      {"agent in several copies", [](ListFilters& f) { f.copy = {AgentId{7}}; }, {2, 1}},
      {"agents in copy, each ticket once",
       [](ListFilters& f) {
         f.copy = {AgentId{1}, AgentId{7}};
       },
       {2, 1}},
      {"agent in no copy", [](ListFilters& f) { f.copy = {AgentId{3}}; }, {}},
      {"context type", [](ListFilters& f) { f.context_type = {"c1"}; }, {1}},
      {"context types, each ticket once",
       [](ListFilters& f) {
         f.context_type = {"c1", "invoice"};
       },
       {2, 1}},
      {"context type that is an origin", [](ListFilters& f) { f.context_type = {"call"}; }, {}},
      {"parent", [](ListFilters& f) { f.parent = {TicketId{11}}; }, {1}},
      {"parent unknown", [](ListFilters& f) { f.parent = {TicketId{1}}; }, {}},
      {"has a parent", [](ListFilters& f) { f.has_parent = true; }, {2, 1}},
      {"has no parent", [](ListFilters& f) { f.has_parent = false; }, {3}},
      {"needs a look", [](ListFilters& f) { f.needs_look = true; }, {1}},
      {"needs none", [](ListFilters& f) { f.needs_look = false; }, {3, 2}},
      {"due_from", [](ListFilters& f) { f.due_from = at(2); }, {2}},
      {"due_before leaves out what is never due", [](ListFilters& f) { f.due_before = at(100); }, {2, 1}},
  };
  for (const auto& c : cases) {
    INFO(c.name);
    ListQuery query;
    c.set(query.filters);
    CHECK(ids_of(index, query) == c.expected);
    CHECK(index.count(query) == c.expected.size());
  }
}

TEST_CASE("the merged view is filtered by the ticket that took them up") {
  const auto index = tickets(4, [](TicketRow& row, std::uint64_t n) {
    if (n == 4) return;
    row.status.category = Category::merged;
    set_extras(row, {.merged_into = TicketId{n == 3 ? 8U : 4U}});
  });
  ListQuery query;
  query.view = ListView::merged;
  query.filters.merged_into = {TicketId{4}};
  CHECK(ids_of(index, query) == Ids{2, 1});
  query.view = ListView::open;
  CHECK(ids_of(index, query).empty());
}

TEST_CASE("dates order the lists, and tickets without one come last ascending, first descending") {
  const struct {
    SortColumn column;
    void (*change)(TicketRow&, std::uint64_t);
    Ids up, down;
  } cases[] = {
      {SortColumn::due_at,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 1) set_extras(r, {.due_at = at(n == 2 ? 8 : 7)});
       },
       {3, 2, 1},
       {1, 2, 3}},
      {SortColumn::estimated_resolution_at,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 3) set_extras(r, {.estimated_resolution_at = at(n == 2 ? -8 : 7)});
       },
       {2, 1, 3},
       {3, 1, 2}},
  };
  for (const auto& c : cases) {
    INFO(name_of(c.column));
    const auto index = tickets(3, c.change);
    ListQuery query;
    query.sort = {{c.column, false}};
    CHECK(ids_of(index, query) == c.up);
    query.sort = {{c.column, true}};
    CHECK(ids_of(index, query) == c.down);
  }
}

TEST_CASE("a ticket with several values counts for each, one without values as absent") {
  ListIndex index;
  auto row = ticket(1);
  set_extras(row, {.copies = {AgentId{3}, AgentId{20}, AgentId{3}}, .context_types = {"invoice"}});
  index.put(row);
  row = ticket(2);
  set_extras(row, {.copies = {AgentId{20}}});
  index.put(row);
  index.put(ticket(3));
  const auto copies = facet(index, ListQuery{}, FacetColumn::copy);
  CHECK(copies == Facet{FacetColumn::copy, Values{{"20", 2}, {"3", 1}}, 2, 1});
  CHECK(facet(index, ListQuery{}, FacetColumn::context_type) ==
        Facet{FacetColumn::context_type, Values{{"invoice", 1}}, 1, 2});
  CHECK(facet(index, ListQuery{}, FacetColumn::needs_look).values == Values{{"false", 3}});
}

}  // namespace greffe
