#include <algorithm>
#include <charconv>
#include <concepts>

#include "commands/field_rules.h"
#include "commands/limits.h"
#include "events/event_names.h"
#include "http/parameter_values.h"

namespace greffe {
namespace parameter_values {

Fault read_number(std::string_view text, std::uint64_t min, std::uint64_t max, std::uint64_t& out) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end != text.data() + text.size()) return FieldCode::malformed;
  if (error == std::errc::result_out_of_range || value < min || value > max) return FieldCode::out_of_range;
  out = value;
  return std::nullopt;
}

Fault read_instant(std::string_view text, std::optional<Instant>& out) {
  out = parse_rfc3339(text);
  return out ? Fault() : FieldCode::malformed;
}

Fault read_boolean(std::string_view text, bool& out) {
  if (text != "true" && text != "false") return FieldCode::not_one_of;
  out = text == "true";
  return std::nullopt;
}

Fault read_key(std::string_view text, std::vector<std::string>& out) {
  if (text.empty()) return FieldCode::too_short;
  if (text.size() > limits::key_bytes_max) return FieldCode::too_long;
  if (!is_utf8(text)) return FieldCode::invalid_utf8;
  const bool control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control) return FieldCode::control_character;
  if (out.size() == list_values_max) return FieldCode::too_many;
  out.emplace_back(text);
  return std::nullopt;
}

Fault read_cursor(std::string_view text, std::string& out) {
  if (text.size() > cursor_bytes_max) return FieldCode::too_long;
  out = text;
  return std::nullopt;
}

Json instant_schema() { return {{"type", "string"}, {"format", "date-time"}}; }
Json text_schema() { return {{"type", "string"}}; }
Json number_schema(std::uint64_t min, std::uint64_t max) {
  return {{"type", "integer"}, {"minimum", min}, {"maximum", max}};
}
Json cursor_schema() { return {{"type", "string"}, {"maxLength", cursor_bytes_max}}; }

}  // namespace parameter_values

namespace {

using namespace parameter_values;

Fault read_stream(std::string_view text, FeedAsked& into) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return FieldCode::malformed;
  const auto kind = text.substr(0, slash);
  const auto rest = text.substr(slash + 1);
  if (kind == "settings") {
    const auto area = named<SettingsArea>(rest);
    if (!area || *area == SettingsArea::none) return FieldCode::malformed;
    into.stream = stream_of(*area);
    return std::nullopt;
  }
  const auto id = parse_id(rest);
  for (int value = 1; id && value <= static_cast<int>(last_stream_kind); ++value) {
    const StreamId stream{static_cast<StreamKind>(value), *id};
    if (stream_kind_text(stream.kind) != kind) continue;
    into.stream = stream;
    return std::nullopt;
  }
  return FieldCode::malformed;
}

Json event_type_schema() {
  Json names = Json::array();
  for_each_event_name([&](const EventName& name) { names.push_back(name.text); });
  return {{"type", "string"}, {"enum", std::move(names)}};
}

// A name that no event has would be waited for in vain.
Fault read_event_type(std::string_view text, FeedAsked& into) {
  bool known = false;
  for_each_event_name([&](const EventName& name) { known = known || text == name.text; });
  return known ? read_key(text, into.types) : FieldCode::not_one_of;
}

bool is_escape(std::string_view text, std::size_t at) {
  constexpr std::string_view marks = ",/\\";
  return text[at] == '\\' && at + 1 < text.size() && marks.find(text[at + 1]) != std::string_view::npos;
}

}  // namespace

std::string unescaped(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (is_escape(value, i)) ++i;
    text += value[i];
  }
  return text;
}

std::string escaped(std::string_view value, bool slashes) {
  std::string text;
  for (const char c : value) {
    if (c == ',' || c == '\\' || (slashes && c == '/')) text += '\\';
    text += c;
  }
  return text;
}

std::size_t unescaped_end(std::string_view text, char separator) {
  std::size_t i = 0;
  while (i < text.size() && text[i] != separator) i += is_escape(text, i) ? 2 : 1;
  return i;
}

void check_parameters(const NamedTexts& given, const std::function<std::optional<bool>(std::string_view)>& is_list,
                      const std::function<std::optional<FieldCode>(std::string_view, std::string_view)>& take,
                      Faults& faults) {
  std::vector<std::string_view> seen;
  const auto take_one = [&](std::string_view name, std::string_view value) {
    if (const auto fault = take(name, value); fault && !faults.names(name)) faults.add(name, *fault);
  };
  for (const auto& [name, value] : given) {
    const auto list = is_list(name);
    if (!list) {
      if (!faults.names(name)) faults.add(name, FieldCode::unknown_field);
      continue;
    }
    if (!*list && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      faults.add(name, FieldCode::duplicate);
      continue;
    }
    seen.push_back(name);
    std::string_view rest = value;
    for (auto comma = unescaped_end(rest, ','); *list && comma < rest.size(); comma = unescaped_end(rest, ',')) {
      take_one(name, rest.substr(0, comma));
      rest.remove_prefix(comma + 1);
    }
    take_one(name, rest);
  }
}

const Parameters<PageAsked>& page_parameters() {
  using T = PageAsked;
  static const Parameters<T> table = {
      limit_parameter<T>(&T::limit, list_limit_max),
      {"cursor", cursor_text, cursor_schema(), false,
       [](std::string_view text, T& into) { return read_cursor(text, into.cursor); }},
      min_position_parameter<T>(),
  };
  return table;
}

const Parameters<TimelineAsked>& timeline_parameters() {
  using T = TimelineAsked;
  static const Parameters<T> table = [] {
    Parameters<T> made;
    for (const auto& row : page_parameters()) {
      made.push_back({row.name, row.description, row.schema, row.is_list,
                      [read = row.read](std::string_view text, T& into) { return read(text, into.page); }});
    }
    made.push_back({"with_children", "The sub-tickets' timelines too, at any depth.", BooleanInput().schema(), false,
                    [](std::string_view text, T& into) { return read_boolean(text, into.with_children); }});
    return made;
  }();
  return table;
}

const Parameters<DocumentAsked>& document_parameters() {
  static const Parameters<DocumentAsked> table = {min_position_parameter<DocumentAsked>()};
  return table;
}

const Parameters<TicketAsked>& ticket_parameters() {
  using T = TicketAsked;
  static const Parameters<T> table = {
      {"as_of",
       "The ticket as it stood at this instant, and the people and other tickets in it as they were; labels are those "
       "of now.",
       instant_schema(), false, [](std::string_view text, T& into) { return read_instant(text, into.as_of); }},
      min_position_parameter<T>(),
  };
  return table;
}

const Parameters<FeedAsked>& feed_parameters() {
  using T = FeedAsked;
  static const Parameters<T> table = {
      {"from", "First position to answer; 1 is the beginning.", id_schema(), false,
       [](std::string_view text, T& into) { return read_value(text, into.from); }},
      limit_parameter<T>(&T::limit, feed_limit_max),
      {"stream", "Only this aggregate's events: `ticket/42`, `settings/sla`.", text_schema(), false, read_stream},
      {"type", "Only events of these types.", event_type_schema(), true, read_event_type},
  };
  return table;
}

}  // namespace greffe
