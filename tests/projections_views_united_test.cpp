// Lists of tickets that merges made one: a root is found by what its parts bring.
#include "projections/united_ticket.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

using Ids = std::vector<TicketId>;

Ids listed(const Views& views, const ListQuery& query) {
  const auto list = views.list(query);
  REQUIRE(list);
  Ids ids;
  for (const TicketRow& row : list->page.rows) ids.push_back(row.id);
  CHECK(views.counted(query).selected == ids.size());
  return ids;
}

ListQuery mine_of(AgentId me) {
  ListQuery query;
  query.view = ListView::mine_open;
  query.me = me;
  return query;
}

}  // namespace

TEST_CASE("whoever is in copy of a merged ticket has its root among mine, at any remove, until the unmerge") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne"), bob = history.agent("Bob");
  const auto part = history.open(), middle = history.open(), root = history.open();
  history.on(part, WatcherAdded{WatcherKind::copy, {anne, {}, {}}});
  history.on(root, WatcherAdded{WatcherKind::copy, {bob, {}, {}}});
  const auto mine = [&](AgentId me) {
    catch_up(*scene.views);
    return listed(*scene.views, mine_of(me));
  };
  CHECK(mine(anne) == Ids{part});
  history.merge(part, middle);
  CHECK(mine(anne) == Ids{middle});
  history.merge(middle, root);
  CHECK(mine(anne) == Ids{root});
  CHECK(mine(bob) == Ids{root});
  const auto row_of = [&](TicketId id) { return scene.views->snapshot()->ticket(id); };
  CHECK(united_row(*row_of(root), row_of).copies == std::vector<AgentId>{bob, anne});
  SECTION("also in views that are opened again, or built anew") {
    scene.views.reset();
    scene.views = open_views(scene.dir.path(), history.log());
    CHECK(mine(anne) == Ids{root});
    rebuild(*scene.views);
    CHECK(mine(anne) == Ids{root});
  }
  SECTION("a copy that is taken off the part is off the root") {
    history.on(part, WatcherRemoved{WatcherKind::copy, {anne, {}, {}}});
    CHECK(mine(anne).empty());
    history.on(part, WatcherAdded{WatcherKind::copy, {bob, {}, {}}});
    CHECK(mine(bob) == Ids{root});
  }
  SECTION("an unmerge gives each ticket its own again") {
    history.unmerge(part, middle);
    CHECK(mine(anne) == Ids{part});
    history.unmerge(middle, root);
    CHECK(mine(anne) == Ids{part});
    CHECK(mine(bob) == Ids{root});
  }
}

TEST_CASE("lists that went on, opened again or built anew tell alike what is below a ticket, whatever was merged") {
  Scene scene;
  History& history = scene.history;
  const auto child = history.open(), middle = history.open(), parent = history.open();
  history.on(child, ParentChanged{{}, {}, parent, History::number_of(parent), ParentCause::attached});
  const auto below = [&] {
    catch_up(*scene.views);
    ListQuery query;
    query.view = ListView::merged;
    query.filters.parent = {parent};
    const auto live = listed(*scene.views, query);
    scene.views.reset();
    scene.views = open_views(scene.dir.path(), history.log());
    CHECK(listed(*scene.views, query) == live);
    return live;
  };
  history.merge(child, middle);
  CHECK(below() == Ids{child});
  history.merge(middle, parent);
  CHECK(below().empty());
  history.unmerge(middle, parent);
  CHECK(below() == Ids{child});
}

}  // namespace greffe
