// Given events, when the views have seen them, then these rows.
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

std::vector<TicketId> ids_of(const Page<TicketRow>& page) {
  std::vector<TicketId> ids;
  for (const TicketRow& row : page.rows) ids.push_back(row.id);
  return ids;
}

std::vector<Position> positions_of(const Page<TimelineEntry>& page) {
  std::vector<Position> positions;
  for (const TimelineEntry& entry : page.rows) positions.push_back(entry.record.envelope.position);
  return positions;
}

Result<Page<TimelineEntry>, BadCursor> timeline(const Snapshot& now, TicketId id, std::size_t limit = 10,
                                                const std::string& cursor = {}) {
  return now.timeline(id, {.limit = limit, .cursor = cursor});
}

// Every page of a list, one row at a time, put together.
template <class Row, class Read>
std::vector<Row> page_by_page(Read&& read) {
  std::vector<Row> rows;
  std::string cursor;
  do {
    const Result<Page<Row>, BadCursor> page = read(std::size_t{1}, cursor);
    REQUIRE(page);
    REQUIRE(page->rows.size() == 1);
    rows.push_back(page->rows[0]);
    cursor = page->next_cursor;
  } while (!cursor.empty());
  return rows;
}

}  // namespace

TEST_CASE("empty views answer everything with nothing") {
  Scene scene;
  const auto now = scene.now();
  CHECK(now->seen().position == Position{0});
  CHECK_FALSE(now->ticket(TicketId{1}));
  CHECK_FALSE(now->ticket("2503030001"));
  CHECK(timeline(*now, TicketId{1})->rows.empty());
  CHECK(now->tickets_of(ContactId{1}, 10, "")->rows.empty());
  CHECK_FALSE(now->numbered("2503030001"));
  CHECK(now->parts(TicketId{1}) == TicketParts{});
  CHECK(now->origins(TicketId{1}).empty());
  CHECK(now->notices(TicketId{1}, 10, "")->rows.empty());
  CHECK(now->sla(TicketId{1}).clocks.empty());
  CHECK(now->work_time(TicketId{1}).sessions.empty());
  CHECK_FALSE(now->contact(ContactId{1}));
  CHECK(now->agents(10, "")->rows.empty());
  CHECK(now->display_name({StreamKind::agent, 1}).empty());
  CHECK(scene.views->list({})->page.rows.empty());
}

TEST_CASE("a ticket is found by its id and by its number") {
  Scene scene;
  TicketOpened opened;
  opened.number = "2503030007";
  opened.title = {"No network"};
  const auto id = scene.history.open(opened);
  scene.history.on(id, MessagePosted{});
  const auto now = scene.now();
  REQUIRE(now->ticket(id));
  CHECK(now->ticket(id)->title.text == "No network");
  CHECK(now->ticket(id)->version == Version{2});
  REQUIRE(now->ticket("2503030007"));
  CHECK(*now->ticket("2503030007") == *now->ticket(id));
  CHECK(now->numbered("2503030007") == id);
  CHECK_FALSE(now->numbered("250303000"));
  CHECK_FALSE(now->ticket("250303000"));
  CHECK_FALSE(now->ticket("25030300077"));
  CHECK_FALSE(now->ticket(""));
  CHECK(now->seen().position == Position{2});
  CHECK(now->seen().recorded_at == scene.history.records()[1].envelope.recorded_at);
}

TEST_CASE("the timeline shows a late entry where it belongs, with the whole record") {
  Scene scene;
  const auto id = scene.history.open({}, {{}, minute * 10});
  const auto other = scene.history.open();
  const auto late = scene.history.on(id, MessagePosted{{}, {"thirty"}}, {{}, minute * 30});
  const auto earlier = scene.history.on(id, MessagePosted{{}, {"twenty"}}, {{}, minute * 20});
  const auto same_time = scene.history.on(id, TitleChanged{}, {{}, minute * 20});
  const std::vector<Position> expected = {{id.value}, earlier, same_time, late};
  const auto now = scene.now();
  const auto page = timeline(*now, id);
  REQUIRE(page);
  CHECK(positions_of(*page) == expected);
  CHECK(page->next_cursor.empty());
  CHECK(std::get<MessagePosted>(std::get<TicketEvent>(page->rows[1].record.event)).body.text == "twenty");
  CHECK(positions_of(*timeline(*now, other)) == std::vector<Position>{{other.value}});
  const auto rows = page_by_page<TimelineEntry>(
      [&](std::size_t limit, const std::string& cursor) { return timeline(*now, id, limit, cursor); });
  CHECK(positions_of({rows, ""}) == expected);
}

