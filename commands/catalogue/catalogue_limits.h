// Bounds of what is kept ready, in bytes of UTF-8 unless said otherwise. The longest event of
// each kind stays below record_bytes_max (events/record.h).
#pragma once

#include <cstddef>
#include <cstdint>

#include "commands/limits.h"

namespace greffe::limits {

inline constexpr std::size_t template_edge_bytes_max = 4'000;  // header, footer
inline constexpr std::size_t summary_name_bytes_max = 64;
inline constexpr std::size_t summary_text_bytes_max = 500;
inline constexpr std::size_t list_query_bytes_max = 4'000;
inline constexpr std::uint32_t points_credit_max = 1'000'000;

}  // namespace greffe::limits
