// Facets case by case; the properties against the model are in projections_lists_test.cpp.
#include <catch2/catch.hpp>

#include "projections/lists/list_index.h"

namespace greffe {
namespace {

using Values = std::vector<FacetValue>;

TicketRow ticket(std::uint64_t id) {
  TicketRow row;
  row.id = {id};
  row.status = {"open", Category::open};
  return row;
}

Facet facet(const ListIndex& index, const ListQuery& query, FacetColumn column) {
  return index.facets(query, {&column, 1}).front();
}

}  // namespace

TEST_CASE("a facet leaves out its own filter and keeps the others") {
  ListIndex index;
  for (std::uint64_t id = 1; id <= 6; ++id) {
    auto row = ticket(id);
    row.team = TeamId{id % 2 + 1};
    row.classification.group = id <= 4 ? "a" : "b";
    index.put(row);
  }
  ListQuery query;
  query.filters.group = {"a"};
  query.filters.team = {TeamId{1}};
  const FacetColumn columns[] = {FacetColumn::group, FacetColumn::team, FacetColumn::kind};
  const auto facets = index.facets(query, columns);
  REQUIRE(facets.size() == 3);
  CHECK(facets[0] == Facet{FacetColumn::group, Values{{"a", 2}, {"b", 1}}, 2, 0});
  CHECK(facets[1] == Facet{FacetColumn::team, Values{{"1", 2}, {"2", 2}}, 2, 0});
  CHECK(facets[2] == Facet{FacetColumn::kind, Values{{"external", 2}}, 1, 0});
}

TEST_CASE("a facet whose own filter finds nothing still shows what else could be chosen") {
  ListIndex index;
  index.put(ticket(1));
  ListQuery query;
  query.filters.status = {"nobody has it"};
  CHECK(facet(index, query, FacetColumn::status).values == Values{{"open", 1}});
  CHECK(facet(index, query, FacetColumn::kind).values.empty());
}

TEST_CASE("a key of several categories or ranks is one value of its facet") {
  ListIndex index;
  for (std::uint64_t id = 1; id <= 4; ++id) {
    auto row = ticket(id);
    row.status = {id == 4 ? "done" : "going", id == 2   ? Category::pending
                                              : id == 3 ? Category::closed
                                                        : Category::open};
    row.priority = {"p", static_cast<std::uint32_t>(id)};
    index.put(row);
  }
  ListQuery query;
  query.view = ListView::all;
  CHECK(facet(index, query, FacetColumn::status) ==
        Facet{FacetColumn::status, Values{{"going", 3}, {"done", 1}}, 2, 0});
  CHECK(facet(index, query, FacetColumn::priority).values == Values{{"p", 4}});
  query.view = ListView::open;
  CHECK(facet(index, query, FacetColumn::status).values == Values{{"going", 2}, {"done", 1}});
}

TEST_CASE("a facet gives its most frequent values only, but says how many there are") {
  ListIndex index;
  std::uint64_t id = 0;
  for (std::uint64_t contact = 1; contact <= 250; ++contact) {
    for (std::uint64_t i = 0; i < (contact % 10 == 0 ? 3U : 1U); ++i) {
      auto row = ticket(++id);
      row.party.contact = ContactId{contact};
      row.status.category = id % 2 == 0 ? Category::open : Category::closed;
      index.put(row);
    }
  }
  ListQuery query;
  query.view = ListView::all;
  const auto contacts = facet(index, query, FacetColumn::contact);
  CHECK(contacts.distinct == 250);
  REQUIRE(contacts.values.size() == facet_values_max);
  CHECK(contacts.values[0] == FacetValue{"10", 3});
  CHECK(contacts.values[24] == FacetValue{"250", 3});
  CHECK(contacts.values[25] == FacetValue{"1", 1});
  CHECK(contacts.values[34] == FacetValue{"11", 1});
}

TEST_CASE("no columns, no facets") { CHECK(ListIndex().facets(ListQuery{}, {}).empty()); }

TEST_CASE("an empty index has empty facets and counts in every view") {
  const ListIndex index;
  for (std::size_t view = 0; view < names_of(ListView{}).size(); ++view) {
    ListQuery query;
    query.view = static_cast<ListView>(view);
    query.me = AgentId{1};
    query.my_teams = {TeamId{1}};
    query.filters.due_before = Instant{};
    CHECK(index.count(query) == 0);
    for (std::size_t i = 0; i < names_of(FacetColumn{}).size(); ++i) {
      const auto column = static_cast<FacetColumn>(i);
      CHECK(facet(index, query, column) == Facet{column, {}, 0, 0});
    }
    REQUIRE(index.query(query));
    CHECK(index.query(query)->ids.empty());
  }
}

}  // namespace greffe
