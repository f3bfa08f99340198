#include <catch2/catch.hpp>

#include <set>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// A house with a manager and a subscriber, a stranger of another house, and a ticket of each.
struct House {
  Server server;
  std::string house = server.create("organisations", {{"display_name", "Maison"}});
  std::string other_house = server.create("organisations", {{"display_name", "Autre"}});
  std::string jeanne = person("Jeanne", house, "subscriber");
  std::string marc = person("Marc", house, "manager");
  std::string paul = person("Paul", other_house, "manager");
  std::string anna = server.create("agents", {{"display_name", "Anna"}, {"assignable", true}, {"email", "anna@desk"}});
  std::string auditor = server.create("agents", {{"display_name", "Otto"}, {"role", "auditor"}});
  std::string hers = server.open_ticket({{"title", "hers"}, {"contact", jeanne}, {"assignee", anna}});
  std::string his = server.open_ticket({{"title", "his"}, {"contact", paul}});
  std::string nobodys = server.open_ticket({{"title", "nobody's"}, {"kind", "internal"}});

  std::string person(const char* name, const std::string& organisation, const char* role) const {
    return server.create("contacts", {{"display_name", name}, {"organisation", organisation}, {"role", role}});
  }
  Reply get(const std::string& target, const std::string& person) const {
    return server.get_now(target, acting_as(person));
  }
};

}  // namespace

TEST_CASE("clients read their own tickets, managers those of their organisation, staff all") {
  const House h;
  struct {
    std::string person;
    int hers, his, nobodys;
  } const rows[] = {
      {"contact/" + h.jeanne, 200, 404, 404}, {"contact/" + h.marc, 200, 404, 404},
      {"contact/" + h.paul, 404, 200, 404},   {"contact/999", 422, 422, 422},
      {"agent/" + h.anna, 200, 200, 200},     {"agent/" + h.auditor, 200, 200, 200},
  };
  for (const auto& row : rows) {
    INFO(row.person);
    for (const std::string document : {"", "/timeline"}) {
      CHECK(h.get("/v1/tickets/" + h.hers + document, row.person).status == row.hers);
      CHECK(h.get("/v1/tickets/" + h.his + document, row.person).status == row.his);
      CHECK(h.get("/v1/tickets/" + h.nobodys + document, row.person).status == row.nobodys);
    }
  }
}

TEST_CASE("who is no longer active reads nothing, and a deleted ticket is no client's") {
  const House h;
  h.server.set("handling", {{"deletion", "tombstone"}});
  const auto ask = [&] { return h.get("/v1/tickets/" + h.hers, "contact/" + h.jeanne).status; };
  h.server.change(h.hers, "delete", {{"reason", "x"}});
  CHECK(ask() == 404);
  CHECK(h.server.get_now("/v1/tickets/" + h.hers).status == 200);
  h.server.change(h.hers, "restore");
  CHECK(ask() == 200);
  REQUIRE(h.server.post("/v1/contacts/" + h.jeanne + "/deactivate").status == 200);
  CHECK(ask() == 422);
}

TEST_CASE("nobody reads in the name of an agent who left or never was") {
  const House h;
  REQUIRE(h.server.post("/v1/agents/" + h.auditor + "/deactivate").status == 200);
  h.server.get_now("/v1/agents");
  const std::string gone = "agent/" + h.auditor;
  for (const auto* target : {"/v1/tickets", "/v1/contacts", "/v1/events", "/v1/settings", "/v1/settings/sla", "/v1/me",
                             "/v1/reports/backlog", "/v1/search?q=hers"}) {
    INFO(target);
    const auto refused = h.server.get(target, acting_as("agent/99999"));
    CHECK(refused.status == 422);
    CHECK(refused.faults() == "act_as not_found");
    CHECK(h.server.get(target, acting_as(gone)).faults() == "act_as inactive");
  }
  const auto reply = h.server.create("canned-replies", {{"title", "Thanks"}, {"language", "fr"}, {"body", "Merci."}});
  CHECK(h.server.post("/v1/canned-replies/" + reply + "/render?ticket=" + h.hers, Json::object(), acting_as(gone))
            .faults() == "act_as inactive");
  // What tells nothing of the house is there for them too.
  for (const auto* target : {"/healthz", "/metrics", "/openapi.json"}) {
    CHECK(h.server.get(target, acting_as(gone)).status == 200);
  }
}

