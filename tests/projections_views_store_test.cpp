// The parts under the views: keys, the store, the cache of rows.
#include <catch2/catch.hpp>

#include "projections/row_cache.h"
#include "projections/row_keys.h"
#include "projections/view_store.h"
#include "tests/projections_history.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

using Text = std::string;

std::shared_ptr<ViewStore> open_store(const std::filesystem::path& dir) {
  auto store = ViewStore::open(dir, {{"default", "a", "b"}, true});
  REQUIRE(store);
  return *store;
}

void put(ViewStore& store, Family family, std::string_view key, std::string_view value) {
  const auto batch = store.batch();
  batch->put(family, key, value);
  REQUIRE(store.write(*batch));
}

std::string get(const RowSource& rows, Family family, std::string_view key) {
  std::string value = "left over";
  return rows.get(family, key, value) ? value : "absent" + value;
}

std::string scanned(const RowSource& rows, Family family, std::string_view prefix, std::string_view from) {
  std::string keys;
  for (const auto scan = rows.scan(family, prefix, from); scan->next();) keys += std::string(scan->key()) + " ";
  return keys;
}

constexpr Family a{1}, b{2};

std::shared_ptr<const Text> text(const std::string& value) { return std::make_shared<const Text>(value); }

}  // namespace

TEST_CASE("keys order as their numbers and instants do, and are read back") {
  const auto at = [](std::int64_t micros) { return Instant(std::chrono::microseconds(micros)); };
  const std::vector<std::int64_t> instants = {INT64_MIN, -1'000'000, -1, 0, 1, 255, 256, INT64_MAX};
  for (std::size_t i = 0; i + 1 < instants.size(); ++i) {
    CHECK(RowKey().add(at(instants[i])).view() < RowKey().add(at(instants[i + 1])).view());
    CHECK(RowKey().add_descending(at(instants[i])).view() > RowKey().add_descending(at(instants[i + 1])).view());
  }
  const RowKey key = RowKey("t").add(std::uint64_t{258}).add(at(-5));
  CHECK(key.view().substr(0, 9) == std::string_view("t\0\0\0\0\0\0\1\2", 9));
  RowKeyReader reader(key.view().substr(1));
  CHECK(reader.number() == 258);
  CHECK(reader.instant() == at(-5));
  CHECK(reader.at_end());
  CHECK_FALSE(reader.number());
  CHECK_FALSE(RowKeyReader("1234567").number());
  CHECK_FALSE(read_number("123456789"));
}

TEST_CASE("a batch changes all its families at once, later changes win") {
  TemporaryDirectory dir;
  const auto store = open_store(dir.path() / "s");
  const auto batch = store->batch();
  batch->put(a, "k", "1");
  batch->put(b, "k", "2");
  batch->put(a, "gone", "x");
  batch->erase(a, "gone");
  CHECK(get(*store, a, "k") == "absent");
  REQUIRE(store->write(*batch));
  CHECK(get(*store, a, "k") == "1");
  CHECK(get(*store, b, "k") == "2");
  CHECK(get(*store, a, "gone") == "absent");
  REQUIRE(store->write(*batch));  // it was emptied
  const std::vector<std::string> keys = {"k", "gone", "k"};
  const auto values = store->get_many(a, keys);
  CHECK(values == std::vector<std::optional<std::string>>{"1", std::nullopt, "1"});
}

TEST_CASE("a scan walks the keys of its prefix only") {
  TemporaryDirectory dir;
  const auto store = open_store(dir.path() / "s");
  for (const std::string key : {"a", "b", "b1", "b2", "b\xff", "c"}) put(*store, a, key, "");
  put(*store, b, "b3", "");
  CHECK(scanned(*store, a, "b", "b") == "b b1 b2 b\xff ");
  CHECK(scanned(*store, a, "b", "b1") == "b1 b2 b\xff ");
  CHECK(scanned(*store, a, "", "") == "a b b1 b2 b\xff c ");
  CHECK(scanned(*store, a, "b\xff", "b\xff") == "b\xff ");
  CHECK(scanned(*store, a, "\xff\xff", "\xff\xff").empty());
}

