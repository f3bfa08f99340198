// Stored bytes are for ever: tests/golden holds one full record of every event type, as
// bytes and as JSON. A type without files is written by GREFFE_WRITE_GOLDEN=1, which never
// overwrites one. Until release 0.1.0 a schema may change: delete its files and write anew.
// tests/golden/foundation holds what was written before fields were added, by the first vocabulary and since.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "events/codec.h"
#include "events/json.h"
#include "tests/events_samples.h"
#include "tests/places.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;

const fs::path golden = test::source_dir() / "tests" / "golden";

// One full record of each type, from a sequence of its own, so that one type's change leaves
// the others as they are.
std::vector<Record> samples() {
  std::vector<Record> out;
  for_each_event_type([&](auto aggregate, auto event) {
    std::uint64_t drawn = 0;
    Filler filler([&](std::uint64_t below) { return drawn = (drawn * 37 + 11) % 1'000'003, drawn % below; }, true);
    Record& record = out.emplace_back();
    filler.fill(record.envelope);
    record.envelope.schema_version = Envelope{}.schema_version;
    filler.fill(event);
    aggregate = std::move(event);
    record.event = std::move(aggregate);
    record.envelope.stream_kind = static_cast<StreamKind>(record.event.index() + 1);
  });
  return out;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string file_stem(const Record& record) {
  return std::string(event_name(record.event)) + ".v" + std::to_string(record.envelope.schema_version);
}

void write_if_missing(const fs::path& file, const std::string& text) {
  if (fs::exists(file)) return;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

// Calls f(bytes, JSON text) for each record that is kept in the folder.
template <class F>
void for_each_kept(const fs::path& folder, F&& f) {
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() != ".bin") continue;
    CAPTURE(file.path().filename());
    fs::path json = file.path();
    f(text_of(file.path()), text_of(json.replace_extension(".json")));
  }
}

// Whether `whole` says all that `part` says; it may say more.
bool says_all_of(const Json& whole, const Json& part) {
  if (part.is_object()) {
    return whole.is_object() && std::all_of(part.items().begin(), part.items().end(), [&](const auto& member) {
             return whole.contains(member.key()) && says_all_of(whole[member.key()], member.value());
           });
  }
  if (!part.is_array()) return whole == part;
  return whole.is_array() && std::equal(whole.begin(), whole.end(), part.begin(), part.end(), says_all_of);
}

}  // namespace

TEST_CASE("every event type has the bytes and the JSON that are kept in tests/golden") {
  const bool writing = std::getenv("GREFFE_WRITE_GOLDEN") != nullptr;
  for (const Record& record : samples()) {
    const std::string stem = file_stem(record);
    CAPTURE(stem);
    std::string bytes;
    REQUIRE(encode(record, bytes));
    const std::string json = to_json(record).dump(2) + "\n";
    if (writing) {
      write_if_missing(golden / (stem + ".bin"), bytes);
      write_if_missing(golden / (stem + ".json"), json);
    }
    REQUIRE(fs::exists(golden / (stem + ".bin")));
    CHECK(text_of(golden / (stem + ".bin")) == bytes);
    CHECK(text_of(golden / (stem + ".json")) == json);
  }
}

TEST_CASE("all bytes in tests/golden decode, encode to the same and render as they did") {
  std::set<std::string> kinds;
  for_each_kept(golden, [&](const std::string& bytes, const std::string& json) {
    const auto record = decode(bytes);
    REQUIRE(record);
    std::string again;
    REQUIRE(encode(*record, again));
    CHECK(again == bytes);
    CHECK(to_json(*record).dump(2) + "\n" == json);
    kinds.emplace(event_name(record->event));
  });
  CHECK(kinds.size() == samples().size());
}

TEST_CASE("records from before fields were added decode and say all that they said") {
  std::size_t count = 0;
  for_each_kept(golden / "foundation", [&](const std::string& bytes, const std::string& json) {
    const auto record = decode(bytes);
    REQUIRE(record);
    INFO(to_json(*record).dump(2));
    CHECK(says_all_of(to_json(*record), Json::parse(json)));
    ++count;
  });
  CHECK(count == 20);
}

TEST_CASE("targets from before their choices existed say what then held, and a choice is kept as it was made") {
  const auto record = decode(text_of(golden / "foundation" / "SlaTargetsDefined.v1.bin"));
  REQUIRE(record);
  auto defined = std::get<SlaTargetsDefined>(std::get<SettingsEvent>(record->event));
  CHECK(defined.targets.size() == 2);
  CHECK(defined.inactivity_counts == InactivityCounts::any);
  CHECK_FALSE(defined.resolution_pause_on_hold);
  CHECK(defined.close_counts_as_response);
  CHECK(defined.resolution_on_reopen == ResolutionOnReopen::resume);

  Record chosen = *record;
  defined.close_counts_as_response = false;
  defined.resolution_on_reopen = ResolutionOnReopen::ignore;
  chosen.event = SettingsEvent(defined);
  std::string bytes;
  REQUIRE(encode(chosen, bytes));
  const auto read = decode(bytes);
  REQUIRE(read);
  CHECK(same(*read, chosen));
}

}  // namespace greffe
