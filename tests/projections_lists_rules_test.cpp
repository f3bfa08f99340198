// What each filter and sort column means, case by case.
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

Ids sorted_by(const ListIndex& index, SortColumn column, bool descending = false) {
  ListQuery query;
  query.sort = {{column, descending}};
  return ids_of(index, query);
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

// Ticket 1 has the value wanted, 2 another, 3 none or a third.
ListIndex tickets_to_filter() {
  return tickets(3, [](TicketRow& row, std::uint64_t n) {
    row.status = {n == 1 ? "waiting" : "going", n == 3 ? Category::pending : Category::open};
    row.priority = {n == 1 ? "high" : "low", static_cast<std::uint32_t>(n)};
    row.kind = n == 1 ? TicketKind::internal : TicketKind::external;
    row.channel = n == 1 ? Channel::email : Channel::portal;
    row.creator = {n == 3 ? ActorKind::contact : ActorKind::agent, n};
    if (n == 3) return;
    row.origin = n == 1 ? "call" : "letter";
    row.last_closed_at = at(static_cast<int>(n));
    row.assignee = AgentId{n};
    row.team = TeamId{n};
    row.party = {ContactId{n}, OrganisationId{n}};
    row.classification = {{n == 1 ? "Network" : "Desk", "Network"}, "r" + std::to_string(n), "g" + std::to_string(n)};
  });
}

}  // namespace

TEST_CASE("a filter keeps the tickets with one of its values") {
  const auto index = tickets_to_filter();
  const struct {
    const char* name;
    void (*set)(ListFilters&);
    Ids expected;
  } cases[] = {
      {"none", [](ListFilters&) {}, {3, 2, 1}},
      {"status", [](ListFilters& f) { f.status = {"waiting"}; }, {1}},
      {"status of two categories", [](ListFilters& f) { f.status = {"going"}; }, {3, 2}},
      {"status that nobody has", [](ListFilters& f) { f.status = {"Waiting"}; }, {}},
      {"priority", [](ListFilters& f) { f.priority = {"high"}; }, {1}},
      {"priority of two ranks", [](ListFilters& f) { f.priority = {"low"}; }, {3, 2}},
      {"assignee", [](ListFilters& f) { f.assignee = {AgentId{1}}; }, {1}},
      {"two assignees",
       [](ListFilters& f) {
         f.assignee = {AgentId{1}, AgentId{2}};
       },
       {2, 1}},
      {"assignee unknown", [](ListFilters& f) { f.assignee = {AgentId{UINT64_MAX}}; }, {}},
      {"without assignee", [](ListFilters& f) { f.assignee = {std::nullopt}; }, {3}},
      {"without team or of one",
       [](ListFilters& f) {
         f.team = {std::nullopt, TeamId{1}};
       },
       {3, 1}},
      {"without contact", [](ListFilters& f) { f.contact = {std::nullopt}; }, {3}},
      {"without organisation", [](ListFilters& f) { f.organisation = {std::nullopt}; }, {3}},
      {"opened by no agent", [](ListFilters& f) { f.creator = {std::nullopt}; }, {3}},
      {"one known, one unknown",
       [](ListFilters& f) {
         f.team = {TeamId{77}, TeamId{2}};
       },
       {2}},
      {"contact", [](ListFilters& f) { f.contact = {ContactId{1}}; }, {1}},
      {"organisation", [](ListFilters& f) { f.organisation = {OrganisationId{1}}; }, {1}},
      {"kind", [](ListFilters& f) { f.kind = {TicketKind::internal}; }, {1}},
      {"channel", [](ListFilters& f) { f.channel = {Channel::email}; }, {1}},
      {"category by its first node only", [](ListFilters& f) { f.category = {CategoryPath{"Network"}}; }, {1}},
      {"without category", [](ListFilters& f) { f.category = {CategoryPath{}}; }, {3}},
      {"request type", [](ListFilters& f) { f.request_type = {"r1"}; }, {1}},
      {"without group", [](ListFilters& f) { f.group = {""}; }, {3}},
      {"group",
       [](ListFilters& f) {
         f.group = {"g1", "g2"};
       },
       {2, 1}},
      {"opened_from holds its instant", [](ListFilters& f) { f.opened_from = at(2); }, {3, 2}},
      {"opened_before does not", [](ListFilters& f) { f.opened_before = at(2); }, {1}},
      {"updated_from", [](ListFilters& f) { f.updated_from = at(3); }, {3}},
      {"updated_before", [](ListFilters& f) { f.updated_before = at(3); }, {2, 1}},
      {"an empty span of time", [](ListFilters& f) { f.opened_from = f.opened_before = at(2); }, {}},
      {"creator", [](ListFilters& f) { f.creator = {AgentId{1}}; }, {1}},
      {"a contact is no creating agent", [](ListFilters& f) { f.creator = {AgentId{3}}; }, {}},
      {"origin", [](ListFilters& f) { f.origin = {"call"}; }, {1}},
      {"without origin", [](ListFilters& f) { f.origin = {""}; }, {3}},
      {"closed_from", [](ListFilters& f) { f.closed_from = at(2); }, {2}},
      {"closed_before", [](ListFilters& f) { f.closed_before = at(2); }, {1}},
      {"filters together", [](ListFilters& f) { f.team = {TeamId{2}}, f.status = {"going"}; }, {2}},
      {"filters that exclude each other", [](ListFilters& f) { f.team = {TeamId{2}}, f.status = {"waiting"}; }, {}},
  };
  for (const auto& c : cases) {
    INFO(c.name);
    ListQuery query;
    c.set(query.filters);
    CHECK(ids_of(index, query) == c.expected);
  }
}

