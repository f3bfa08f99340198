// The index over time: following, restarting, being thrown away, damaged and built anew.
#include <rapidcheck.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "tests/projections_search.h"

namespace greffe {
namespace {

using namespace projections_test;
using namespace std::chrono_literals;

SearchIndex::Options following() { return {.follow = true}; }

std::size_t hits(const SearchIndex& index, const std::string& text) {
  const auto page = index.search(SearchScene::as_agent(text));
  if (!page) FAIL("no answer: " << page.error().detail);
  return page->hits.size();
}

// The directory of the generation that serves.
std::filesystem::path generation(const std::filesystem::path& dir) {
  std::filesystem::path only;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "search")) {
    CHECK(only.empty());
    only = entry.path();
  }
  return only;
}

}  // namespace

TEST_CASE("what was recorded can be found within a second") {
  SearchScene scene;
  scene.reopen(following());
  for (int i = 0; i < 5; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto word = "panne" + std::to_string(i);
    scene.open(word);
    while (hits(*scene.index, word) == 0 && std::chrono::steady_clock::now() - begun < 5s) {
      std::this_thread::sleep_for(1ms);
    }
    CHECK(std::chrono::steady_clock::now() - begun < 1s);
  }
}

TEST_CASE("who waits for a position finds everything up to there") {
  SearchScene scene;
  scene.reopen({.commit_interval = 5ms, .follow = true});
  CHECK_FALSE(scene.index->wait_for(Position{1}, 1ms));
  for (int i = 0; i < 20; ++i) {
    const auto id = scene.open("panne");
    REQUIRE(scene.index->wait_for(Position{id.value}, 10s));
    CHECK(hits(*scene.index, "panne") == static_cast<std::size_t>(i) + 1);
  }
  // Events of no ticket count as seen too.
  const auto team = scene.history.team("N1");
  CHECK(scene.index->wait_for(Position{team.value}, 10s));
  const auto page = scene.index->search(SearchScene::as_agent("panne"));
  REQUIRE(page);
  CHECK(page->seen.position == Position{team.value});
  CHECK(page->seen.recorded_at == scene.history.records().back().envelope.recorded_at);
}

TEST_CASE("a restart goes on where the index stood") {
  SearchScene scene;
  for (int i = 0; i < 10; ++i) scene.open("panne");
  must_search(scene.index->catch_up({}));
  scene.index.reset();
  const auto id = scene.open("coupure");
  scene.index = open_search(scene.dir.path(), scene.history.log());
  CHECK(scene.index->status().seen.position == Position{10});
  CHECK(scene.index->status().documents == 10);
  CHECK_FALSE(scene.index->status().failure);
  CHECK_FALSE(scene.index->status().rebuilding);
  std::vector<std::uint64_t> reports;
  must_search(scene.index->catch_up([&](std::uint64_t count, std::uint64_t total) {
    CHECK(total == 1);
    reports.push_back(count);
  }));
  CHECK(reports == std::vector<std::uint64_t>{1});
  CHECK(scene.find("coupure") == Tickets{id});
  CHECK(hits(*scene.index, "panne") == 10);
}

TEST_CASE("of many events at once the first can be found before the last are in the index") {
  SearchScene scene;
  scene.reopen({.live_events_max = 10, .follow = false});
  for (int i = 0; i < 25; ++i) scene.open("panne");
  std::vector<std::size_t> found;
  must_search(scene.index->catch_up([&](std::uint64_t, std::uint64_t) {
    const auto page = scene.index->search(SearchScene::as_agent("panne"));
    found.push_back(page ? page->total_estimate : 0);
  }));
  CHECK(found == std::vector<std::size_t>{10, 20, 25});
}

TEST_CASE("what a crash between two commits loses is read from the log again") {
  SearchScene scene;
  scene.open("panne");
  must_search(scene.index->catch_up({}));
  // The directory as a crash would leave it, while the index goes on.
  const TemporaryDirectory crashed;
  std::filesystem::copy(scene.dir.path(), crashed.path(), std::filesystem::copy_options::recursive);
  scene.say({1}, "court-circuit");
  scene.open("panne");
  must_search(scene.index->catch_up({}));
  const auto recovered = open_search(crashed.path(), scene.history.log());
  CHECK(recovered->status().seen.position == Position{1});
  must_search(recovered->catch_up({}));
  CHECK(digest_of(*recovered) == digest_of(*scene.index));
}

TEST_CASE("an index that is gone, damaged or of another log is built anew") {
  SearchScene scene;
  for (int i = 0; i < 30; ++i) scene.open("panne " + std::to_string(i));
  must_search(scene.index->catch_up({}));
  const auto before = digest_of(*scene.index);
  const auto dir = generation(scene.dir.path());
  scene.index.reset();
  SECTION("gone") { std::filesystem::remove_all(scene.dir.path() / "search"); }
  SECTION("a file of it is gone") { std::filesystem::remove(dir / "iamglass"); }
  SECTION("cut") { std::filesystem::resize_file(dir / "iamglass", 20); }
  SECTION("overwritten") {
    std::ofstream(dir / "iamglass", std::ios::binary | std::ios::trunc) << std::string(500, 'x');
  }
  scene.index = open_search(scene.dir.path(), scene.history.log());
  CHECK(scene.index->status().seen.position == Position{0});
  CHECK(scene.index->status().rebuilding);
  must_search(scene.index->catch_up({}));
  CHECK_FALSE(scene.index->status().rebuilding);
  CHECK(digest_of(*scene.index) == before);
  CHECK(generation(scene.dir.path()).parent_path() == scene.dir.path() / "search");
}