TEST_CASE("events from before 1970 come first in a timeline") {
  Scene scene;
  const auto id = scene.history.open({}, {{}, -std::chrono::hours(24 * 365 * 60)});
  scene.history.on(id, MessagePosted{}, {{}, minute});
  CHECK(positions_of(*timeline(*scene.now(), id)) == std::vector<Position>{{1}, {2}});
}

TEST_CASE("a contact's tickets are all there, newest opened first, and follow their contact") {
  Scene scene;
  History& history = scene.history;
  const auto acme = history.organisation("Acme");
  const auto paul = history.contact("Paul"), zoe = history.contact("Zoé");
  TicketOpened opened;
  opened.party = {paul, acme};
  const auto second = history.open(opened, {{}, minute * 20});
  const auto first = history.open(opened, {{}, minute * 10});
  const auto third = history.open(opened, {{}, minute * 30});
  const auto nobodys = history.open();
  history.on(first, TicketClosed{fresh, done, {}});
  auto now = scene.now();
  CHECK(ids_of(*now->tickets_of(paul, 10, "")) == std::vector{third, second, first});
  CHECK(ids_of(*now->tickets_of(acme, 10, "")) == std::vector{third, second, first});
  CHECK(now->tickets_of(zoe, 10, "")->rows.empty());
  const auto rows = page_by_page<TicketRow>(
      [&](std::size_t limit, const std::string& cursor) { return now->tickets_of(paul, limit, cursor); });
  CHECK(ids_of({rows, ""}) == std::vector{third, second, first});

  history.on(second, ContactLinked{{paul, acme}, {zoe, {}}});
  history.on(nobodys, ContactLinked{{}, {zoe, {}}});
  now = scene.now();
  CHECK(ids_of(*now->tickets_of(paul, 10, "")) == std::vector{third, first});
  CHECK(ids_of(*now->tickets_of(acme, 10, "")) == std::vector{third, first});
  CHECK(ids_of(*now->tickets_of(zoe, 10, "")) == std::vector{second, nobodys});

  SECTION("a ticket that comes back to its contact is there once") {
    history.on(second, ContactLinked{{zoe, {}}, {paul, acme}});
    history.on(second, ContactLinked{{paul, acme}, {paul, acme}});
    now = scene.now();
    CHECK(ids_of(*now->tickets_of(paul, 10, "")) == std::vector{third, second, first});
    CHECK(ids_of(*now->tickets_of(zoe, 10, "")) == std::vector{nobodys});
  }
}

TEST_CASE("a contact's tickets include the merged ones, and a deleted one only once it is restored") {
  Scene scene;
  History& history = scene.history;
  const auto paul = history.contact("Paul"), zoe = history.contact("Zoé");
  TicketOpened opened;
  opened.party = {paul, {}};
  const auto first = history.open(opened), second = history.open(opened);
  history.merge(first, second);
  CHECK(ids_of(*scene.now()->tickets_of(paul, 10, "")) == std::vector{second, first});
  history.on(second, TicketDeleted{fresh, deleted, {"by mistake"}});
  CHECK(ids_of(*scene.now()->tickets_of(paul, 10, "")) == std::vector{first});
  SECTION("as it was") {
    history.on(second, TicketRestored{deleted, fresh, {}});
    CHECK(ids_of(*scene.now()->tickets_of(paul, 10, "")) == std::vector{second, first});
  }
  SECTION("with the contact that it got meanwhile") {
    history.on(second, ContactLinked{{paul, {}}, {zoe, {}}});
    CHECK(scene.now()->tickets_of(zoe, 10, "")->rows.empty());
    history.on(second, TicketRestored{deleted, fresh, {}});
    CHECK(ids_of(*scene.now()->tickets_of(zoe, 10, "")) == std::vector{second});
    CHECK(ids_of(*scene.now()->tickets_of(paul, 10, "")) == std::vector{first});
  }
}

