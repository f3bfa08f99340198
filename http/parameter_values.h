// How single values of query parameters are read, for the files that make parameter tables.
#pragma once

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/parameters.h"

namespace greffe::parameter_values {

using Fault = std::optional<FieldCode>;

inline constexpr std::size_t cursor_bytes_max = 4096;
// Of all values of one list parameter together; more is a mistake, not a question.
inline constexpr std::size_t list_values_max = 100;

Fault read_number(std::string_view text, std::uint64_t min, std::uint64_t max, std::uint64_t& out);
Fault read_instant(std::string_view text, std::optional<Instant>& out);
Fault read_boolean(std::string_view text, bool& out);
// One more key of a list.
Fault read_key(std::string_view text, std::vector<std::string>& out);
// The reader of a cursor judges what it says; here only that it is not absurdly long.
Fault read_cursor(std::string_view text, std::string& out);

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

inline Fault read_value(std::string_view text, SortKey& out) {
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

Json instant_schema();
Json text_schema();
Json number_schema(std::uint64_t min, std::uint64_t max);
Json cursor_schema();
inline constexpr auto cursor_text = "`next_cursor` of the page before; opaque.";

template <class T>
Parameter<T> limit_parameter(std::size_t T::*limit, std::size_t max) {
  return {"limit", "How many at most.", number_schema(1, max), false, [limit, max](std::string_view text, T& into) {
            std::uint64_t value = 0;
            const auto fault = read_number(text, 1, max, value);
            if (!fault) into.*limit = value;
            return fault;
          }};
}

template <class T>
Parameter<T> min_position_parameter() {
  return {"min_position", "Answer only once the views have seen this position (at most five seconds).", id_schema(),
          false, [](std::string_view text, T& into) { return read_value(text, into.min_position.emplace()); }};
}

}  // namespace greffe::parameter_values
