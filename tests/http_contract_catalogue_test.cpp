#include <catch2/catch.hpp>

#include "commands/catalogue/view_columns.h"
#include "storage/check_log.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

const Json thanks = {{"title", "Merci"}, {"language", "fr"}, {"body", "Bonjour {{client.name}}"}};

void set_points(const Server& server, bool overdraft = false) {
  const auto put =
      server.put("/v1/settings/points",
                 {{"enabled", true}, {"overdraft", overdraft}, {"points_per_ticket", 1}, {"rates", Json::array()}});
  if (put.status != 200) throw std::runtime_error("no points: " + put.text);
}

Reply import_csv(const Server& server, const std::string& csv) {
  return server.send("POST", "/v1/contexts/import", csv, {}, "text/csv");
}

// "17 required external_id, 18 …": the bad lines of an import.
std::string bad_lines(const Reply& reply) {
  std::string text;
  for (const auto& line : reply.body["bad_lines"]) {
    text += (text.empty() ? "" : ", ") + std::to_string(line["line"].get<int>());
    for (const auto& fault : line["errors"]) {
      text += " " + fault["field"].get<std::string>() + " " + fault["code"].get<std::string>();
    }
    if (line["errors"].empty()) text += " " + line["code"].get<std::string>();
  }
  return text;
}

std::string counts(const Reply& reply) {
  std::string text;
  for (const auto* name : {"lines", "created", "changed", "unchanged", "failed"}) {
    text += std::string(name) + " " + std::to_string(reply.body[name].get<int>()) + " ";
  }
  return text;
}

std::string titles(const Reply& list) {
  std::string text;
  for (const auto& item : list.body["items"]) text += (text.empty() ? "" : ", ") + item["title"].get<std::string>();
  return text;
}

}  // namespace

TEST_CASE("each kind of catalogue entry is created, read, changed, listed and switched off and on") {
  const Server server;
  const auto paul = server.create("contacts", {{"display_name", "Paul"}});
  struct {
    const char* plural;
    const char* name;
    Json create;
    Json change;
  } const rows[] = {
      {"canned-replies", "CannedReply", thanks, {{"body", "Au revoir"}, {"visibility", "internal"}}},
      {"templates",
       "TextTemplate",
       {{"title", "A"}, {"purpose", "notification"}, {"language", "fr"}, {"event", "opened"}, {"body", "<p>"}},
       {{"event", ""}, {"header", "{{{header}}}"}}},
      {"contexts",
       "Context",
       {{"type", "vehicle"}, {"label", "AB-1"}, {"external_id", "7"}},
       {{"url", "https://a.b"}, {"summary", {{{"name", "model"}, {"text", "Kangoo"}}}}}},
      {"views",
       "SavedView",
       {{"title", "Mine"}, {"query", "view=open&sort=-priority"}, {"columns", {"number"}}},
       {{"query", "view=closed"}, {"columns", {"title", "status"}}}},
      {"contracts", "Contract", {{"title", "Ten"}, {"contact", paul}}, {{"title", "Twenty"}}},
  };
  for (const auto& row : rows) {
    INFO(row.plural);
    const auto base = std::string("/v1/") + row.plural;
    const auto made = server.post(base, row.create);
    INFO(made.text);
    REQUIRE(made.status == 201);
    const std::string id = made.body["id"];
    CHECK(made.header("Location") == base + "/" + id);
    CHECK(made.body["events"][0]["type"] == std::string(row.name) + "Created");

    const auto path = base + "/" + id;
    CHECK(server.get_now(path).header("ETag") == "\"1\"");
    const auto changed = server.post(path + "/change", row.change, {{"If-Match", "\"1\""}});
    INFO(changed.text);
    CHECK(changed.status == 200);
    const auto read = server.get_now(path);
    REQUIRE(read.status == 200);
    for (const auto& [name, value] : row.change.items()) CHECK(read.body[name] == value);
    CHECK(read.body["version"] == 2);

    CHECK(server.post(path + "/deactivate", {{"reason", "old"}}).status == 200);
    CHECK(server.get_now(path).body["active"] == false);
    CHECK(server.post(path + "/reactivate").status == 200);
    const auto list = server.get_now(base);
    REQUIRE(list.status == 200);
    CHECK(list.body["items"].back()["id"] == id);
    CHECK(list.body["items"].back()["active"] == true);
    CHECK(server.get(base + "/999").status == 404);
    CHECK(server.post(base + "/999/change", row.change).status == 404);
  }
}

