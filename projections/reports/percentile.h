// Percentiles by nearest rank: of values that really occurred, never one in between.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "events/time.h"

namespace greffe {

// The smallest of the values that at least `percent` of 100 of them do not exceed; absent if there
// are none. Reorders the values. `percent` is 1 to 100.
inline std::optional<Milliseconds> percentile(std::vector<Milliseconds>& values, std::size_t percent) {
  if (values.empty()) return std::nullopt;
  const std::size_t rank = (values.size() * percent + 99) / 100;
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

}  // namespace greffe
