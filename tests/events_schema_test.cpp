// Compares the events' field lists with their compiled schema.
#include <map>

#include "events/json.h"
#include "tests/events_samples.h"
#include "tests/schema_compare.h"

namespace greffe {
namespace {

using namespace test;

const CompiledSchema& compiled() {
  static const CompiledSchema schema("events/record.bfbs");
  return schema;
}
const reflection::Schema& schema() { return compiled().schema(); }

// The enumerators' names as the schema has them, in the order of their values from 0.
std::vector<std::string> enumerators(const std::string& name) {
  const auto& found = compiled().enumeration(name);
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
  const std::map<std::string, std::string> wire_names = {
      {"new", "fresh"}, {"public", "everyone"}, {"continue", "resume"}};
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
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E) { compare<E>(compiled(), seen, E::name.text); });
  compare<Actor>(compiled(), seen);
  CHECK(seen.size() > 33);
}

TEST_CASE("the envelope's field list is the record's table up to the event") {
  auto expected = fields_of_list<Envelope>();
  expected.push_back("event_type:UType greffe.wire.Event");
  expected.push_back("event:Union greffe.wire.Event");
  CHECK(expected == compiled().fields_of("Record"));
  CHECK(schema().root_table()->name()->str() == "greffe.wire.Record");
  CHECK(schema().file_ident()->str() == "GRF1");
}

TEST_CASE("the union has exactly the events, by number and name") {
  std::map<std::int64_t, std::string> ours = {{0, "NONE"}}, schemas;
  for_each_event_type(
      [&]<class Aggregate, class E>(Aggregate, E) { CHECK(ours.emplace(E::name.wire_id, E::name.text).second); });
  for (const auto* value : *compiled().enumeration("Event").values()) {
    schemas.emplace(value->value(), value->name()->str());
    if (value->value() != 0)
      CHECK(compiled().object_name(value->union_type()->index()) == "greffe.wire." + value->name()->str());
  }
  CHECK(ours == schemas);
}

TEST_CASE("the schema holds no table that nothing here describes") {
  std::set<std::string> seen = {"Record", "Personal"};
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E) { compare<E>(compiled(), seen, E::name.text); });
  compare<Actor>(compiled(), seen);
  for (const auto* object : *schema().objects()) {
    const std::string name = object->name()->str();
    CHECK(seen.count(name.substr(name.rfind('.') + 1)) == 1);
  }
}

TEST_CASE("Personal is a table of a text, so that a sealed form can join it") {
  CHECK(compiled().fields_of("Personal") == std::vector<std::string>{"text:String"});
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
