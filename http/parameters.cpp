#include "http/parameters.h"

#include <algorithm>
#include <charconv>
#include <concepts>

#include "commands/field_rules.h"
#include "commands/limits.h"

namespace greffe {
namespace {

using Fault = std::optional<FieldCode>;

constexpr std::size_t cursor_bytes_max = 4096;
// Of all values of one list parameter together; more is a mistake, not a question.
constexpr std::size_t list_values_max = 100;

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

template <class Tag>
Fault read_value(std::string_view text, Id<Tag>& out) {
  const auto id = parse_id(text);
  if (!id) return FieldCode::malformed;
  out = {*id};
  return std::nullopt;
}

template <NamedEnum E>
Fault read_value(std::string_view text, E& out) {
  const auto value = named<E>(text);
  if (!value) return FieldCode::not_one_of;
  out = *value;
  return std::nullopt;
}

Fault read_value(std::string_view text, SortKey& out) {
  out.descending = text.starts_with('-');
  return read_value(text.substr(out.descending ? 1 : 0), out.column);
}

template <class Value>
Fault read_item(std::string_view text, std::vector<Value>& out) {
  Value value{};
  if (const auto fault = read_value(text, value)) return fault;
  if (out.size() == list_values_max) return FieldCode::too_many;
  out.push_back(value);
  return std::nullopt;
}

Json instant_schema() { return {{"type", "string"}, {"format", "date-time"}}; }
Json text_schema() { return {{"type", "string"}}; }
Json number_schema(std::uint64_t min, std::uint64_t max) {
  return {{"type", "integer"}, {"minimum", min}, {"maximum", max}};
}

template <class T>
Parameter<T> limit_parameter(std::size_t T::*limit, std::size_t max) {
  return {"limit", "How many at most.", number_schema(1, max), false, [limit, max](std::string_view text, T& into) {
            std::uint64_t value = 0;
            const auto fault = read_number(text, 1, max, value);
            if (!fault) into.*limit = value;
            return fault;
          }};
}

// The reader of a cursor judges what it says; here only that it is not absurdly long.
Fault read_cursor(std::string_view text, std::string& out) {
  if (text.size() > cursor_bytes_max) return FieldCode::too_long;
  out = text;
  return std::nullopt;
}

Json cursor_schema() { return {{"type", "string"}, {"maxLength", cursor_bytes_max}}; }
constexpr auto cursor_text = "`next_cursor` of the page before; opaque.";

template <class T>
Parameter<T> min_position_parameter() {
  return {"min_position", "Answer only once the views have seen this position (at most five seconds).", id_schema(),
          false, [](std::string_view text, T& into) { return read_value(text, into.min_position.emplace()); }};
}

template <class Value>
Parameter<TicketListAsked> filter(const char* name, std::vector<Value> ListFilters::*values, Json schema) {
  return {name, "Any of these.", std::move(schema), true, [values](std::string_view text, TicketListAsked& into) {
            if constexpr (std::same_as<Value, std::string>) return read_key(text, into.query.filters.*values);
            else return read_item(text, into.query.filters.*values);
          }};
}

Parameter<TicketListAsked> bound(const char* name, const char* description,
                                 std::optional<Instant> ListFilters::*instant) {
  return {name, description, instant_schema(), false, [instant](std::string_view text, TicketListAsked& into) {
            return read_instant(text, into.query.filters.*instant);
          }};
}

Json sort_schema() {
  Json columns = Json::array();
  for (const auto name : names_of(SortColumn{})) {
    columns.push_back(name);
    columns.push_back("-" + std::string(name));
  }
  return {{"type", "string"}, {"enum", columns}};
}

Fault read_sort(std::string_view text, TicketListAsked& into) {
  if (into.query.sort.size() == list_sort_keys_max) return FieldCode::too_many;
  const auto fault = read_item(text, into.query.sort);
  if (fault) return fault;
  const auto column = into.query.sort.back().column;
  const auto same = [column](const SortKey& key) { return key.column == column; };
  return std::count_if(into.query.sort.begin(), into.query.sort.end(), same) > 1 ? Fault(FieldCode::duplicate)
                                                                                 : Fault();
}

Parameters<TicketListAsked> ticket_filters() {
  using F = ListFilters;
  return {
      filter("status", &F::status, text_schema()),
      filter("priority", &F::priority, text_schema()),
      filter("assignee", &F::assignee, id_schema()),
      filter("team", &F::team, id_schema()),
      filter("contact", &F::contact, id_schema()),
      filter("organisation", &F::organisation, id_schema()),
      filter("kind", &F::kind, NameInput<TicketKind>().schema()),
      filter("channel", &F::channel, NameInput<Channel>().schema()),
      filter("category", &F::category, text_schema()),
      filter("request_type", &F::request_type, text_schema()),
      filter("group", &F::group, text_schema()),
      bound("opened_from", "Opened at this instant or later.", &F::opened_from),
      bound("opened_before", "Opened before this instant.", &F::opened_before),
      bound("updated_from", "Updated at this instant or later.", &F::updated_from),
      bound("updated_before", "Updated before this instant.", &F::updated_before),
  };
}

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
  constexpr std::array<std::string_view, 5> kinds = {"ticket", "contact", "organisation", "agent", "team"};
  const auto found = std::find(kinds.begin(), kinds.end(), kind);
  const auto id = parse_id(rest);
  if (found == kinds.end() || !id) return FieldCode::malformed;
  into.stream = StreamId{static_cast<StreamKind>(found - kinds.begin() + 1), *id};
  return std::nullopt;
}

}  // namespace

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
    for (auto comma = rest.find(','); *list && comma != std::string_view::npos; comma = rest.find(',')) {
      take_one(name, rest.substr(0, comma));
      rest.remove_prefix(comma + 1);
    }
    take_one(name, rest);
  }
}

