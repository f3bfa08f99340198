#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "events/codec.h"
#include "events/json.h"
#include "events/record_generated.h"
#include "tests/events_samples.h"

namespace greffe {
namespace {

std::string encoded(const Record& record) {
  std::string bytes;
  REQUIRE(encode(record, bytes));
  return bytes;
}

// Deterministic records with every field set.
std::vector<Record> full_records() {
  std::uint64_t drawn = 0;
  Filler filler([&](std::uint64_t below) { return ++drawn % below; }, true);
  return sample_records(filler);
}

// Whatever foreign bytes decode to must be fit for all that is done with a record.
void use(std::string_view bytes) {
  const auto record = decode(bytes);
  if (!record) return;
  std::string again;
  if (encode(*record, again)) CHECK(same(*decode(again), *record));
  CHECK_FALSE(to_json(*record).dump(-1, ' ', false, Json::error_handler_t::replace).empty());
}

}  // namespace

TEST_CASE("every event type comes back from its bytes as it was") {
  CHECK(rc::check("decode(encode(record)) == record", [] {
    Filler filler([](std::uint64_t below) { return *rc::gen::inRange<std::uint64_t>(0, below); }, false);
    std::string bytes;
    for (const Record& record : sample_records(filler)) {
      RC_ASSERT(encode(record, bytes));
      const auto back = decode(bytes);
      RC_ASSERT(back.has_value());
      RC_ASSERT(same(*back, record));
    }
  }));
}

TEST_CASE("default and full records of every type come back as they were") {
  for_each_event_type([](auto aggregate, auto event) {
    aggregate = event;
    const Record empty{{}, aggregate};
    CHECK(same(*decode(encoded(empty)), empty));
  });
  for (const Record& full : full_records()) {
    CAPTURE(event_name(full.event));
    const auto back = decode(encoded(full));
    REQUIRE(back);
    CHECK(same(*back, full));
    CHECK(event_name(back->event) == event_name(full.event));
  }
}

TEST_CASE("equal records give equal bytes") {
  for (const Record& record : full_records()) {
    const std::string once = encoded(record);
    CHECK(encoded(record) == once);
    CHECK(encoded(*decode(once)) == once);
  }
}

TEST_CASE("extreme values survive") {
  Record record;
  record.event = TicketEvent(TicketAssigned{std::nullopt, AgentId{~std::uint64_t{0}}, AssignCause::opened});
  record.envelope.position = Position{~std::uint64_t{0}};
  record.envelope.version = Version{~std::uint32_t{0}};
  record.envelope.schema_version = 65535;
  record.envelope.recorded_at = Instant::min();
  record.envelope.occurred_at = Instant::max();
  CHECK(same(*decode(encoded(record)), record));
}

TEST_CASE("a record decoded into a used one keeps nothing of it") {
  Record out = full_records().front();
  const Record empty{{}, TicketEvent(TitleChanged{})};
  CHECK_FALSE(decode_into(encoded(empty), out));
  CHECK(same(out, empty));
}

TEST_CASE("bytes need no alignment") {
  for (const Record& record : full_records()) {
    const std::string bytes = encoded(record);
    for (std::size_t shift = 0; shift < 16; ++shift) {
      const std::string shifted = std::string(shift, '#') + bytes;
      const auto back = decode(std::string_view(shifted).substr(shift));
      REQUIRE(back);
      CHECK(same(*back, record));
    }
  }
}

TEST_CASE("a record is refused just above the size limit and taken just below") {
  const auto with_body = [](std::size_t size) {
    return Record{{}, TicketEvent(MessagePosted{Visibility::everyone, {std::string(size, 'x')}})};
  };
  std::string bytes;
  REQUIRE(encode(with_body(1), bytes));
  const std::size_t around = record_bytes_max - bytes.size();
  std::size_t taken = 0;
  for (std::size_t size = around - 64; size < around + 64; ++size) {
    if (!encode(with_body(size), bytes)) {
      CHECK(bytes.empty());
      continue;
    }
    CHECK((taken == 0 || size == taken + 1));  // all that are shorter were taken, too
    CHECK(bytes.size() <= record_bytes_max);
    CHECK(decode(bytes).has_value());
    taken = size;
  }
  CHECK(taken >= around - 8);
  CHECK(taken < around + 63);
  CHECK(decode(std::string(record_bytes_max + 1, '\0')).error() == Damage::not_a_record);
}

TEST_CASE("a record of the settings may be longer than others, up to a limit of its own") {
  const auto with_labels = [](std::size_t count) {
    TenantConfigured tenant{"Europe/Paris", {}};
    for (std::size_t i = 0; i < count; ++i) tenant.languages.push_back(std::string(1000, 'x'));
    return Record{{}, SettingsEvent(tenant)};
  };
  const auto record = with_labels(500);
  const auto bytes = encoded(record);
  REQUIRE(bytes.size() > 15 * record_bytes_max);
  for (const std::size_t shift : {0U, 1U, 4U, 15U}) {
    const std::string shifted = std::string(shift, '#') + bytes;
    const auto back = decode(std::string_view(shifted).substr(shift));
    REQUIRE(back);
    CHECK(same(*back, record));
  }
  std::string out;
  CHECK_FALSE(encode(with_labels(600), out));
  CHECK(out.empty());
  CHECK(decode(std::string(settings_record_bytes_max + 1, '\0')).error() == Damage::not_a_record);
}

TEST_CASE("truncated bytes are no record and crash nothing") {
  CHECK(decode({}).error() == Damage::not_a_record);
  for (const Record& record : full_records()) {
    const std::string bytes = encoded(record);
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 16) use(bytes.substr(0, size));
    CHECK_FALSE(decode(bytes.substr(0, 8)));
    CHECK_FALSE(decode(bytes.substr(0, bytes.size() / 2)));
  }
}

