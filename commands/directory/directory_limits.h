// Bounds of directory entries' own fields; commands/limits.h has the others.
#pragma once

#include <cstddef>
#include <cstdint>

#include "commands/limits.h"

namespace greffe::limits {

inline constexpr std::size_t contact_points_max = 20;
inline constexpr std::size_t contact_point_bytes_max = 500;  // an address has several lines

}  // namespace greffe::limits
