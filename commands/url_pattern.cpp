#include "commands/url_pattern.h"

namespace greffe {
namespace {

constexpr std::string_view place = "{label}";

// RFC 3986: what means the same with and without an encoding.
bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', digits[byte / 16U], digits[byte % 16U]};
  }
  return encoded;
}

// Browsers leave a path's "." and ".." out, encoded ones too.
bool is_step(std::string_view label) { return label == "." || label == ".."; }

}  // namespace

bool has_place_for_label(std::string_view pattern) {
  const auto scheme_end = pattern.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const auto host_end = pattern.find_first_of("/?#", scheme_end + 3);
  const auto at = pattern.find(place);
  return at != std::string_view::npos && host_end < at && pattern.find(place, at + 1) == std::string_view::npos;
}

std::string url_with_label(std::string_view pattern, std::string_view label) {
  // Stored settings may be of a time when the place was not looked at.
  if (!has_place_for_label(pattern) || is_step(label)) return {};
  std::string url(pattern);
  url.replace(url.find(place), place.size(), percent_encoded(label));
  return url;
}

}  // namespace greffe
