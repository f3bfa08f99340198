#include "commands/files/media_type.h"

#include <algorithm>

#include "commands/files/header_parameters.h"

namespace greffe {
namespace {

constexpr std::size_t name_bytes_max = 127;  // RFC 6838, 4.2

bool matches(const MediaType& media_type, std::string_view pattern) {
  const auto slash = pattern.find('/');
  if (slash == std::string_view::npos || pattern.substr(0, slash) != media_type.type) return false;
  const auto subtype = pattern.substr(slash + 1);
  return subtype == "*" || subtype == media_type.subtype;
}

bool matches_any(const MediaType& media_type, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(media_type, pattern); });
}

}  // namespace

MediaType unknown_media_type() { return {"application", "octet-stream", {}}; }

std::optional<MediaType> parse_media_type(std::string_view text) {
  const auto end = std::min(text.find(';'), text.size());
  const auto essence = without_blanks(text.substr(0, end));
  const auto slash = essence.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  MediaType media_type{in_lower_case(essence.substr(0, slash)), in_lower_case(essence.substr(slash + 1)), {}};
  for (const auto& name : {media_type.type, media_type.subtype}) {
    // A "*" is a token's character, and a pattern of other headers.
    if (!is_token(name) || name.size() > name_bytes_max || name.find('*') != std::string::npos) return std::nullopt;
  }
  auto parameters = parse_header_parameters(text.substr(end));
  if (!parameters) return std::nullopt;
  media_type.parameters = std::move(*parameters);
  return media_type;
}

bool MediaTypeRules::allow(const MediaType& media_type) const {
  if (matches_any(media_type, refused)) return false;
  return allowed.empty() || matches_any(media_type, allowed);
}

bool is_media_type_pattern(std::string_view pattern) {
  const auto whole =
      pattern.ends_with("/*") ? std::string(pattern.substr(0, pattern.size() - 1)) + "x" : std::string(pattern);
  const auto media_type = parse_media_type(whole);
  return media_type && media_type->essence() == whole;
}

}  // namespace greffe
