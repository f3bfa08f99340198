#include "projections/key_page.h"

#include <algorithm>
#include <array>

namespace greffe {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6;) {
      count -= 6;
      text.push_back(alphabet[bits >> count & 63]);
    }
  }
  if (count > 0) text.push_back(alphabet[bits << (6 - count) & 63]);
  return text;
}

// Absent if the text is not what to_base64url makes of any bytes.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : text) {
    const auto value = alphabet.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>(static_cast<unsigned char>(bits >> count)));
    }
  }
  if (to_base64url(bytes) != text) return std::nullopt;
  return bytes;
}

// The first key that may follow the cursor's; absent if the cursor is not one of this list.
std::optional<std::string> start_after(std::string_view prefix, std::size_t rest_bytes, std::string_view cursor) {
  if (cursor.empty()) return std::string(prefix);
  auto key = from_cursor(cursor, prefix.size() + rest_bytes);
  if (!key || !key->starts_with(prefix)) return std::nullopt;
  key->push_back('\0');
  return key;
}

}  // namespace

std::string to_cursor(std::string_view bytes) { return to_base64url(bytes); }

std::optional<std::string> from_cursor(std::string_view cursor, std::size_t bytes) {
  if (cursor.size() > 2 * bytes) return std::nullopt;
  auto decoded = from_base64url(cursor);
  if (!decoded || decoded->size() != bytes) return std::nullopt;
  return decoded;
}

Result<KeyPage, BadCursor> read_keys(const RowSource& rows, Family family, std::string_view prefix,
                                     std::size_t rest_bytes, std::size_t limit, std::string_view cursor) {
  const auto start = start_after(prefix, rest_bytes, cursor);
  if (!start) return fail(BadCursor{});
  limit = std::clamp<std::size_t>(limit, 1, list_limit_max);
  KeyPage page;
  const auto scan = rows.scan(family, prefix, *start);
  while (scan->next()) {
    if (page.rests.size() == limit) {
      page.next_cursor = to_base64url(std::string(prefix) + page.rests.back());
      break;
    }
    const auto rest = scan->key().substr(prefix.size());
    if (rest.size() != rest_bytes) {
      throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a key of the views is damaged: run `greffe rebuild`"});
    }
    page.rests.emplace_back(rest);
    page.values.emplace_back(scan->value());
  }
  return page;
}

}  // namespace greffe
