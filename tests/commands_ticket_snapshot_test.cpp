#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "commands/any_state.h"
#include "commands/index_keys.h"
#include "commands/ticket/check_snapshots.h"
#include "commands/ticket/snapshot.h"
#include "commands/ticket/snapshot_generated.h"
#include "tests/commands_office.h"
#include "tests/events_samples.h"
#include "tests/places.h"
#include "tests/schema_compare.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The kept record of every ticket event, the opening first.
std::vector<Record> kept_ticket_events() {
  std::vector<std::pair<std::string, Record>> kept;
  for (const auto& file : fs::directory_iterator(test::source_dir() / "tests" / "golden")) {
    if (file.path().extension() != ".bin") continue;
    auto record = decode(text_of(file.path()));
    REQUIRE(record);
    if (!std::holds_alternative<TicketEvent>(record->event)) continue;
    std::string name(event_name(record->event));
    kept.emplace_back(name == "TicketOpened" ? "" : name, *std::move(record));
  }
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Record> records;
  for (auto& [name, record] : kept) records.push_back(std::move(record));
  return records;
}

TicketState folded(const std::vector<Record>& records) {
  AnyState state = TicketState{};
  for (const Record& record : records) REQUIRE(evolve(state, record));
  return *std::get_if<TicketState>(&state);
}

// Where the streams were read from.
class WatchedLog final : public TroubledLog {
 public:
  using TroubledLog::TroubledLog;
  mutable std::vector<Version> read_from;

  std::unique_ptr<LogReader> read_stream(StreamId stream, Version from) const override {
    read_from.push_back(from);
    return TroubledLog::read_stream(stream, from);
  }
};

// An office whose ticket 1 has nine events, with a snapshot every four.
struct LongTicket : Office {
  LongTicket() : Office({.snapshot_every = 4}) {
    ticket();
    for (int i = 0; i < 8; ++i) accept(request(TicketCommand(RenameTicket{"title " + std::to_string(i)}), 1));
  }
  std::optional<TicketState> snapshot() const {
    const auto stored = log->lookup(IndexSpace::ticket_snapshot, index_value(1));
    REQUIRE(stored);
    return *stored ? decode_snapshot(**stored) : std::nullopt;
  }
  // Puts another snapshot in the place of the ticket's.
  void store(std::string bytes) {
    REQUIRE(log->append(log->tail(), {{}, {{IndexSpace::ticket_snapshot, index_value(1), std::move(bytes)}}}));
  }
  std::vector<LogFinding> findings() const {
    SnapshotCheck check(*log);
    CHECK(check_log(*log, {}, [&](const Record& record) { check.feed(record); }).sound());
    return check.findings();
  }
};

constexpr StreamId first_ticket{StreamKind::ticket, 1};

std::string of_another_format(std::string bytes) {
  auto* root = flatbuffers::GetMutableRoot<flatbuffers::Table>(bytes.data());
  REQUIRE(root->SetField<std::uint32_t>(wire::TicketSnapshot::VT_FORMAT, snapshot_format + 1, 0));
  return bytes;
}

}  // namespace

TEST_CASE("a ticket's state survives the bytes of its snapshot") {
  std::uint64_t drawn = 0;
  Filler filler([&](std::uint64_t below) { return ++drawn % below; }, true);
  TicketState full;
  filler.fill(full);
  for (const TicketState& state : {full, TicketState{}}) CHECK(decode_snapshot(encode_snapshot(state)) == state);
}

TEST_CASE("bytes that are no snapshot, or one of another format, are passed over") {
  const std::string bytes = encode_snapshot(folded(kept_ticket_events()));
  CHECK_FALSE(decode_snapshot(of_another_format(bytes)));
  CHECK_FALSE(decode_snapshot(bytes.substr(0, bytes.size() / 2)));
  CHECK_FALSE(decode_snapshot(std::string(bytes.size(), '\xff')));
  CHECK_FALSE(decode_snapshot(""));
}

TEST_CASE("the state's field list is its table in the schema, parts included") {
  const test::CompiledSchema schema("commands/ticket/snapshot.bfbs");
  std::set<std::string> seen;
  test::compare<TicketState>(schema, seen);
  CHECK(seen.size() > 10);
}

// Should this fail because an event of old is folded in another way, or fills a new field: raise
// snapshot_format, and keep the new state's bytes beside the old ones. A field that only new events
// fill just asks for new bytes.
TEST_CASE("events are folded as they were when the kept snapshot was made") {
  const auto file = test::source_dir() / "tests" / "golden" / "states" /
                    ("TicketSnapshot.v" + std::to_string(snapshot_format) + ".bin");
  const TicketState state = folded(kept_ticket_events());
  if (std::getenv("GREFFE_WRITE_GOLDEN") != nullptr && !fs::exists(file)) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << encode_snapshot(state);
  }
  CHECK(decode_snapshot(text_of(file)) == state);
}

TEST_CASE("every so many events a ticket's state is stored, in the place of the one before") {
  LongTicket office;
  const auto stored = office.snapshot();
  REQUIRE(stored);
  CHECK(stored->version == Version{8});
  CHECK(stored->title == "title 6");
  CHECK(office.findings().empty());
}

TEST_CASE("a long ticket is folded from its snapshot on, a snapshot of another format is as none") {
  LongTicket office;
  const WatchedLog log(*office.log);
  const auto fold = [&] {
    AnyState state = TicketState{};
    REQUIRE(fold_rest(log, first_ticket, state));
    return state;
  };
  const AnyState from_snapshot = fold();
  office.store(of_another_format(encode_snapshot(*office.snapshot())));
  const AnyState from_first = fold();
  CHECK(from_snapshot == from_first);
  CHECK(log.read_from == std::vector{Version{9}, Version{1}});
}

TEST_CASE("a writer that begins at a snapshot goes on as one that knows all events") {
  LongTicket office;
  office.restart();
  CHECK(office.accept(request(TicketCommand(RenameTicket{"last"}), 1)).version == Version{10});
  CHECK(office.findings().empty());
  office.check_sound();
}

TEST_CASE("a snapshot that is not what its events say is found") {
  LongTicket office;
  auto state = *office.snapshot();
  SECTION("another value") { state.title = "never"; }
  SECTION("a version that the ticket has not reached") { state.version = Version{12}; }
  office.store(encode_snapshot(state));
  const auto findings = office.findings();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].text.starts_with("the snapshot of ticket/1 is not what its events say at version"));
}

}  // namespace greffe
