// The parts of a ticket: their fold, their past, their view.
#include <rapidcheck.h>

#include <random>

#include "projections/as_of.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

TicketParts fold(const History& history, TicketId id) {
  TicketParts parts;
  for (const Record& record : history.records()) {
    if (record.envelope.stream_id != id.value || record.envelope.stream_kind != StreamKind::ticket) continue;
    fold_parts(parts, record.envelope, std::get<TicketEvent>(record.event));
  }
  return parts;
}

std::vector<std::uint32_t> todos_of(const TicketParts& parts) {
  std::vector<std::uint32_t> todos;
  for (const TodoRow& row : parts.todos) todos.push_back(row.todo.todo);
  return todos;
}

const AgentId anne{101};
const Addressee paul{{}, ContactId{201}, {}}, address{{}, {}, {"a@example.org"}};

}  // namespace

TEST_CASE("the answers that a ticket was opened with stay") {
  History history;
  TicketOpened opened;
  opened.answers = {{"line", "Which line?", {"the first"}}};
  CHECK(fold(history, history.open(opened)).answers == opened.answers);
}

TEST_CASE("who follows a ticket and what it is about are kept as the events say") {
  History history;
  const auto id = history.open();
  SECTION("watchers are told apart by kind and person") {
    history.on(id, WatcherAdded{WatcherKind::copy, paul}, {{}, minute * 7});
    history.on(id, WatcherAdded{WatcherKind::email, address});
    history.on(id, WatcherRemoved{WatcherKind::email, paul});
    REQUIRE(fold(history, id).watchers.size() == 2);
    CHECK(fold(history, id).watchers[0] == WatcherRow{WatcherKind::copy, paul, nine + minute * 7});
    history.on(id, WatcherRemoved{WatcherKind::copy, paul});
    REQUIRE(fold(history, id).watchers.size() == 1);
    CHECK(fold(history, id).watchers[0].who == address);
  }
  SECTION("contexts go by their number") {
    const ContextAt car{1, "vehicle", ContextId{5}, {"AB-123-CD"}, "https://x", {{"km", {"12"}}}};
    const ContextAt twin{2, "vehicle", ContextId{5}, {"AB-123-CD"}, {}, {}};
    history.on(id, ContextLinked{car});
    history.on(id, ContextLinked{twin});
    history.on(id, ContextUnlinked{car});
    CHECK(fold(history, id).contexts == std::vector{twin});
  }
}

TEST_CASE("work on a ticket is kept as the events say") {
  History history;
  const auto id = history.open();
  SECTION("to-dos are done, taken up again, ordered and dropped") {
    for (const std::uint32_t todo : {1u, 2u, 3u}) history.on(id, TodoAdded{{todo, {"x"}, anne, nine}});
    history.on(id, TodoCompleted{2}, {agent(anne), minute * 9});
    auto parts = fold(history, id);
    CHECK(parts.todos[1] == TodoRow{{2, {"x"}, anne, nine}, true, nine + minute * 9, agent(anne)});
    CHECK_FALSE(parts.todos[0].done);
    history.on(id, TodosReordered{{3, 1, 2}});
    CHECK(todos_of(fold(history, id)) == std::vector<std::uint32_t>{3, 1, 2});
    history.on(id, TodoDropped{1});
    history.on(id, TodoReopened{2});
    parts = fold(history, id);
    CHECK(todos_of(parts) == std::vector<std::uint32_t>{3, 2});
    CHECK(parts.todos[1] == TodoRow{{2, {"x"}, anne, nine}, false, {}, {}});
  }
  SECTION("documents and articles until they are removed") {
    history.on(id, DocumentAttached{{1, "aa", 5, "image/png", {"a.png"}}}, {agent(anne), minute});
    history.on(id, DocumentAttached{{2, "bb", 6, "image/png", {"b.png"}}});
    history.on(id, DocumentRemoved{2, {"wrong"}});
    history.on(id, ArticleLinked{1, "How to", "https://kb"});
    history.on(id, ArticleLinked{2, "Why", "https://kb2"});
    history.on(id, ArticleUnlinked{1});
    const auto parts = fold(history, id);
    REQUIRE(parts.documents.size() == 1);
    CHECK(parts.documents[0] == DocumentRow{{1, "aa", 5, "image/png", {"a.png"}}, nine + minute, agent(anne)});
    CHECK(parts.articles == std::vector<ArticleRow>{{2, "Why", "https://kb2"}});
  }
  SECTION("interventions and their newest answer, points") {
    history.on(id, InterventionRequested{1, {"Repair"}, {}, {}, {}, {}}, {{}, minute});
    history.on(id, InterventionRequested{2, {"Visit"}, {"Bring a valve"}, {}, {}, nine}, {{}, minute * 2});
    history.on(id, InterventionAnswered{2, "R-1", "https://x", {"Monday"}}, {{}, minute * 3});
    history.on(id, InterventionAnswered{2, "R-2", "https://y", {"Tuesday"}}, {{}, minute * 4});
    history.on(id, PointsSpent{ContractId{7}, 12, {"extra"}}, {{}, minute * 5});
    const auto parts = fold(history, id);
    CHECK(parts.interventions == std::vector<InterventionRow>{{1, {"Repair"}, nine + minute, {}, {}, {}, {}},
                                                              {2,
                                                               {"Visit"},
                                                               nine + minute * 2,
                                                               nine + minute * 4,
                                                               "R-2",
                                                               "https://y",
                                                               {"Tuesday"},
                                                               {"Bring a valve"},
                                                               nine}});
    CHECK(parts.points == std::vector<PointsRow>{{ContractId{7}, 12, {"extra"}, nine + minute * 5}});
  }
}

