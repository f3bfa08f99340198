// Records to bytes and back. The bytes are the log's stored form (record.fbs); tests/golden
// holds one of every event type, which must decode for ever.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/record.h"
#include "events/result.h"

namespace greffe {

// Why stored or foreign bytes are not a record.
enum class Damage : std::uint8_t {
  not_a_record,   // the verifier refuses them
  unknown_event,  // well-formed, but of an event type this program does not know
};
constexpr std::array<std::string_view, 2> names_of(Damage) { return {"not_a_record", "unknown_event"}; }

// An area of the settings is one event with all its lists, and there are few of them: those may be
// longer than other records.
inline constexpr std::size_t settings_record_bytes_max = 512 * 1024;

// The record's stored bytes, written over `out`. False, with `out` empty, if they would be longer
// than record_bytes_max, or settings_record_bytes_max: a caller bounds its texts so that this
// cannot happen.
// Deterministic: equal records give equal bytes. Any thread.
[[nodiscard]] bool encode(const Record& record, std::string& out);

// Verifies, then reads. Never reads outside `bytes`, whatever they hold. Any thread.
// `bytes` need no alignment; unaligned ones are copied first.
Result<Record, Damage> decode(std::string_view bytes);

// Reads into `out`, reusing nothing of it. Same as decode; for loops over many records.
[[nodiscard]] std::optional<Damage> decode_into(std::string_view bytes, Record& out);

}  // namespace greffe