const Parameters<TicketListAsked>& ticket_list_parameters() {
  using T = TicketListAsked;
  static const Parameters<T> table = [] {
    Parameters<T> made = ticket_filters();
    made.push_back({"view", "Which tab; the mine views are the acting agent's.", NameInput<ListView>().schema(), false,
                    [](std::string_view text, T& into) { return read_value(text, into.query.view); }});
    made.push_back({"sort", "Columns, the first one first; `-` sorts descending.", sort_schema(), true, read_sort});
    made.push_back(
        {"limit", "How many at most.", number_schema(1, list_limit_max), false, [](std::string_view text, T& into) {
           std::uint64_t value = 0;
           const auto fault = read_number(text, 1, list_limit_max, value);
           if (!fault) into.query.limit = value;
           return fault;
         }});
    made.push_back({"cursor", cursor_text, cursor_schema(), false,
                    [](std::string_view text, T& into) { return read_cursor(text, into.query.cursor); }});
    made.push_back({"as_of", "Not supported by lists yet: refused with `as_of_not_supported`.", instant_schema(), false,
                    [](std::string_view text, T& into) {
                      std::optional<Instant> ignored;
                      into.as_of = true;
                      return read_instant(text, ignored);
                    }});
    made.push_back(min_position_parameter<T>());
    return made;
  }();
  return table;
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

const Parameters<DocumentAsked>& document_parameters() {
  static const Parameters<DocumentAsked> table = {min_position_parameter<DocumentAsked>()};
  return table;
}

const Parameters<TicketAsked>& ticket_parameters() {
  using T = TicketAsked;
  static const Parameters<T> table = {
      {"as_of", "The ticket as it stood at this instant.", instant_schema(), false,
       [](std::string_view text, T& into) { return read_instant(text, into.as_of); }},
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
      {"type", "Only events of these types.", text_schema(), true,
       [](std::string_view text, T& into) { return read_key(text, into.types); }},
  };
  return table;
}

}  // namespace greffe
