#include <catch2/catch.hpp>

#include <set>

#include "http/route.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::string lower(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// The schema that a "$ref" leads to, or the schema itself.
const Json& resolved(const Json& document, const Json& schema) {
  if (!schema.contains("$ref")) return schema;
  const auto ref = schema["$ref"].get<std::string>();
  return document.at(Json::json_pointer(ref.substr(1)));
}

// What in `value` the schema does not allow; empty = nothing. Knows the keywords we write.
std::string mismatch(const Json& document, const Json& given, const Json& value, const std::string& path = "$") {
  const auto& schema = resolved(document, given);
  if (schema.contains("anyOf")) {
    std::string all;
    for (const auto& option : schema["anyOf"]) {
      const auto found = mismatch(document, option, value, path);
      if (found.empty()) return "";
      all += found + "; ";
    }
    return all;
  }
  if (schema.contains("const")) return schema["const"] == value ? "" : path + " is not the constant";
  const auto type = schema["type"].get<std::string>();
  const bool right = (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
                     (type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
                     (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null());
  if (!right) return path + " is no " + type;
  if (schema.contains("enum")) {
    const auto& names = schema["enum"];
    if (std::find(names.begin(), names.end(), value) == names.end()) return path + " is none of the names";
  }
  if (type == "array") {
    for (const auto& item : value) {
      const auto found = mismatch(document, schema["items"], item, path + "[]");
      if (!found.empty()) return found;
    }
  }
  if (type != "object" || !schema.contains("properties")) return "";
  if (schema.contains("required")) {
    for (const auto& name : schema["required"]) {
      if (!value.contains(name.get<std::string>())) return path + " lacks " + name.get<std::string>();
    }
  }
  for (const auto& [name, member] : value.items()) {
    if (!schema["properties"].contains(name)) return path + " has undocumented " + name;
    const auto found = mismatch(document, schema["properties"][name], member, path + "." + name);
    if (!found.empty()) return found;
  }
  return "";
}

Reply request(const Server& server, const std::string& method, std::string path, const std::string& body) {
  const auto begin = path.find('{');
  if (begin != std::string::npos) path.replace(begin, path.find('}') - begin + 1, "1");
  return method == "get" ? server.get(path) : server.send(method == "put" ? "PUT" : "POST", path, body);
}

}  // namespace

TEST_CASE("every route is in the document and every path of the document is served") {
  const Server server;
  const auto document = server.get("/openapi.json").body;
  CHECK(document["openapi"] == "3.1.0");
  std::set<std::string> documented;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      INFO(method << " " << path);
      documented.insert(method + " " + path);
      const auto reply = request(server, method, path, "");
      CHECK(reply.status != 405);
      CHECK((reply.code() != "unknown_route" || path == "/v1/import"));
      CHECK(operation.contains("summary"));
    }
  }
  std::set<std::string> routes;
  for (const auto& route : server.api->routes()) routes.insert(lower(route.method) + " " + route.path);
  CHECK(documented == routes);
}

TEST_CASE("every reference in the document leads somewhere and every operation has its own id") {
  const Server server;
  const auto document = server.get("/openapi.json").body;
  std::set<std::string> ids;
  std::size_t references = 0;
  const std::function<void(const Json&)> walk = [&](const Json& node) {
    if (node.is_object() && node.contains("$ref")) {
      ++references;
      INFO(node.dump());
      CHECK_NOTHROW(resolved(document, node));
    }
    if (node.is_object() && node.contains("operationId")) CHECK(ids.insert(node["operationId"]).second);
    if (node.is_structured()) {
      for (const auto& child : node) walk(child);
    }
  };
  walk(document);
  CHECK(ids.size() == server.api->routes().size());
  CHECK(references > 100);
}

TEST_CASE("documented bodies behave: what is required is missed, what is unknown is refused") {
  const Server server;
  server.create_agent("Anna");  // something with the id that stands in the paths
  const auto document = server.get("/openapi.json").body;
  const auto number = server.open_ticket();
  const auto contact = server.create("contacts", {{"display_name", "x"}});
  const auto house = server.create("organisations", {{"display_name", "x"}});
  const auto team = server.create("teams", {{"display_name", "x"}});
  const std::map<std::string, std::string> names = {
      {"tickets", number}, {"contacts", contact}, {"organisations", house}, {"agents", "5"}, {"teams", team}};
  int bodies = 0;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      if (!operation.contains("requestBody") || path == "/v1/import") continue;
      auto target = path;
      const auto begin = target.find('{');
      if (begin != std::string::npos) {
        const auto plural = target.substr(4, begin - 5);
        target.replace(begin, target.find('}') - begin + 1, names.at(plural));
      }
      INFO(method << " " << target);
      ++bodies;
      const auto& schema = operation["requestBody"]["content"]["application/json"]["schema"];
      std::set<std::string> expected = {"no_such_field unknown_field"};
      for (const auto& name : schema.value("required", Json::array())) {
        expected.insert(name.get<std::string>() + " required");
      }
      const auto reply = request(server, method, target, R"({"no_such_field":1})");
      CHECK(reply.status == 422);
      std::set<std::string> found;
      for (const auto& fault : reply.body["errors"]) {
        found.insert(fault["field"].get<std::string>() + " " + fault["code"].get<std::string>());
      }
      for (const auto& fault : expected) CHECK(found.contains(fault));
      // A documented name is never unknown, whatever is wrong with its value.
      for (const auto& [name, member] : schema["properties"].items()) {
        const auto known = request(server, method, target, Json{{name, Json::array({Json::object()})}}.dump());
        CHECK(known.faults().find(name + " unknown_field") == std::string::npos);
        CHECK(known.status == 422);
      }
    }
  }
  CHECK(bodies > 30);
}

TEST_CASE("answers are what the document says") {
  Server server;
  const auto document = server.get("/openapi.json").body;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", contact}, {"team", team}, {"assignee", anna}});
  server.post("/v1/tickets/" + number + "/post-message", {{"body", "b"}}, acting_as("agent/" + anna));
  server.post("/v1/tickets/" + number + "/close");
  server.get_now("/v1/tickets");
  const std::map<std::string, std::string> names = {
      {"tickets", number}, {"contacts", contact}, {"organisations", house}, {"agents", anna}, {"teams", team}};
  for (const auto& route : server.api->routes()) {
    if (route.method != "GET" || route.answer.empty()) continue;
    auto target = route.path;
    const auto begin = target.find('{');
    if (begin != std::string::npos) {
      target.replace(begin, target.find('}') - begin + 1, names.at(target.substr(4, begin - 5)));
    }
    if (target == "/v1/tickets") target += "?view=closed";
    const auto reply = server.get(target);
    INFO(target << "\n" << reply.text.substr(0, 2000));
    REQUIRE(reply.status == 200);
    const auto& schema = document["components"]["schemas"][route.answer];
    // Extension attributes that only some events have are not in the schema of all.
    if (route.answer != "CloudEvents" && route.answer != "EventPage")
      CHECK(mismatch(document, schema, reply.body) == "");
    if (reply.body.is_object() && reply.body.contains("items")) CHECK(!reply.body["items"].empty());
  }
  const auto refused = server.post("/v1/tickets");
  CHECK(mismatch(document, {{"$ref", "#/components/schemas/Problem"}}, refused.body) == "");
  const auto opened = server.post("/v1/tickets", {{"title", "t"}});
  CHECK(mismatch(document, {{"$ref", "#/components/schemas/TicketCommandAnswer"}}, opened.body) == "");
}
