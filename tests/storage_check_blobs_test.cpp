#include <catch2/catch.hpp>

#include <fstream>

#include "events/codec.h"
#include "storage/check_blobs.h"
#include "storage/memory_log.h"
#include "tests/storage_groups.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

// A log whose events name documents, and the blobs beside it.
struct Archive {
  TemporaryDirectory dir;
  std::unique_ptr<Log> log = open_memory_log();
  std::unique_ptr<BlobStore> blobs = open();

  std::unique_ptr<BlobStore> open() const {
    auto opened = BlobStore::open(dir.path() / "blobs");
    REQUIRE(opened);
    return std::move(*opened);
  }
  BlobRef store(const std::string& bytes) const {
    auto writer = blobs->write(bytes.size());
    REQUIRE(writer);
    REQUIRE((*writer)->append(bytes));
    const auto stored = (*writer)->finish();
    REQUIRE(stored);
    return *stored;
  }
  Position attach(const BlobRef& blob) {
    Record record;
    Envelope& e = record.envelope;
    e.position = next(log->tail());
    e.stream_kind = StreamKind::ticket;
    e.stream_id = e.position.value;
    e.version = {1};
    e.commit_first = e.position;
    e.commit_count = 1;
    DocumentAttached attached;
    attached.document.document = 1;
    attached.document.sha256 = blob.sha256.hex;
    attached.document.size_bytes = blob.size_bytes;
    record.event = TicketEvent(attached);
    LogGroup group;
    group.entries.push_back({stream_of(e), e.version, {}});
    REQUIRE(encode(record, group.entries.back().bytes));
    append(*log, group);
    return e.position;
  }
  std::filesystem::path file(const BlobRef& blob) const {
    const auto& hex = blob.sha256.hex;
    return dir.path() / "blobs" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  }
  // "2: there is no blob …" a finding.
  std::vector<std::string> findings() const {
    std::vector<std::string> texts;
    for (const auto& finding : check_blobs(*log, *BlobStore::open_to_read(dir.path() / "blobs")).findings) {
      texts.push_back(std::to_string(finding.position.value) + ": " + finding.text);
    }
    return texts;
  }
};

}  // namespace

TEST_CASE("documents whose blobs are there are sound, equal ones are looked at once") {
  Archive archive;
  const auto one = archive.store("one"), other = archive.store("other");
  archive.attach(one);
  archive.attach(other);
  archive.attach(one);
  std::vector<std::uint64_t> reports;
  const auto check = check_blobs(*archive.log, *archive.blobs, [&](std::uint64_t done, std::uint64_t total) {
    CHECK(total == 2);
    reports.push_back(done);
  });
  CHECK(check.sound());
  CHECK(check.complete);
  CHECK(check.documents == 3);
  CHECK(check.blobs == 2);
  CHECK(check.bytes == 8);
  CHECK(reports == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("a blob that is gone, changed or of another size is found at the first event that names it") {
  Archive archive;
  const auto gone = archive.store("gone"), changed = archive.store("changed"), sound = archive.store("sound");
  const auto first = archive.attach(gone);
  archive.attach(gone);
  const auto second = archive.attach(changed);
  archive.attach(sound);
  const auto third = archive.attach({sound.sha256, sound.size_bytes + 1});
  REQUIRE(archive.findings().size() == 1);
  std::filesystem::remove(archive.file(gone));
  std::ofstream(archive.file(changed), std::ios::binary | std::ios::trunc) << "CHANGED";
  auto found = archive.findings();
  std::sort(found.begin(), found.end());
  REQUIRE(found.size() == 3);
  CHECK(found[0] == std::to_string(first.value) + ": there is no blob " + gone.sha256.hex);
  CHECK(found[1] ==
        std::to_string(second.value) + ": the bytes of blob " + changed.sha256.hex + " are not those that were stored");
  CHECK(found[2] == std::to_string(third.value) + ": blob " + sound.sha256.hex + " has 5 bytes, the event says 6");
}

TEST_CASE("without the directory every document is missed, and without documents nothing is") {
  Archive archive;
  CHECK(archive.findings().empty());
  archive.attach(archive.store("one"));
  archive.attach(archive.store("two"));
  archive.blobs.reset();
  std::filesystem::remove_all(archive.dir.path() / "blobs");
  CHECK(archive.findings().size() == 2);
  CHECK_FALSE(std::filesystem::exists(archive.dir.path() / "blobs"));
}

TEST_CASE("who reads beside the owner leaves unfinished blobs alone") {
  Archive archive;
  auto writer = archive.blobs->write(3);
  REQUIRE(writer);
  REQUIRE((*writer)->append("abc"));
  CHECK(archive.findings().empty());
  CHECK((*writer)->finish());
}

TEST_CASE("an event that names no digest at all is a finding, not a file outside the directory") {
  Archive archive;
  archive.attach({{"../../../etc/passwd"}, 1});
  CHECK(archive.findings() == std::vector<std::string>{"1: there is no blob ../../../etc/passwd"});
}

}  // namespace greffe
