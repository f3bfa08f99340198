// Input tables: each request body is a list of fields, and this one list both reads the JSON
// and describes it in /openapi.json, so that the two cannot differ.
//
//   const Inputs<PostMessage> fields = {
//       required("body", &PostMessage::body, TextInput{limits::text_bytes_max}),
//       optional("visibility", &PostMessage::visibility, NameInput<Visibility>()),
//   };
//
// A kind of input (TextInput, IdInput, …) reads one JSON value, notes what is wrong with it,
// and knows its JSON Schema. Rules that need settings or other aggregates are `decide`'s.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "commands/rejection.h"
#include "events/json.h"
#include "events/names.h"
#include "events/time.h"

namespace greffe {

// Every fault of one request, bounded: after faults_max the rest is not worth sending.
class Faults {
 public:
  static constexpr std::size_t faults_max = 100;
  void add(std::string_view path, FieldCode code);
  bool empty() const { return faults_.empty(); }
  bool names(std::string_view path) const;
  std::vector<FieldFault> take() { return std::move(faults_); }

 private:
  std::vector<FieldFault> faults_;
};

// "statuses" + "key" -> "statuses.key"; at the top just the name.
std::string joined(const std::string& path, std::string_view name);
std::string indexed(const std::string& path, std::size_t index);

// A string of decimal digits without a leading zero, 1 … 2^64-1.
std::optional<std::uint64_t> parse_id(std::string_view text);

struct TextInput {
  using Value = std::string;
  std::size_t bytes_max;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const;
};

struct BooleanInput {
  using Value = bool;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const { return {{"type", "boolean"}}; }
};

struct DurationInput {
  using Value = Milliseconds;
  std::int64_t ms_max;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const;
};

// A whole number that counts or ranks something, hence small.
struct NumberInput {
  using Value = std::uint32_t;
  std::uint32_t min = 0;
  std::uint32_t max = UINT32_MAX;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const { return {{"type", "integer"}, {"minimum", min}, {"maximum", max}}; }
};

struct VersionInput {
  using Value = Version;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    const auto number = NumberInput{1}.read(json, path, faults);
    return number ? std::optional(Version{*number}) : std::nullopt;
  }
  Json schema() const { return NumberInput{1}.schema(); }
};

// An instant of RFC 3339.
struct InstantInput {
  using Value = Instant;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const;
  Json schema() const { return {{"type", "string"}, {"format", "date-time"}}; }
};

// The untyped part of IdInput.
std::optional<std::uint64_t> read_id(const Json& json, const std::string& path, Faults& faults);
Json id_schema();

template <class IdType>
struct IdInput {
  using Value = IdType;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    const auto id = read_id(json, path, faults);
    return id ? std::optional(IdType{*id}) : std::nullopt;
  }
  Json schema() const { return id_schema(); }
};

// An enumerator by name; `except` is one that callers may not choose.
template <NamedEnum E>
struct NameInput {
  using Value = E;
  std::optional<E> except = std::nullopt;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    if (!json.is_string()) {
      faults.add(path, FieldCode::wrong_type);
      return std::nullopt;
    }
    const auto value = named<E>(json.get_ref<const std::string&>());
    if (value && value != except) return value;
    faults.add(path, FieldCode::not_one_of);
    return std::nullopt;
  }
  Json schema() const {
    Json names = Json::array();
    for (const auto name : names_of(E{})) {
      if (!except || name != name_of(*except)) names.push_back(name);
    }
    return {{"type", "string"}, {"enum", names}};
  }
};

template <class Kind>
struct ListInput {
  using Value = std::vector<typename Kind::Value>;
  Kind item;
  std::size_t count_max;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    if (!json.is_array()) faults.add(path, FieldCode::wrong_type);
    else if (json.size() > count_max) faults.add(path, FieldCode::too_many);
    if (!json.is_array() || json.size() > count_max) return std::nullopt;
    Value values;
    for (std::size_t i = 0; i < json.size(); ++i) {
      auto value = item.read(json[i], indexed(path, i), faults);
      if (value) values.push_back(std::move(*value));
    }
    if (values.size() != json.size()) return std::nullopt;
    return values;
  }
  Json schema() const { return {{"type", "array"}, {"maxItems", count_max}, {"items", item.schema()}}; }
};

