// The stored form of timeline entries, shared by the view's writing and its reading.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "projections/row_keys.h"

namespace greffe::timeline_rows {

inline constexpr std::string_view entry_prefix = "t", message_prefix = "m", reference_prefix = "r";
inline constexpr std::size_t place_bytes = 2 * sizeof(std::uint64_t);  // occurred_at | position

inline RowKey entries_of(std::uint64_t ticket) { return RowKey(entry_prefix).add(ticket); }
inline RowKey message_key(std::uint64_t ticket, std::uint32_t number) {
  return RowKey(message_prefix).add(ticket).add(std::uint64_t{number});
}

// The message that a ticket was split off with: its position and whose timeline it is in.
inline RowKey reference_key(std::uint64_t ticket) { return RowKey(reference_prefix).add(ticket); }

// Enough of an entry to choose by, without reading its record.
struct EntryValue {
  std::uint8_t event = 0;  // the event's number, EventName::wire_id
  bool is_public = false;
  std::uint64_t referenced = 0;  // 0 = none
};

std::string write_entry(const EntryValue& value);
// Throws ViewsUnreadable if the bytes are no such value.
EntryValue read_entry(std::string_view bytes);

// Throws ViewsUnreadable.
[[noreturn]] void refuse_row();

}  // namespace greffe::timeline_rows