TEST_CASE("a snapshot stays as it was and keeps the store open") {
  TemporaryDirectory dir;
  auto store = open_store(dir.path() / "s");
  put(*store, a, "k", "old");
  auto snapshot = store->snapshot();
  put(*store, a, "k", "new");
  put(*store, a, "l", "new");
  CHECK(get(*snapshot, a, "k") == "old");
  CHECK(scanned(*snapshot, a, "", "") == "k ");
  CHECK(get(*store, a, "k") == "new");
  store->remove_when_closed();
  store.reset();
  CHECK(get(*snapshot, a, "k") == "old");
  snapshot.reset();
  CHECK_FALSE(std::filesystem::exists(dir.path() / "s"));
}

TEST_CASE("what was flushed is there after a reopening") {
  TemporaryDirectory dir;
  {
    const auto store = open_store(dir.path() / "s");
    put(*store, a, "k", "kept");
    REQUIRE(store->flush());
    put(*store, a, "k", "lost");
    put(*store, b, "k", "lost");
  }
  const auto store = open_store(dir.path() / "s");
  CHECK(get(*store, a, "k") == "kept");
  CHECK(get(*store, b, "k") == "absent");
}

TEST_CASE("a store that cannot be opened says so") {
  TemporaryDirectory dir;
  const auto store = open_store(dir.path() / "s");
  const auto held = ViewStore::open(dir.path() / "s", {{"default", "a", "b"}, true});
  REQUIRE_FALSE(held);
  CHECK(held.error().kind == ViewFailure::Kind::not_opened);
  const auto absent = ViewStore::open(dir.path() / "t", {{"default"}, false});
  REQUIRE_FALSE(absent);
  CHECK(absent.error().kind == ViewFailure::Kind::not_opened);
}

TEST_CASE("the cache gives a row only to positions where it was the newest") {
  RowCache<Text> cache(1024 * 1024);
  cache.put(1, text("two"), 10, Position{2});
  CHECK(cache.find(1, Position{1}) == nullptr);
  REQUIRE(cache.find(1, Position{2}) != nullptr);
  CHECK(*cache.find(1, Position{5}) == "two");
  cache.put(1, text("six"), 10, Position{6});
  CHECK(cache.find(1, Position{5}) == nullptr);
  CHECK(*cache.find(1, Position{6}) == "six");
  CHECK(*cache.find_newest(1) == "six");
  CHECK(cache.find(2, Position{9}) == nullptr);
}

TEST_CASE("a row read at an old position never passes for the newest") {
  RowCache<Text> cache(16 * 4 * 300);  // four rows a shard
  SECTION("while the newest is there") {
    cache.put(1, text("new"), 10, Position{6});
    cache.offer(1, text("old"), 10, Position{5});
    CHECK(*cache.find(1, Position{6}) == "new");
  }
  SECTION("after the newest was dropped") {
    cache.put(1, text("new"), 10, Position{6});
    for (std::uint64_t i = 1; i < 20; ++i) cache.put(1 + 16 * i, text("other"), 10, Position{6});
    REQUIRE(cache.find_newest(1) == nullptr);
    cache.offer(1, text("old"), 10, Position{5});
    CHECK(cache.find(1, Position{6}) == nullptr);
    cache.offer(1, text("new"), 10, Position{6});
    CHECK(*cache.find(1, Position{7}) == "new");
  }
}

TEST_CASE("the cache keeps what is used and drops the rest") {
  RowCache<Text> cache(16 * 10 * 300);
  cache.put(0, text("used"), 10, Position{1});
  for (std::uint64_t i = 1; i < 1000; ++i) {
    cache.put(16 * i, text("unused"), 10, Position{1});
    REQUIRE(cache.find_newest(0) != nullptr);
  }
  std::size_t kept = 0;
  for (std::uint64_t i = 1; i < 1000; ++i) kept += cache.find_newest(16 * i) != nullptr;
  CHECK(kept <= 12);
}

}  // namespace greffe
