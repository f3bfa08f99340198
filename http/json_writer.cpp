#include "http/json_writer.h"

#include <fmt/format.h>

#include <array>

namespace greffe {
namespace {

// What one byte needs: 0 = stands as it is, 'u' = \u00XX, 'x' = begins or continues a
// sequence of several bytes, anything else = the letter after a backslash.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> escapes{};
  for (std::size_t c = 0; c < 0x20; ++c) escapes[c] = 'u';
  for (std::size_t c = 0x80; c < 0x100; ++c) escapes[c] = 'x';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  return escapes;
}
constexpr auto escapes = make_escapes();

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Length of the well-formed sequence that starts at `text[0]` (>= 0x80); 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto between = [&](std::size_t i, unsigned low, unsigned high) { return at(i) >= low && at(i) <= high; };
  const unsigned lead = at(0);
  if (lead >= 0xC2 && lead <= 0xDF) return between(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return between(1, low, high) && between(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return between(1, low, high) && between(2, 0x80, 0xBF) && between(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  std::size_t i = 0;
  const auto flush = [&] { out.append(text, done, i - done); };
  while (i < text.size()) {
    const char escape = escapes[static_cast<unsigned char>(text[i])];
    if (escape == 0) {
      ++i;
      continue;
    }
    if (escape == 'x') {
      const auto length = sequence_length(text.substr(i));
      if (length != 0) {
        i += length;
        continue;
      }
    }
    flush();
    if (escape == 'x') out += replacement;
    else if (escape == 'u') fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(text[i]));
    else (out += '\\') += escape;
    done = ++i;
  }
  flush();
  out += '"';
}

void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  ((out_ += '"') += name) += "\":";
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_json_text(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) { return raw(fmt::format_int(value).c_str()); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::id(std::uint64_t value) {
  separate();
  const fmt::format_int digits(value);
  ((out_ += '"') += std::string_view(digits.data(), digits.size())) += '"';
  return *this;
}

JsonWriter& JsonWriter::instant(Instant value) {
  separate();
  out_ += '"';
  append_rfc3339(out_, value);
  out_ += '"';
  return *this;
}

}  // namespace greffe