TEST_CASE("an agent who was just created reads at once, however far the views are") {
  const House h;
  for (int i = 0; i < 20; ++i) {
    const auto agent = h.server.create_agent("Agent " + std::to_string(i));
    CHECK(h.server.get("/v1/tickets", acting_as("agent/" + agent)).status == 200);
    REQUIRE(h.server.post("/v1/agents/" + agent + "/deactivate").status == 200);
    h.server.get_now("/v1/agents");
    REQUIRE(h.server.post("/v1/agents/" + agent + "/reactivate").status == 200);
    CHECK(h.server.get("/v1/tickets", acting_as("agent/" + agent)).status == 200);
  }
}

TEST_CASE("clients see nothing that the desk keeps to itself") {
  const House h;
  const auto& number = h.hers;
  h.server.change(number, "post-message", {{"body", "We answer"}}, acting_as("agent/" + h.anna));
  h.server.change(number, "post-message", {{"body", "secret"}, {"visibility", "internal"}});
  h.server.change(number, "add-todo", {{"text", "secret"}});
  h.server.change(number, "add-watcher", {{"watcher", {{"agent", h.anna}}}});
  h.server.change(number, "request-intervention", {{"details", "secret"}});
  h.server.change(number, "link-ticket", {{"other", h.his}});
  const std::string child =
      h.server.change(number, "open-sub-ticket", {{"title", "secret"}, {"kind", "internal"}, {"contact", h.paul}})
          .body["number"];
  for (const std::string document : {"", "/timeline"}) {
    const auto reply = h.get("/v1/tickets/" + number + document, "contact/" + h.jeanne);
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    CHECK(reply.text.find("secret") == std::string::npos);
    CHECK(reply.text.find(h.his) == std::string::npos);
    CHECK(reply.text.find(child) == std::string::npos);
    CHECK(reply.text.find("anna@desk") == std::string::npos);
  }
  CHECK(h.get("/v1/tickets/" + number + "/timeline", "contact/" + h.jeanne).text.find("We answer") !=
        std::string::npos);
  CHECK(h.server.get_now("/v1/tickets/" + number).text.find("secret") != std::string::npos);
}

TEST_CASE("an internal ticket is no client's, not even that of the contact whom it is about") {
  const House h;
  const std::string jeanne = "contact/" + h.jeanne;
  const std::string child =
      h.server.change(h.hers, "open-sub-ticket", {{"title", "plan"}, {"kind", "internal"}, {"contact", h.jeanne}})
          .body["number"];
  CHECK(h.get("/v1/tickets/" + child, jeanne).status == 404);
  CHECK(h.get("/v1/tickets/" + h.hers, jeanne).text.find(child) == std::string::npos);
  CHECK(h.get("/v1/tickets?view=all", jeanne).text.find(child) == std::string::npos);
  CHECK(h.get("/v1/tickets?view=all", jeanne).text.find(h.hers) != std::string::npos);
  for (const std::string command : {"close", "reopen"}) {
    const auto refused = h.server.post("/v1/tickets/" + child + "/" + command, Json::object(), acting_as(jeanne));
    CHECK(refused.code() == "ticket_not_found");
  }
  CHECK(h.server.get_now("/v1/tickets/" + child).status == 200);
}

