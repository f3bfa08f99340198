// The timeline of a ticket with all that it absorbed: order, labels, pages, who sees what.
#include <chrono>
#include <set>

#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

using Positions = std::vector<Position>;

Positions positions_of(const Page<TimelineEntry>& page) {
  Positions positions;
  for (const TimelineEntry& entry : page.rows) positions.push_back(entry.record.envelope.position);
  return positions;
}

Page<TimelineEntry> timeline(const Snapshot& now, TicketId id, const TimelineQuery& query = {}) {
  auto page = now.timeline(id, query);
  REQUIRE(page);
  for (const TimelineEntry& entry : page->rows) CHECK(entry.origin_number == History::number_of(entry.origin));
  return *page;
}

// Messages are written at minutes after nine, in any order.
struct TwoMerged {
  Scene scene;
  History& history = scene.history;
  TicketId source = history.open({}, {{}, minute * 1}), target = history.open({}, {{}, minute * 2});
  Position of_source = history.message(source, {{}, {"from the source"}}, {{}, minute * 10});
  Position of_target = history.message(target, {{}, {"from the target"}}, {{}, minute * 9});
  Position late = history.message(source, {{}, {"late"}}, {{}, minute * 3});
  Position merge = history.merge(source, target, fresh, {{}, minute * 20});
  Position absorbed = next(merge);
};

}  // namespace

TEST_CASE("a root's timeline is its own and its absorbed tickets', by when things happened") {
  TwoMerged t;
  const auto now = t.scene.now();
  const auto page = timeline(*now, t.target);
  CHECK(positions_of(page) ==
        Positions{{t.source.value}, {t.target.value}, t.late, t.of_target, t.of_source, t.merge, t.absorbed});
  CHECK(page.rows[2].origin == t.source);
  CHECK(page.rows[3].origin == t.target);
  CHECK(std::get<MessagePosted>(std::get<TicketEvent>(page.rows[2].record.event)).body.text == "late");
  // The source's own stays what it was.
  CHECK(positions_of(timeline(*now, t.source)) == Positions{{t.source.value}, t.late, t.of_source, t.merge});
}

TEST_CASE("a chain of merges is shown whole at its root") {
  TwoMerged t;
  const auto root = t.history.open({}, {{}, minute * 4});
  t.history.merge(t.target, root, fresh, {{}, minute * 30});
  const auto now = t.scene.now();
  CHECK(timeline(*now, root).rows.size() == 10);
  CHECK(timeline(*now, t.target).rows.size() == 8);
  std::set<TicketId> origins;
  for (const auto& entry : timeline(*now, root).rows) origins.insert(entry.origin);
  CHECK(origins == std::set{t.source, t.target, root});
}

TEST_CASE("what is sent via a merged ticket is its own: it comes and goes with it") {
  TwoMerged t;
  MessagePosted via{{}, {"to the old number"}};
  via.via = t.source;
  const auto sent = t.history.message(t.target, via, {{}, minute * 25});
  const auto with_it =
      t.history.on(t.target, DocumentAttached{{1, {}, 1, {}, {"a.png"}, Visibility::everyone, 2}}, {{}, minute * 25});
  t.scene.now();  // the document finds its message among the pending rows, the disclosure among the stored
  const auto told = t.history.on(t.target, MessageDisclosed{2, {}}, {{}, minute * 26});
  const auto other =
      t.history.on(t.target, DocumentAttached{{2, {}, 1, {}, {"b.png"}, Visibility::everyone, 1}}, {{}, minute * 27});
  const auto page = timeline(*t.scene.now(), t.target);
  REQUIRE(page.rows.size() == 11);
  CHECK(positions_of(page)[7] == sent);
  CHECK(page.rows[7].origin == t.source);
  CHECK(page.rows[7].record.envelope.stream_id == t.target.value);
  CHECK(page.rows[10].origin == t.target);

  t.history.unmerge(t.source, t.target, fresh, {{}, minute * 40});
  const auto now = t.scene.now();
  CHECK(positions_of(timeline(*now, t.target)) ==
        Positions{{t.target.value}, t.of_target, t.absorbed, other, {t.history.tail()}});
  const auto of_source = positions_of(timeline(*now, t.source));
  CHECK(of_source ==
        Positions{{t.source.value}, t.late, t.of_source, t.merge, sent, with_it, told, {t.history.tail().value - 1}});
}