TEST_CASE("a category holds the categories below it, at any depth") {
  const std::vector<CategoryPath> paths = {{"hw"}, {"hw", "pc"}, {"hw", "pc", "disk"}, {"hw", "pc2"}, {"pc"}, {}};
  const auto index = tickets(6, [&](TicketRow& row, std::uint64_t n) { row.classification.category = paths[n - 1]; });
  const struct {
    std::vector<CategoryPath> wanted;
    Ids expected;
  } cases[] = {{{CategoryPath{"hw"}}, {4, 3, 2, 1}},
               {{CategoryPath{"hw", "pc"}}, {3, 2}},
               {{CategoryPath{"hw", "pc", "disk"}}, {3}},
               {{CategoryPath{"hw", "pc", "disk", "head"}}, {}},
               {{CategoryPath{"pc"}}, {5}},
               {{CategoryPath{"pc", "hw"}}, {}},
               {{CategoryPath{"hw", "pc2"}, CategoryPath{"pc"}, CategoryPath{}}, {6, 5, 4}},
               {{CategoryPath{"hw"}, CategoryPath{"hw", "pc"}}, {4, 3, 2, 1}}};
  for (const auto& [wanted, expected] : cases) {
    ListQuery query;
    query.filters.category = wanted;
    INFO(wanted.size() << " paths, the last of " << wanted.back().size() << " nodes");
    CHECK(ids_of(index, query) == expected);
    CHECK(index.count(query) == expected.size());
    query.filters.category.push_back({"unknown"});
    query.sort = {{SortColumn::category, true}};
    CHECK(index.count(query) == expected.size());
    CHECK(ids_of(index, query).size() == expected.size());
  }
}

TEST_CASE("without a sort the newest opened come first, and equal ones by id") {
  const auto index = tickets(4, [](TicketRow& row, std::uint64_t n) { row.opened_at = at(n == 4 ? 1 : 2); });
  CHECK(ids_of(index, ListQuery{}) == Ids{1, 2, 3, 4});
}

namespace {

struct ColumnCase {
  SortColumn column;
  void (*change)(TicketRow&, std::uint64_t);
  Ids up, down;
};

std::vector<ColumnCase> column_cases() {
  return {
      {SortColumn::number,
       [](TicketRow& r, std::uint64_t n) { r.number = n == 1   ? "2016-10000"
                                                      : n == 2 ? "2016-9999"
                                                               : "2015-0001"; },
       {3, 2, 1},
       {1, 2, 3}},
      {SortColumn::title,
       [](TicketRow& r, std::uint64_t n) { r.title.text = n == 1   ? "Écran"
                                                          : n == 2 ? "eau"
                                                                   : "ecrou"; },
       {2, 1, 3},
       {3, 1, 2}},
      {SortColumn::status,
       [](TicketRow& r, std::uint64_t n) {
         r.status = {n == 1 ? "a" : "b", n == 3 ? Category::fresh : Category::open};
       },
       {3, 1, 2},
       {2, 1, 3}},
      {SortColumn::priority,
       [](TicketRow& r, std::uint64_t n) {
         r.priority = {n == 1 ? "a" : "b", n == 1 ? 300U : static_cast<unsigned>(n)};
       },
       {2, 3, 1},
       {1, 3, 2}},
      {SortColumn::opened_at,
       [](TicketRow& r, std::uint64_t n) {
         r.opened_at = at(n == 1 ? -5 : n == 2 ? 9 : 3);
       },
       {1, 3, 2},
       {2, 3, 1}},
      {SortColumn::updated_at,
       [](TicketRow& r, std::uint64_t n) { r.updated_at = at(n == 1 ? 8 : 7); },
       {2, 3, 1},
       {1, 2, 3}},
      {SortColumn::closed_at,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 1) r.last_closed_at = at(n == 2 ? 8 : 7);
       },
       {3, 2, 1},
       {1, 2, 3}},
      {SortColumn::assignee,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 1) r.assignee = AgentId{n};
       },
       {2, 3, 1},
       {1, 3, 2}},
      {SortColumn::team,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 2) r.team = TeamId{n == 1 ? 10U : 9U};
       },
       {3, 1, 2},
       {2, 1, 3}},
      {SortColumn::origin,
       [](TicketRow& r, std::uint64_t n) {
         if (n != 1) r.origin = n == 2 ? "Élu" : "appel";
       },
       {3, 2, 1},
       {1, 2, 3}},
      {SortColumn::category,
       [](TicketRow& r, std::uint64_t n) {
         if (n == 1) r.classification.category = {"Réseau", "Wifi"};
         if (n == 3) r.classification.category = {"reseau"};
       },
       {3, 1, 2},
       {2, 1, 3}},
  };
}

}  // namespace

