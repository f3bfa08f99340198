// Media types ("image/png") as clients declare them, and which of them are accepted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/named_texts.h"

namespace greffe {

struct MediaType {
  std::string type;       // lower case: "text"
  std::string subtype;    // lower case: "plain"
  NamedTexts parameters;  // names in lower case: {"charset", "UTF-8"}

  // "text/plain"
  std::string essence() const { return type + "/" + subtype; }
  bool operator==(const MediaType&) const = default;
};

// What bytes are that nobody described.
MediaType unknown_media_type();  // application/octet-stream

// Absent if the text is not of RFC 9110's form, or longer than any registered name may be.
std::optional<MediaType> parse_media_type(std::string_view text);

// Patterns are essences in lower case, or "image/*" for all of a type.
struct MediaTypeRules {
  std::vector<std::string> allowed;  // empty: all but the refused
  std::vector<std::string> refused;  // wins over `allowed`

  bool allow(const MediaType& media_type) const;
};

// True for a pattern that can match: for settings that name some.
bool is_media_type_pattern(std::string_view pattern);

}  // namespace greffe
