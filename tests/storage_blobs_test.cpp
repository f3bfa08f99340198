// The blob store on a real disk, and on one that breaks where it is told.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <fstream>
#include <future>
#include <map>

#include "storage/blobs.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;
using Kind = BlobFailure::Kind;

constexpr std::uint64_t large = 1ULL << 30U;

// Notes what it is asked, and fails one kind of call.
class BreakingDisk : public BlobDisk {
 public:
  std::string failing;  // "append", "sync", …
  int error_number = EIO;
  std::vector<std::string> calls;  // kind and the file's name

  DiskResult<void> check(const std::string& call, const fs::path& file) {
    const std::lock_guard lock(mutex_);
    calls.push_back(call + " " + file.filename().string());
    if (call != failing) return {};
    return fail(std::error_code(error_number, std::system_category()));
  }

  DiskResult<std::unique_ptr<BlobFile>> create(const fs::path& file) override {
    if (auto good = check("create", file); !good) return fail(good.error());
    auto made = system_disk().create(file);
    if (!made) return made;
    return std::make_unique<File>(*this, file, std::move(*made));
  }
  DiskResult<std::unique_ptr<BlobFile>> open(const fs::path& file) override {
    if (auto good = check("open", file); !good) return fail(good.error());
    auto opened = system_disk().open(file);
    if (!opened) return opened;
    return std::make_unique<File>(*this, file, std::move(*opened));
  }
  DiskResult<void> make_directory(const fs::path& directory) override {
    if (auto good = check("make_directory", directory); !good) return good;
    return system_disk().make_directory(directory);
  }
  DiskResult<void> sync_directory(const fs::path& directory) override {
    if (auto good = check("sync_directory", directory); !good) return good;
    return system_disk().sync_directory(directory);
  }
  DiskResult<void> rename(const fs::path& from, const fs::path& to) override {
    if (auto good = check("rename", to); !good) return good;
    return system_disk().rename(from, to);
  }
  DiskResult<void> remove(const fs::path& file) override {
    if (auto good = check("remove", file); !good) return good;
    return system_disk().remove(file);
  }
  DiskResult<std::vector<fs::path>> list(const fs::path& directory) override {
    if (auto good = check("list", directory); !good) return fail(good.error());
    return system_disk().list(directory);
  }

 private:
  class File : public BlobFile {
   public:
    File(BreakingDisk& disk, fs::path name, std::unique_ptr<BlobFile> file)
        : disk_(disk), name_(std::move(name)), file_(std::move(file)) {}
    DiskResult<void> append(std::string_view bytes) override {
      if (auto good = disk_.check("append", name_); !good) return good;
      return file_->append(bytes);
    }
    DiskResult<void> sync() override {
      if (auto good = disk_.check("sync", name_); !good) return good;
      return file_->sync();
    }
    DiskResult<std::uint64_t> size_bytes() const override { return file_->size_bytes(); }
    DiskResult<std::size_t> read(std::uint64_t offset, std::span<char> to) const override {
      if (auto good = disk_.check("read", name_); !good) return fail(good.error());
      return file_->read(offset, to);
    }

   private:
    BreakingDisk& disk_;
    fs::path name_;
    std::unique_ptr<BlobFile> file_;
  };

  std::mutex mutex_;
};

struct Stored {
  explicit Stored(BlobDisk& disk = system_disk()) : store(std::move(*BlobStore::open(place(), disk))) {}
  fs::path place() const { return directory.path() / "blobs"; }

  // Path below the store -> size.
  std::map<std::string, std::uintmax_t> files() const {
    std::map<std::string, std::uintmax_t> found;
    for (const auto& entry : fs::recursive_directory_iterator(place())) {
      if (entry.is_regular_file()) found[entry.path().lexically_relative(place()).string()] = entry.file_size();
    }
    return found;
  }

  BlobRef put(std::string_view bytes) const {
    auto writer = store->write(large);
    REQUIRE(writer);
    REQUIRE((*writer)->append(bytes));
    const auto ref = (*writer)->finish();
    REQUIRE(ref);
    return *ref;
  }

  std::string get(const BlobDigest& sha256) const {
    const auto reader = store->open(sha256);
    REQUIRE(reader);
    std::string bytes((*reader)->size_bytes(), '\0');
    REQUIRE((*reader)->read(0, bytes) == bytes.size());
    return bytes;
  }

  TemporaryDirectory directory;
  std::unique_ptr<BlobStore> store;
};

constexpr auto abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST_CASE("a blob is kept under the SHA-256 of its bytes") {
  const Stored stored;
  CHECK(stored.put("abc") == BlobRef{{abc}, 3});
  CHECK(stored.put("") == BlobRef{{nothing}, 0});
  CHECK(stored.files() ==
        std::map<std::string, std::uintmax_t>{{"ba/78/" + std::string(abc), 3}, {"e3/b0/" + std::string(nothing), 0}});
  CHECK(stored.get({abc}) == "abc");
  CHECK(stored.get({nothing}).empty());
  CHECK(*stored.store->exists({abc}));
}

