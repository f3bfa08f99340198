// Names of enumerators, used wherever people or JSON meet an enumeration. An enumeration
// takes part by a function `names_of(E)` that lists its names in the order of its values,
// which start at 0 and have no gap.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>

namespace greffe {

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
  names_of(e).size();
};

// The enumerator's name; "?" for a value that no enumerator has.
template <NamedEnum E>
constexpr std::string_view name_of(E value) {
  constexpr auto names = names_of(E{});
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view("?");
}

// The enumerator of that name, absent if none has it. Exact, case included.
template <NamedEnum E>
constexpr std::optional<E> named(std::string_view name) {
  constexpr auto names = names_of(E{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace greffe
