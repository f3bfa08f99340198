#include "http/openapi.h"

#include "commands/limits.h"

namespace greffe {
namespace {

Json header_parameter(const char* name, const char* description, Json schema) {
  return {{"name", name}, {"in", "header"}, {"description", description}, {"schema", std::move(schema)}};
}

Json parameter_ref(const char* name) { return {{"$ref", std::string("#/components/parameters/") + name}}; }

Json header_parameters() {
  const Json tag = {{"type", "string"}, {"pattern", "^\"(0|[1-9][0-9]*)\"$"}};
  const Json person = {{"type", "string"}, {"pattern", "^(agent|contact)/[1-9][0-9]{0,19}$"}};
  const Json key = {{"type", "string"}, {"minLength", 1}, {"maxLength", limits::command_id_bytes_max}};
  return {
      {"IdempotencyKey",
       header_parameter("Idempotency-Key", "A repeat with the same key and request gets the first answer again.", key)},
      {"IfMatch", header_parameter("If-Match", "Refused with 412 unless this is the present version.", tag)},
      {"Prefer", header_parameter("Prefer", "`dry-run` answers what would be appended, and appends nothing.",
                                  Json{{"type", "string"}})},
      {"Range", header_parameter("Range", "`bytes=0-99` answers these bytes alone.", Json{{"type", "string"}})},
      {"IfRange",
       header_parameter("If-Range", "Range counts only while the file has this ETag.", Json{{"type", "string"}})},
      {"IfNoneMatch", header_parameter("If-None-Match", "The ETag of what the caller has: it is not sent again.",
                                       Json{{"type", "string"}})},
      {"ActAs", header_parameter("Greffe-Act-As", "The person in whose name the request is made.", person)},
  };
}

// "post /v1/tickets/{number}/claim" -> "post_v1_tickets_number_claim".
std::string operation_id(const Route& route) {
  std::string id;
  for (const char c : route.method) id += static_cast<char>(c + ('a' - 'A'));
  for (const char c : route.path) {
    if (c == '/' || c == '-' || c == '.') id += '_';
    else if (c != '{' && c != '}') id += c;
  }
  return id;
}

// "{number}" is a ticket's, "{id}" and "{document}" are numbers; a batch's id is opaque.
Json path_parameter(const std::string& name) {
  const Json schema = name == "id" || name == "document" ? id_schema() : Json{{"type", "string"}};
  return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", schema}};
}

void add_path_parameters(Json& parameters, const std::string& path) {
  for (auto begin = path.find('{'); begin != std::string::npos; begin = path.find('{', begin + 1)) {
    parameters.push_back(path_parameter(path.substr(begin + 1, path.find('}', begin) - begin - 1)));
  }
}

Json parameters_of(const Route& route) {
  Json parameters = Json::array();
  add_path_parameters(parameters, route.path);
  for (const auto& p : route.parameters) {
    Json parameter = {{"name", p.name}, {"in", "query"}, {"description", p.description}};
    parameter["schema"] = p.is_list ? Json{{"type", "array"}, {"items", p.schema}} : p.schema;
    if (p.is_list) parameter["explode"] = false;
    parameters.push_back(std::move(parameter));
  }
  if (route.body || !route.request.is_null()) {
    parameters.push_back(parameter_ref("IdempotencyKey"));
    if (route.body && !route.creates) parameters.push_back(parameter_ref("IfMatch"));
    parameters.push_back(parameter_ref("Prefer"));
  }
  if (route.downloads) {
    for (const auto* name : {"Range", "IfRange", "IfNoneMatch"}) parameters.push_back(parameter_ref(name));
  }
  if (!route.open) parameters.push_back(parameter_ref("ActAs"));
  return parameters;
}

Json content(const std::string& media_type, Json schema) {
  return Json{{media_type, Json{{"schema", std::move(schema)}}}};
}

Json answer(const Route& route, std::initializer_list<std::string> schema_names, const char* description) {
  Json schemas = Json::array();
  for (const auto& name : schema_names) schemas.push_back(Json{{"$ref", "#/components/schemas/" + name}});
  Json schema = schemas.size() == 1 ? schemas[0] : Json{{"anyOf", schemas}};
  if (route.answer.empty()) schema = Json{{"type", "string"}};
  return {{"description", description}, {"content", content(route.content_type, std::move(schema))}};
}

Json problem(const char* description) {
  return {{"description", description},
          {"content", content("application/problem+json", {{"$ref", "#/components/schemas/Problem"}})}};
}

// What the front makes of a file, by the headers of the request (http/front/answer.cpp).
Json responses_with_file() {
  const auto file = content("*/*", Json{{"type", "string"}, {"format", "binary"}});
  return {{"200", {{"description", "The whole file; Content-Type is the file's own."}, {"content", file}}},
          {"206", {{"description", "The bytes that Range names; Content-Range says which."}, {"content", file}}},
          {"304", {{"description", "The caller has it: If-None-Match names its ETag."}}},
          {"416", problem("Range names no byte of the file; Content-Range says how many there are.")}};
}

Json responses_of(const Route& route) {
  Json responses = Json::object();
  if (route.downloads) {
    responses = responses_with_file();
  } else if (route.creates) {
    responses["201"] = answer(route, {route.answer}, "Created; Location says where.");
    responses["200"] = answer(route, {"DryRun"}, "With Prefer: dry-run: what would be appended.");
  } else if (route.body) {
    responses["200"] = answer(route, {route.answer, "DryRun"}, "Done, or what would be appended.");
  } else {
    responses["200"] = answer(route, {route.answer}, "The answer.");
  }
  responses["default"] = problem("Refused; docs/rejections.md says what each code means.");
  return responses;
}

Json operation_of(const Route& route) {
  Json operation = {{"operationId", operation_id(route)},
                    {"summary", route.summary},
                    {"parameters", parameters_of(route)},
                    {"responses", responses_of(route)}};
  if (const Json& schema = route.body ? route.body->schema : route.request; !schema.is_null()) {
    const bool needed = schema.contains("required");
    operation["requestBody"] = {{"required", needed}, {"content", content("application/json", schema)}};
  }
  if (route.uploads) {
    const Json file = {{"type", "string"}, {"format", "binary"}};
    const Json form = {{"type", "object"}, {"properties", {{"file", {{"type", "array"}, {"items", file}}}}}};
    auto bodies = content("multipart/form-data", form);
    bodies.update(content("application/octet-stream", file));
    operation["requestBody"] = {{"required", true}, {"content", bodies}};
  }
  if (!route.text_bodies.empty()) {
    Json bodies = Json::object();
    for (const auto& type : route.text_bodies) bodies.update(content(type, {{"type", "string"}}));
    operation["requestBody"] = {{"required", true}, {"content", bodies}};
  }
  if (route.open) operation["security"] = Json::array();
  return operation;
}

}  // namespace

Json openapi_document(const Routes& routes) {
  Json paths = Json::object();
  for (const auto& route : routes) {
    std::string method;
    for (const char c : route.method) method += static_cast<char>(c + ('a' - 'A'));
    paths[route.path][method] = operation_of(route);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Greffe"},
            {"version", "0.1.0"},
            {"description", "Help-desk back end: commands append events to a log, views answer queries."}}},
          {"security", Json::array({Json{{"bearer", Json::array()}}})},
          {"paths", paths},
          {"components",
           {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}},
            {"parameters", header_parameters()},
            {"schemas", answer_schemas()}}}};
}

}  // namespace greffe
