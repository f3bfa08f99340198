#include "http/catalogue_json.h"
#include "http/input.h"

namespace greffe {
namespace {

Json of_type(const char* type) { return {{"type", type}}; }
Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json or_null(Json schema) { return {{"anyOf", Json::array({std::move(schema), of_type("null")})}}; }
Json ref(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }
Json instant() { return {{"type", "string"}, {"format", "date-time"}}; }

template <HasFields T>
Json object_of();

template <class T>
struct Schema {
  static Json make() {
    if constexpr (std::is_same_v<T, bool>) return of_type("boolean");
    else if constexpr (std::is_arithmetic_v<T>) return of_type("integer");
    else if constexpr (NamedEnum<T>) return NameInput<T>().schema();
    else if constexpr (HasFields<T>) return object_of<T>();
    else return of_type("string");
  }
};
template <class T>
struct Schema<std::vector<T>> {
  static Json make() { return list_of(Schema<T>::make()); }
};
// References to other entries are shown with their names.
template <class Tag>
struct Schema<std::optional<Id<Tag>>> {
  static Json make() { return or_null(ref("Entry")); }
};

// Every member is always there.
Json object(Json properties) {
  Json names = Json::array();
  for (const auto& [name, schema] : properties.items()) names.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(names)}};
}

template <HasFields T>
Json properties_of() {
  Json properties = Json::object();
  for_each_field<T>([&](const auto& f, std::size_t) {
    properties[f.name] = Schema<typename std::remove_cvref_t<decltype(f)>::type>::make();
  });
  return properties;
}

template <HasFields T>
Json object_of() {
  return object(properties_of<T>());
}

Json with_seen(Json properties) {
  properties["position"] = id_schema();
  properties["age_ms"] = of_type("integer");
  return object(std::move(properties));
}

Json page_of(const std::string& item) {
  return with_seen({{"items", list_of(ref(item))}, {"next_cursor", or_null(of_type("string"))}});
}

template <class Details>
void add_entry(Json& schemas, const std::string& name, const Json& beyond = Json::object()) {
  Json properties = properties_of<Details>();
  properties["id"] = id_schema();
  properties["active"] = of_type("boolean");
  properties["created_at"] = properties["updated_at"] = instant();
  properties["version"] = of_type("integer");
  properties.update(beyond);
  schemas[name + "Row"] = object(properties);
  schemas[name] = with_seen(properties);
  schemas[name + "Page"] = page_of(name + "Row");
}

}  // namespace

void add_catalogue_schemas(Json& schemas) {
  add_entry<CannedReplyDetails>(schemas, "CannedReply");
  add_entry<TextTemplateDetails>(schemas, "TextTemplate");
  add_entry<ContextDetails>(schemas, "Context");
  // Managers, who look contexts up, are shown no more of them.
  schemas["ContextLabel"] = object({{"id", id_schema()}, {"type", of_type("string")}, {"label", of_type("string")}});
  schemas["ContextPage"]["properties"]["items"] =
      list_of({{"anyOf", Json::array({ref("ContextRow"), ref("ContextLabel")})}});
  schemas["ContextPage"]["properties"]["more"] = of_type("boolean");  // of look-ups only
  add_entry<SavedViewDetails>(schemas, "SavedView");
  add_entry<ContractDetails>(schemas, "Contract", {{"balance", of_type("integer")}, {"debt", of_type("integer")}});
  Json booking = properties_of<PointsBooked>();
  booking.update({{"position", id_schema()},
                  {"booked_at", instant()},
                  {"by", ref("Actor")},
                  {"ticket", or_null(of_type("string"))}});
  schemas["Booking"] = object(booking);
  schemas["BookingPage"] = page_of("Booking");
  schemas["PeopleMatches"] = with_seen({{"items", list_of(ref("ContactRow"))}, {"more", of_type("boolean")}});
  schemas["RenderedText"] =
      with_seen({{"text", of_type("string")}, {"language", of_type("string")}, {"ticket", of_type("string")}});
  const Json fault = object({{"field", of_type("string")}, {"code", of_type("string")}});
  schemas["ContextImport"] = object({{"lines", of_type("integer")},
                                     {"created", of_type("integer")},
                                     {"changed", of_type("integer")},
                                     {"unchanged", of_type("integer")},
                                     {"failed", of_type("integer")},
                                     {"position", id_schema()},
                                     {"bad_lines", list_of(object({{"line", of_type("integer")},
                                                                   {"code", of_type("string")},
                                                                   {"detail", of_type("string")},
                                                                   {"errors", list_of(fault)}}))}});
}

}  // namespace greffe