TEST_CASE("an index of a log that was put back to an older backup is built anew") {
  SearchScene scene;
  scene.open("panne");
  scene.open("coupure");
  must_search(scene.index->catch_up({}));
  scene.index.reset();
  SearchScene other;
  other.index.reset();
  other.open("incendie");
  other.index = open_search(scene.dir.path(), other.history.log());
  CHECK(other.index->status().seen.position == Position{0});
  must_search(other.index->catch_up({}));
  CHECK(hits(*other.index, "incendie") == 1);
  CHECK(hits(*other.index, "panne") == 0);
}

TEST_CASE("an index that breaks while it is used is built anew by itself") {
  SearchScene scene;
  for (int i = 0; i < 200; ++i) scene.open("panne " + std::to_string(i), std::string(1000, 'x'));
  std::atomic<int> failures = 0;
  scene.reopen(following(), [&](const ViewFailure&) { ++failures; });
  must_search(scene.index->catch_up({}));
  std::filesystem::remove_all(scene.dir.path() / "search");
  const auto id = scene.open("coupure");
  REQUIRE(scene.index->wait_for(Position{id.value}, 30s));
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!scene.index->search(SearchScene::as_agent("coupure")) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(10ms);
  }
  must_search(scene.index->catch_up({}));
  CHECK(hits(*scene.index, "coupure") == 1);
  CHECK(hits(*scene.index, "panne") == 20);
  CHECK(failures == 0);
  CHECK(std::filesystem::exists(scene.dir.path() / "search"));
}

TEST_CASE("a rebuild beside the index that serves ends in the same index") {
  SearchScene scene;
  std::mt19937_64 random(7);
  Author author(scene.history, [&](std::uint64_t below) { return random() % below; });
  author.write(400);
  scene.reopen(following());
  must_search(scene.index->catch_up({}));
  const auto before = digest_of(*scene.index);
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0;
  std::thread reader([&] {
    while (!over) wrong += !scene.index->search(SearchScene::as_agent("hello"));
  });
  std::uint64_t last = 0;
  must_search(scene.index->rebuild([&](std::uint64_t count, std::uint64_t total) {
    CHECK(count <= total);
    last = count;
  }));
  CHECK(last > 0);
  CHECK(digest_of(*scene.index) == before);
  author.write(50);
  must_search(scene.index->catch_up({}));
  over = true;
  reader.join();
  CHECK(wrong == 0);
  CHECK_FALSE(scene.index->status().rebuilding);
  CHECK_FALSE(generation(scene.dir.path()).empty());
}

TEST_CASE("an index built step by step, with restarts, is the one built at once") {
  CHECK(rc::check("same digest", [] {
    SearchScene scene;
    Author author(scene.history, [](std::uint64_t below) { return *rc::gen::inRange<std::uint64_t>(0, below); });
    const auto steps = *rc::gen::inRange(1, 6);
    for (int i = 0; i < steps; ++i) {
      author.write(*rc::gen::inRange<std::size_t>(1, 30));
      must_search(scene.index->catch_up({}));
      if (*rc::gen::arbitrary<bool>()) {
        scene.index.reset();
        scene.index = open_search(scene.dir.path(), scene.history.log());
      }
    }
    const TemporaryDirectory other;
    const auto at_once = open_search(other.path(), scene.history.log(),
                                     {.bulk_events_max = *rc::gen::inRange<std::size_t>(1, 40), .follow = false});
    must_search(at_once->catch_up({}));
    RC_ASSERT(digest_of(*at_once) == digest_of(*scene.index));
  }));
}

TEST_CASE("a damaged record stops the index at the event before it, said once") {
  SearchScene scene;
  const auto id = scene.open("panne");
  scene.index.reset();
  scene.history.append_bytes({stream_of(id), Version{2}, "no record"});
  std::mutex mutex;
  std::vector<ViewFailure> failures;
  scene.reopen(following(), [&](const ViewFailure& failure) {
    const std::lock_guard lock(mutex);
    failures.push_back(failure);
  });
  CHECK_FALSE(scene.index->catch_up({}));
  scene.index->stop();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].kind == ViewFailure::Kind::log);
  CHECK(failures[0].position == Position{2});
  const auto status = scene.index->status();
  REQUIRE(status.failure);
  CHECK(status.failure->detail == failures[0].detail);
  CHECK(status.documents == 1);
  CHECK(hits(*scene.index, "panne") == 1);
}

TEST_CASE("a stopped index still answers and moves no more") {
  SearchScene scene;
  scene.reopen(following());
  scene.open("panne");
  must_search(scene.index->catch_up({}));
  scene.index->stop();
  scene.index->stop();
  scene.open("panne");
  CHECK(hits(*scene.index, "panne") == 1);
  CHECK_FALSE(scene.index->wait_for(Position{2}, 10ms));
  CHECK_FALSE(scene.index->catch_up({}));
  CHECK(scene.index->status().log_tail == Position{2});
}

TEST_CASE("searches from several threads agree with what they say they have seen") {
  SearchScene scene;
  scene.reopen({.commit_interval = 1ms, .follow = true});
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0, read = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!over) {
        auto query = SearchScene::as_agent("panne");
        query.limit = 50;
        const auto page = scene.index->search(query);
        // Every event opens such a ticket.
        if (!page || page->total_estimate < std::min<std::uint64_t>(page->seen.position.value, 50)) ++wrong;
        ++read;
      }
    });
  }
  for (int i = 0; i < 300; ++i) scene.open("panne");
  CHECK(scene.index->wait_for(Position{300}, 30s));
  over = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
  CHECK(read > 0);
}

}  // namespace greffe
