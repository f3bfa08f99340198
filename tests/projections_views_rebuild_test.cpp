// New generations: built beside the live one, swapped at one position, and built at once
// where there is nothing that can serve.
#include <fstream>
#include <random>
#include <thread>

#include "projections/row_table.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

Author::Draw seeded(std::uint64_t seed) {
  return [random = std::make_shared<std::mt19937_64>(seed)](std::uint64_t below) { return (*random)() % below; };
}

std::vector<std::string> generations_in(const std::filesystem::path& dir) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "views")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  return names;
}

// Counts events under its version's number, so that rows tell which version made them.
class CountingView final : public View {
 public:
  CountingView(const RowSource& newest, Family family, Version version)
      : table_(newest, family, "", 1024), version_(version) {}
  std::string_view name() const override { return "counting"; }
  Version version() const override { return version_; }
  void apply(const Record&) override { table_.find_or_make(version_.current).message_count += 1; }
  void flush(RowBatch& batch, Position at) override { table_.flush(batch, at); }
  void discard() override { table_.discard(); }

 private:
  RowTable<TicketRow> table_;
  const Version version_;
};

ExtraViews counting(View::Version version) {
  return {{"counting", [version](const RowSource& newest, Family family) {
             return std::make_unique<CountingView>(newest, family, version);
           }}};
}

ViewsDigest fresh_digest(History& history, const ExtraViews& extra = {}) {
  TemporaryDirectory dir;
  const auto views = open_views(dir.path(), history.log(), {4096, false}, extra);
  catch_up(*views);
  return views->digest();
}

}  // namespace

TEST_CASE("lists follow the priorities' order live, after a start and after a rebuild alike") {
  Scene scene;
  const auto define = [&](std::initializer_list<const char*> keys) {
    PrioritiesDefined defined;
    for (const auto* key : keys) defined.priorities.push_back({key, {}, {}});
    scene.history.add(stream_of(SettingsArea::priorities), SettingsEvent(std::move(defined)));
  };
  const auto ids = [&] {
    ListQuery query;
    query.sort = {{SortColumn::priority, true}};
    const auto list = scene.views->list(query);
    REQUIRE(list);
    std::vector<TicketId> found;
    for (const TicketRow& row : list->page.rows) found.push_back(row.id);
    return found;
  };
  using Ids = std::vector<TicketId>;
  define({"low", "normal", "urgent"});
  TicketOpened opened;
  opened.priority = low;
  const auto first = scene.history.open(opened);
  opened.priority = urgent;
  const auto second = scene.history.open(opened);
  const auto third = scene.history.open();
  catch_up(*scene.views);
  CHECK(ids() == Ids{second, third, first});
  define({"urgent", "low"});
  opened.priority = {"urgent", 0};
  const auto fourth = scene.history.open(opened);
  catch_up(*scene.views);
  // The normal ones keep 1, which the low ones have now too: by key.
  CHECK(ids() == Ids{third, first, second, fourth});
  rebuild(*scene.views);
  CHECK(ids() == Ids{third, first, second, fourth});
  // What the views have not seen yet counts only once they see it.
  define({"low", "normal", "urgent"});
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log());
  CHECK(ids() == Ids{third, first, second, fourth});
  catch_up(*scene.views);
  CHECK(ids() == Ids{second, fourth, third, first});
}

TEST_CASE("a rebuild gives the same rows, at the same position") {
  Scene scene;
  Author(scene.history, seeded(1)).write(400);
  catch_up(*scene.views);
  const auto old_snapshot = scene.views->snapshot();
  const auto before = scene.views->digest();
  std::uint64_t last_done = 0;
  const auto rebuilt = scene.views->rebuild([&](std::uint64_t done_count, std::uint64_t) { last_done = done_count; });
  REQUIRE(rebuilt);
  CHECK(same(rebuilt->before, before));
  CHECK(same(rebuilt->after, before));
  CHECK(same(scene.views->digest(), before));
  CHECK(scene.views->status().seen.position == scene.history.tail());
  CHECK(generations_in(scene.dir.path()).size() == 2);  // the old one has a reader left
  CHECK(old_snapshot->ticket(TicketId{scene.views->list({})->page.rows[0].id}));
}

TEST_CASE("the old generation is deleted when its last reader is gone") {
  Scene scene;
  scene.history.open();
  auto reader = scene.now();
  rebuild(*scene.views);
  CHECK(generations_in(scene.dir.path()) != std::vector<std::string>{"000002"});
  CHECK(reader->ticket(TicketId{1}));
  reader.reset();
  CHECK(generations_in(scene.dir.path()) == std::vector<std::string>{"000002"});
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log());
  CHECK(scene.views->snapshot()->ticket(TicketId{1}));
  CHECK(generations_in(scene.dir.path()) == std::vector<std::string>{"000002"});
}

TEST_CASE("a rebuild brings views that never moved up to the log as well") {
  Scene scene;
  scene.history.open();
  const auto rebuilt = rebuild(*scene.views);
  CHECK(rebuilt.before.position == Position{1});
  CHECK(same(rebuilt.before, rebuilt.after));
}

