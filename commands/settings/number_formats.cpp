#include "commands/settings/number_formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/settings/area_limits.h"
#include "commands/settings/number_pattern.h"
#include "commands/settings/time_zone.h"
#include "events/check.h"

namespace greffe {
namespace {

using Kind = PatternPart::Kind;

constexpr std::string_view sequence_head = "{seq:";
constexpr char sequence_mark = '#';  // no literal of a pattern

bool is_literal(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// The placeholder that `rest` begins with, its text cut off `rest`.
std::optional<PatternPart> take_placeholder(std::string_view& rest) {
  constexpr std::pair<std::string_view, Kind> plain[] = {
      {"{yyyy}", Kind::year4}, {"{yy}", Kind::year2}, {"{mm}", Kind::month}, {"{dd}", Kind::day}};
  for (const auto& [text, kind] : plain) {
    if (!rest.starts_with(text)) continue;
    rest.remove_prefix(text.size());
    return PatternPart{kind};
  }
  const auto digits = sequence_head.size();
  if (!rest.starts_with(sequence_head) || rest.size() < digits + 2) return std::nullopt;
  if (rest[digits] < '1' || rest[digits] > '9' || rest[digits + 1] != '}') return std::nullopt;
  const PatternPart part{Kind::sequence, 0, static_cast<std::size_t>(rest[digits] - '0')};
  rest.remove_prefix(digits + 2);
  return part;
}

std::vector<PatternPart> parts_of(const NumberFormat& format) {
  auto parts = parse_pattern(format.pattern);
  GREFFE_CHECK(parts.has_value(), "a number format in force was checked when it was set");
  return std::move(*parts);
}

std::string day_part(Kind kind, std::chrono::year_month_day date) {
  switch (kind) {
    case Kind::year4: return fmt::format("{:04}", static_cast<int>(date.year()));
    case Kind::year2: return fmt::format("{:02}", static_cast<int>(date.year()) % 100);
    case Kind::month: return fmt::format("{:02}", static_cast<unsigned>(date.month()));
    case Kind::day: return fmt::format("{:02}", static_cast<unsigned>(date.day()));
    case Kind::literal:
    case Kind::sequence: break;
  }
  GREFFE_CHECK(false, "literals and sequences are no part of a day");
  return {};
}

// The pattern with everything filled in, the sequence by `sequence_text(digits, is_last)`.
template <class F>
std::string rendered(const NumberFormat& format, Instant at, const std::string& time_zone, F&& sequence_text) {
  const std::chrono::year_month_day date(local_date(at, time_zone));
  const auto parts = parts_of(format);
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == Kind::literal) text += parts[i].literal;
    else if (parts[i].kind == Kind::sequence) text += sequence_text(parts[i].digits, i + 1 == parts.size());
    else text += day_part(parts[i].kind, date);
  }
  return text;
}

}  // namespace

std::optional<std::vector<PatternPart>> parse_pattern(std::string_view pattern) {
  std::vector<PatternPart> parts;
  while (!pattern.empty()) {
    if (is_literal(pattern.front())) {
      parts.push_back({Kind::literal, pattern.front()});
      pattern.remove_prefix(1);
      continue;
    }
    const auto part = take_placeholder(pattern);
    if (!part) return std::nullopt;
    parts.push_back(*part);
  }
  return parts;
}

const NumberFormat* format_for(const NumberingDefined& numbering, TicketKind kind) {
  const auto fits = [&](const NumberFormat& f) {
    return f.kinds.empty() || std::find(f.kinds.begin(), f.kinds.end(), kind) != f.kinds.end();
  };
  const auto at = std::find_if(numbering.formats.begin(), numbering.formats.end(), fits);
  return at == numbering.formats.end() ? nullptr : &*at;
}

std::string series_of(const NumberFormat& format, Instant at, const std::string& time_zone) {
  auto series = rendered(format, at, time_zone, [](std::size_t, bool is_last) {
    return is_last ? std::string() : std::string(1, sequence_mark);
  });
  // A series is a key of the log's index, which an empty text would be a poor one of.
  if (series.empty()) series = sequence_mark;
  return series;
}

std::string number_of(const NumberFormat& format, Instant at, const std::string& time_zone, std::uint64_t sequence) {
  GREFFE_CHECK(sequence > 0, "sequences count from 1");
  return rendered(format, at, time_zone,
                  [&](std::size_t digits, bool) { return fmt::format("{:0{}}", sequence, digits); });
}

std::optional<FieldCode> pattern_fault(std::string_view pattern) {
  if (pattern.empty()) return FieldCode::required;
  if (pattern.size() > area_limits::number_pattern_bytes_max) return FieldCode::too_long;
  const auto parts = parse_pattern(pattern);
  if (!parts) return FieldCode::malformed;
  const auto sequences =
      std::count_if(parts->begin(), parts->end(), [](const PatternPart& p) { return p.kind == Kind::sequence; });
  if (sequences != 1) return FieldCode::no_sequence;
  return std::nullopt;
}

}  // namespace greffe