TEST_CASE("directory entries of all kinds are created, changed, switched off and on") {
  Scene scene;
  History& history = scene.history;
  const auto acme = history.organisation("Acme");
  const auto paul = history.contact("Paul", acme);
  const auto anne = history.agent("Anne");
  const auto support = history.team("Support");
  auto now = scene.now();
  REQUIRE(now->contact(paul));
  CHECK(now->contact(paul)->details.organisation == acme);
  CHECK(now->contact(paul)->active);
  CHECK(now->contact(paul)->created_at == history.records()[1].envelope.occurred_at);
  CHECK(now->display_name(stream_of(acme)) == "Acme");
  CHECK(now->display_name(stream_of(support)) == "Support");
  CHECK(now->display_name(stream_of(TicketId{1})).empty());

  history.add(stream_of(paul), ContactEvent(ContactDeactivated{{"left"}}));
  history.add(stream_of(acme), OrganisationEvent(OrganisationChanged{{{"ACME SA"}, OrganisationKind::prospect, "E"}}));
  history.add(stream_of(anne), AgentEvent(AgentDeactivated{}));
  history.add(stream_of(anne), AgentEvent(AgentReactivated{}));
  history.add(stream_of(support), TeamEvent(TeamChanged{{"Help", {anne}, {}}}));
  const auto before = now;
  now = scene.now();
  CHECK_FALSE(now->contact(paul)->active);
  CHECK(now->contact(paul)->details.display_name.text == "Paul");
  CHECK(now->contact(paul)->version == Version{2});
  CHECK(now->contact(paul)->updated_at > now->contact(paul)->created_at);
  CHECK(now->organisation(acme)->details.kind == OrganisationKind::prospect);
  CHECK(now->display_name(stream_of(acme)) == "ACME SA");
  CHECK(now->agent(anne)->active);
  CHECK(now->agent(anne)->version == Version{3});
  CHECK(now->team(support)->details.members == std::vector{anne});
  CHECK_FALSE(now->team(TeamId{anne.value}));
  // A snapshot stays where it was taken.
  CHECK(before->contact(paul)->active);
  CHECK(before->display_name(stream_of(acme)) == "Acme");
}

TEST_CASE("directory pages go by id, each kind apart") {
  Scene scene;
  std::vector<ContactId> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(scene.history.contact("contact " + std::to_string(i)));
    scene.history.agent("agent");
  }
  const auto now = scene.now();
  const auto rows = page_by_page<ContactRow>(
      [&](std::size_t limit, const std::string& cursor) { return now->contacts(limit, cursor); });
  REQUIRE(rows.size() == 5);
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].id == ids[i]);
  CHECK(now->agents(200, "")->rows.size() == 5);
  CHECK(now->organisations(200, "")->rows.empty());
  CHECK(now->teams(200, "")->rows.empty());
  CHECK(now->contacts(5, "")->next_cursor.empty());
  CHECK_FALSE(now->contacts(4, "")->next_cursor.empty());
}

TEST_CASE("a cursor is taken only by the list that gave it") {
  Scene scene;
  TicketOpened opened;
  opened.party.contact = scene.history.contact("Paul");
  const auto id = scene.history.open(opened);
  const auto other = scene.history.open(opened);
  scene.history.on(id, MessagePosted{});
  const auto now = scene.now();
  const std::string good = timeline(*now, id, 1)->next_cursor;
  REQUIRE_FALSE(good.empty());
  CHECK(timeline(*now, id, 1, good));
  for (const std::string& bad : {good.substr(1), good + "A", good + "=", std::string("?"), std::string("AAAA"),
                                 std::string(100'000, 'A'), good.substr(0, good.size() - 1) + "?"}) {
    CAPTURE(bad.substr(0, 100));
    CHECK_FALSE(timeline(*now, id, 1, bad));
  }
  CHECK_FALSE(timeline(*now, other, 1, good));
  CHECK_FALSE(now->timeline(id, {.limit = 1, .cursor = good, .public_only = true}));
  CHECK_FALSE(now->timeline(id, {.limit = 1, .cursor = good, .with_children = true}));
  CHECK_FALSE(now->notices(id, 1, good));
  CHECK_FALSE(now->tickets_of(*opened.party.contact, 1, good));
  CHECK_FALSE(now->contacts(1, good));
  CHECK_FALSE(timeline(*now, id, 1, now->tickets_of(*opened.party.contact, 1, "")->next_cursor));
}

TEST_CASE("the delays of a ticket follow the targets in force") {
  Scene scene;
  const auto early = scene.history.open();
  scene.history.targets({{"normal", minute * 60, minute * 60, minute * 60, minute * 600}});
  const auto late = scene.history.open();
  auto now = scene.now();
  CHECK(now->sla(early).clocks.empty());
  CHECK(now->sla(late).clocks.size() == 3);
  CHECK(now->sla(late).status == fresh);
  // Also when the targets were read back from the disk.
  now.reset();
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log());
  const auto later = scene.history.open();
  CHECK(scene.now()->sla(later).clocks.size() == 3);
}

TEST_CASE("time spent grows with the agents' acts, across batches") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne");
  const auto id = history.open();
  history.on(id, MessagePosted{}, {agent(anne), minute * 10});
  auto now = scene.now();
  REQUIRE(now->work_time(id).sessions.size() == 1);
  CHECK(now->work_time(id).worked_ms == minute * 2);
  history.on(id, MessagePosted{}, {agent(anne), minute * 20});
  history.on(id, MessagePosted{}, {agent(anne), minute * 60});
  now = scene.now();
  const auto work = now->work_time(id);
  REQUIRE(work.sessions.size() == 2);
  CHECK(work.sessions[0].evidence_count == 2);
  CHECK(work.worked_ms == minute * 14);
  REQUIRE(work.by_agent.size() == 1);
  CHECK(work.by_agent[0].agent == anne);
}