TEST_CASE("relations are kept as the events say") {
  History history;
  const auto id = history.open();
  SECTION("links of one type and direction to one ticket") {
    history.on(id, TicketsLinked{LinkType::depends_on, false, TicketId{8}, "8"});
    history.on(id, TicketsLinked{LinkType::depends_on, true, TicketId{8}, "8"});
    history.on(id, TicketsLinked{LinkType::causes, false, TicketId{8}, "8"});
    history.on(id, TicketsUnlinked{LinkType::depends_on, false, TicketId{8}, "8"});
    CHECK(fold(history, id).links == std::vector<LinkRow>{{LinkType::depends_on, true, TicketId{8}, "8"},
                                                          {LinkType::causes, false, TicketId{8}, "8"}});
  }
  SECTION("parent, children, and those lent in a merge") {
    history.on(id, ParentChanged{{}, "", TicketId{3}, "3", ParentCause::attached});
    history.on(id, SubTicketAdded{TicketId{4}, "4", ParentCause::opened});
    history.on(id, SubTicketAdded{TicketId{5}, "5", ParentCause::opened});
    history.on(id, SubTicketRemoved{TicketId{4}, "4", ParentCause::detached});
    CHECK(fold(history, id).parent == TicketRef{TicketId{3}, "3"});
    CHECK(fold(history, id).children == std::vector<TicketRef>{{TicketId{5}, "5"}});
    CHECK(fold(history, id).lent.empty());
    history.on(id, TicketMergedInto{TicketId{9}, "9", fresh, merged, {}, {}});
    history.on(id, SubTicketRemoved{TicketId{5}, "5", ParentCause::merged});
    CHECK(fold(history, id).merged_into == TicketRef{TicketId{9}, "9"});
    CHECK(fold(history, id).lent == std::vector<TicketRef>{{TicketId{5}, "5"}});
    history.on(id, TicketUnmerged{TicketId{9}, "9", merged, fresh, {}, {}});
    history.on(id, SubTicketAdded{TicketId{5}, "5", ParentCause::unmerged});
    history.on(id, ParentChanged{TicketId{3}, "3", {}, "", ParentCause::detached});
    const auto parts = fold(history, id);
    CHECK_FALSE(parts.merged_into);
    CHECK_FALSE(parts.parent);
    CHECK(parts.lent.empty());
    CHECK(parts.children == std::vector<TicketRef>{{TicketId{5}, "5"}});
  }
  SECTION("absorbed tickets and the one it was split from") {
    history.on(id, TicketAbsorbed{TicketId{4}, "4", 3});
    history.on(id, TicketAbsorbed{TicketId{5}, "5", 3});
    history.on(id, TicketReleased{TicketId{4}, "4"});
    history.on(id, MessageReferenced{TicketId{6}, "6", 2});
    CHECK(fold(history, id).absorbed == std::vector<TicketRef>{{TicketId{5}, "5"}});
    CHECK(fold(history, id).split_from == TicketRef{TicketId{6}, "6"});
  }
}