TEST_CASE("clients of the desk have no access to what the desk keeps ready") {
  const Server server;
  const auto paul = server.create("contacts", {{"display_name", "Paul"}});
  const auto reply = server.create("canned-replies", thanks);
  const auto number = server.open_ticket({{"title", "t"}, {"contact", paul}});
  for (const auto* path : {"/v1/canned-replies", "/v1/templates", "/v1/contexts", "/v1/views", "/v1/contracts",
                           "/v1/people?prefix=pau", "/v1/contexts?type=vehicle&prefix=abc"}) {
    INFO(path);
    CHECK(server.get(path, acting_as("contact/" + paul)).status == 403);
  }
  CHECK(server.get("/v1/canned-replies/" + reply, acting_as("contact/" + paul)).status == 403);
  const auto target = "/v1/canned-replies/" + reply + "/render?ticket=" + number;
  CHECK(server.post(target, {}, acting_as("contact/" + paul)).status == 403);
}

TEST_CASE("a template's unknown variables are refused by name") {
  const Server server;
  auto body = thanks;
  body["body"] = "{{ticket.nmber}} {{client.name}} {{#each}}{{/each}}";
  const auto reply = server.post("/v1/canned-replies", body);
  CHECK(reply.status == 422);
  CHECK(reply.faults() == "body.each unknown_variable, body.ticket.nmber unknown_variable");
}

TEST_CASE("a canned reply is given with the ticket's own words") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Acme"}});
  const auto paul = server.create("contacts", {{"display_name", "Zoë <b>"}, {"organisation", house}});
  const auto anne = server.create_agent("Anne");
  const auto number = server.open_ticket({{"title", "Fuite d'eau"}, {"contact", paul}, {"assignee", anne}});
  const auto reply = server.create(
      "canned-replies",
      {{"title", "t"},
       {"language", "fr"},
       {"body",
        "{{client.name}}, n° {{ticket.number}} « {{ticket.title}} » {{ticket.status}} {{ticket.opened_at}}\n"
        "{{#ticket.due_at}}\npour le {{.}}\n{{/ticket.due_at}}\n{{assignee.name}} / {{agent.name}}"}});
  const auto target = "/v1/canned-replies/" + reply + "/render?ticket=" + number +
                      "&min_position=" + std::to_string(server.log->tail().value);
  const auto rendered = server.post(target, Json::object(), acting_as("agent/" + anne));
  INFO(rendered.text);
  REQUIRE(rendered.status == 200);
  const auto text = rendered.body["text"].get<std::string>();
  CHECK(text.starts_with("Zoë <b>, n° " + number + " « Fuite d'eau » "));
  CHECK(text.find("28/02/2025 11:00\nAnne / Anne") != std::string::npos);
  CHECK(rendered.body["ticket"] == number);
  CHECK(server.post("/v1/canned-replies/" + reply + "/render").faults() == "ticket required");
  CHECK(server.post("/v1/canned-replies/" + reply + "/render?ticket=nope").code() == "ticket_not_found");
  CHECK(server.post("/v1/canned-replies/999/render?ticket=" + number).code() == "canned_reply_not_found");
}

TEST_CASE("a saved view's query is one that the ticket list would take") {
  const Server server;
  const auto faults = [&](const char* query) {
    return server.post("/v1/views", {{"title", "v"}, {"query", query}}).faults();
  };
  CHECK(faults("view=open&status=pending,open&sort=-priority,number&opened_from=2025-01-01T00:00:00Z") == "");
  CHECK(faults("") == "");
  CHECK(faults("status=%C3%A9t%C3%A9") == "");
  CHECK(faults("view=mine&nothing=1") == "query.nothing unknown_field, query.view not_one_of");
  CHECK(faults("cursor=abc") == "query.cursor unknown_field");
  CHECK(faults("min_position=1") == "query.min_position unknown_field");
  CHECK(faults("status=été") == "query malformed");
  CHECK(faults("view=%zz") == "query malformed");
  CHECK(faults("view=open#x") == "query malformed");
  const auto view = server.create("views", {{"title", "v"}, {"query", "view=open"}});
  CHECK(server.post("/v1/views/" + view + "/change", {{"query", "sort=nothing"}}).faults() == "query.sort not_one_of");
}

TEST_CASE("every column that a saved view can show is in the rows of the ticket list") {
  const Server server;
  server.open_ticket();
  const auto row = server.get_now("/v1/tickets?view=open").body["items"][0];
  for (const auto column : view_columns) {
    INFO(column);
    CHECK(row.contains(std::string(column)));
  }
}

