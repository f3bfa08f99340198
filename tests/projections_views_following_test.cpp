// The projector: it follows the log, lets readers wait, keeps snapshots whole, and stops at
// what it must not skip.
#include <atomic>
#include <mutex>
#include <thread>

#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;
using namespace std::chrono_literals;

constexpr Views::Options following{4096, true};

}  // namespace

TEST_CASE("who waits for a position is woken when the views have seen it") {
  Scene scene;
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log(), following);
  CHECK(scene.views->wait_for(Position{0}, 0ms));
  CHECK_FALSE(scene.views->wait_for(Position{1}, 1ms));
  std::atomic<int> woken = 0;
  std::vector<std::thread> waiters;
  for (std::uint64_t position = 1; position <= 20; ++position) {
    waiters.emplace_back([&, position] {
      if (!scene.views->wait_for(Position{position}, 30s)) return;
      if (scene.views->snapshot()->seen().position >= Position{position}) ++woken;
    });
  }
  for (int i = 0; i < 20; ++i) scene.history.open();
  for (auto& waiter : waiters) waiter.join();
  CHECK(woken == 20);
  CHECK(scene.views->snapshot()->ticket(TicketId{20}));
}

TEST_CASE("a list, its rows and its snapshot are of one position while events come") {
  Scene scene;
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log(), {8, true});
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0, read = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!over) {
        ListQuery query;
        query.sort = {{SortColumn::number, true}};
        query.limit = 3;
        const auto list = scene.views->list(query);
        const auto seen = list->snapshot->seen().position;
        const auto& rows = list->page.rows;
        // Every event opens a ticket or renames the first; the newest ticket tells the position.
        if (!rows.empty() && rows[0].id.value + 1 < seen.value) ++wrong;
        for (const TicketRow& row : rows) wrong += row.position > seen || list->snapshot->ticket(row.id) != row;
        ++read;
      }
    });
  }
  const auto first = scene.history.open();
  for (int i = 0; i < 1000; ++i) {
    scene.history.on(first, TitleChanged{{}, {std::to_string(i)}});
    scene.history.open();
  }
  CHECK(scene.views->wait_for(scene.history.tail(), 30s));
  over = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
  CHECK(read > 0);
}

TEST_CASE("catching up reports its progress and is over at the tail") {
  Scene scene;
  for (int i = 0; i < 10; ++i) scene.history.open();
  scene.views.reset();
  std::vector<std::uint64_t> reports;
  SECTION("by hand") {
    scene.views = open_views(scene.dir.path(), scene.history.log(), {3, false});
    must(scene.views->catch_up([&](std::uint64_t count, std::uint64_t total) {
      CHECK(total == 10);
      reports.push_back(count);
    }));
    CHECK(reports == std::vector<std::uint64_t>{3, 6, 9, 10});
  }
  SECTION("while following") {
    scene.views = open_views(scene.dir.path(), scene.history.log(), following);
    catch_up(*scene.views);
  }
  CHECK(scene.views->status().seen.position == Position{10});
  CHECK(scene.views->status().log_tail == Position{10});
}

TEST_CASE("stopped views still answer and move no more") {
  Scene scene;
  scene.history.open();
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log(), following);
  REQUIRE(scene.views->wait_for(Position{1}, 30s));
  scene.views->stop();
  scene.views->stop();
  scene.history.open();
  CHECK_FALSE(scene.views->wait_for(Position{2}, 1ms));
  CHECK(scene.views->snapshot()->ticket(TicketId{1}));
  CHECK_FALSE(scene.views->catch_up({}));
  // A clean stop leaves nothing to apply again.
  scene.views.reset();
  CHECK(open_views(scene.dir.path(), scene.history.log())->status().seen.position == Position{1});
}

TEST_CASE("a log that stopped waiting neither stops the views nor keeps them busy") {
  Scene scene;
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log(), following);
  scene.history.log().stop_waiting();
  scene.history.open();
  // TailSignal wakes nobody any more, so the views find the event by themselves.
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (scene.views->status().seen.position < Position{1} && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(1ms);
  }
  CHECK(scene.views->status().seen.position == Position{1});
}

TEST_CASE("a damaged record stops the views at the event before it, said once and with its position") {
  Scene scene;
  const auto id = scene.history.open();
  scene.history.on(id, MessagePosted{});
  scene.views.reset();
  LogEntry bad{stream_of(id), Version{3}, "no record"};
  SECTION("bytes that are no record") {}
  SECTION("a record of another place") {
    Record record = scene.history.records()[1];
    REQUIRE(encode(record, bad.bytes));
  }
  scene.history.append_bytes(bad);
  for (std::uint64_t i = 4; i < 10; ++i) {
    Record record = scene.history.records()[1];
    record.envelope.position = Position{i};
    scene.history.append(record);
  }
  std::mutex mutex;
  std::vector<ViewFailure> failures;
  const auto on_failure = [&](const ViewFailure& failure) {
    const std::lock_guard lock(mutex);
    failures.push_back(failure);
  };
  scene.views = open_views(scene.dir.path(), scene.history.log(), following, {}, on_failure);
  CHECK(scene.views->wait_for(Position{2}, 30s));
  CHECK_FALSE(scene.views->catch_up({}));
  CHECK_FALSE(scene.views->wait_for(Position{3}, 20ms));
  scene.views->stop();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].kind == ViewFailure::Kind::log);
  CHECK(failures[0].position == Position{3});
  CHECK(scene.views->snapshot()->ticket(id)->version == Version{2});
  // The timeline of what was seen is whole.
  CHECK(scene.views->snapshot()->timeline(id, {})->rows.size() == 2);
}

}  // namespace greffe
