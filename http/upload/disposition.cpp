#include "http/upload/disposition.h"

#include <algorithm>

#include "commands/files/header_parameters.h"
#include "http/front/text.h"

namespace greffe {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The bytes of an extended value (RFC 8187): UTF-8'en'na%C3%AFve.txt
std::optional<std::string> parse_extended(std::string_view text) {
  const auto first = text.find('\'');
  const auto second = first == std::string_view::npos ? first : text.find('\'', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  // Latin-1 is told from UTF-8 when the name is cleaned.
  const auto charset = text.substr(0, first);
  if (!front::same_name(charset, "UTF-8") && !front::same_name(charset, "ISO-8859-1")) return std::nullopt;
  const auto encoded = text.substr(second + 1);
  std::string bytes;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      bytes.push_back(encoded[i]);
      continue;
    }
    const int high = i + 2 < encoded.size() ? hex_value(encoded[i + 1]) : -1;
    const int low = i + 2 < encoded.size() ? hex_value(encoded[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return bytes;
}

// Browsers escape these three in a form's names, and nothing else, not even "%".
std::string unescaped_by_form(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto escape = text.substr(i, 3);
    const bool known = escape == "%22" || front::same_name(escape, "%0D") || front::same_name(escape, "%0A");
    if (!known) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(escape == "%22" ? '"' : front::same_name(escape, "%0D") ? '\r' : '\n');
    i += 2;
  }
  return out;
}

bool is_plain(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c == '.' || c == '-' || c == '_';
}

}  // namespace

std::optional<ContentDisposition> parse_content_disposition(std::string_view text) {
  const auto end = std::min(text.find(';'), text.size());
  ContentDisposition disposition{in_lower_case(without_blanks(text.substr(0, end))), {}, {}};
  const auto parameters = parse_header_parameters(text.substr(end));
  if (!is_token(disposition.type) || !parameters) return std::nullopt;
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = parameter_of(*parameters, name);
    if (!value) return std::nullopt;
    return disposition.type == "form-data" ? unescaped_by_form(*value) : std::string(*value);
  };
  disposition.name = read("name");
  disposition.file_name = read("filename");
  if (const auto extended = parameter_of(*parameters, "filename*")) {
    disposition.file_name = parse_extended(*extended);
    if (!disposition.file_name) return std::nullopt;
  }
  return disposition;
}

std::string attachment_disposition(std::string_view file_name) {
  std::string plain;
  std::string encoded;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(c)) {
      plain.push_back(c);
      encoded.push_back(c);
      continue;
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    // One for each character that is not ASCII, however many bytes it has.
    if ((byte & 0xC0U) != 0x80U) plain.push_back(c == ' ' ? ' ' : '_');
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace greffe
