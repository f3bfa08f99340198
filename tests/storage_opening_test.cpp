// What open_rocksdb_log refuses, and what the log does when the disk does.
#include <catch2/catch.hpp>
#include <rocksdb/db.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "storage/rocksdb_log.h"
#include "storage/size_mark.h"
#include "tests/storage_groups.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;
using Kind = LogFailure::Kind;

std::unique_ptr<Log> opened(const fs::path& dir, const RocksdbLogOptions& options = {}) {
  auto log = open_rocksdb_log(dir, options);
  if (!log) FAIL("not opened: " << log.error().detail);
  return *std::move(log);
}

// The kind of failure of opening, as text so that a failed test shows it.
std::string refusal(const fs::path& dir, const RocksdbLogOptions& options = {}) {
  const auto log = open_rocksdb_log(dir, options);
  if (log) return "opened";
  CHECK_FALSE(log.error().detail.empty());
  return std::string(name_of(log.error().kind));
}

void write_text(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr RocksdbLogOptions reading{.writable = false, .create = false};

}  // namespace

TEST_CASE("an absent store is not made unless that was asked for") {
  const TemporaryDirectory dir;
  CHECK(refusal(dir.path(), {.writable = true, .create = false}) == "not_opened");
  CHECK(refusal(dir.path(), reading) == "not_opened");
  CHECK(refusal(dir.path(), {.writable = false, .create = true}) == "not_opened");
  CHECK(fs::is_empty(dir.path()));
  CHECK(refusal(dir.path() / "new" / "store") == "opened");
  CHECK(refusal(dir.path() / "new" / "store", {.writable = true, .create = false}) == "opened");
}

TEST_CASE("a store has one opener at a time, be it to write or to read") {
  const TemporaryDirectory dir;
  auto first = opened(dir.path());
  CHECK(refusal(dir.path()) == "not_opened");
  CHECK(refusal(dir.path(), reading) == "not_opened");
  first.reset();
  first = opened(dir.path(), reading);
  CHECK(refusal(dir.path()) == "not_opened");
  first.reset();
  CHECK(refusal(dir.path()) == "opened");
}

TEST_CASE("a store of another format is not opened") {
  const TemporaryDirectory dir;
  append(*opened(dir.path()), numbered_group(TicketId{1}, 1, 3));
  std::vector<std::string> families;
  const std::string name = (dir.path() / "log").string();
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, name, &families).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (const auto& family : families) all.emplace_back(family, rocksdb::ColumnFamilyOptions{});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  REQUIRE(rocksdb::DB::Open({}, name, all, &handles, &raw).ok());
  const std::unique_ptr<rocksdb::DB> db(raw);
  SECTION("a later one") { REQUIRE(db->Put({}, "format", "greffe log 2").ok()); }
  SECTION("none at all") { REQUIRE(db->Delete({}, "format").ok()); }
  for (auto* handle : handles) REQUIRE(db->DestroyColumnFamilyHandle(handle).ok());
  REQUIRE(raw->Close().ok());
  CHECK(refusal(dir.path()) == "not_opened");
  CHECK(refusal(dir.path(), reading) == "not_opened");
}