TEST_CASE("changed bytes crash nothing") {
  for (const Record& record : full_records()) {
    std::string bytes = encoded(record);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const char mask : {'\x01', '\x80', '\xff'}) {
        bytes[at] = static_cast<char>(bytes[at] ^ mask);
        use(bytes);
        bytes[at] = static_cast<char>(bytes[at] ^ mask);
      }
    }
  }
}

TEST_CASE("a short buffer that would decode to a huge record is refused") {
  flatbuffers::FlatBufferBuilder b;
  const auto text = b.CreateString(std::string(8000, 'x'));
  const std::vector labels(2000, wire::CreateLabel(b, text, text));
  const std::vector statuses(2000, wire::CreateStatus(b, 0, b.CreateVector(labels)));
  const auto event = wire::CreateStatusesDefined(b, b.CreateVector(statuses)).Union();
  wire::RecordBuilder record(b);
  record.add_event_type(wire::Event::StatusesDefined);
  record.add_event(event);
  b.Finish(record.Finish(), wire::RecordIdentifier());
  REQUIRE(b.GetSize() < record_bytes_max);
  const std::string_view bytes(reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize());
  CHECK(decode(bytes).error() == Damage::not_a_record);
}

TEST_CASE("another file identifier is no record") {
  std::string bytes = encoded(full_records().front());
  REQUIRE(bytes.substr(4, 4) == "GRF1");
  bytes[7] = '2';
  CHECK(decode(bytes).error() == Damage::not_a_record);
}

TEST_CASE("an event type of a later program is told from damage, and its envelope is read") {
  constexpr std::uint8_t unused = 200;
  Record record;
  record.envelope.position = Position{7};
  record.event = TeamEvent(TeamReactivated{});
  std::string bytes = encoded(record);
  const auto at = bytes.find(static_cast<char>(TeamReactivated::name.wire_id));
  REQUIRE(at != std::string::npos);
  bool found = false;
  for (std::size_t i = at; i != std::string::npos;
       i = bytes.find(static_cast<char>(TeamReactivated::name.wire_id), i + 1)) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(unused);
    Record out;
    if (decode_into(changed, out) != Damage::unknown_event) continue;
    CHECK(out.envelope.position == Position{7});
    found = true;
  }
  CHECK(found);
}

}  // namespace greffe
