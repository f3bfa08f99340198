// How names of HTTP headers are compared.
#pragma once

#include <algorithm>
#include <string_view>

namespace greffe::front {

// Equal but for the case of ASCII letters.
constexpr bool same_name(std::string_view a, std::string_view b) {
  constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [lower](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace greffe::front