TEST_CASE("each column has its order, and what is absent comes last ascending, first descending") {
  for (const auto& c : column_cases()) {
    INFO(name_of(c.column));
    const auto index = tickets(3, c.change);
    CHECK(sorted_by(index, c.column) == c.up);
    CHECK(sorted_by(index, c.column, true) == c.down);
  }
}

TEST_CASE("tickets follow the names of those they refer to") {
  const struct {
    SortColumn column;
    StreamKind kind;
  } cases[] = {{SortColumn::assignee, StreamKind::agent},
               {SortColumn::team, StreamKind::team},
               {SortColumn::contact, StreamKind::contact},
               {SortColumn::organisation, StreamKind::organisation}};
  for (const auto& [column, kind] : cases) {
    INFO(name_of(column));
    ListIndex index;
    index.name({kind, 2}, "Zoé");  // before its ticket
    for (std::uint64_t id : {1U, 2U, 3U}) {
      auto row = ticket(id);
      row.assignee = AgentId{id};
      row.team = TeamId{id};
      row.party = {ContactId{id}, OrganisationId{id}};
      index.put(row);
    }
    CHECK(sorted_by(index, column) == Ids{1, 3, 2});  // without a name: "1", "3"
    index.name({kind, 1}, "émile");                   // after its ticket
    CHECK(sorted_by(index, column) == Ids{3, 1, 2});
    index.name({kind, 3}, "Étienne");
    CHECK(sorted_by(index, column) == Ids{1, 3, 2});
    index.name({kind, 3}, "ZOE");  // the same to the eye: by id
    CHECK(sorted_by(index, column) == Ids{1, 2, 3});
    index.name({kind, 1}, "");
    index.name({kind, 2}, "");
    index.name({kind, 3}, "");
    CHECK(sorted_by(index, column, true) == Ids{3, 2, 1});
  }
}

TEST_CASE("tickets follow the ranks of their priorities as they are now") {
  const auto defined = [](std::initializer_list<const char*> keys) {
    PrioritiesDefined priorities;
    for (const auto* key : keys) priorities.priorities.push_back({key, {}, {}});
    return priorities;
  };
  // Two tickets of one priority, opened while it had other ranks.
  auto index = tickets(4, [](TicketRow& row, std::uint64_t n) {
    row.priority = {n == 1 ? "low" : n == 4 ? "mid" : "high", static_cast<std::uint32_t>(n)};
  });
  const auto down = [&] { return sorted_by(index, SortColumn::priority, true); };
  CHECK(down() == Ids{4, 3, 2, 1});
  index.rank(defined({"low", "mid", "high"}));
  CHECK(down() == Ids{2, 3, 4, 1});
  index.rank(defined({"high", "mid", "low"}));
  CHECK(down() == Ids{1, 4, 2, 3});
  auto row = ticket(5);
  row.priority = {"high", 77};
  index.put(row);
  CHECK(down() == Ids{1, 4, 2, 3, 5});
  index.rank(defined({"mid", "high"}));  // what is dropped keeps the rank that it had last
  CHECK(down() == Ids{1, 2, 3, 5, 4});
  ListQuery query;
  query.filters.priority = {"high"};
  CHECK(index.count(query) == 3);
  query.sort = {{SortColumn::priority, true}, {SortColumn::opened_at, true}};
  query.filters = {};
  CHECK(ids_of(index, query) == Ids{1, 5, 3, 2, 4});
}

TEST_CASE("later sort keys order what the earlier ones leave equal") {
  const auto index = tickets(4, [](TicketRow& row, std::uint64_t n) {
    row.priority = {"p", n <= 2 ? 1U : 2U};
    row.title.text = n % 2 == 0 ? "a" : "b";
  });
  ListQuery query;
  query.sort = {{SortColumn::priority, true}, {SortColumn::title, false}};
  CHECK(ids_of(index, query) == Ids{4, 3, 2, 1});
  query.sort = {{SortColumn::title, false}, {SortColumn::title, true}};  // the second cannot decide
  CHECK(ids_of(index, query) == Ids{2, 4, 1, 3});
}

}  // namespace greffe
