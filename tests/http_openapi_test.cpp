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

// One of everything that a path can name.
std::map<std::string, std::string> one_of_each(const Server& server) {
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", contact}, {"team", team}, {"assignee", anna}});
  const Json texts = {{"title", "x"}, {"language", "fr"}, {"body", "x"}};
  auto template_texts = texts;
  template_texts["purpose"] = "document";
  server.set("points", {{"enabled", true}});
  const auto contract = server.create("contracts", {{"title", "Gold"}, {"contact", contact}});
  if (server.post("/v1/contracts/" + contract + "/credit", {{"points", 7}}).status != 200) {
    throw std::runtime_error("the contract got no points");
  }
  return {{"tickets", number},
          {"contacts", contact},
          {"organisations", house},
          {"agents", anna},
          {"teams", team},
          {"canned-replies", server.create("canned-replies", texts)},
          {"templates", server.create("templates", template_texts)},
          {"contexts", server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}})},
          {"views", server.create("views", {{"title", "x"}, {"query", "view=open"}})},
          {"contracts", contract},
          {"batches", "1.0"}};
}

// The path with something that is there in its first {…}, and 1 in its second.
std::string filled(std::string path, const std::map<std::string, std::string>& names) {
  const auto begin = path.find('{');
  if (begin == std::string::npos) return path;
  path.replace(begin, path.find('}') - begin + 1, names.at(path.substr(4, begin - 5)));
  const auto second = path.find('{');
  if (second != std::string::npos) path.replace(second, path.find('}') - second + 1, "1");
  return path;
}

// A ticket with one of everything on it, closed.
void full_of_everything(const Server& server, const std::string& number,
                        const std::map<std::string, std::string>& names) {
  const auto other = server.open_ticket();
  const auto absorbed = server.open_ticket();
  server.set("notifications", {{"rules", {{{"event", "closed"}, {"audience", "client"}, {"mode", "always"}}}}});
  server.change(number, "post-message", {{"body", "b"}}, acting_as("agent/" + names.at("agents")));
  server.change(number, "add-todo", {{"text", "x"}});
  server.change(number, "complete-todo", {{"todo", 1}});
  server.change(number, "link-context", {{"context", names.at("contexts")}});
  server.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "a@b.c"}}}});
  server.change(number, "link-article", {{"title", "a"}, {"url", "https://a/1"}});
  server.change(number, "request-intervention");
  server.change(number, "link-ticket", {{"other", other}});
  server.change(number, "spend-points", {{"contract", names.at("contracts")}, {"points", 1}});
  server.change(other, "attach-sub-ticket", {{"child", number}});
  server.change(absorbed, "merge", {{"into", number}});
  server.send("POST", "/v1/tickets/" + number + "/documents", "bytes", {}, "text/plain");
  server.change(number, "close");
}

