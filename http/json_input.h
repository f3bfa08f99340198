// Strict reading of JSON from outside: one value of bounded depth, in UTF-8, no name twice in
// one object, no numbers that a double cannot hold.
#pragma once

#include <string>
#include <string_view>

#include "events/json.h"
#include "events/result.h"

namespace greffe {

inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t json_names_max = 256;  // in one object

// Why a text is not acceptable JSON: one sentence with the place, nothing of the text itself.
struct JsonRefusal {
  std::string detail;
};

// Never throws, whatever the bytes are.
Result<Json, JsonRefusal> parse_json(std::string_view text);

}  // namespace greffe
