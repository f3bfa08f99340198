#include "commands/files/file_name.h"

#include <algorithm>

#include "commands/field_rules.h"

namespace greffe {
namespace {

constexpr std::size_t extension_bytes_max = 32;

std::string from_latin_1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text.push_back(c);
    } else {
      text.push_back(static_cast<char>(0xC0U | (byte >> 6U)));
      text.push_back(static_cast<char>(0x80U | (byte & 0x3FU)));
    }
  }
  return text;
}

// Bytes of the code point that begins the text, which is UTF-8.
std::size_t code_point_bytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

bool is_unwanted(std::string_view code_point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(code_point[i]); };
  if (code_point.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
  if (code_point.size() == 2) {
    // U+0080 to U+009F, and U+061C, the Arabic letter mark.
    return (byte(0) == 0xC2 && byte(1) < 0xA0) || code_point == "\xD8\x9C";
  }
  // U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069, U+FEFF.
  if (code_point.starts_with("\xE2\x80"))
    return byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE);
  if (code_point.starts_with("\xE2\x81")) return byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return code_point == "\xEF\xBB\xBF";
}

std::string without_unwanted(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto code_point = text.substr(0, code_point_bytes(text));
    if (!is_unwanted(code_point)) kept += code_point;
    text.remove_prefix(code_point.size());
  }
  return kept;
}

std::string_view without_spaces(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// At most `bytes_max` bytes of the text, and no half code point.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  const auto continues = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; };
  while (bytes_max > 0 && continues(bytes_max)) --bytes_max;
  return text.substr(0, bytes_max);
}

}  // namespace

std::optional<std::string> clean_file_name(std::string_view name) {
  auto text = is_utf8(name) ? std::string(name) : from_latin_1(name);
  if (const auto separator = text.find_last_of("/\\"); separator != std::string::npos) text.erase(0, separator + 1);
  text = without_unwanted(text);
  const auto shown = without_spaces(text);
  if (shown.empty() || shown == "." || shown == "..") return std::nullopt;
  if (shown.size() <= file_name_bytes_max) return std::string(shown);
  const auto dot = shown.rfind('.');
  const bool has_extension = dot != std::string_view::npos && dot > 0 && shown.size() - dot <= extension_bytes_max;
  const auto extension = has_extension ? shown.substr(dot) : std::string_view();
  const auto stem = cut(shown.substr(0, shown.size() - extension.size()), file_name_bytes_max - extension.size());
  return std::string(stem) + std::string(extension);
}

}  // namespace greffe
