// Keys of rows: numbers big-endian, so that byte order is the order of the numbers.
//
//   family        key                                             value
//   tickets       ticket u64                                      TicketRow
//   numbers       number, text                                    ticket u64
//   timeline      ticket u64 | occurred_at i64 | position u64     empty
//   history       't' | ticket u64                                HistoryRow
//                 'c' | contact u64 | ~opened_at i64 | ticket     empty
//                 'o' | organisation u64 | ~opened_at | ticket    empty
//   directory     'c', 'o', 'a', 't' | id u64                     ContactRow … TeamRow
//   sla           't' | ticket u64                                SlaRow
//                 's'                                             SlaTargetsDefined in force
//   work          't' | ticket u64 | first evidence u64           WorkSession
//                 'a' | agent u64                                 AgentWork
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