TEST_CASE("an agent sees their own saved views and everybody's") {
  const Server server;
  const auto anne = server.create_agent("Anne"), bob = server.create_agent("Bob");
  const auto create = [&](const char* title, const Json& owner) {
    return server.create("views", {{"title", title}, {"query", "view=open"}, {"owner", owner}});
  };
  const auto everybodys = create("all", nullptr);
  const auto annes = create("anne's", anne);
  const auto bobs = create("bob's", bob);
  const auto gone = create("gone", anne);
  server.post("/v1/views/" + gone + "/deactivate");
  const auto list = [&](const Headers& headers) {
    return titles(server.get("/v1/views?min_position=" + std::to_string(server.log->tail().value), headers));
  };
  CHECK(list(acting_as("agent/" + anne)) == "anne's, all");
  CHECK(list(acting_as("agent/" + bob)) == "bob's, all");
  CHECK(list({}) == "all, anne's, bob's, gone");
  CHECK(server.get("/v1/views/" + bobs, acting_as("agent/" + anne)).code() == "view_not_found");
  CHECK(server.get("/v1/views/" + annes, acting_as("agent/" + anne)).body["owner"]["name"] == "Anne");
  CHECK(server.get("/v1/views/" + everybodys, acting_as("agent/" + anne)).status == 200);
}

TEST_CASE("an agent's own view is changed by that agent and by administrators alone") {
  const Server server;
  const auto anne = server.create_agent("Anne"), bob = server.create_agent("Bob");
  const auto boss = server.create("agents", {{"display_name", "Boss"}, {"role", "administrator"}});
  const auto everybodys = server.create("views", {{"title", "all"}, {"query", "view=open"}});
  const auto annes = server.create("views", {{"title", "hers"}, {"query", "view=open"}, {"owner", anne}});
  const auto ask = [&](const std::string& what, Headers headers) {
    return server.post("/v1/views/" + what, Json::object(), std::move(headers));
  };
  for (const auto* command : {"/change", "/deactivate", "/reactivate"}) {
    INFO(command);
    const auto refused = ask(annes + command, acting_as("agent/" + bob));
    CHECK(refused.status == 404);
    CHECK(refused.code() == "view_not_found");
    CHECK(ask(annes + command, acting_as("agent/" + anne)).status == 200);
    CHECK(ask(annes + command, acting_as("agent/" + boss)).status == 200);
    CHECK(ask(annes + command, {}).status == 200);
    CHECK(ask(everybodys + command, acting_as("agent/" + bob)).status == 200);
  }
  const auto make = [&](Headers headers) {
    const Json wanted = {{"title", "hers"}, {"query", "view=open"}, {"owner", anne}};
    return server.post("/v1/views", wanted, std::move(headers)).status;
  };
  CHECK(make(acting_as("agent/" + bob)) == 403);
  CHECK(make(acting_as("agent/" + anne)) == 201);
  CHECK(make(acting_as("agent/" + boss)) == 201);
  const auto read = [&](const std::string& agent) {
    return server.get_now("/v1/views/" + annes, acting_as("agent/" + agent)).status;
  };
  CHECK(read(bob) == 404);
  CHECK(read(anne) == 200);
  CHECK(read(boss) == 200);
  auto stale = acting_as("agent/" + bob);
  stale.emplace("If-Match", "\"7\"");
  CHECK(ask(annes + "/change", stale).code() == "view_not_found");
}

TEST_CASE("points are credited and every booking is on the contract's account, newest first") {
  const Server server;
  const auto paul = server.create("contacts", {{"display_name", "Paul"}});
  const auto contract = server.create("contracts", {{"title", "Ten"}, {"contact", paul}});
  const auto path = "/v1/contracts/" + contract;
  CHECK(server.post(path + "/credit", {{"points", 10}}).code() == "points_disabled");
  set_points(server);
  CHECK(server.post(path + "/credit", {{"points", 0}}).faults() == "points out_of_range");
  CHECK(server.post(path + "/credit", {{"points", 10}, {"reason", "paid"}}).status == 200);
  CHECK(server.post(path + "/credit", {{"points", 5}}).status == 200);
  CHECK(server.get_now(path).body["balance"] == 15);
  CHECK(server.get_now(path).body["debt"] == 0);
  CHECK(server.get_now(path).body["contact"]["name"] == "Paul");
  const auto bookings = server.get_now(path + "/bookings").body["items"];
  REQUIRE(bookings.size() == 2);
  CHECK(bookings[0]["points"] == 5);
  CHECK(bookings[0]["balance"] == 15);
  CHECK(bookings[1]["reason"] == "paid");
  CHECK(bookings[1]["move"] == "credit");
  CHECK(bookings[1]["by"]["kind"] == "administrator");
  const auto first = server.get_now(path + "/bookings?limit=1");
  const std::string cursor = first.body["next_cursor"];
  CHECK(server.get(path + "/bookings?limit=1&cursor=" + cursor).body["items"][0]["points"] == 10);
  CHECK(server.get("/v1/contracts/999/bookings").code() == "contract_not_found");
}