TEST_CASE("the reasons of a closing and a reopening are for the desk") {
  const House h;
  const auto anna = acting_as("agent/" + h.anna);
  h.server.change(h.hers, "close", {{"force", true}, {"reason", "bad payer"}, {"resolution", "for both"}}, anna);
  h.server.change(h.hers, "reopen", {{"reason", "they phoned again"}}, anna);
  const auto target = "/v1/tickets/" + h.hers + "/timeline";
  const auto seen = h.get(target, "contact/" + h.jeanne).text;
  CHECK(seen.find("for both") != std::string::npos);
  CHECK(seen.find("bad payer") == std::string::npos);
  CHECK(seen.find("they phoned again") == std::string::npos);
  CHECK(h.server.get_now(target).text.find("they phoned again") != std::string::npos);
}

TEST_CASE("what is for staff alone is forbidden to clients") {
  const House h;
  for (const auto& target :
       {"/v1/tickets/" + h.hers + "/notices", "/v1/tickets/" + h.hers + "/events", "/v1/tickets/" + h.hers + "/clocks",
        "/v1/tickets/" + h.hers + "/time", std::string("/v1/agents"), std::string("/v1/contacts"),
        std::string("/v1/events"), std::string("/v1/settings")}) {
    INFO(target);
    const auto refused = h.server.get(target, acting_as("contact/" + h.jeanne));
    CHECK(refused.status == 403);
    CHECK(refused.code() == "forbidden");
    CHECK(h.server.get(target, acting_as("agent/" + h.anna)).status == 200);
  }
  CHECK(h.server.post("/v1/agents", {{"display_name", "x"}}, acting_as("contact/" + h.jeanne)).code() == "forbidden");
}

TEST_CASE("of a united ticket a client sees only the parts that are theirs") {
  const House h;
  h.server.change(h.hers, "post-message", {{"body", "of Jeanne"}}, acting_as("contact/" + h.jeanne));
  h.server.change(h.his, "post-message", {{"body", "of Paul"}}, acting_as("contact/" + h.paul));
  h.server.change(h.hers, "merge", {{"into", h.his}, {"confirm_contact_mismatch", true}});
  const auto timeline = h.get("/v1/tickets/" + h.his + "/timeline", "contact/" + h.paul).text;
  CHECK(timeline.find("of Paul") != std::string::npos);
  CHECK(timeline.find("of Jeanne") == std::string::npos);
  CHECK(h.get("/v1/tickets/" + h.his, "contact/" + h.paul).body["absorbed"].empty());
  CHECK(h.server.get_now("/v1/tickets/" + h.his + "/timeline").text.find("of Jeanne") != std::string::npos);
  const auto own = h.get("/v1/tickets/" + h.hers, "contact/" + h.jeanne);
  CHECK(own.status == 200);
  CHECK(own.body["merged_into"].is_null());
}

TEST_CASE("a client asks only what clients may ask, and only of their own tickets") {
  const House h;
  const auto jeanne = acting_as("contact/" + h.jeanne);
  CHECK(h.server.post("/v1/tickets/" + h.hers + "/post-message", {{"body", "Hello"}}, jeanne).status == 200);
  CHECK(h.server.post("/v1/tickets/" + h.hers + "/rename", {{"title", "x"}}, jeanne).code() == "forbidden");
  CHECK(h.server.post("/v1/tickets/" + h.his + "/post-message", {{"body", "x"}}, jeanne).code() == "ticket_not_found");
  // Not even its version, or what happened in it.
  h.server.get_now("/v1/tickets/" + h.his);
  auto stale = jeanne;
  stale.emplace("If-Match", "\"7\"");
  CHECK(h.server.post("/v1/tickets/" + h.his + "/post-message", {{"body", "x"}}, stale).status == 404);
  const auto own = h.server.post("/v1/tickets/" + h.hers + "/post-message", {{"body", "x"}}, stale);
  CHECK(own.status == 412);
  CHECK(!own.body.contains("missed"));
  auto dry = jeanne;
  dry.emplace("Prefer", "dry-run");
  const auto tried = h.server.post("/v1/tickets/" + h.hers + "/close", Json::object(), dry);
  REQUIRE(tried.status == 200);
  for (const auto& event : tried.body["events"]) CHECK(!event.contains("data"));
}

