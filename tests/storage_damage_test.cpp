// Damage to the files of a closed log: never a wrong byte, never half a group, and with the
// size mark never a silent loss.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>

#include "storage/rocksdb_log.h"
#include "tests/storage_groups.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;
using Kind = LogFailure::Kind;

constexpr std::uint32_t group_size = 4;
constexpr std::uint32_t group_count = 12;

// A closed log of equal groups, all still in the write-ahead log.
void write_log(const fs::path& dir) {
  auto log = open_rocksdb_log(dir);
  REQUIRE(log);
  for (std::uint32_t g = 0; g < group_count; ++g) {
    append(**log, numbered_group(TicketId{1}, g * group_size + 1, group_size));
  }
}

// The longest file with that extension: the one that holds the entries.
fs::path longest_file(const fs::path& dir, const char* extension) {
  fs::path longest;
  for (const auto& file : fs::directory_iterator(dir / "log")) {
    if (file.path().extension() != extension) continue;
    if (longest.empty() || file.file_size() > fs::file_size(longest)) longest = file.path();
  }
  REQUIRE_FALSE(longest.empty());
  return longest;
}

void flip_byte(const fs::path& file, std::uintmax_t offset, unsigned char mask) {
  std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
  f.seekg(static_cast<std::streamoff>(offset));
  const int was = f.get();
  f.seekp(static_cast<std::streamoff>(offset));
  f.put(static_cast<char>(was ^ mask));
  REQUIRE(f.good());
}

// A copy to damage, beside the sound one.
class Copy {
 public:
  explicit Copy(const fs::path& sound) { fs::copy(sound, directory_.path(), fs::copy_options::recursive); }
  const fs::path& path() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
};

// How the damage showed: "whole" (harmless), or the failure's kind at opening or reading.
// The test fails at a wrong byte or at half a group.
std::string outcome(const fs::path& dir, const std::vector<std::string>& sound) {
  const auto log = open_rocksdb_log(dir);
  if (!log) return std::string(name_of(log.error().kind));
  const auto reader = (*log)->read(Position{1});
  std::size_t seen = 0;
  for (; reader->next(); ++seen) {
    REQUIRE(seen < sound.size());
    REQUIRE(std::to_string(reader->position().value) + ":" + std::string(reader->bytes()) == sound[seen]);
  }
  if (reader->failure()) return std::string(name_of(reader->failure()->kind));
  REQUIRE(seen % group_size == 0);
  if (seen == sound.size()) return "whole";

  // A shorter log must be one that could have been: index and streams end with its entries.
  const auto last = value_of(**log, IndexSpace::external_id, "last");
  REQUIRE(last == (seen == 0 ? std::nullopt : std::optional(std::to_string(seen))));
  REQUIRE(all_of(*(*log)->read_stream(stream_of(TicketId{1}), Version{1})).size() == seen);
  append(**log, numbered_group(TicketId{1}, static_cast<std::uint32_t>(seen) + 1, group_size));
  return "shorter";
}

std::vector<std::string> sound_entries(const fs::path& dir) {
  const Copy copy(dir);
  return all_of(**open_rocksdb_log(copy.path()));
}

}  // namespace

TEST_CASE("a write-ahead log cut anywhere loses whole groups only, and the size mark tells", "[log][damage]") {
  const TemporaryDirectory sound;
  write_log(sound.path());
  const auto entries = sound_entries(sound.path());
  REQUIRE(entries.size() == group_size * group_count);
  const auto size = fs::file_size(longest_file(sound.path(), ".log"));
  std::map<std::string, int> outcomes;
  for (std::uintmax_t cut = size - 1; cut > 0; cut -= std::min<std::uintmax_t>(cut, cut > size - 40 ? 1 : 131)) {
    CAPTURE(cut);
    const Copy copy(sound.path());
    fs::resize_file(longest_file(copy.path(), ".log"), cut);
    REQUIRE(outcome(copy.path(), entries) == "too_short");
    fs::remove(copy.path() / "log-size");
    ++outcomes[outcome(copy.path(), entries)];
  }
  CHECK(outcomes.size() == 1);
  CHECK(outcomes["shorter"] > 40);
}

TEST_CASE("a byte changed in the write-ahead log is noticed at opening", "[log][damage]") {
  const TemporaryDirectory sound;
  write_log(sound.path());
  const auto entries = sound_entries(sound.path());
  const auto size = fs::file_size(longest_file(sound.path(), ".log"));
  int noticed = 0;
  for (std::uintmax_t at = 0; at < size; at += 97) {
    CAPTURE(at);
    const Copy copy(sound.path());
    flip_byte(longest_file(copy.path(), ".log"), at, 0x10);
    const std::string shown = outcome(copy.path(), entries);
    REQUIRE((shown == "corrupt" || shown == "too_short"));
    ++noticed;
  }
  CHECK(noticed > 40);
}

TEST_CASE("a byte changed in a table is noticed or harmless, never served", "[log][damage]") {
  const TemporaryDirectory sound;
  write_log(sound.path());
  REQUIRE(open_rocksdb_log(sound.path()));  // recovery moves the entries into a table
  const auto entries = sound_entries(sound.path());
  const auto size = fs::file_size(longest_file(sound.path(), ".sst"));
  std::map<std::string, int> outcomes;
  for (std::uintmax_t at = 0; at < size; at += 41) {
    CAPTURE(at);
    const Copy copy(sound.path());
    flip_byte(longest_file(copy.path(), ".sst"), at, 0x01);
    ++outcomes[outcome(copy.path(), entries)];
  }
  for (const auto& [shown, count] : outcomes) {
    CAPTURE(shown, count);
    CHECK((shown == "corrupt" || shown == "whole"));
  }
  CHECK(outcomes["corrupt"] > 20);
}

TEST_CASE("a store with a table or the manifest cut or gone refuses to open", "[log][damage]") {
  const TemporaryDirectory sound;
  write_log(sound.path());
  REQUIRE(open_rocksdb_log(sound.path()));
  const Copy copy(sound.path());
  const auto table = longest_file(copy.path(), ".sst");
  SECTION("a table cut") { fs::resize_file(table, fs::file_size(table) / 2); }
  SECTION("a table gone") { fs::remove(table); }
  SECTION("the manifest gone") {
    for (const auto& file : fs::directory_iterator(copy.path() / "log")) {
      if (file.path().filename().string().starts_with("MANIFEST")) fs::remove(file.path());
    }
  }
  CHECK(outcome(copy.path(), {}) == "corrupt");
}

}  // namespace greffe
