// Compares the field lists (events/fields.h) with the compiled schema: the codec follows the
// lists, so a difference would write bytes that the schema does not describe.
#include <catch2/catch.hpp>
#include <cxxabi.h>
#include <flatbuffers/reflection.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <set>

#include "events/json.h"
#include "tests/events_samples.h"
#include "tests/places.h"

namespace greffe {
namespace {

using reflection::BaseType;

const reflection::Schema& schema() {
  static const std::string bytes = [] {
    std::ifstream in(test::build_dir() / "generated/events/record.bfbs", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (!reflection::VerifySchemaBuffer(verifier)) throw std::runtime_error("record.bfbs is no schema");
  return *reflection::GetSchema(bytes.data());
}

// "ContactDetails" for greffe::ContactDetails: types and tables have the same names.
template <class T>
std::string type_name() {
  const std::unique_ptr<char, void (*)(void*)> full(abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, nullptr),
                                                    std::free);
  const std::string name(full.get());
  return name.substr(name.rfind(':') + 1);
}

// The definition of that name among tables or enumerations; LookupByKey would do the same,
// but GCC 12 warns of what FlatBuffers does in it.
template <class Definition>
const Definition& find(const flatbuffers::Vector<flatbuffers::Offset<Definition>>& all, const std::string& name) {
  for (const auto* one : all) {
    if (one->name()->str() == "greffe.wire." + name) return *one;
  }
  throw std::runtime_error("the schema has no " + name);
}

const reflection::Object& table(const std::string& name) { return find(*schema().objects(), name); }

std::string object_name(int index) { return schema().objects()->Get(static_cast<unsigned>(index))->name()->str(); }
std::string enum_name(int index) { return schema().enums()->Get(static_cast<unsigned>(index))->name()->str(); }

// What the schema must say of a field, e.g. "ULong", "UByte greffe.wire.Category", "[String]".
std::string text_of(BaseType base, int index) {
  const std::string name = reflection::EnumNameBaseType(base);
  if (base == BaseType::Obj) return object_name(index);
  return index >= 0 && base != BaseType::String ? name + " " + enum_name(index) : name;
}
std::string text_of(const reflection::Type& type) {
  if (type.base_type() == BaseType::Vector) return "[" + text_of(type.element(), type.index()) + "]";
  return text_of(type.base_type(), type.index());
}

template <class T>
struct Expected;
template <>
struct Expected<bool> {
  static std::string text() { return "Bool"; }
};
template <>
struct Expected<std::uint16_t> {
  static std::string text() { return "UShort"; }
};
template <>
struct Expected<std::uint32_t> {
  static std::string text() { return "UInt"; }
};
template <>
struct Expected<std::uint64_t> {
  static std::string text() { return "ULong"; }
};
template <>
struct Expected<Version> : Expected<std::uint32_t> {};
template <class Tag>
struct Expected<Id<Tag>> : Expected<std::uint64_t> {};
template <>
struct Expected<Instant> {
  static std::string text() { return "Long"; }
};
template <>
struct Expected<Milliseconds> : Expected<Instant> {};
template <>
struct Expected<std::string> {
  static std::string text() { return "String"; }
};
template <>
struct Expected<Personal> {
  static std::string text() { return "greffe.wire.Personal"; }
};
template <class T>
struct Expected<std::optional<T>> : Expected<T> {};
template <class T>
struct Expected<std::vector<T>> {
  static std::string text() { return "[" + Expected<T>::text() + "]"; }
};
template <class E>
requires std::is_enum_v<E>
struct Expected<E> {
  static std::string text() { return "UByte greffe.wire." + type_name<E>(); }
};
template <HasFields T>
struct Expected<T> {
  static std::string text() { return "greffe.wire." + type_name<T>(); }
};

// The names of a table's fields in the order of their slots, with their types.
std::vector<std::string> fields_of(const reflection::Object& object) {
  std::vector<std::string> out(object.fields()->size());
  for (const auto* f : *object.fields()) {
    REQUIRE(f->id() < out.size());
    REQUIRE(f->offset() == (f->id() + 2) * 2);
    REQUIRE_FALSE(f->deprecated());
    REQUIRE(f->default_integer() == 0);  // the codec takes zero for what is not written
    out[f->id()] = f->name()->str() + ":" + text_of(*f->type());
  }
  return out;
}

template <HasFields T>
std::vector<std::string> fields_of_list() {
  std::vector<std::string> out;
  for_each_field<T>([&](const auto& f, std::size_t) {
    using F = typename std::remove_cvref_t<decltype(f)>::type;
    out.push_back(f.name + (":" + Expected<F>::text()));
  });
  return out;
}

// Compares T with its table, then the parts of T with theirs.
template <class T>
void compare_parts(std::set<std::string>& seen);

template <HasFields T>
void compare(const std::string& name, std::set<std::string>& seen) {
  if (!seen.insert(name).second) return;
  CAPTURE(name);
  CHECK(fields_of_list<T>() == fields_of(table(name)));
  for_each_field<T>(
      [&](const auto& f, std::size_t) { compare_parts<typename std::remove_cvref_t<decltype(f)>::type>(seen); });
}

template <class T>
void compare_parts(std::set<std::string>& seen) {
  if constexpr (HasFields<T>) compare<T>(type_name<T>(), seen);
  else if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, std::string>) {
    compare_parts<typename T::value_type>(seen);
  }
}

// The enumerators' names as the schema has them, in the order of their values from 0.
std::vector<std::string> enumerators(const std::string& name) {
  const auto& found = find(*schema().enums(), name);
  REQUIRE(found.underlying_type()->base_type() == BaseType::UByte);
  std::vector<std::string> out;
  for (const auto* value : *found.values()) {
    REQUIRE(value->value() == static_cast<std::int64_t>(out.size()));
    out.push_back(value->name()->str());
  }
  return out;
}

template <NamedEnum E>
std::vector<std::string> named_enumerators() {
  // Words that C++ or FlatBuffers do not allow as a name have another one there.
  const std::map<std::string, std::string> wire_names = {{"new", "fresh"}, {"public", "everyone"}};
  std::vector<std::string> out;
  for (const auto name : names_of(E{})) {
    const auto other = wire_names.find(std::string(name));
    out.push_back(other == wire_names.end() ? std::string(name) : other->second);
  }
  return out;
}

}  // namespace

TEST_CASE("every event's field list is its table in the schema, parts included") {
  std::set<std::string> seen;
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E) { compare<E>(E::name.text, seen); });
  compare<Actor>("Actor", seen);
  CHECK(seen.size() > 33);
}

