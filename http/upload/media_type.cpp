#include "http/upload/media_type.h"

#include <algorithm>
#include <array>

#include "http/front/text.h"
#include "http/upload/header_parameters.h"

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

// As browsers do before they decide that something is a page.
std::string_view without_white_space(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto begin = bytes.find_first_not_of(" \t\r\n\f");
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

bool starts_with_any(std::string_view bytes, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return front::same_name(bytes.substr(0, beginning.size()), beginning);
  });
}

bool is_page(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 7> beginnings = {"<!doctype html", "<html",   "<head", "<body",
                                                          "<script",        "<iframe", "<style"};
  return starts_with_any(without_white_space(first_bytes), beginnings);
}

bool is_drawing(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 2> beginnings = {"<svg", "<!doctype svg"};
  return starts_with_any(without_white_space(first_bytes), beginnings);
}

bool is_program(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 5> beginnings = {
      "\x7F"
      "ELF",
      "\xFE\xED\xFA\xCE", "\xFE\xED\xFA\xCF", "\xCE\xFA\xED\xFE", "\xCF\xFA\xED\xFE"};
  for (const auto beginning : beginnings) {
    if (first_bytes.starts_with(beginning)) return true;
  }
  // A text may begin with these two letters, but holds no NUL.
  return first_bytes.starts_with("MZ") && first_bytes.find('\0') != std::string_view::npos;
}

}  // namespace

MediaType unknown_media_type() { return {"application", "octet-stream", {}}; }

std::optional<MediaType> parse_media_type(std::string_view text) {
  const auto end = std::min(text.find(';'), text.size());
  const auto essence = front::without_blanks(text.substr(0, end));
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

bool contradicts(const MediaType& declared, std::string_view first_bytes) {
  first_bytes = first_bytes.substr(0, sniffed_bytes_max);
  const auto essence = declared.essence();
  const bool is_media = declared.type == "image" || declared.type == "audio" || declared.type == "video" ||
                        declared.type == "font" || essence == "application/pdf";
  if (is_page(first_bytes)) return is_media;
  if (is_drawing(first_bytes)) return is_media && essence != "image/svg+xml";
  if (is_program(first_bytes)) return is_media || declared.type == "text";
  return false;
}

}  // namespace greffe
