// Keys of rows: numbers big-endian, so that byte order is the order of the numbers.
//
//   family        key                                             value
//   tickets       ticket u64                                      TicketRow
//   numbers       number, text                                    ticket u64
//   parts         ticket u64                                      TicketParts
//   timeline      't' | ticket u64 | occurred_at i64 | position   event u8 | public u8 | referenced u64, if any
//                 'm' | ticket u64 | message number u64           position u64 | ticket shown in u64 | 'p' or 'i'
//                 'r' | ticket u64, of one split off              position u64 | ticket shown in u64, of the message
//   history       't' | ticket u64                                HistoryRow
//                 'c' | contact u64 | ~opened_at i64 | ticket     empty
//                 'o' | organisation u64 | ~opened_at | ticket    empty
//   directory     'c', 'o', 'a', 't' | id u64                     ContactRow … TeamRow
//                 'C', 'O', 'A', 'S' | name                       empty, see lookup/name_index.h
//   sla           't' | ticket u64                                SlaRow
//                 'q' | ticket u64                                SlaMemory
//                 's'                                             SlaTargetsDefined in force
//                 'f' | ended_at i64 | position u64 | metric u8   ClockEnd
//   work          't' | ticket u64 | first evidence u64           WorkSession
//                 'w' | started_at i64 | first evidence u64       ticket u64
//                 'a' | agent u64                                 AgentWork
//                 's' | ticket u64                                StatusAt, of now
//                 'd'                                             StatusesDefined in force
//   catalogue     'r', 't', 'c', 'v', 'p' | id u64                CannedReplyRow … ContractRow
//                 'L' | type | 0 | label                          empty, see lookup/name_index.h
//                 'E' | type | 0 | external id                    context u64
//                 'V' | owner u64, 0 = everybody | view u64       empty
//                 'B' | contract u64 | ~position u64              BookingRow
//   reports       'f' | occurred_at i64 | position u64            fact u8 | ticket u64 | agent u64, 0 = none
//                 'd' | ticket u64 | position u64                 DimensionsChange
//                 'o' | ticket u64, of an open one                empty
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "events/time.h"

namespace greffe {

// A short key put together from its parts, held in place.
class RowKey {
 public:
  RowKey() = default;
  explicit RowKey(std::string_view prefix) { add(prefix); }

  RowKey& add(std::string_view text);
  RowKey& add(char letter) { return add(std::string_view(&letter, 1)); }
  RowKey& add(std::uint64_t number);
  // Ascending in time, also before 1970; `add_descending` the other way round.
  RowKey& add(Instant instant);
  RowKey& add_descending(Instant instant);

  std::string_view view() const { return {bytes_.data(), size_}; }
  operator std::string_view() const { return view(); }

 private:
  std::array<char, 32> bytes_{};
  std::size_t size_ = 0;
};

// Takes a key apart from its front. Absent where too few bytes are left.
class RowKeyReader {
 public:
  explicit RowKeyReader(std::string_view key) : rest_(key) {}
  std::optional<std::uint64_t> number();
  std::optional<Instant> instant();
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// The number that the bytes hold, which must be eight.
std::optional<std::uint64_t> read_number(std::string_view bytes);

}  // namespace greffe