TEST_CASE("the portal sees of a timeline what is public, and nothing else") {
  Scene scene;
  History& history = scene.history;
  const auto id = history.open();
  Positions shown = {{id.value}};
  const auto yes = [&](TicketEvent event) { shown.push_back(history.on(id, std::move(event))); };
  const auto no = [&](TicketEvent event) { history.on(id, std::move(event)); };
  yes(MessagePosted{Visibility::everyone, {"hello"}, 1});
  no(MessagePosted{Visibility::internal, {"hm"}, 2});
  yes(DocumentAttached{{1, {}, 1, {}, {}, Visibility::everyone, 1}});
  no(DocumentAttached{{2, {}, 1, {}, {}, Visibility::internal, 1}});
  no(DocumentRemoved{2, {}});
  yes(StatusChanged{fresh, working});
  yes(PriorityChanged{normal, urgent});
  yes(TicketClassified{});
  yes(EstimatedResolutionChanged{});
  no(DueDateChanged{});
  no(TitleChanged{});
  no(TicketAssigned{{}, AgentId{1}});
  no(WatcherAdded{});
  no(TodoAdded{});
  no(TicketRead{});
  no(LookRequested{});
  no(LookDone{});
  no(NotificationDecided{});
  no(MessageDisclosed{2, {}});
  no(InterventionRequested{1});
  no(PointsSpent{});
  no(TicketsLinked{});
  no(SubTicketAdded{});
  yes(TicketClosed{working, done, {}});
  yes(TicketReopened{done, working});
  no(TicketDeleted{working, deleted, {}});
  const auto now = scene.now();
  CHECK(positions_of(timeline(*now, id, {.public_only = true})) == shown);
  // Page by page, the hidden entries leave no holes.
  Positions paged;
  TimelineQuery query{.limit = 2, .public_only = true};
  do {
    const auto page = timeline(*now, id, query);
    CHECK((page.rows.size() == 2 || page.next_cursor.empty()));
    for (const Position position : positions_of(page)) paged.push_back(position);
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  CHECK(paged == shown);
}

TEST_CASE("who may see but some of the merged tickets sees their parts only") {
  TwoMerged t;
  const auto page =
      timeline(*t.scene.now(), t.target,
               {.public_only = true, .may_see = [&](const TicketRow& row) { return row.id == t.target; }});
  CHECK(positions_of(page) == Positions{{t.target.value}, t.of_target});
}

TEST_CASE("sub-tickets are shown on demand, at any depth, with what they absorbed") {
  TwoMerged t;
  History& history = t.history;
  TicketOpened inside;
  inside.kind = TicketKind::internal;
  const auto child = history.open({}, {{}, minute * 5}), internal = history.open(inside, {{}, minute * 6});
  const auto grandchild = history.open({}, {{}, minute * 7}), gone = history.open({}, {{}, minute * 8});
  const auto add = [&](TicketId parent, TicketId ticket) {
    history.on(parent, SubTicketAdded{ticket, History::number_of(ticket), ParentCause::attached});
  };
  add(t.source, child);
  add(child, grandchild);
  add(t.target, internal);
  add(t.target, gone);
  history.on(gone, TicketDeleted{fresh, deleted, {}});
  const auto absorbed = history.open({}, {{}, minute * 9});
  history.merge(absorbed, grandchild);
  const auto now = t.scene.now();
  const auto origins = [&](const TimelineQuery& query) {
    std::set<TicketId> found;
    for (const auto& entry : timeline(*now, t.target, query).rows) found.insert(entry.origin);
    return found;
  };
  CHECK(origins({}) == std::set{t.source, t.target});
  CHECK(origins({.with_children = true}) == std::set{t.source, t.target, child, internal, grandchild, absorbed});
  CHECK(origins({.with_children = true, .public_only = true}) ==
        std::set{t.source, t.target, child, grandchild, absorbed});
  CHECK(timeline(*now, t.target, {.with_children = true}).rows.size() == 17);
}

TEST_CASE("a message that was split off is shown in the new ticket, as public as it is") {
  Scene scene;
  History& history = scene.history;
  const auto from = history.open();
  const auto hello = history.message(from, "hello");
  const auto note = history.message(from, "note", Visibility::internal);
  scene.now();
  const auto split = [&](std::uint32_t message) {
    const auto made = history.open();
    history.on(made, MessageReferenced{from, History::number_of(from), message});
    return made;
  };
  const auto of_hello = split(1), of_note = split(2), of_nothing = split(3);
  const auto now = scene.now();
  auto page = timeline(*now, of_hello, {.public_only = true});
  REQUIRE(page.rows.size() == 2);
  CHECK(page.rows[1].record.envelope.position == hello);
  CHECK(page.rows[1].origin == from);
  CHECK(page.rows[1].referenced);
  CHECK_FALSE(page.rows[0].referenced);
  CHECK(timeline(*now, of_note, {.public_only = true}).rows.size() == 1);
  page = timeline(*now, of_note);
  REQUIRE(page.rows.size() == 2);
  CHECK(page.rows[1].record.envelope.position == note);
  // A reference to what is not there is shown as what it is.
  page = timeline(*now, of_nothing);
  REQUIRE(page.rows.size() == 2);
  CHECK_FALSE(page.rows[1].referenced);
  CHECK(page.rows[1].origin == of_nothing);
}

TEST_CASE("a message by a merged ticket's number that was split off is not public in the new ticket") {
  Scene scene;
  History& history = scene.history;
  const auto source = history.open(), root = history.open();
  MessagePosted hello;
  hello.body.text = "hello";
  hello.message = 1;
  hello.via = source;
  history.on(root, hello);
  const auto made = history.open();
  history.on(made, MessageReferenced{root, History::number_of(root), 1});
  const auto now = scene.now();
  CHECK(timeline(*now, made, {.public_only = true}).rows.size() == 1);
  REQUIRE(timeline(*now, made).rows.size() == 2);
  CHECK(timeline(*now, made).rows[1].referenced);
}

TEST_CASE("a message that was split off and came back by a merge is shown once, at its own place") {
  Scene scene;
  History& history = scene.history;
  const auto from = history.open({}, {{}, minute * 1}), part = history.open({}, {{}, minute * 2});
  const auto split = [&](std::uint32_t message, int minutes) {
    const auto made = history.open({}, {{}, minute * minutes});
    history.on(made, MessageReferenced{from, History::number_of(from), message}, {{}, minute * minutes});
    return made;
  };
  const auto hello = history.message(from, {{}, {"hello"}}, {{}, minute * 3});
  MessagePosted to_part{{}, {"to the part"}, 2};
  to_part.via = part;
  const auto via = history.on(from, to_part, {{}, minute * 4});
  if (GENERATE(false, true)) scene.now();  // the message is stored by then, or still pending
  const auto made = split(1, 5), again = split(1, 6), of_part = split(2, 7);
  const auto shown = [&](TicketId id, Position message, const TimelineQuery& query = {}) {
    const auto positions = positions_of(timeline(*scene.now(), id, query));
    return std::count(positions.begin(), positions.end(), message);
  };
  const auto before = timeline(*scene.now(), from).rows.size(), made_before = timeline(*scene.now(), made).rows.size();

  SECTION("merged into where it is from") {
    history.merge(made, from, fresh, {{}, minute * 10});
    CHECK(shown(from, hello) == 1);
    CHECK(shown(from, hello, {.public_only = true}) == 1);
    CHECK(shown(made, hello) == 1);
    const auto page = timeline(*scene.now(), from);
    const auto entry = std::find_if(page.rows.begin(), page.rows.end(),
                                    [&](const auto& row) { return row.record.envelope.position == hello; });
    CHECK(entry->origin == from);
    CHECK_FALSE(entry->referenced);
    // Whoever may not see where it is from sees it where it was split off to.
    CHECK(shown(from, hello, {.public_only = true, .may_see = [&](const TicketRow& row) { return row.id == made; }}) ==
          1);
    history.unmerge(made, from, fresh, {{}, minute * 11});
    CHECK(shown(from, hello) == 1);
    CHECK(shown(made, hello) == 1);
    CHECK(timeline(*scene.now(), from).rows.size() == before + 2);
    CHECK(timeline(*scene.now(), made).rows.size() == made_before + 2);
  }
  SECTION("split off twice, and the two are merged into one") {
    history.merge(made, again, fresh, {{}, minute * 10});
    CHECK(shown(again, hello) == 1);
    const auto page = timeline(*scene.now(), again, {.limit = 2});
    CHECK(positions_of(page) == Positions{{made.value}, hello});
    history.unmerge(made, again, fresh, {{}, minute * 11});
    CHECK(shown(again, hello) == 1);
    CHECK(shown(made, hello) == 1);
  }
  SECTION("sent by a part's number: it comes and goes with the part") {
    history.merge(part, from, fresh, {{}, minute * 10});
    history.merge(of_part, from, fresh, {{}, minute * 11});
    CHECK(shown(from, via) == 1);
    history.unmerge(part, from, fresh, {{}, minute * 12});
    CHECK(shown(from, via) == 1);
    CHECK(shown(part, via) == 1);
    history.unmerge(of_part, from, fresh, {{}, minute * 13});
    CHECK(shown(from, via) == 0);
  }
  SECTION("in a sub-ticket that is shown along") {
    history.on(from, SubTicketAdded{made, History::number_of(made), ParentCause::attached});
    CHECK(shown(from, hello, {.with_children = true}) == 1);
  }
}

TEST_CASE("notices are the decisions about telling somebody, of the root and all it absorbed") {
  TwoMerged t;
  const auto first = t.history.on(t.target, NotificationDecided{NotifyEvent::replied, 1, {{}}}, {{}, minute * 12});
  const auto second = t.history.on(t.source, NotificationDecided{NotifyEvent::opened, 1, {{}}}, {{}, minute * 11});
  const auto now = t.scene.now();
  auto page = now->notices(t.target, 1, "");
  REQUIRE(page);
  CHECK(positions_of(*page) == Positions{second});
  page = now->notices(t.target, 1, page->next_cursor);
  REQUIRE(page);
  CHECK(positions_of(*page) == Positions{first});
  CHECK(page->next_cursor.empty());
  CHECK(positions_of(*now->notices(t.source, 10, "")) == Positions{second});
}

TEST_CASE("a cursor goes on behind its instant, though tickets are merged and unmerged meanwhile") {
  Scene scene;
  History& history = scene.history;
  const auto a = history.open({}, {{}, minute * 1}), b = history.open({}, {{}, minute * 2});
  Positions of_a, of_b;
  for (int i = 3; i < 9; ++i) {
    Positions& positions = i % 2 == 1 ? of_a : of_b;
    positions.push_back(history.message(i % 2 == 1 ? a : b, {{}, {"x"}}, {{}, minute * i}));
  }
  const auto page = timeline(*scene.now(), b, {.limit = 2});  // b's opening and its first message, at 4
  CHECK(positions_of(page) == Positions{{b.value}, of_b[0]});
  const auto merge = history.merge(a, b, fresh, {{}, minute * 100});
  const auto rest = timeline(*scene.now(), b, {.limit = 200, .cursor = page.next_cursor});
  CHECK(positions_of(rest) == Positions{of_a[1], of_b[1], of_a[2], of_b[2], merge, next(merge)});
  const auto in_between = timeline(*scene.now(), b, {.limit = 3, .cursor = page.next_cursor});
  history.unmerge(a, b, fresh, {{}, minute * 101});
  const auto after = timeline(*scene.now(), b, {.limit = 200, .cursor = in_between.next_cursor});
  CHECK(positions_of(after) == Positions{of_b[2], next(merge), history.tail()});
}

TEST_CASE("pages of a united timeline are one timeline, at any size") {
  TwoMerged t;
  const auto now = t.scene.now();
  const auto whole = positions_of(timeline(*now, t.target));
  for (std::size_t limit = 1; limit < 9; ++limit) {
    CAPTURE(limit);
    Positions paged;
    TimelineQuery query{.limit = limit};
    do {
      const auto page = timeline(*now, t.target, query);
      for (const Position position : positions_of(page)) paged.push_back(position);
      query.cursor = page.next_cursor;
    } while (!query.cursor.empty());
    CHECK(paged == whole);
  }
}

}  // namespace greffe