TEST_CASE("another program's RocksDB is not taken for a log") {
  const TemporaryDirectory dir;
  rocksdb::Options options;
  options.create_if_missing = true;
  {
    rocksdb::DB* raw = nullptr;
    REQUIRE(rocksdb::DB::Open(options, (dir.path() / "log").string(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    REQUIRE(db->Put({}, "theirs", "1").ok());
  }
  CHECK(refusal(dir.path()) == "not_opened");
  CHECK(refusal(dir.path(), reading) == "not_opened");
}

TEST_CASE("a log opened for reading shows all of it, appends nothing and leaves the files alone") {
  const TemporaryDirectory dir;
  append(*opened(dir.path()), numbered_group(TicketId{1}, 1, 3));
  const auto files = [&] {
    std::vector<std::string> names;
    for (const auto& file : fs::recursive_directory_iterator(dir.path())) {
      names.push_back(file.path().string() + " " + (file.is_regular_file() ? text_of(file.path()) : ""));
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  const auto before = files();
  {
    const auto log = opened(dir.path(), reading);
    CHECK(all_of(*log).size() == 3);
    CHECK(value_of(*log, IndexSpace::external_id, "last") == std::string("3"));
    CHECK(all_of(*log->read_stream(stream_of(TicketId{1}), Version{2})).size() == 2);
    CHECK(log->append(Position{3}, numbered_group(TicketId{1}, 4, 1)).error().kind == Kind::io);
  }
  CHECK(files() == before);
}

TEST_CASE("the size mark follows the tail while the log is open and at its close") {
  const TemporaryDirectory dir;
  const fs::path mark = dir.path() / "log-size";
  auto log = opened(dir.path());
  append(*log, numbered_group(TicketId{1}, 1, 3));
  for (int i = 0; i < 100 && text_of(mark) != "size 3\n"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(text_of(mark) == "size 3\n");
  append(*log, numbered_group(TicketId{1}, 4, 2));
  log.reset();
  CHECK(text_of(mark) == "size 5\n");
  CHECK_FALSE(fs::exists(dir.path() / "log-size.new"));
}

TEST_CASE("a log shorter than its size mark is refused, with words that say what to do") {
  const TemporaryDirectory dir;
  append(*opened(dir.path()), numbered_group(TicketId{1}, 1, 3));
  const fs::path mark = dir.path() / "log-size";
  for (const auto& [text, result] :
       std::vector<std::pair<std::string, std::string>>{{"size 3\n", "opened"},
                                                        {"size 2\n", "opened"},
                                                        {"size 4\n", "too_short"},
                                                        {"size 18446744073709551615\n", "too_short"}}) {
    write_text(mark, text);
    CHECK(refusal(dir.path()) == result);
    write_text(mark, text);
    CHECK(refusal(dir.path(), reading) == result);
  }
  write_text(mark, "size 4\n");
  const auto refused = open_rocksdb_log(dir.path());
  CHECK(refused.error().detail.find("Restore a backup") != std::string::npos);
  fs::remove(mark);  // what the words say
  CHECK(refusal(dir.path()) == "opened");
}

TEST_CASE("a size mark that is none is refused, not taken for zero") {
  const TemporaryDirectory dir;
  append(*opened(dir.path()), numbered_group(TicketId{1}, 1, 3));
  for (const std::string text : {"", "size \n", "size 3", "size 3\n\n", "size -1\n", "size 3x\n", "Size 3\n",
                                 "size 18446744073709551616\n", "3\n"}) {
    CAPTURE(text);
    write_text(dir.path() / "log-size", text);
    CHECK(refusal(dir.path()) == "corrupt");
  }
}

TEST_CASE("a size mark is written whole or not at all") {
  const TemporaryDirectory dir;
  const fs::path mark = dir.path() / "mark";
  CHECK(read_size_mark(mark) == Position{0});
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{0}, ~std::uint64_t{0}}) {
    REQUIRE(write_size_mark(mark, Position{size}));
    CHECK(read_size_mark(mark) == Position{size});
  }
  CHECK(write_size_mark(dir.path() / "absent" / "mark", Position{1}).error().kind == Kind::io);
}

TEST_CASE("a marked log that is gone is not begun anew") {
  const TemporaryDirectory dir;
  append(*opened(dir.path()), numbered_group(TicketId{1}, 1, 3));
  SECTION("the whole directory") {
    fs::remove_all(dir.path() / "log");
    CHECK(refusal(dir.path()) == "too_short");
    CHECK_FALSE(fs::exists(dir.path() / "log"));
  }
  SECTION("the file that names the manifest") {
    fs::remove(dir.path() / "log" / "CURRENT");
    CHECK(refusal(dir.path()) == "corrupt");
    fs::remove(dir.path() / "log-size");
    CHECK(refusal(dir.path()) == "corrupt");
  }
}

TEST_CASE("after a failed append every later one fails, and nothing of it is seen again") {
  const TemporaryDirectory dir;
  auto log = opened(dir.path());
  append(*log, numbered_group(TicketId{1}, 1, 3));

  // The kernel refuses to let any file grow beyond the limit, as a full disk would.
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit tight{4096, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const auto failed = log->append(Position{3}, numbered_group(TicketId{1}, 4, 1000));
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, ignored);

  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == Kind::io);
  CHECK(log->append(Position{3}, numbered_group(TicketId{1}, 4, 1)).error().kind == Kind::io);
  CHECK(log->tail() == Position{3});
  CHECK(all_of(*log).size() == 3);  // reading goes on
  log.reset();
  log = opened(dir.path());
  CHECK(all_of(*log).size() == 3);
  append(*log, numbered_group(TicketId{1}, 4, 1));
}

}  // namespace greffe