TEST_CASE("the envelope's field list is the record's table up to the event") {
  auto expected = fields_of_list<Envelope>();
  expected.push_back("event_type:UType greffe.wire.Event");
  expected.push_back("event:Union greffe.wire.Event");
  CHECK(expected == fields_of(table("Record")));
  CHECK(schema().root_table()->name()->str() == "greffe.wire.Record");
  CHECK(schema().file_ident()->str() == "GRF1");
}

TEST_CASE("the union has exactly the events, by number and name") {
  std::map<std::int64_t, std::string> ours = {{0, "NONE"}}, schemas;
  for_each_event_type(
      [&]<class Aggregate, class E>(Aggregate, E) { CHECK(ours.emplace(E::name.wire_id, E::name.text).second); });
  for (const auto* value : *find(*schema().enums(), "Event").values()) {
    schemas.emplace(value->value(), value->name()->str());
    if (value->value() != 0) CHECK(object_name(value->union_type()->index()) == "greffe.wire." + value->name()->str());
  }
  CHECK(ours == schemas);
}

TEST_CASE("the schema holds no table that nothing here describes") {
  std::set<std::string> seen = {"Record", "Personal"};
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E) { compare<E>(E::name.text, seen); });
  compare<Actor>("Actor", seen);
  for (const auto* object : *schema().objects()) {
    const std::string name = object->name()->str();
    CHECK(seen.count(name.substr(name.rfind('.') + 1)) == 1);
  }
}

TEST_CASE("Personal is a table of a text, so that a sealed form can join it") {
  CHECK(fields_of(table("Personal")) == std::vector<std::string>{"text:String"});
}

// Compares every enumeration that a type's fields hold, however deep.
template <class T>
void compare_enums(std::set<std::string>& seen) {
  if constexpr (NamedEnum<T>) {
    const std::string name = type_name<T>();
    if (seen.insert(name).second) CHECK(enumerators(name) == named_enumerators<T>());
  } else if constexpr (HasFields<T>) {
    for_each_field<T>(
        [&](const auto& f, std::size_t) { compare_enums<typename std::remove_cvref_t<decltype(f)>::type>(seen); });
  } else if constexpr (requires { typename T::value_type; }) {
    if constexpr (!std::is_same_v<T, std::string>) compare_enums<typename T::value_type>(seen);
  }
}

TEST_CASE("enumerators have the schema's numbers") {
  std::set<std::string> seen;
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E) { compare_enums<E>(seen); });
  compare_enums<Actor>(seen);
  std::vector<std::string> kinds = {"none"};
  for (int kind = 1; kind <= static_cast<int>(last_stream_kind); ++kind) {
    const auto text = std::string(stream_kind_text(static_cast<StreamKind>(kind)));
    kinds.push_back(text == "template" ? "text_template" : text == "view" ? "saved_view" : text);
  }
  CHECK(enumerators("StreamKind") == kinds);
  seen.insert({"StreamKind", "Event"});
  for (const auto* one : *schema().enums()) {
    const std::string name = one->name()->str();
    CHECK(seen.count(name.substr(name.rfind('.') + 1)) == 1);
  }
}

}  // namespace greffe
