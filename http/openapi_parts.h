// What the schemas of the OpenAPI document are put together from.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "http/input.h"

namespace greffe::openapi {

using Member = std::pair<const char*, Json>;

// Every member is always there; what may have no value is null.
inline Json object(const std::vector<Member>& members) {
  Json properties = Json::object();
  Json names = Json::array();
  for (const auto& [name, schema] : members) {
    properties[name] = schema;
    names.push_back(name);
  }
  return {{"type", "object"}, {"properties", properties}, {"required", names}};
}

inline Json of_type(const char* type) { return {{"type", type}}; }
inline Json text() { return of_type("string"); }
inline Json integer() { return of_type("integer"); }
inline Json boolean() { return of_type("boolean"); }
inline Json instant() { return {{"type", "string"}, {"format", "date-time"}}; }
inline Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
inline Json or_null(Json schema) { return {{"anyOf", Json::array({std::move(schema), of_type("null")})}}; }
inline Json ref(const char* name) { return {{"$ref", std::string("#/components/schemas/") + name}}; }

template <NamedEnum E>
Json name_schema() {
  return NameInput<E>().schema();
}

inline std::vector<Member> joined(std::vector<Member> first, const std::vector<Member>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// Of a command that closes a ticket.
inline Json left_open() {
  Json numbers = list_of(text());
  numbers["description"] = "Numbers of the sub-tickets that stay open although the ticket above them was closed.";
  return numbers;
}

inline std::vector<Member> seen() { return {{"position", id_schema()}, {"age_ms", integer()}}; }

inline Json page_of(const char* item) {
  return object(joined({{"items", list_of(ref(item))}, {"next_cursor", or_null(text())}}, seen()));
}

// openapi_tickets.cpp
void add_ticket_schemas(Json& schemas);
// openapi_reports.cpp
void add_report_schemas(Json& schemas);

}  // namespace greffe::openapi
