// Writes and reads anything with a field list (events/fields.h) as a FlatBuffers table whose
// fields stand in the list's order. Shared by the record codec and the rows of views; an
// implementation detail of theirs: include it from .cpp files only.
//
// Reading trusts its input: callers run the generated verifier first.
//
// Types: bool, integers, enums and Id/Version as scalars; Instant as µs and Milliseconds as
// ms (long); optional ids as 0 = none; Personal and structs with fields as tables; strings;
// vectors of ids, strings and tables; arrays of bytes. Scalars equal to 0 and empty strings or
// vectors are not written, which is FlatBuffers' own rule for defaults; arrays always are. Of a bool
// that is on by default, true is what is not written.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/time.h"

namespace greffe::table_codec {

using Builder = flatbuffers::FlatBufferBuilder;
using Child = flatbuffers::uoffset_t;  // 0 = not written

constexpr flatbuffers::voffset_t slot(std::size_t index) {
  return static_cast<flatbuffers::voffset_t>((index + 2) * sizeof(flatbuffers::voffset_t));
}

template <HasFields T>
flatbuffers::Offset<flatbuffers::Table> write(Builder& b, const T& value);
template <HasFields T>
void read(const flatbuffers::Table& table, T& value);

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

// --- scalars -------------------------------------------------------------------------

template <class T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T> || IsId<T>::value || std::is_same_v<T, Version> ||
    std::is_same_v<T, Instant> || std::is_same_v<T, Milliseconds>;

// Names of the integer types on the wire: uint8 for bool and enums, the type itself else.
template <Scalar T>
constexpr auto to_wire(T value) {
  if constexpr (std::is_same_v<T, bool>) return static_cast<std::uint8_t>(value);
  else if constexpr (std::is_enum_v<T>) return static_cast<std::underlying_type_t<T>>(value);
  else if constexpr (std::is_same_v<T, Instant>) return static_cast<std::int64_t>(value.time_since_epoch().count());
  else if constexpr (std::is_same_v<T, Milliseconds>) return static_cast<std::int64_t>(value.count());
  else if constexpr (std::is_arithmetic_v<T>) return value;
  else return value.value;
}

template <Scalar T>
using Wire = decltype(to_wire(std::declval<T>()));

template <Scalar T>
constexpr T from_wire(Wire<T> wire) {
  if constexpr (std::is_same_v<T, Instant>) return T(std::chrono::microseconds(wire));
  else if constexpr (std::is_same_v<T, Milliseconds>) return T(wire);
  else if constexpr (std::is_same_v<T, bool>) return wire != 0;
  else if constexpr (std::is_enum_v<T>) return static_cast<T>(wire);
  else return T{wire};
}

template <class T>
constexpr bool is_scalar_field() {
  if constexpr (IsOptional<T>::value) return Scalar<typename T::value_type>;
  else return Scalar<T>;
}

// --- children: what must be in the buffer before its parent's table starts -----------

inline Child write_child(Builder& b, const std::string& text) { return text.empty() ? 0 : b.CreateString(text).o; }

inline Child write_child(Builder& b, const Personal& personal) {
  if (personal.text.empty()) return 0;
  const auto text = b.CreateString(personal.text);
  const auto start = b.StartTable();
  b.AddOffset(slot(0), text);
  return b.EndTable(start);
}

template <std::size_t Size>
Child write_child(Builder& b, const std::array<unsigned char, Size>& bytes) {
  return b.CreateVector(bytes.data(), Size).o;
}

template <HasFields T>
Child write_child(Builder& b, const T& value) {
  return write(b, value).o;
}

template <class T>
Child write_child(Builder& b, const std::optional<T>& value) {
  return value ? write_child(b, *value) : 0;
}

template <class T>
Child write_child(Builder& b, const std::vector<T>& values) {
  if (values.empty()) return 0;
  if constexpr (Scalar<T>) {
    std::vector<Wire<T>> wire;
    for (const T& value : values) wire.push_back(to_wire(value));
    return b.CreateVector(wire).o;
  } else {
    std::vector<flatbuffers::Offset<void>> offsets;
    for (const T& value : values) {
      if constexpr (std::is_same_v<T, std::string>) offsets.emplace_back(b.CreateString(value).o);
      else offsets.emplace_back(write_child(b, value));
    }
    return b.CreateVector(offsets).o;
  }
}

template <class T>
void add_scalar(Builder& b, std::size_t index, const T& value, bool on_by_default) {
  if constexpr (IsOptional<T>::value) {
    if (value) add_scalar(b, index, *value, on_by_default);
  } else {
    b.AddElement<Wire<T>>(slot(index), to_wire(value), static_cast<Wire<T>>(on_by_default));
  }
}

// Writes the children of all fields, then calls `finish` between StartTable and EndTable so
// that a caller can add what has no field (the record's union).
template <HasFields T, class Finish>
flatbuffers::Offset<flatbuffers::Table> write_with(Builder& b, const T& value, Finish&& finish) {
  std::array<Child, std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>> children{};
  for_each_field<T>([&](const auto& f, std::size_t i) {
    using F = typename std::remove_cvref_t<decltype(f)>::type;
    if constexpr (!is_scalar_field<F>()) children[i] = write_child(b, value.*(f.member));
  });
  const auto start = b.StartTable();
  for_each_field<T>([&](const auto& f, std::size_t i) {
    using F = typename std::remove_cvref_t<decltype(f)>::type;
    if constexpr (is_scalar_field<F>()) add_scalar(b, i, value.*(f.member), f.on_by_default);
    else if (children[i] != 0) b.AddOffset(slot(i), flatbuffers::Offset<void>(children[i]));
  });
  finish();
  return flatbuffers::Offset<flatbuffers::Table>(b.EndTable(start));
}

template <HasFields T>
flatbuffers::Offset<flatbuffers::Table> write(Builder& b, const T& value) {
  return write_with(b, value, [] {});
}

// --- reading ---------------------------------------------------------------------------

inline void read_child(const flatbuffers::Table& t, std::size_t i, std::string& out) {
  if (const auto* text = t.GetPointer<const flatbuffers::String*>(slot(i))) out.assign(text->c_str(), text->size());
}

inline void read_child(const flatbuffers::Table& t, std::size_t i, Personal& out) {
  if (const auto* table = t.GetPointer<const flatbuffers::Table*>(slot(i))) read_child(*table, 0, out.text);
}

template <std::size_t Size>
void read_child(const flatbuffers::Table& t, std::size_t i, std::array<unsigned char, Size>& out) {
  const auto* bytes = t.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(slot(i));
  if (bytes != nullptr && bytes->size() == Size) std::copy(bytes->begin(), bytes->end(), out.begin());
}

template <HasFields T>
void read_child(const flatbuffers::Table& t, std::size_t i, T& out) {
  if (const auto* table = t.GetPointer<const flatbuffers::Table*>(slot(i))) read(*table, out);
}

template <HasFields T>
void read_child(const flatbuffers::Table& t, std::size_t i, std::optional<T>& out) {
  if (const auto* table = t.GetPointer<const flatbuffers::Table*>(slot(i))) read(*table, out.emplace());
}

template <class T>
void read_child(const flatbuffers::Table& t, std::size_t i, std::vector<T>& out) {
  if constexpr (Scalar<T>) {
    if (const auto* vector = t.GetPointer<const flatbuffers::Vector<Wire<T>>*>(slot(i))) {
      for (const auto wire : *vector) out.push_back(from_wire<T>(wire));
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    using Strings = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
    if (const auto* vector = t.GetPointer<const Strings*>(slot(i))) {
      for (const auto* text : *vector) out.push_back(text->str());
    }
  } else {
    using Tables = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
    if (const auto* vector = t.GetPointer<const Tables*>(slot(i))) {
      for (const auto* table : *vector) read(*table, out.emplace_back());
    }
  }
}

template <class T>
void read_scalar(const flatbuffers::Table& t, std::size_t i, T& out, bool on_by_default) {
  if constexpr (IsOptional<T>::value) {
    typename T::value_type value{};
    read_scalar(t, i, value, on_by_default);
    if (value != typename T::value_type{}) out = value;
  } else {
    out = from_wire<T>(t.GetField<Wire<T>>(slot(i), static_cast<Wire<T>>(on_by_default)));
  }
}

// `value` must be fresh: what the table does not hold is left alone.
template <HasFields T>
void read(const flatbuffers::Table& table, T& value) {
  for_each_field<T>([&](const auto& f, std::size_t i) {
    using F = typename std::remove_cvref_t<decltype(f)>::type;
    if constexpr (is_scalar_field<F>()) read_scalar(table, i, value.*(f.member), f.on_by_default);
    else read_child(table, i, value.*(f.member));
  });
}

}  // namespace greffe::table_codec
