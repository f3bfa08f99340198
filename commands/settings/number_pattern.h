// A number format's pattern, taken apart; for number_formats.cpp and number_collision.cpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace greffe {

struct PatternPart {
  enum class Kind : unsigned char { literal, year4, year2, month, day, sequence };
  Kind kind = Kind::literal;
  char literal = 0;        // of kind literal
  std::size_t digits = 0;  // of kind sequence: the least, 1..9
};

// Absent if the pattern is not made of literals and known placeholders.
std::optional<std::vector<PatternPart>> parse_pattern(std::string_view pattern);

}  // namespace greffe