TEST_CASE("contexts are imported from CSV, known ones are changed, and bad lines are named") {
  const Server server;
  const auto first = import_csv(server,
                                "type,label,url,external_id,model,\"owner, name\"\r\n"
                                "vehicle,AB-123-CD,https://f.e/17,17,Kangoo,\"Dépôt \"\"Nord\"\"\"\r\n"
                                "vehicle,EF-456-GH,,18,,\r\n"
                                "booking,B-1,,B18,,\r\n");
  INFO(first.text);
  REQUIRE(first.status == 200);
  CHECK(bad_lines(first) == "");
  CHECK(counts(first) == "lines 3 created 3 changed 0 unchanged 0 failed 0 ");
  const auto found = server.get_now("/v1/contexts?type=vehicle&prefix=ab1").body["items"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["url"] == "https://f.e/17");
  CHECK(found[0]["summary"][1] == Json{{"name", "owner, name"}, {"text", "Dépôt \"Nord\""}});

  const auto again = import_csv(server,
                                "external_id;label;type\n"
                                "17;AB-123-CE;vehicle\n"
                                "18;EF-456-GH;vehicle\n"
                                "\n"
                                "19;;vehicle\n"
                                ";XX;vehicle\n"
                                "20;XY\n"
                                "21;\"a\"b;vehicle\n"
                                "17;AB-123-CF;vehicle\n");
  CHECK(bad_lines(again) == "5 label required, 6 external_id required, 7 line wrong_type, 8 line malformed");
  CHECK(counts(again) == "lines 7 created 0 changed 2 unchanged 1 failed 4 ");
  CHECK(server.get_now("/v1/contexts?type=vehicle&prefix=ab1").body["items"][0]["label"] == "AB-123-CF");
  CHECK(server.get_now("/v1/contexts?type=vehicle").body["items"].size() == 2);
}

TEST_CASE("an import changes only what the file tells of") {
  const Server server;
  import_csv(server,
             "type,label,external_id,url,model,owner,colour\n"
             "vehicle,AB-123-CD,17,https://f.e/17,Kangoo,Nord,red\n");
  const auto shown = [&] { return server.get_now("/v1/contexts?type=vehicle&prefix=ab1").body["items"][0]; };
  const auto line = [](const char* name, const char* text) { return Json{{"name", name}, {"text", text}}; };
  import_csv(server, "type,label,external_id\nvehicle,AB-123-CE,17\n");
  CHECK(shown()["label"] == "AB-123-CE");
  CHECK(shown()["url"] == "https://f.e/17");
  CHECK(shown()["summary"].size() == 3);
  // One column is changed in its place, an empty one goes, a new one comes last.
  import_csv(server, "type,label,external_id,model,owner,seats\nvehicle,AB-123-CE,17,Zoe,,5\n");
  CHECK(shown()["summary"] == Json::array({line("model", "Zoe"), line("colour", "red"), line("seats", "5")}));
  const auto json = [&](const char* text) {
    return server.send("POST", "/v1/contexts/import", text, {}, "application/x-ndjson");
  };
  CHECK(counts(json(R"({"type":"vehicle","label":"AB-123-CE","external_id":"17"})")) ==
        "lines 1 created 0 changed 0 unchanged 1 failed 0 ");
  json(R"({"type":"vehicle","label":"AB-123-CE","external_id":"17","url":"","summary":[]})");
  CHECK(shown()["url"] == "");
  CHECK(shown()["summary"].empty());
}

