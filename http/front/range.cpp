#include "http/front/range.h"

#include <algorithm>
#include <charconv>

#include "commands/files/header_parameters.h"
#include "http/front/text.h"

namespace greffe::front {
namespace {

// Absent if it is no number; one too large to be held is larger than any body of ours.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : UINT64_MAX;
}

// The value of the only header of that name.
std::optional<std::string_view> only(const NamedTexts& headers, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [header, value] : headers) {
    if (!same_name(header, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

// A weak ETag proves nothing about bytes.
bool is_still_the_same(const HttpRequest& request, const NamedTexts& headers) {
  const auto condition = request.header("If-Range");
  if (!condition) return true;
  const auto validator = only(headers, condition->starts_with('"') ? "ETag" : "Last-Modified");
  return validator && *validator == *condition;
}

Result<std::optional<ByteRange>, Refusal> last_bytes(std::string_view count_text, std::uint64_t size_bytes) {
  const auto wanted = parse_number(count_text);
  if (!wanted) return std::nullopt;
  const auto count = std::min(*wanted, size_bytes);
  if (count == 0) return fail(Refusal::range_not_satisfiable);
  return ByteRange{size_bytes - count, count};
}

}  // namespace

Result<std::optional<ByteRange>, Refusal> requested_range(const HttpRequest& request, const NamedTexts& headers,
                                                          std::uint64_t size_bytes) {
  if (request.head_only || request.method != "GET") return std::nullopt;
  constexpr std::string_view unit = "bytes=";
  const auto value = only(request.headers, "Range");
  if (!value || !same_name(value->substr(0, unit.size()), unit)) return std::nullopt;
  if (!is_still_the_same(request, headers)) return std::nullopt;
  const auto range = without_blanks(value->substr(unit.size()));
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  if (dash == 0) return last_bytes(range.substr(1), size_bytes);
  const auto first = parse_number(range.substr(0, dash));
  const auto last_text = range.substr(dash + 1);
  const auto last = last_text.empty() ? UINT64_MAX : parse_number(last_text);
  if (!first || !last || *last < *first) return std::nullopt;
  if (*first >= size_bytes) return fail(Refusal::range_not_satisfiable);
  return ByteRange{*first, std::min(*last, size_bytes - 1) - *first + 1};
}

}  // namespace greffe::front
