// The JSON rendering of events/json.h for any type with a field list. A template, so that
// views can render their rows by the same rules; include it from .cpp files only.
#pragma once

#include "events/json.h"

namespace greffe::field_json {

template <HasFields T>
Json render(const T& value);

inline Json render(const std::string& value) { return value; }
inline Json render(const Personal& value) { return value.text; }
inline Json render(Instant value) { return to_rfc3339(value); }
inline Json render(Milliseconds value) { return value.count(); }
inline Json render(bool value) { return value; }
inline Json render(Version value) { return value.value; }
template <class Tag>
Json render(Id<Tag> value) {
  return std::to_string(value.value);
}
template <NamedEnum E>
Json render(E value) {
  return name_of(value);
}
template <class T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Json render(T value) { return value; }
template <class T>
Json render(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(render(value));
  return out;
}

// Whether a field is worth showing: absent optionals, empty texts and lists are not.
template <class T>
bool has_value(const T& value) {
  if constexpr (requires { value.has_value(); }) return value.has_value();
  else if constexpr (std::is_same_v<T, Personal>) return !value.text.empty();
  else if constexpr (requires { value.empty(); }) return !value.empty();
  else return true;
}

template <class T>
Json render(const std::optional<T>& value) {
  return value ? render(*value) : Json();
}

template <HasFields T>
Json render(const T& value) {
  Json out = Json::object();
  for_each_field<T>([&](const auto& f, std::size_t) {
    if (has_value(value.*(f.member))) out[f.name] = render(value.*(f.member));
  });
  return out;
}

}  // namespace greffe::field_json