TEST_CASE("an import brings back the entries that were deactivated and are in the file") {
  const Server server;
  const auto van = server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}, {"external_id", "17"}});
  const auto car = server.create("contexts", {{"type", "vehicle"}, {"label", "EF-456-GH"}, {"external_id", "18"}});
  const auto bus = server.create("contexts", {{"type", "vehicle"}, {"label", "IJ-789-KL"}, {"external_id", "19"}});
  for (const auto& id : {van, car, bus}) server.post("/v1/contexts/" + id + "/deactivate");
  const auto file = "type,label,external_id\nvehicle,AB-123-CD,17\nvehicle,EF-456-GI,18\n";
  CHECK(counts(import_csv(server, file)) == "lines 2 created 0 changed 2 unchanged 0 failed 0 ");
  CHECK(server.get_now("/v1/contexts/" + van).body["active"] == true);
  CHECK(server.get_now("/v1/contexts/" + car).body["label"] == "EF-456-GI");
  CHECK(server.get_now("/v1/contexts/" + bus).body["active"] == false);
  CHECK(server.get_now("/v1/contexts?type=vehicle&prefix=ab1").body["items"].size() == 1);
  CHECK(counts(import_csv(server, file)) == "lines 2 created 0 changed 0 unchanged 2 failed 0 ");
}

TEST_CASE("an external id names one context of each type") {
  const Server server;
  const auto van = server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}, {"external_id", "17"}});
  const auto stay = server.create("contexts", {{"type", "booking"}, {"label", "B-17"}, {"external_id", "17"}});
  CHECK(van != stay);
  const auto second = server.post("/v1/contexts", {{"type", "vehicle"}, {"label", "EF-456-GH"}, {"external_id", "17"}});
  CHECK(second.status == 409);
  CHECK(second.code() == "external_id_taken");
  // Imports know each by its type.
  const auto again = import_csv(server,
                                "type,label,external_id\n"
                                "vehicle,AB-123-CD,17\n"
                                "booking,B-17 bis,17\n"
                                "quote,Q-17,17\n");
  CHECK(counts(again) == "lines 3 created 1 changed 1 unchanged 1 failed 0 ");
  CHECK(server.get_now("/v1/contexts/" + stay).body["label"] == "B-17 bis");
  CHECK(server.get_now("/v1/contexts/" + van).body["label"] == "AB-123-CD");
  for (const auto& finding : check_log(*server.log).findings) FAIL_CHECK(finding.text);
}

TEST_CASE("contexts are imported from JSON lines too") {
  const Server server;
  const auto reply = server.send("POST", "/v1/contexts/import",
                                 R"({"type":"vehicle","label":"A","external_id":"1"})"
                                 "\n\nnonsense\n"
                                 R"({"type":"vehicle","label":"B"})"
                                 "\n"
                                 R"({"type":"vehicle","label":"C","external_id":"3","x":1})",
                                 {}, "application/x-ndjson");
  CHECK(bad_lines(reply) == "3 line malformed, 4 external_id required, 5 x unknown_field");
  CHECK(counts(reply) == "lines 4 created 1 changed 0 unchanged 0 failed 3 ");
}

TEST_CASE("an import without the columns it needs, or of another type, is refused whole") {
  const Server server;
  CHECK(import_csv(server, "").faults() == "external_id required, label required, type required");
  CHECK(import_csv(server, "type,label,label\nvehicle,a,b\n").faults() == "external_id required, label duplicate");
  CHECK(import_csv(server, "type,label,external_id,\n").faults() == "header malformed");
  CHECK(server.post("/v1/contexts/import", Json::object()).status == 415);
  CHECK(server.get_now("/v1/contexts").body["items"].empty());
}

TEST_CASE("an import of another type is told which types there are") {
  const Server server;
  const auto refused = server.post("/v1/contexts/import", Json::object());
  CHECK(refused.status == 415);
  CHECK(refused.body["detail"] == "The body must be text/csv or application/x-ndjson, and Content-Type must say so.");
}

TEST_CASE("many contexts are imported at once, one that comes twice among them") {
  const Server server;
  std::string csv = "type,label,external_id\n";
  for (int i = 0; i < 1'000; ++i) csv += "vehicle,P-" + std::to_string(i) + "," + std::to_string(i % 900) + "\n";
  const auto reply = import_csv(server, csv);
  CHECK(counts(reply) == "lines 1000 created 900 changed 100 unchanged 0 failed 0 ");
  const auto target = "/v1/contexts?limit=200&min_position=" + reply.body["position"].get<std::string>();
  CHECK(server.get(target).body["items"].size() == 200);
  CHECK(counts(import_csv(server, csv)) == "lines 1000 created 0 changed 200 unchanged 800 failed 0 ");
}
