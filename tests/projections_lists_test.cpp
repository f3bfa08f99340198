// The list index against a plain model: every view, filter, column and path, page by page.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "projections/lists/list_index.h"
#include "tests/projections_lists_chance.h"
#include "tests/projections_lists_model.h"

namespace greffe {
namespace {

// Follows the cursors to the end.
std::vector<TicketId> all_pages(const ListIndex& index, ListQuery query) {
  std::vector<TicketId> ids;
  query.cursor.clear();
  do {
    const auto page = index.query(query);
    if (!page) throw std::runtime_error("the index refused its own cursor");
    if (page->ids.size() > query.limit) throw std::runtime_error("the page is longer than its limit");
    if (page->ids.size() < query.limit && !page->next_cursor.empty()) throw std::runtime_error("a short page goes on");
    ids.insert(ids.end(), page->ids.begin(), page->ids.end());
    query.cursor = page->next_cursor;
  } while (!query.cursor.empty());
  return ids;
}

struct Both {
  explicit Both(ListIndex::Tuning tuning) : index(tuning) {}

  void change(ListChance& chance, std::uint64_t ids) {
    const auto what = chance.below(10);
    if (what == 0) {
      const TicketId id{chance.below(ids) + 1};
      index.erase(id);
      model.erase(id);
    } else if (what == 1) {
      const auto entry = chance.entry();
      const auto name = chance.name();
      index.name(entry, name);
      model.name(entry, name);
    } else if (what == 2 && chance.one_in(10)) {
      const auto defined = chance.priorities();
      index.rank(defined);
      model.rank(defined);
    } else {
      const auto row = chance.row(ids);
      index.put(row);
      model.put(row);
    }
  }

  ListIndex index;
  ListModel model;
};

std::vector<Facet> facets(const ListModel& model, const ListQuery& query, std::span<const FacetColumn> columns) {
  std::vector<Facet> facets;
  for (const auto column : columns) facets.push_back(model.facet(query, column));
  return facets;
}

}  // namespace

TEST_CASE("the index gives what a plain sort gives, for any rows, changes and queries") {
  CHECK(rc::check("index equals model", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto tuning =
        *rc::gen::element(ListIndex::Tuning{}, ListIndex::Tuning{0, 0}, ListIndex::Tuning{1, 4},
                          ListIndex::Tuning{4, 0}, ListIndex::Tuning{0, 1000}, ListIndex::Tuning{8, 16});
    const auto changes = *rc::gen::inRange(0, 300);
    ListChance chance(seed);
    Both both(tuning);
    for (int i = 0; i < changes; ++i) both.change(chance, 120);
    for (int i = 0; i < 12; ++i) {
      auto query = chance.query();
      query.limit = 1 + chance.below(chance.one_in(3) ? list_limit_max : 9);
      RC_ASSERT(all_pages(both.index, query) == both.model.query(query));
      RC_ASSERT(both.index.count(query) == both.model.count(query));
      const auto columns = chance.facet_columns();
      RC_ASSERT(both.index.facets(query, columns) == facets(both.model, query, columns));
      if (chance.one_in(2)) query.me.reset();
      RC_ASSERT(both.index.counts(query) == both.model.counts(query));
    }
    RC_ASSERT(both.index.size() == both.model.rows().size());
  }));
}

// Enough tickets that values have bitmaps rather than arrays, and groups pass few_max.
TEST_CASE("thousands of tickets give what a plain sort gives, whatever path is taken") {
  for (const auto tuning : {ListIndex::Tuning{64, 32}, ListIndex::Tuning{}, ListIndex::Tuning{0, 0}}) {
    ListChance chance(20160229);
    Both both(tuning);
    for (int i = 0; i < 9000; ++i) both.change(chance, 5000);
    for (int i = 0; i < 120; ++i) {
      auto query = chance.query();
      query.limit = 150 + chance.below(50);
      INFO("query " << i << ", few_max " << tuning.few_max);
      CHECK(all_pages(both.index, query) == both.model.query(query));
      CHECK(both.index.count(query) == both.model.count(query));
      const auto columns = chance.facet_columns();
      CHECK(both.index.facets(query, columns) == facets(both.model, query, columns));
    }
    for (std::size_t column = 0; column < names_of(SortColumn{}).size(); ++column) {
      for (const bool descending : {false, true}) {
        ListQuery query;
        query.view = column % 2 == 0 ? ListView::open : ListView::all;
        query.limit = list_limit_max;
        query.sort = {{static_cast<SortColumn>(column), descending}, {SortColumn::priority, true}};
        INFO("everything by " << name_of(query.sort.front().column) << ", few_max " << tuning.few_max);
        CHECK(all_pages(both.index, query) == both.model.query(query));
      }
    }
    CHECK(both.index.memory_bytes() > both.index.size() * 100);
    for (const auto& [id, row] : both.model.rows()) both.index.erase(id);
    CHECK(both.index.size() == 0);
    CHECK(both.index.counts(ListQuery{}) == ListCounts{});
  }
}

TEST_CASE("while tickets change, a page never goes back behind the one before") {
  CHECK(rc::check("paging among changes", [] {
    ListChance chance(*rc::gen::arbitrary<std::uint64_t>());
    Both both(*rc::gen::element(ListIndex::Tuning{}, ListIndex::Tuning{2, 6}));
    for (int i = 0; i < 200; ++i) both.change(chance, 120);
    auto query = chance.query();
    query.limit = 1 + chance.below(9);
    const auto before = both.model.query(query);
    const auto page = both.index.query(query);
    RC_ASSERT(page.has_value());
    RC_PRE(!page->next_cursor.empty());
    // The last ticket of the page goes too: the cursor must not need it.
    std::vector<TicketId> gone{page->ids.back()};
    for (int i = 0; i < 20; ++i) gone.push_back({chance.below(120) + 1});
    for (const auto id : gone) {
      both.index.erase(id);
      both.model.erase(id);
    }
    std::vector<TicketId> expected(before.begin() + static_cast<std::ptrdiff_t>(page->ids.size()), before.end());
    std::erase_if(expected, [&](TicketId id) { return !both.model.rows().contains(id); });
    query.cursor = page->next_cursor;
    std::vector<TicketId> rest;
    while (!query.cursor.empty()) {
      const auto next = both.index.query(query);
      RC_ASSERT(next.has_value());
      rest.insert(rest.end(), next->ids.begin(), next->ids.end());
      query.cursor = next->next_cursor;
    }
    RC_ASSERT(rest == expected);
  }));
}

}  // namespace greffe