TEST_CASE("an event that is said to leave the parts alone does, on any history") {
  CHECK(rc::check("changes_parts", [](std::uint64_t seed) {
    History history;
    Author(history, [random = std::mt19937_64(seed)](std::uint64_t below) mutable {
      return random() % below;
    }).write(80);
    std::map<std::uint64_t, TicketParts> parts;
    for (const Record& record : history.records()) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr) continue;
      TicketParts& of_ticket = parts[record.envelope.stream_id];
      const TicketParts before = of_ticket;
      fold_parts(of_ticket, record.envelope, *event);
      if (!changes_parts(*event)) RC_ASSERT(of_ticket == before);
    }
  }));
}

TEST_CASE("the parts of a ticket are there at once, after a restart and as of an instant") {
  Scene scene;
  History& history = scene.history;
  const auto id = history.open({}, {{}, minute * 10}), other = history.open({}, {{}, minute * 10});
  history.on(id, TodoAdded{{1, {"call back"}, {}, {}}}, {{}, minute * 20});
  scene.now();
  history.on(id, TodoAdded{{2, {"write"}, {}, {}}}, {{}, minute * 40});
  history.on(id, TodoCompleted{1}, {{}, minute * 30});
  CHECK(scene.now()->parts(id) == fold(history, id));
  CHECK(scene.now()->parts(other) == TicketParts{});
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), history.log());
  CHECK(scene.now()->parts(id) == fold(history, id));

  CHECK_FALSE(parts_as_of(history.log(), id, nine + minute * 9));
  CHECK(parts_as_of(history.log(), id, nine + minute * 19) == TicketParts{});
  const auto then = parts_as_of(history.log(), id, nine + minute * 30);
  REQUIRE(then);
  REQUIRE(then->todos.size() == 1);
  CHECK(then->todos[0].done);
  CHECK(parts_as_of(history.log(), id, nine + minute * 40) == fold(history, id));
  CHECK_FALSE(parts_as_of(history.log(), TicketId{99}, nine + minute * 40));
}

TEST_CASE("a root is made of what it had absorbed by then, whatever was absorbed into that") {
  Scene scene;
  History& history = scene.history;
  const auto a = history.open({}, {{}, minute}), b = history.open({}, {{}, minute}), c = history.open({}, {{}, minute});
  history.merge(a, b, fresh, {{}, minute * 10});
  history.merge(b, c, fresh, {{}, minute * 20});
  history.unmerge(a, b, fresh, {{}, minute * 30});
  const auto origins = [&](TicketId id) {
    std::vector<TicketId> ids;
    for (const Origin& origin : scene.now()->origins(id)) {
      CHECK(origin.number == History::number_of(origin.ticket));
      ids.push_back(origin.ticket);
    }
    return ids;
  };
  const auto origins_then = [&](TicketId id, int at) {
    std::vector<TicketId> ids;
    for (const Origin& origin : origins_as_of(history.log(), id, nine + minute * at)) ids.push_back(origin.ticket);
    return ids;
  };
  CHECK(origins(c) == std::vector{c, b});
  CHECK(origins(b) == std::vector{b});
  CHECK(origins_then(c, 0).empty());
  CHECK(origins_then(c, 19) == std::vector{c});
  CHECK(origins_then(b, 19) == std::vector{b, a});
  CHECK(origins_then(c, 29) == std::vector{c, b, a});
  CHECK(origins_then(c, 30) == std::vector{c, b});
  // Nonsense that no writer makes ends the walk all the same.
  history.on(b, TicketAbsorbed{c, "", 1});
  CHECK(origins(c) == std::vector{c, b});
}

}  // namespace greffe