TEST_CASE("a rebuild while events keep coming loses none and counts none twice") {
  History history;
  TemporaryDirectory dir;
  Author author(history, seeded(2));
  author.write(6000);  // more than what is left to the moment of the swap
  auto views = open_views(dir.path(), history.log(), {64, true});
  std::atomic<bool> done_rebuilding = false;
  std::thread writer([&] {
    for (int i = 0; i < 20'000 && !done_rebuilding; ++i) {
      author.write(1);
      if (i % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  for (int i = 0; i < 2; ++i) {
    const auto rebuilt = rebuild(*views);
    CHECK(same(rebuilt.before, rebuilt.after));
  }
  done_rebuilding = true;
  writer.join();
  REQUIRE(views->wait_for(history.tail(), std::chrono::seconds(30)));
  CHECK(same(views->digest(), fresh_digest(history)));
  CHECK(views->status().parked.empty());
}

TEST_CASE("what a crash left of a rebuild is deleted at the next opening") {
  Scene scene;
  scene.history.open();
  catch_up(*scene.views);
  const auto digest = scene.views->digest();
  scene.views.reset();
  std::filesystem::create_directories(scene.dir.path() / "views" / "000002" / "deep");
  std::ofstream(scene.dir.path() / "views" / "000002" / "CURRENT") << "half";
  scene.views = open_views(scene.dir.path(), scene.history.log());
  CHECK(generations_in(scene.dir.path()) == std::vector<std::string>{"000001"});
  CHECK(same(scene.views->digest(), digest));
}

TEST_CASE("views of another version that can be read serve until new ones are built") {
  History history;
  TemporaryDirectory dir;
  Author(history, seeded(3)).write(300);
  catch_up(*open_views(dir.path(), history.log(), {4096, false}, counting({1, 1})));
  SECTION("by hand: they serve as they are, and catching up builds the new ones") {
    auto views = open_views(dir.path(), history.log(), {4096, false}, counting({2, 1}));
    CHECK(views->status().seen.position == history.tail());
    CHECK_FALSE(same(views->digest(), fresh_digest(history, counting({2, 1}))));
    catch_up(*views);
    CHECK(same(views->digest(), fresh_digest(history, counting({2, 1}))));
  }
  SECTION("by themselves, while they follow") {
    auto views = open_views(dir.path(), history.log(), {4096, true}, counting({2, 1}));
    CHECK(views->status().seen.position == history.tail());
    const auto expected = fresh_digest(history, counting({2, 1}));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!same(views->digest(), expected) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK(same(views->digest(), expected));
    views.reset();
    // The new ones are the ones that are opened next, and they are up to date.
    views = open_views(dir.path(), history.log(), {4096, false}, counting({2, 1}));
    CHECK(same(views->digest(), expected));
  }
}

TEST_CASE("views that cannot be read are built at once") {
  History history;
  TemporaryDirectory dir;
  Author(history, seeded(4)).write(100);
  const auto first = GENERATE(View::Version{1, 1}, View::Version{3, 3});
  catch_up(*open_views(dir.path(), history.log(), {4096, false}, counting(first)));
  auto views = open_views(dir.path(), history.log(), {4096, false}, counting({2, 2}));
  CHECK(views->status().seen.position == Position{0});
  catch_up(*views);
  CHECK(same(views->digest(), fresh_digest(history, counting({2, 2}))));
  CHECK(generations_in(dir.path()).size() == 1);
}

TEST_CASE("views of another log are thrown away") {
  Scene scene;
  Author(scene.history, seeded(5)).write(50);
  catch_up(*scene.views);
  scene.views.reset();
  SECTION("of a longer one: the log was put back to an older backup") {
    History older;
    for (std::size_t i = 0; i < 40; ++i) older.append(scene.history.records()[i]);
    const auto views = open_views(scene.dir.path(), older.log());
    CHECK(views->status().seen.position == Position{0});
    catch_up(*views);
    CHECK(same(views->digest(), fresh_digest(older)));
  }
  SECTION("of one that went another way since") {
    History other;
    for (std::size_t i = 0; i < 60; ++i) {
      Record record = scene.history.records()[std::min<std::size_t>(i, 39)];
      record.envelope.position = record.envelope.commit_first = Position{i + 1};
      if (i >= 40) record.envelope.recorded_at += std::chrono::microseconds(i);
      other.append(record);
    }
    const auto views = open_views(scene.dir.path(), other.log());
    CHECK(views->status().seen.position == Position{0});
  }
}

TEST_CASE("damaged views are built anew, held ones are refused") {
  Scene scene;
  Author(scene.history, seeded(6)).write(50);
  catch_up(*scene.views);
  const auto digest = scene.views->digest();
  SECTION("another instance holds them") {
    const auto second = LiveViews::open(scene.dir.path(), scene.history.log(), {4096, false}, {}, {});
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ViewFailure::Kind::not_opened);
    CHECK(same(scene.views->digest(), digest));
  }
  SECTION("the name of the live generation is lost") {
    scene.views.reset();
    std::ofstream(scene.dir.path() / "views" / "CURRENT") << "no name";
  }
  SECTION("the store's own files are damaged") {
    scene.views.reset();
    std::ofstream(scene.dir.path() / "views" / "000001" / "CURRENT") << "MANIFEST-999999\n";
  }
  scene.views.reset();
  scene.views = open_views(scene.dir.path(), scene.history.log());
  catch_up(*scene.views);
  CHECK(same(scene.views->digest(), digest));
}

}  // namespace greffe