TEST_CASE("everybody learns who they are and what they may do") {
  const House h;
  const auto me = [&](const std::string& person) { return h.get("/v1/me", person).body; };
  const auto rights = [&](const std::string& person) {
    const auto list = me(person)["rights"];
    return std::set<std::string>(list.begin(), list.end());
  };
  CHECK(me("agent/" + h.anna)["person"]["name"] == "Anna");
  CHECK(me("agent/" + h.anna)["role"] == "agent");
  CHECK(me("agent/" + h.anna)["assignable"] == true);
  CHECK(me("contact/" + h.marc)["role"] == "manager");
  CHECK(me("contact/" + h.marc)["client"] == true);
  CHECK(h.server.get("/v1/me").body["role"] == "program");
  CHECK(rights("agent/" + h.anna).contains("handle-tickets"));
  CHECK(!rights("agent/" + h.anna).contains("edit-settings"));
  CHECK(rights("agent/" + h.auditor) == std::set<std::string>{"read-all-tickets", "read-internal"});
  CHECK(rights("contact/" + h.jeanne) == std::set<std::string>{"open-tickets"});
  h.server.set("opening", {{"portal_enabled", false}});
  CHECK(rights("contact/" + h.jeanne).empty());
}

TEST_CASE("of a ticket's past a client is told of nobody whom it was for before them") {
  House h;
  h.server.clock.advance(Milliseconds(60'000));
  h.server.change(h.his, "link-contact", {{"contact", h.jeanne}, {"organisation", h.house}});
  const std::string past = "/v1/tickets/" + h.his + "?as_of=2025-02-28T10:00:30Z";
  const auto seen = h.get(past, "contact/" + h.jeanne);
  REQUIRE(seen.status == 200);
  CHECK(seen.body["client"] == Json{{"contact", nullptr}, {"organisation", nullptr}});
  CHECK(seen.body["points_of_contact"]["contact"].is_null());
  CHECK(seen.body["contact"].is_null());
  CHECK(seen.body["organisation"].is_null());
  CHECK(h.get("/v1/tickets/" + h.his, "contact/" + h.jeanne).body["client"]["contact"]["name"] == "Jeanne");
  CHECK(h.get(past, "agent/" + h.anna).body["client"]["contact"]["name"] == "Paul");
  const std::string own = "/v1/tickets/" + h.hers + "?as_of=2025-02-28T10:00:30Z";
  CHECK(h.get(own, "contact/" + h.jeanne).body["client"]["contact"]["name"] == "Jeanne");
  CHECK(h.get(own, "contact/" + h.marc).body["client"]["contact"]["name"] == "Jeanne");
}

TEST_CASE("in a ticket's past a client sees the other tickets that they may read now and might read then") {
  House h;
  const auto open = [&](const std::string& contact) {
    return h.server.open_ticket({{"title", "t"}, {"contact", contact}});
  };
  const auto kept = open(h.jeanne), lost = open(h.jeanne), gained = open(h.paul);
  for (const auto& other : {kept, lost, gained}) h.server.change(h.hers, "link-ticket", {{"other", other}});
  h.server.clock.advance(Milliseconds(60'000));
  h.server.change(lost, "link-contact", {{"contact", h.paul}, {"organisation", h.other_house}});
  h.server.change(gained, "link-contact", {{"contact", h.jeanne}, {"organisation", h.house}});
  const auto linked = [&](const std::string& query, const std::string& person) {
    std::vector<std::string> numbers;
    const auto reply = h.get("/v1/tickets/" + h.hers + query, person);
    for (const auto& link : reply.body["links"]) numbers.push_back(link["ticket"]["number"]);
    return numbers;
  };
  const std::string past = "?as_of=2025-02-28T10:00:30Z";
  CHECK(linked(past, "contact/" + h.jeanne) == std::vector{kept});
  CHECK(linked("", "contact/" + h.jeanne) == std::vector{kept, gained});
  CHECK(linked(past, "agent/" + h.anna) == std::vector{kept, lost, gained});
}

TEST_CASE("clients filter and count by nothing that their rows leave blank") {
  const House h;
  const struct {
    std::string query, faults;
  } rows[] = {
      {"/v1/tickets?copy=" + h.anna, "copy unknown_field"},
      {"/v1/tickets?needs_look=true", "needs_look unknown_field"},
      {"/v1/tickets?has_parent=true&parent=1", "has_parent unknown_field, parent unknown_field"},
      {"/v1/tickets/counts?merged_into=1", "merged_into unknown_field"},
      {"/v1/tickets/facets?facet=status&copy=1", "copy unknown_field"},
      {"/v1/tickets/facets?facet=copy", "facet not_one_of"},
      {"/v1/tickets/facets?facet=status,needs_look", "facet not_one_of"},
      {"/v1/tickets/facets?facet=has_parent", "facet not_one_of"},
  };
  for (const auto& row : rows) {
    INFO(row.query);
    const auto refused = h.get(row.query, "contact/" + h.jeanne);
    CHECK(refused.status == 422);
    CHECK(refused.faults() == row.faults);
    CHECK(h.get(row.query, "agent/" + h.anna).status == 200);
  }
  CHECK(h.get("/v1/tickets/facets?facet=status,team&assignee=" + h.anna, "contact/" + h.jeanne).status == 200);
}

TEST_CASE("a refusal names what a ticket is part of only to those who may read it") {
  const House h;
  const auto root = h.server.open_ticket({{"title", "root"}, {"contact", h.jeanne}});
  const auto part = h.server.open_ticket({{"title", "part"}, {"contact", h.jeanne}});
  h.server.change(part, "merge", {{"into", root}});
  h.server.change(h.hers, "merge", {{"into", h.his}, {"confirm_contact_mismatch", true}});
  const auto close = [&](const std::string& number, const std::string& person) {
    return h.server.post("/v1/tickets/" + number + "/close", Json::object(), acting_as(person));
  };
  const auto hidden = close(h.hers, "contact/" + h.jeanne);
  CHECK(hidden.code() == "ticket_merged");
  CHECK(!hidden.body.contains("root"));
  CHECK(close(h.hers, "agent/" + h.anna).body["root"] == h.his);
  CHECK(close(part, "contact/" + h.jeanne).body["root"] == root);
}

TEST_CASE("what its client writes to a deleted ticket opens a new one") {
  const House h;
  h.server.set("handling", {{"deletion", "tombstone"}});
  h.server.change(h.hers, "delete", {{"reason", "x"}});
  h.server.get_now("/v1/tickets");
  const auto ask = [&](const std::string& command, const Json& body, const std::string& person) {
    return h.server.post("/v1/tickets/" + h.hers + "/" + command, body, acting_as(person));
  };
  CHECK(ask("close", Json::object(), "contact/" + h.jeanne).code() == "ticket_not_found");
  CHECK(ask("post-message", {{"body", "x"}}, "contact/" + h.marc).code() == "ticket_not_found");
  CHECK(ask("post-message", {{"body", "x"}}, "contact/" + h.paul).code() == "ticket_not_found");
  const auto opened = ask("post-message", {{"body", "It is back"}}, "contact/" + h.jeanne);
  REQUIRE(opened.status == 200);
  CHECK(opened.body["number"] != h.hers);
  CHECK(h.get("/v1/tickets/" + opened.body["number"].get<std::string>(), "contact/" + h.jeanne).status == 200);
  CHECK(h.server.get_now("/v1/tickets/" + h.hers).body["status"]["category"] == "deleted");
}

TEST_CASE("what the catalogue says of a linked entry is for the desk, clients see what is linked") {
  const House h;
  const Json notes = {{{"name", "note"}, {"text", "secret"}}};
  const auto van = h.server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}, {"summary", notes}});
  h.server.change(h.hers, "link-context", {{"context", van}});
  h.server.change(h.hers, "link-context",
                  {{"type", "bill"}, {"label", "B-1"}, {"summary", {{{"name", "sum"}, {"text", "12"}}}}});
  REQUIRE(h.server.post("/v1/contexts/" + van + "/change", {{"label", "secret name"}}).status == 200);
  for (const auto& client : {h.jeanne, h.marc}) {
    const auto shown = h.get("/v1/tickets/" + h.hers, "contact/" + client);
    REQUIRE(shown.status == 200);
    CHECK(shown.text.find("secret") == std::string::npos);
    CHECK(shown.body["contexts"][0]["label"] == "AB-123-CD");
    CHECK(shown.body["contexts"][0]["summary"] == Json::array());
    CHECK(shown.body["contexts"][0]["live"].is_null());
    CHECK(shown.body["contexts"][1]["summary"][0]["text"] == "12");
  }
  const auto staff = h.get("/v1/tickets/" + h.hers, "agent/" + h.anna).body["contexts"][0];
  CHECK(staff["summary"] == notes);
  CHECK(staff["live"]["label"] == "secret name");
}

TEST_CASE("a client is not told who of another client's acted in their ticket") {
  const House h;
  const std::string jeanne = "contact/" + h.jeanne, marc = "contact/" + h.marc, paul = "contact/" + h.paul;
  h.server.change(h.hers, "post-message", {{"body", "of Marc"}}, acting_as(marc));
  h.server.change(h.his, "merge", {{"into", h.hers}, {"confirm_contact_mismatch", true}});
  h.server.change(h.hers, "close");
  h.server.change(h.his, "post-message", {{"body", "It still rings"}}, acting_as(paul));
  const auto doers = [&](const std::string& person, const std::string& type) {
    std::vector<Json> names;
    const auto timeline = h.get("/v1/tickets/" + h.hers + "/timeline", person);
    for (const auto& entry : timeline.body["items"]) {
      if (entry["type"] == type) names.push_back(entry["by"]["name"]);
    }
    return names;
  };
  const Json nameless = {{"kind", "contact"}, {"id", nullptr}, {"name", nullptr}};
  for (const auto& person : {jeanne, marc}) {
    INFO(person);
    const auto timeline = h.get("/v1/tickets/" + h.hers + "/timeline", person);
    CHECK(timeline.text.find("Paul") == std::string::npos);
    for (const auto& entry : timeline.body["items"]) {
      if (entry["type"] == "TicketReopened") CHECK(entry["by"] == nameless);
    }
    CHECK(doers(person, "TicketReopened") == std::vector<Json>{nullptr});
    // Whoever speaks for the ticket's own house is known there.
    CHECK(doers(person, "MessagePosted") == std::vector<Json>{"Marc"});
    CHECK(h.get("/v1/tickets/" + h.hers + "/document", person).text.find("Paul") == std::string::npos);
  }
  CHECK(doers("agent/" + h.anna, "TicketReopened") == std::vector<Json>{"Paul"});
}

TEST_CASE("who attached a file is named to those who may know them") {
  House h;
  const auto attach = [&](const std::string& person) {
    auto headers = acting_as(person);
    headers.emplace("Content-Disposition", "attachment; filename=\"a.txt\"");
    const auto reply = h.server.send("POST", "/v1/tickets/" + h.hers + "/documents", "bytes", headers, "text/plain");
    INFO(reply.text);
    REQUIRE(reply.status == 201);
  };
  attach("contact/" + h.jeanne);
  h.server.change(h.hers, "link-contact", {{"contact", h.paul}, {"organisation", h.other_house}});
  const auto attached_by = [&](const std::string& person) {
    return h.get("/v1/tickets/" + h.hers, person).body["documents"][0]["by"]["name"];
  };
  CHECK(attached_by("contact/" + h.paul).is_null());
  CHECK(attached_by("agent/" + h.anna) == "Jeanne");
}