Reply request(const Server& server, const std::string& method, std::string path, const std::string& body) {
  for (auto begin = path.find('{'); begin != std::string::npos; begin = path.find('{')) {
    path.replace(begin, path.find('}') - begin + 1, "1");
  }
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
  const auto document = server.get("/openapi.json").body;
  const auto names = one_of_each(server);
  int bodies = 0;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      if (!operation.contains("requestBody")) continue;
      if (!operation["requestBody"]["content"].contains("application/json")) continue;
      const auto target = filled(path, names);
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
  const auto names = one_of_each(server);
  const auto& number = names.at("tickets");
  full_of_everything(server, number, names);
  server.get_now("/v1/tickets");
  for (const auto& route : server.api->routes()) {
    if (route.method != "GET" || route.answer.empty() || route.path == "/v1/search") continue;
    auto target = filled(route.path, names);
    if (target == "/v1/tickets") target += "?view=closed";
    if (target == "/v1/people") target += "?prefix=jea";
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

TEST_CASE("what is posted is answered as the document says, whatever its kind") {
  const Server server;
  const auto document = server.get("/openapi.json").body;
  const auto names = one_of_each(server);
  const auto& number = names.at("tickets");
  std::set<std::string> seen;
  const auto check = [&](const std::string& schema, const Reply& reply) {
    INFO(schema << "\n" << reply.text.substr(0, 2000));
    CHECK(reply.status < 300);
    CHECK(mismatch(document, document["components"]["schemas"][schema], reply.body) == "");
    seen.insert(schema);
  };
  server.set("relations", {{"close_parent", "warn"}});
  server.change(number, "open-sub-ticket", {{"title", "part"}});
  check("TicketCommandAnswer", server.post("/v1/tickets/" + number + "/close"));
  check("EntryCommandAnswer", server.post("/v1/teams", {{"display_name", "Other"}}));
  check("SettingsCommandAnswer", server.put("/v1/settings/handling", server.get("/v1/settings/handling").body));
  check("BatchAnswer", server.post("/v1/tickets/bulk", {{"tickets", {number, "none"}}, {"command", "reopen"}}));
  check("DocumentsAttached", server.send("POST", "/v1/tickets/" + number + "/documents", "bytes", {}, "text/plain"));
  check("BlobsStored", server.send("POST", "/v1/blobs", "bytes", {}, "text/plain"));
  check("RenderedText", server.post("/v1/canned-replies/" + names.at("canned-replies") + "/render?ticket=" + number +
                                    "&min_position=" + std::to_string(server.log->tail().value)));
  check("ContextImport", server.send("POST", "/v1/contexts/import", "type,label,external_id\nvehicle,A,1\nvehicle,,2\n",
                                     {}, "text/csv"));
  const auto found = server.get_now("/v1/search?q=part");
  check("SearchPage", found);
  CHECK(found.body["items"].size() == 1);
  seen.insert("ImportReport");  // the program's own, which this server has none of
  for (const auto& route : server.api->routes()) {
    if (route.method == "GET" && route.path != "/v1/search") continue;
    INFO(route.method << " " << route.path);
    CHECK(seen.contains(route.answer));
  }
}

TEST_CASE("a file's download is described with every status that it has: whole, in part, known, and none of it") {
  const Server server;
  const auto number = server.open_ticket();
  const auto attached = server.send("POST", "/v1/tickets/" + number + "/documents", "bytes", {}, "text/plain");
  REQUIRE(attached.status == 201);
  server.get_now("/v1/tickets/" + number);
  const auto document = server.get("/openapi.json").body;
  const auto& operation = document["paths"]["/v1/tickets/{number}/documents/{document}"]["get"];
  const auto& responses = operation["responses"];
  std::set<std::string> asked_by;
  for (const auto& parameter : operation["parameters"]) {
    const auto& row = resolved(document, parameter);
    if (row["in"] == "header") asked_by.insert(row["name"].get<std::string>());
  }
  CHECK(asked_by == std::set<std::string>{"Greffe-Act-As", "If-None-Match", "If-Range", "Range"});
  const auto fetch = [&](Headers headers) { return server.get(attached.body["documents"][0]["url"], headers); };
  const auto whole = fetch({});
  const std::pair<int, Headers> cases[] = {{200, {}},
                                           {206, {{"Range", "bytes=1-2"}}},
                                           {304, {{"If-None-Match", whole.header("ETag")}}},
                                           {416, {{"Range", "bytes=5-"}}}};
  for (const auto& [status, headers] : cases) {
    const auto reply = fetch(headers);
    CHECK(reply.status == status);
    REQUIRE(responses.contains(std::to_string(status)));
    const auto content = responses[std::to_string(status)].value("content", Json::object());
    // The type is the file's own, of which the document cannot know.
    const char* type = status == 416 ? "application/problem+json" : "*/*";
    CHECK(content.contains(type) == (status != 304));
    CHECK(reply.header("Content-Type") == (status == 416 ? type : status == 304 ? "" : "text/plain"));
  }
}

TEST_CASE("a route that takes texts of several types names them all, and takes no others") {
  const Server server;
  const auto paths = server.get("/openapi.json").body["paths"];
  const auto types_of = [&](const std::string& path) {
    std::set<std::string> types;
    for (const auto& [type, body] : paths[path]["post"]["requestBody"]["content"].items()) {
      CHECK(body["schema"]["type"] == "string");
      types.insert(type);
    }
    return types;
  };
  CHECK(types_of("/v1/import") == std::set<std::string>{"application/x-ndjson"});
  const auto types = types_of("/v1/contexts/import");
  CHECK(types == std::set<std::string>{"application/x-ndjson", "text/csv"});
  for (const auto& type : types) {
    INFO(type);
    CHECK(server.send("POST", "/v1/contexts/import", "type,label,external_id\n", {}, type).status == 200);
  }
  CHECK(server.send("POST", "/v1/contexts/import", "[]", {}, "application/json").code() == "unsupported_media_type");
}
