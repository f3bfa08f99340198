// Compares field lists (events/fields.h) with a compiled schema: the codec follows the lists, so
// a difference would write bytes that the schema does not describe. For tests only.
#pragma once

#include <catch2/catch.hpp>
#include <cxxabi.h>
#include <flatbuffers/reflection.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/time.h"
#include "tests/places.h"

namespace greffe::test {

using reflection::BaseType;

// "ContactDetails" for greffe::ContactDetails: types and tables have the same names.
template <class T>
std::string type_name() {
  const std::unique_ptr<char, void (*)(void*)> full(abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, nullptr),
                                                    std::free);
  const std::string name(full.get());
  return name.substr(name.rfind(':') + 1);
}

// What flatc made of a schema; its tables and enumerations by their names in greffe::wire.
class CompiledSchema {
 public:
  // `file` is below the build's folder of generated files.
  explicit CompiledSchema(const std::string& file) {
    std::ifstream in(build_dir() / "generated" / file, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size());
    if (!reflection::VerifySchemaBuffer(verifier)) throw std::runtime_error(file + " is no schema");
  }

  const reflection::Schema& schema() const { return *reflection::GetSchema(bytes_.data()); }
  const reflection::Object& table(const std::string& name) const { return find(*schema().objects(), name); }
  const reflection::Enum& enumeration(const std::string& name) const { return find(*schema().enums(), name); }
  std::string object_name(int index) const {
    return schema().objects()->Get(static_cast<unsigned>(index))->name()->str();
  }

  // The names of a table's fields in the order of their slots, with their types.
  std::vector<std::string> fields_of(const std::string& name) const {
    const auto& fields = *table(name).fields();
    std::vector<std::string> out(fields.size());
    for (const auto* f : fields) {
      REQUIRE(f->id() < out.size());
      REQUIRE(f->offset() == (f->id() + 2) * 2);
      REQUIRE_FALSE(f->deprecated());
      // The codec takes zero for what is not written, save where the field list says otherwise.
      const auto absent = f->default_integer();
      out[f->id()] = f->name()->str() + ":" + text_of(*f->type()) + (absent == 0 ? "" : "=" + std::to_string(absent));
    }
    return out;
  }

 private:
  // LookupByKey would do the same, but GCC 12 warns of what FlatBuffers does in it.
  template <class Definition>
  static const Definition& find(const flatbuffers::Vector<flatbuffers::Offset<Definition>>& all,
                                const std::string& name) {
    for (const auto* one : all) {
      if (one->name()->str() == "greffe.wire." + name) return *one;
    }
    throw std::runtime_error("the schema has no " + name);
  }

  // What the schema says of a field, e.g. "ULong", "UByte greffe.wire.Category", "[String]".
  std::string text_of(const reflection::Type& type) const {
    if (type.base_type() == BaseType::Vector) return "[" + text_of(type.element(), type.index()) + "]";
    return text_of(type.base_type(), type.index());
  }
  std::string text_of(BaseType base, int index) const {
    const std::string name = reflection::EnumNameBaseType(base);
    if (base == BaseType::Obj) return object_name(index);
    if (index < 0 || base == BaseType::String) return name;
    return name + " " + schema().enums()->Get(static_cast<unsigned>(index))->name()->str();
  }

  std::string bytes_;
};

// What it must say.
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
template <std::size_t Size>
struct Expected<std::array<unsigned char, Size>> {
  static std::string text() { return "[UByte]"; }
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

template <HasFields T>
std::vector<std::string> fields_of_list() {
  std::vector<std::string> out;
  for_each_field<T>([&](const auto& f, std::size_t) {
    using F = typename std::remove_cvref_t<decltype(f)>::type;
    out.push_back(f.name + (":" + Expected<F>::text()) + (f.on_by_default ? "=1" : ""));
  });
  return out;
}

// Compares T with its table, then the parts of T with theirs, each name once.
template <HasFields T>
void compare(const CompiledSchema& schema, std::set<std::string>& seen, const std::string& name = type_name<T>());

template <class T>
void compare_parts(const CompiledSchema& schema, std::set<std::string>& seen) {
  if constexpr (HasFields<T>) {
    compare<T>(schema, seen);
  } else if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, std::string>) {
    compare_parts<typename T::value_type>(schema, seen);
  }
}

template <HasFields T>
void compare(const CompiledSchema& schema, std::set<std::string>& seen, const std::string& name) {
  if (!seen.insert(name).second) return;
  CAPTURE(name);
  CHECK(fields_of_list<T>() == schema.fields_of(name));
  for_each_field<T>([&](const auto& f, std::size_t) {
    compare_parts<typename std::remove_cvref_t<decltype(f)>::type>(schema, seen);
  });
}

}  // namespace greffe::test
