// The field list: each event names its fields once, in the order of its table in the
// schema, and the codec, the JSON rendering and the tests all follow that one list.
//
//   struct TitleChanged {
//     Personal old_title;
//     Personal new_title;
//     static constexpr EventName name{2, "TitleChanged"};
//     static constexpr auto fields = std::make_tuple(field("old_title", &TitleChanged::old_title),
//                                                    field("new_title", &TitleChanged::new_title));
//   };
//
// tests/events_schema_test.cpp compares every list with the compiled schema: names,
// order, types and union numbers.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace greffe {

// Free text or anything else about a person. It has a type of its own so that it can be
// sealed with a key per person; until then it is stored in clear.
struct Personal {
  std::string text;
  bool operator==(const Personal&) const = default;
};

// The event's number in the schema's union (stored, never reused) and its name for people.
struct EventName {
  std::uint8_t wire_id;
  const char* text;
};

template <class Struct, class Member>
struct Field {
  using type = Member;
  const char* name;
  Member Struct::*member;
  bool on_by_default = false;  // a bool of which older bytes say nothing and mean true
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(const char* name, Member Struct::*member) {
  return {name, member};
}

// For a choice that joins an event later: what was decided before it existed was decided with it on.
// Its default in the schema is `true`.
template <class Struct>
constexpr Field<Struct, bool> on_by_default(const char* name, bool Struct::*member) {
  return {name, member, true};
}

// Anything with a field list: events, their nested parts, and rows of views.
template <class T>
concept HasFields = requires {
  T::fields;
};

// Calls f(field, index) for each field of T, in the schema's order.
template <HasFields T, class F>
constexpr void for_each_field(F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) { (f(std::get<I>(T::fields), I), ...); }
  (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>>{});
}

// Equality by the same list, so that it cannot forget a field.
template <HasFields T>
bool same_fields(const T& a, const T& b) {
  bool same = true;
  for_each_field<T>([&](const auto& f, std::size_t) { same = same && a.*(f.member) == b.*(f.member); });
  return same;
}

}  // namespace greffe
