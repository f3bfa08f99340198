// The auditor's replay.
#include "projections/replay.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

std::uint64_t in_category(const ReplayResult& result, Category category) {
  return result.tickets_by_category[static_cast<std::size_t>(category)];
}

std::string tickets_digest(Scene& scene) {
  catch_up(*scene.views);
  for (const auto& [name, hex] : scene.views->digest().by_view) {
    if (name == "tickets") return hex;
  }
  return {};
}

}  // namespace

TEST_CASE("a replay counts events and tickets by category") {
  Scene scene;
  History& history = scene.history;
  history.agent("Anne");
  const auto a = history.open(), b = history.open(), c = history.open();
  history.open();
  history.on(a, TicketClosed{fresh, done, {}});
  history.on(b, TicketClosed{fresh, done, {}});
  history.on(b, TicketReopened{done, working, ReopenCause::reopened, {}, 1});
  history.on(c, TicketClosed{fresh, done, {}});
  history.on(c, TitleChanged{{}, {"changed after it was closed"}});
  const auto result = replay_all(history.log());
  REQUIRE(result);
  CHECK(result->position == Position{10});
  CHECK(result->events == 10);
  CHECK(result->tickets == 4);
  CHECK(in_category(*result, Category::fresh) == 1);
  CHECK(in_category(*result, Category::open) == 1);
  CHECK(in_category(*result, Category::closed) == 2);
  CHECK(result->tickets_digest == tickets_digest(scene));
}

TEST_CASE("a replay as of an instant leaves out what happened later, and tickets opened later") {
  History history;
  const auto first = history.open({}, {{}, minute * 10});
  const auto second = history.open({}, {{}, minute * 30});
  history.on(first, TicketClosed{fresh, done, {}}, {{}, minute * 20});  // recorded last, happened before
  history.on(second, TitleChanged{{}, {"later"}}, {{}, minute * 40});
  struct Row {
    int minutes;
    std::uint64_t tickets, open, closed;
  };
  for (const Row& expected : {Row{9, 0, 0, 0}, Row{10, 1, 1, 0}, Row{20, 1, 0, 1}, Row{30, 2, 1, 1}}) {
    CAPTURE(expected.minutes);
    const auto result = replay_all(history.log(), nine + minute * expected.minutes);
    REQUIRE(result);
    CHECK(result->events == 4);
    CHECK(result->tickets == expected.tickets);
    CHECK(in_category(*result, Category::fresh) == expected.open);
    CHECK(in_category(*result, Category::closed) == expected.closed);
  }
  CHECK(replay_all(history.log(), nine + minute * 40)->tickets_digest == replay_all(history.log())->tickets_digest);
  CHECK(replay_all(history.log(), nine + minute * 39)->tickets_digest != replay_all(history.log())->tickets_digest);
}

TEST_CASE("a replay of an empty log is empty, and digests to the empty view's digest") {
  Scene scene;
  const auto result = replay_all(scene.history.log());
  REQUIRE(result);
  CHECK(result->events == 0);
  CHECK(result->tickets == 0);
  CHECK(result->tickets_digest == tickets_digest(scene));
}

TEST_CASE("a long replay reads on a second thread and reports its progress in order") {
  Scene scene;
  std::vector<TicketId> ids;
  for (int i = 0; i < 50; ++i) ids.push_back(scene.history.open());
  for (std::size_t i = 0; i < 12'000; ++i) scene.history.on(ids[i % 50], MessagePosted{});
  std::vector<std::uint64_t> reports;
  const auto result = replay_all(scene.history.log(), {}, [&](std::uint64_t count, std::uint64_t total) {
    CHECK(total == 12'050);
    reports.push_back(count);
  });
  REQUIRE(result);
  CHECK(result->events == 12'050);
  CHECK(std::is_sorted(reports.begin(), reports.end()));
  CHECK(reports.back() == 12'050);
  CHECK(result->tickets_digest == tickets_digest(scene));
}

TEST_CASE("a replay names the first record that is damaged or out of place") {
  History history;
  const auto id = history.open();
  history.on(id, MessagePosted{});
  // So far that the second thread meets the damage.
  const bool is_long = GENERATE(false, true);
  if (is_long) {
    for (int i = 0; i < 9000; ++i) history.on(id, MessagePosted{});
  }
  const Position expected = next(history.tail());
  SECTION("bytes that are no record") { history.append_bytes({stream_of(id), Version{3}, "no record"}); }
  SECTION("an event of a ticket that was never opened") { history.on(TicketId{999'999}, MessagePosted{}); }
  SECTION("a version twice") {
    Record record = history.records().back();
    record.envelope.position = expected;
    history.append(record);
  }
  history.open();
  const auto result = replay_all(history.log());
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == LogFailure::Kind::corrupt);
  CHECK(result.error().position == expected);
}

}  // namespace greffe
