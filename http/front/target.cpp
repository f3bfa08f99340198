#include <algorithm>
#include <optional>

#include "http/front/head.h"

namespace greffe::front {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Absent if an escape is incomplete or stands for NUL, which no text of ours may hold.
std::optional<std::string> unescape(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

bool parse_query(std::string_view query, NamedTexts& parameters) {
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = unescape(pair.substr(0, equals), true);
    auto value = unescape(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return false;
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

}  // namespace

Result<void, Refusal> parse_target(std::string_view target, HttpRequest& request) {
  request.parameters.clear();
  if (target.size() > target_bytes_max) return fail(Refusal::target_too_long);
  // Absolute form belongs to proxies, "*" and a fragment to nobody here.
  const auto visible = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), visible)) {
    return fail(Refusal::bad_target);
  }
  const auto question = std::min(target.find('?'), target.size());
  auto path = unescape(target.substr(0, question), false);
  const auto control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; };
  if (!path || std::any_of(path->begin(), path->end(), control)) return fail(Refusal::bad_target);
  if (question < target.size() && !parse_query(target.substr(question + 1), request.parameters)) {
    return fail(Refusal::bad_target);
  }
  request.target = target;
  request.path = std::move(*path);
  return {};
}

}  // namespace greffe::front
