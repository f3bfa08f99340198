// Cursors: what is refused, and what texts they hold.
#include <catch2/catch.hpp>

#include "projections/lists/collation.h"
#include "projections/lists/cursor.h"
#include "projections/lists/list_index.h"

namespace greffe {
namespace {

ListIndex index_of(std::uint64_t count) {
  ListIndex index;
  for (std::uint64_t id = 1; id <= count; ++id) {
    TicketRow row;
    row.id = {id};
    row.title.text = "a title that does not fit one word " + std::to_string(id % 3);
    row.status = {"open", Category::open};
    if (id % 2 == 0) row.assignee = AgentId{id};
    index.put(row);
  }
  return index;
}

ListQuery query_of(std::vector<SortKey> sort) {
  ListQuery query;
  query.sort = std::move(sort);
  query.limit = 2;
  return query;
}

bool refused(const ListIndex& index, ListQuery query, std::string cursor) {
  query.cursor = std::move(cursor);
  return !index.query(query);
}

}  // namespace

TEST_CASE("a cursor with any byte changed, left out or added is refused") {
  const auto index = index_of(9);
  const auto query = query_of({{SortColumn::assignee, true}, {SortColumn::title, false}});
  const auto good = index.query(query)->next_cursor;
  REQUIRE_FALSE(refused(index, query, good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char c : {'A', 'B', '_', '=', '+', ' ', '\0', '\x80'}) {
      auto bad = good;
      bad[i] = c;
      if (bad != good) CHECK(refused(index, query, bad));
    }
    CHECK(refused(index, query, good.substr(0, i + 1) + good.substr(i)));
    if (i > 0) CHECK(refused(index, query, good.substr(0, i)));
  }
  for (const char* tail : {"=", "A", "AA", "\n"}) CHECK(refused(index, query, good + tail));
}

TEST_CASE("a cursor serves no query but its own") {
  const auto index = index_of(9);
  auto query = query_of({{SortColumn::title, false}});
  query.view = ListView::mine_open;
  query.me = AgentId{4};
  query.filters.status = {"open", "new"};
  auto cursor_query = query;
  cursor_query.view = ListView::open;
  cursor_query.filters = {};
  const auto cursor = index.query(cursor_query)->next_cursor;
  REQUIRE_FALSE(cursor.empty());
  CHECK_FALSE(refused(index, cursor_query, cursor));

  const auto mark = fingerprint(query, query.sort);
  const auto differs = [&](auto&& change) {
    auto other = query;
    change(other);
    return fingerprint(other, other.sort) != mark;
  };
  CHECK(differs([](ListQuery& q) { q.view = ListView::mine_closed; }));
  CHECK(differs([](ListQuery& q) { q.me = AgentId{5}; }));
  CHECK(differs([](ListQuery& q) { q.sort = {{SortColumn::title, true}}; }));
  CHECK(differs([](ListQuery& q) { q.sort.push_back({SortColumn::number, false}); }));
  CHECK(differs([](ListQuery& q) { q.filters.status = {"open"}; }));
  CHECK(differs([](ListQuery& q) { q.filters.status = {"opennew"}; }));
  CHECK(differs([](ListQuery& q) { std::swap(q.filters.status, q.filters.priority); }));
  CHECK(differs([](ListQuery& q) { q.filters.team = {TeamId{1}}; }));
  CHECK(differs([](ListQuery& q) { q.filters.opened_from = Instant{}; }));
  CHECK(differs([](ListQuery& q) { q.filters.updated_before = Instant{}; }));
  CHECK(differs([](ListQuery& q) { q.mine.copy = false; }));
  CHECK(differs([](ListQuery& q) { q.reader = PortalReader{}; }));
  CHECK(differs([](ListQuery& q) { q.filters.copy = {AgentId{1}}; }));
  CHECK(differs([](ListQuery& q) { q.filters.creator = {AgentId{1}}; }));
  CHECK(differs([](ListQuery& q) { q.filters.origin = {"call"}; }));
  CHECK(differs([](ListQuery& q) { q.filters.context_type = {"invoice"}; }));
  CHECK(differs([](ListQuery& q) { q.filters.parent = {TicketId{1}}; }));
  CHECK(differs([](ListQuery& q) { q.filters.merged_into = {TicketId{1}}; }));
  CHECK(differs([](ListQuery& q) { q.filters.has_parent = false; }));
  CHECK(differs([](ListQuery& q) { q.filters.needs_look = false; }));
  CHECK(differs([](ListQuery& q) { q.filters.closed_from = Instant{}; }));
  CHECK(differs([](ListQuery& q) { q.filters.due_before = Instant{}; }));
  CHECK_FALSE(differs([](ListQuery& q) { q.my_teams = {TeamId{1}}; }));  // mine does not depend on them
  CHECK_FALSE(differs([](ListQuery& q) { q.filters.status = {"new", "open", "new"}; }));
  CHECK_FALSE(differs([](ListQuery& q) { q.limit = 7; }));
}

TEST_CASE("a cursor serves no other reader, no other teams") {
  const auto mark_of = [](auto&& change) {
    ListQuery query;
    query.view = ListView::team_open;
    query.my_teams = {TeamId{1}};
    query.reader = PortalReader{ContactId{1}, OrganisationId{2}};
    change(query);
    return fingerprint(query, query.sort);
  };
  const auto mark = mark_of([](ListQuery&) {});
  CHECK(mark != mark_of([](ListQuery& q) { q.reader.reset(); }));
  CHECK(mark != mark_of([](ListQuery& q) { q.reader->contact = ContactId{2}; }));
  CHECK(mark != mark_of([](ListQuery& q) { q.reader->contact.reset(); }));
  CHECK(mark != mark_of([](ListQuery& q) { q.reader->organisation.reset(); }));
  CHECK(mark != mark_of([](ListQuery& q) { q.reader = PortalReader{ContactId{2}, OrganisationId{1}}; }));
  CHECK(mark != mark_of([](ListQuery& q) { q.my_teams = {TeamId{1}, TeamId{2}}; }));
  CHECK(mark != mark_of([](ListQuery& q) { q.my_teams.clear(); }));
  CHECK(mark == mark_of([](ListQuery& q) { q.my_teams = {TeamId{1}, TeamId{1}}; }));
  CHECK(mark == mark_of([](ListQuery& q) { q.me = AgentId{1}; }));
}

TEST_CASE("the page size may change from page to page") {
  const auto index = index_of(9);
  auto query = query_of({{SortColumn::number, false}});
  query.cursor = index.query(query)->next_cursor;
  query.limit = list_limit_max;
  const auto rest = index.query(query);
  REQUIRE(rest);
  CHECK(rest->ids.size() == 7);
  CHECK(rest->ids.front() == TicketId{3});
  CHECK(rest->next_cursor.empty());
}

TEST_CASE("values that no cursor holds are refused even under a good checksum") {
  const ValueForm forms[] = {ValueForm::key, ValueForm::text, ValueForm::number};
  const std::string key("\0\1k", 3), head(8, 'h'), id(8, 'i');
  const auto sealed = [&](const std::string& values) { return decode_cursor(seal_cursor(1, values), 1, forms); };
  const std::string no_rest(1, '\0'), rest = "\x08" + std::string(8, 'r');
  CHECK(sealed(key + head + no_rest + id));
  CHECK(sealed(key + head + rest + id));
  CHECK(sealed("\xff\xff" + head + rest + id));                                               // absent
  CHECK_FALSE(sealed(std::string(2, '\0') + head + rest + id));                               // an empty key
  CHECK_FALSE(sealed(std::string("\0\x08", 2) + std::string(8, '\xff') + head + rest + id));  // poses as absent
  CHECK_FALSE(sealed(key + head + "\x07" + std::string(7, 'r') + id));                        // not whole words
  CHECK_FALSE(sealed(key + head + "\x40" + std::string(64, 'r') + id));                       // too long
  CHECK_FALSE(sealed(key + head + rest + id + "x"));
  CHECK_FALSE(sealed(key + head + rest + id.substr(1)));
  CHECK_FALSE(sealed(""));
}

TEST_CASE("texts order as people read them") {
  const struct {
    const char *first, *second;
  } cases[] = {{"", "a"},
               {"eau", "Écran"},
               {"écran", "ECROU"},
               {"cœur", "coffre"},
               {"Straße", "strate"},
               {"salle 2", "salle 10"},
               {"salle 9", "salle 10b"},
               {"2016-9999", "2016-10000"},
               {"99999999", "100000000"},
               {"123456789", "1234567890"},
               {"999999999999999999", "1000000000000000000"},
               {"a b", "ab"},
               {"a", "a b"},
               {"a 1", "a b"},
               {"zz", "λ"},
               {"λ", "μ"},
               {"imprimante du deuxième étage, côté cour", "imprimante du deuxième étage, côté rue"}};
  for (const auto& [first, second] : cases) {
    INFO(first << " | " << second);
    CHECK(collate(first).view() < collate(second).view());
  }
}

TEST_CASE("accents, case, punctuation and the way of writing do not count") {
  const struct {
    const char *one, *other;
  } cases[] = {{"Élève", "eleve"},  {"e\u0301le\u0300ve", "élève"},
               {"L’été", "l'ete"},  {"  a,  b! ", "A b"},
               {"Œuvre", "oeuvre"}, {"n° 007", "N 7"},
               {"\xff\xc3 a", "a"}, {"!?", ""}};
  for (const auto& [one, other] : cases) {
    INFO(one << " | " << other);
    CHECK(collate(one).view() == collate(other).view());
  }
}

TEST_CASE("a collation key stays within its bounds for any text") {
  for (const auto& text : {std::string(5000, 'x'), std::string(5000, '7'), std::string(5000, '\xff'),
                           std::string("\xf4\x8f\xbf\xbf\xf4\x8f\xbf\xbf"), std::string("\xe2\x82")}) {
    const auto key = collate(text);
    CHECK(key.view().size() >= 8);
    CHECK(key.view().size() <= CollationKey::bytes_max);
    CHECK(key.view().size() % 8 == 0);
    CHECK(head_of(key.view()) < absent_head);
  }
  CHECK(collate(std::string(96, 'a')).view() < collate(std::string(95, 'a') + "b").view());
  CHECK(collate(std::string(97, 'a')).view() == collate(std::string(96, 'a') + "b").view());
}

TEST_CASE("paths order node by node") {
  using Path = std::vector<std::string>;
  CHECK(collate(Path{"a", "z"}).view() < collate(Path{"a b"}).view());
  CHECK(collate(Path{"a"}).view() < collate(Path{"a", "a"}).view());
  CHECK(collate(Path{"Réseau", "x"}).view() == collate(Path{"reseau", "X"}).view());
}

}  // namespace greffe