TEST_CASE("a root's time spent is its own and that of all it absorbed") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne"), bob = history.agent("Bob");
  const auto a = history.open(), b = history.open(), c = history.open();
  history.on(a, MessagePosted{}, {agent(anne), minute * 100});
  history.on(b, MessagePosted{}, {agent(bob), minute * 100});
  history.on(c, MessagePosted{}, {agent(anne), minute * 200});
  history.merge(a, b);
  history.merge(b, c);
  const auto now = scene.now();
  CHECK(now->work_time(a).worked_ms == minute * 2);
  CHECK(now->work_time(b).worked_ms == minute * 4);
  const auto work = now->work_time(c);
  CHECK(work.worked_ms == minute * 6);
  REQUIRE(work.sessions.size() == 3);
  CHECK(work.sessions[2].ticket == c);
  REQUIRE(work.by_agent.size() == 2);
  CHECK(work.by_agent[0].worked_ms == minute * 4);
}

TEST_CASE("what is done to a thing that an absorbed ticket brought is time spent on the root") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne");
  const auto part = history.open(), root = history.open();
  history.merge(part, root);
  history.on(part, TodoCompleted{1}, {agent(anne), minute * 100});
  const auto now = scene.now();
  CHECK(now->work_time(part).worked_ms == minute * 2);
  CHECK(now->work_time(root).worked_ms == minute * 2);
}

TEST_CASE("work in a status that tracks no time is not counted, by the statuses in force at the act") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne");
  const auto id = history.open();
  StatusesDefined untracked;
  for (const StatusAt& status : {fresh, done}) untracked.statuses.push_back({status.key, {}, {}, status.category});
  untracked.statuses[1].tracks_time = false;
  history.statuses(untracked);
  const auto post = [&](int at) { history.on(id, MessagePosted{}, {agent(anne), minute * at}); };
  post(100);
  history.on(id, TicketClosed{fresh, done, {}}, {agent(anne), minute * 105});
  post(110);
  CHECK(scene.now()->work_time(id).worked_ms == minute * 7);  // 98 … 105
  SECTION("the session does not reach over the uncounted stretch") {
    history.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1}, {agent(anne), minute * 111});
    post(113);
    CHECK(scene.now()->work_time(id).worked_ms == minute * 9);
  }
  SECTION("not even where nothing but the reopening shows it") {
    const auto other = history.agent("Bob");
    history.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1}, {agent(other), minute * 112});
    history.on(id, MessagePosted{}, {agent(other), minute * 113});
    CHECK(scene.now()->work_time(id).worked_ms == minute * 8);
  }
  SECTION("statuses that are defined anew count from then on, also after a restart") {
    untracked.statuses[1].tracks_time = true;
    history.statuses(untracked);
    scene.now();
    scene.views.reset();
    scene.views = open_views(scene.dir.path(), history.log());
    post(120);
    CHECK(scene.now()->work_time(id).worked_ms == minute * 9);
  }
  SECTION("merged and deleted count nothing, though no status is defined for them") {
    history.on(id, TicketDeleted{done, deleted, {}}, {agent(anne), minute * 130});
    history.on(id, LookDone{}, {agent(anne), minute * 150});
    CHECK(scene.now()->work_time(id).worked_ms == minute * 7);
  }
}

TEST_CASE("one act counts on one ticket, though it leaves events on several") {
  Scene scene;
  History& history = scene.history;
  const auto anne = history.agent("Anne");
  const auto a = history.open(), b = history.open();
  history.on(a, MessagePosted{}, {agent(anne), minute * 100});
  history.commit({{stream_of(a), TicketEvent(TicketsLinked{LinkType::causes, false, b, {}})},
                  {stream_of(b), TicketEvent(TicketsLinked{LinkType::causes, true, a, {}})}},
                 {agent(anne), minute * 105});
  history.on(a, MessagePosted{}, {agent(anne), minute * 110});
  const auto now = scene.now();
  CHECK(now->work_time(a).worked_ms == minute * 12);
  CHECK(now->work_time(b).sessions.empty());
}

}  // namespace greffe