// One field of a body that is read into a T.
template <class T>
struct Input {
  std::string name;
  bool required = false;
  Json schema;
  std::function<void(const Json& json, const std::string& path, T& into, Faults& faults)> read;
};

template <class T>
using Inputs = std::vector<Input<T>>;

// The parts of reading an object and of its schema that do not depend on the type.
void check_object(const Json& json, const std::string& path, Faults& faults,
                  const std::function<bool(const std::string& name, const Json& value)>& take,
                  const std::vector<std::string_view>& required_names);
Json object_schema(const std::vector<std::tuple<std::string, bool, Json>>& fields);

// Fills `into`; unknown names, missing fields and wrong values all go to `faults`.
template <class T>
void read_object(const Inputs<T>& fields, const Json& json, const std::string& path, T& into, Faults& faults) {
  std::vector<std::string_view> required_names;
  for (const auto& field : fields) {
    if (field.required) required_names.push_back(field.name);
  }
  const auto take = [&](const std::string& name, const Json& value) {
    for (const auto& field : fields) {
      if (field.name != name) continue;
      field.read(value, joined(path, name), into, faults);
      return true;
    }
    return false;
  };
  check_object(json, path, faults, take, required_names);
}

template <class T>
Json schema_of(const Inputs<T>& fields) {
  std::vector<std::tuple<std::string, bool, Json>> rows;
  for (const auto& field : fields) rows.emplace_back(field.name, field.required, field.schema);
  return object_schema(rows);
}

template <class T>
struct ObjectInput {
  using Value = T;
  Inputs<T> fields;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    T value{};
    Faults own;
    read_object(fields, json, path, value, own);
    if (own.empty()) return value;
    for (const auto& fault : own.take()) faults.add(fault.field, fault.code);
    return std::nullopt;
  }
  Json schema() const { return schema_of(fields); }
};

// Makes one row of a table; `get` is a pointer to the member.
template <class Get, class Kind>
auto input(std::string_view name, Get get, Kind kind, bool is_required) {
  using T = typename decltype([]<class C, class M>(M C::*) { return std::type_identity<C>{}; }(get))::type;
  return Input<T>{std::string(name), is_required, kind.schema(),
                  [get, kind](const Json& json, const std::string& path, T& into, Faults& faults) {
                    auto value = kind.read(json, path, faults);
                    if (!value) return;
                    auto& field = into.*get;
                    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Personal>) field.text = *value;
                    else field = std::move(*value);
                  }};
}

template <class Get, class Kind>
auto required(std::string_view name, Get get, Kind kind) {
  return input(name, get, std::move(kind), true);
}
template <class Get, class Kind>
auto optional(std::string_view name, Get get, Kind kind) {
  return input(name, get, std::move(kind), false);
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

// Optional, and null is allowed: it means "none", as opposed to "as it was".
template <class Get, class Kind>
auto nullable(std::string_view name, Get get, Kind kind) {
  auto row = input(name, get, std::move(kind), false);
  auto read_value = std::move(row.read);
  row.schema = Json{{"anyOf", Json::array({row.schema, Json{{"type", "null"}}})}};
  row.read = [get, read_value](const Json& json, const std::string& path, auto& into, Faults& faults) {
    if (!json.is_null()) return read_value(json, path, into, faults);
    using Inner = typename std::remove_cvref_t<decltype(into.*get)>::value_type;
    if constexpr (is_optional<Inner>) (into.*get).emplace();
    else (into.*get).reset();
  };
  return row;
}

// The rows of a part (e.g. a ticket's classification) as rows of the whole: in JSON the part's
// fields stand beside the others.
template <class T, class Part>
Inputs<T> flattened(Part T::*part, const Inputs<Part>& fields) {
  Inputs<T> rows;
  for (const auto& field : fields) {
    rows.push_back({field.name, field.required, field.schema,
                    [part, read = field.read](const Json& json, const std::string& path, T& into, Faults& faults) {
                      read(json, path, into.*part, faults);
                    }});
  }
  return rows;
}

template <class T>
Inputs<T> combined(Inputs<T> first, const Inputs<T>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace greffe