TEST_CASE("any bytes in any pieces come back, and their digest is that of the whole") {
  const Stored stored;
  CHECK(rc::check("pieces make the same blob as the whole", [&](const std::vector<std::string>& pieces) {
    std::string whole;
    auto writer = stored.store->write(large);
    for (const auto& piece : pieces) {
      RC_ASSERT((*writer)->append(piece).has_value());
      whole += piece;
    }
    const auto sealed = (*writer)->seal();
    const auto ref = (*writer)->finish();
    RC_ASSERT(ref.has_value());
    RC_ASSERT(*ref == sealed);
    RC_ASSERT(ref->size_bytes == whole.size());
    RC_ASSERT(stored.get(ref->sha256) == whole);
    RC_ASSERT(*stored.store->verify(ref->sha256) == *ref);
    RC_ASSERT(stored.put(whole) == *ref);
  }));
}

TEST_CASE("equal blobs are stored once, also when they are written at the same time") {
  const Stored stored;
  const std::string bytes(300'000, 'x');
  std::vector<std::future<std::string>> writers;
  for (int i = 0; i < 8; ++i) {
    writers.push_back(std::async(std::launch::async, [&, i] {
      for (int n = 0; n < 5; ++n) {
        auto writer = stored.store->write(large);
        (void)(*writer)->append(bytes);
        (void)(*writer)->finish();
        auto own = stored.store->write(large);
        (void)(*own)->append(std::to_string(i * 5 + n));
        if (!(*own)->finish()) return std::string("a writer failed");
      }
      return std::string();
    }));
  }
  for (auto& writer : writers) CHECK(writer.get().empty());
  CHECK(stored.files().size() == 41);
  CHECK(stored.get(stored.put(bytes).sha256) == bytes);
}

TEST_CASE("ranges of a blob are read, and nothing beyond its end") {
  const Stored stored;
  const auto reader = std::move(*stored.store->open(stored.put("0123456789").sha256));
  struct Row {
    std::uint64_t offset;
    std::size_t size;
    std::string bytes;
  };
  for (const auto& row : std::vector<Row>{
           {0, 10, "0123456789"}, {0, 4, "0123"}, {3, 4, "3456"}, {8, 4, "89"}, {10, 4, ""}, {99, 4, ""}, {5, 0, ""}}) {
    CAPTURE(row.offset, row.size);
    std::string to(row.size, '?');
    REQUIRE(reader->read(row.offset, to) == row.bytes.size());
    CHECK(to.substr(0, row.bytes.size()) == row.bytes);
  }
}

TEST_CASE("a writer that is not finished leaves nothing") {
  const Stored stored;
  for (const bool sealed : {false, true}) {
    auto writer = std::move(*stored.store->write(large));
    REQUIRE(writer->append("half"));
    CHECK(stored.files().size() == 1);
    if (sealed) writer->seal();
    writer.reset();
    CHECK(stored.files().empty());
  }
}

TEST_CASE("a blob has at most the bytes that it was opened for") {
  const Stored stored;
  auto writer = std::move(*stored.store->write(5));
  REQUIRE(writer->append("123"));
  REQUIRE(writer->append("45"));
  CHECK(writer->append("6").error().kind == Kind::too_large);
  CHECK(writer->append("").error().kind == Kind::too_large);
  CHECK(writer->finish().error().kind == Kind::too_large);
  writer.reset();
  CHECK(stored.files().empty());
  auto whole = std::move(*stored.store->write(5));
  REQUIRE(whole->append("12345"));
  CHECK(whole->finish());
}

TEST_CASE("what a killed process left unfinished is removed at the next start, blobs are not") {
  TemporaryDirectory directory;
  auto store = std::move(*BlobStore::open(directory.path() / "blobs"));
  auto writer = std::move(*store->write(large));
  REQUIRE(writer->append("kept"));
  const auto kept = *writer->finish();
  const auto left = directory.path() / "blobs" / "incoming" / "17";
  std::ofstream(left) << "left";
  store = std::move(*BlobStore::open(directory.path() / "blobs"));
  CHECK_FALSE(fs::exists(left));
  CHECK(*store->verify(kept.sha256) == kept);
}

TEST_CASE("a digest of another form names no blob") {
  const Stored stored;
  stored.put("abc");
  std::ofstream(stored.directory.path() / "secret") << "s";
  const std::string good = abc;
  for (const auto& hex : {std::string(), std::string("../../secret"), good.substr(1), good + "0", "G" + good.substr(1),
                          "B" + good.substr(1), std::string(64, '.')}) {
    CAPTURE(hex);
    CHECK_FALSE(parse_blob_digest(hex));
    CHECK(stored.store->open(BlobDigest{hex}).error().kind == Kind::absent);
    CHECK_FALSE(*stored.store->exists({hex}));
  }
  CHECK(parse_blob_digest(good));
  CHECK(stored.store->open(BlobDigest{std::string(64, '0')}).error().kind == Kind::absent);
}

TEST_CASE("damaged bytes are found, and storing the blob again heals it") {
  const Stored stored;
  const auto ref = stored.put("precious");
  const auto file = stored.place() / ref.sha256.hex.substr(0, 2) / ref.sha256.hex.substr(2, 2) / ref.sha256.hex;
  for (const auto* damage : {"precxous", "preciou", ""}) {
    std::ofstream(file, std::ios::trunc) << damage;
    CHECK(stored.store->verify(ref.sha256).error().kind == Kind::corrupt);
    stored.put("precious");
    CHECK(stored.store->verify(ref.sha256));
  }
  CHECK(stored.store->verify({std::string(64, 'a')}).error().kind == Kind::absent);
}

TEST_CASE("a blob is durable in this order: its bytes, its place, its name") {
  BreakingDisk disk;
  const Stored stored(disk);
  auto writer = std::move(*stored.store->write(large));
  REQUIRE(writer->append("abc"));
  disk.calls.clear();
  REQUIRE(writer->finish());
  CHECK(disk.calls == std::vector<std::string>{"sync 1", "make_directory ba", "sync_directory blobs",
                                               "make_directory 78", "sync_directory ba", "rename " + std::string(abc),
                                               "sync_directory 78"});
  // The directories are made once; the name is made durable each time.
  auto again = std::move(*stored.store->write(large));
  REQUIRE(again->append("abc"));
  disk.calls.clear();
  REQUIRE(again->finish());
  CHECK(disk.calls == std::vector<std::string>{"sync 2", "rename " + std::string(abc), "sync_directory 78"});
}

TEST_CASE("a failure of the disk is a value that says which, and nothing is left unfinished") {
  struct Row {
    std::string call;
    int error_number;
    Kind kind;
  };
  for (const auto& row : std::vector<Row>{{"append", ENOSPC, Kind::disk_full},
                                          {"append", EDQUOT, Kind::disk_full},
                                          {"append", EIO, Kind::io},
                                          {"create", ENOSPC, Kind::disk_full},
                                          {"create", EMFILE, Kind::io},
                                          {"sync", EIO, Kind::io},
                                          {"sync", ENOSPC, Kind::disk_full},
                                          {"make_directory", ENOSPC, Kind::disk_full},
                                          {"sync_directory", EIO, Kind::io},
                                          {"rename", EIO, Kind::io}}) {
    CAPTURE(row.call, row.error_number);
    BreakingDisk disk;
    const Stored stored(disk);
    disk.failing = row.call;
    disk.error_number = row.error_number;
    std::optional<BlobFailure> failure;
    if (auto writer = stored.store->write(large); !writer) {
      failure = writer.error();
    } else if (auto appended = (*writer)->append("abc"); !appended) {
      failure = appended.error();
    } else if (auto finished = (*writer)->finish(); !finished) {
      failure = finished.error();
      CHECK((*writer)->finish().error().kind == row.kind);
    }
    REQUIRE(failure);
    CHECK(failure->kind == row.kind);
    CHECK(stored.files().empty());
    disk.failing.clear();
    CHECK(stored.get(stored.put("abc").sha256) == "abc");
  }
}

TEST_CASE("a store that cannot be made or read says so") {
  for (const auto* call : {"make_directory", "sync_directory", "list"}) {
    CAPTURE(call);
    TemporaryDirectory directory;
    BreakingDisk disk;
    disk.failing = call;
    CHECK(BlobStore::open(directory.path() / "blobs", disk).error().kind == Kind::not_opened);
  }
  BreakingDisk disk;
  const Stored stored(disk);
  stored.put("abc");
  const auto reader = std::move(*stored.store->open(BlobDigest{abc}));
  disk.failing = "read";
  std::string to(3, '?');
  CHECK(reader->read(0, to).error().kind == Kind::io);
  CHECK(stored.store->verify({abc}).error().kind == Kind::io);
  disk.failing = "open";
  CHECK(stored.store->exists({abc}).error().kind == Kind::io);
}

TEST_CASE("a blob of several write windows is stored whole") {
  const Stored stored;
  auto writer = std::move(*stored.store->write(large));
  std::string piece(1'000'003, 'a');
  for (char c = 'a'; c < 'a' + 26; ++c) {
    piece.assign(piece.size(), c);
    REQUIRE(writer->append(piece));
  }
  const auto ref = *writer->finish();
  CHECK(ref.size_bytes == 26 * piece.size());
  CHECK(*stored.store->verify(ref.sha256) == ref);
}

}  // namespace
}  // namespace greffe
