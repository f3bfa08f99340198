// Who works on tickets and whom they are for, feature by feature of the help pages (docs/features.md).
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

bool offers(const Server& server, const std::string& number, const std::string& action, const Headers& who) {
  const auto actions = server.detail(number, who)["allowed_actions"];
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

std::vector<std::string> numbers(const Reply& list) {
  std::vector<std::string> all;
  for (const auto& row : list.body["items"]) all.push_back(row["number"]);
  return all;
}

const Json phone = {{{"kind", "mobile"}, {"label", ""}, {"value", "+33 6 00 00 00 00"}}};

}  // namespace

TEST_CASE("team: the group of agents that a ticket belongs to, with an entry and members of its own") {
  const Server server;
  const auto anna = server.create_agent("Anna"), bruno = server.create_agent("Bruno");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  const auto number = server.open_ticket();
  server.change(number, "move-to-team", {{"team", team}});
  CHECK(server.detail(number)["team"] == Json{{"id", team}, {"name", "Network"}});
  CHECK(numbers(server.get_now("/v1/tickets?team=" + team)) == std::vector{number});
  const auto of_team = [&](const std::string& agent) {
    return numbers(server.get_now("/v1/tickets?view=team-open", acting_as("agent/" + agent))).size();
  };
  CHECK(of_team(anna) == 1);
  CHECK(of_team(bruno) == 0);
  REQUIRE(server.post("/v1/teams/" + team + "/change", {{"members", {anna, bruno}}}).status == 200);
  CHECK(of_team(bruno) == 1);
  server.change(number, "move-to-team", {{"team", nullptr}});
  CHECK(server.detail(number)["team"].is_null());
  CHECK(server.command(number, "move-to-team", {{"team", "999999"}}).faults() == "team not_found");
}

TEST_CASE("assignee: one internal collaborator who answers for the ticket, given and taken away") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket();
  server.change(number, "assign", {{"assignee", anna}});
  CHECK(server.detail(number)["assignee"]["name"] == "Anna");
  CHECK(server.command(number, "assign", {{"assignee", jeanne}}).faults() == "assignee not_found");
  server.change(number, "unassign");
  CHECK(server.detail(number)["assignee"].is_null());
}

TEST_CASE("self-assignment: the button is there while nobody has the ticket, and only the first click counts") {
  const Server server;
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto bruno = acting_as("agent/" + server.create_agent("Bruno"));
  const auto number = server.open_ticket();
  CHECK(offers(server, number, "claim", anna));
  CHECK(offers(server, number, "claim", bruno));
  server.change(number, "claim", Json::object(), anna);
  CHECK(server.detail(number)["assignee"]["name"] == "Anna");
  CHECK_FALSE(offers(server, number, "claim", bruno));
  const auto late = server.command(number, "claim", Json::object(), bruno);
  CHECK(late.status == 409);
  CHECK(late.code() == "already_assigned");
}

TEST_CASE("user administration: an administrator opens a user's card and ticks the support team") {
  const Server server;
  const auto anna = server.create_agent("Anna", false);
  const auto number = server.open_ticket();
  CHECK(server.command(number, "assign", {{"assignee", anna}}).faults() == "assignee not_in_support_team");
  CHECK(server.get_now("/v1/agents?assignable=true").body["items"].empty());
  REQUIRE(server.get_now("/v1/agents/" + anna).body["assignable"] == false);
  CHECK(server.post("/v1/agents/" + anna + "/change", {{"assignable", true}}, acting_as("agent/" + anna)).code() ==
        "forbidden");
  REQUIRE(server.post("/v1/agents/" + anna + "/change", {{"assignable", true}}).status == 200);
  CHECK(server.get_now("/v1/agents?assignable=true").body["items"][0]["id"] == anna);
  server.change(number, "assign", {{"assignee", anna}});
  // Who has left is in no list, and keeps what they have.
  REQUIRE(server.post("/v1/agents/" + anna + "/deactivate").status == 200);
  CHECK(server.get_now("/v1/agents?assignable=true").body["items"].empty());
  CHECK(server.detail(number)["assignee"]["name"] == "Anna");
  REQUIRE(server.post("/v1/agents/" + anna + "/reactivate").status == 200);
}

TEST_CASE("automatic assignment: who creates a ticket gets it where the setting says so, if they are staff") {
  const Server server;
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto jeanne = acting_as("contact/" + server.create("contacts", {{"display_name", "Jeanne"}}));
  const auto assignee = [&](const Headers& who) {
    const auto opened = server.post("/v1/tickets", {{"title", "t"}}, who);
    REQUIRE(opened.status == 201);
    return server.detail(opened.body["number"])["assignee"];
  };
  CHECK(assignee(anna).is_null());
  server.set("opening", {{"auto_assign_creator", true}});
  CHECK(assignee(anna)["name"] == "Anna");
  CHECK(assignee(jeanne).is_null());
}

TEST_CASE("additional contact: one more address is told of what happens to the ticket, and taken off again") {
  const Server server;
  server.set("notifications", {{"rules", {{{"event", "closed"}, {"audience", "watchers"}, {"mode", "always"}}}}});
  const auto number = server.open_ticket();
  const Json extra = {{"kind", "email"}, {"watcher", {{"email", "compta@example.org"}}}};
  server.change(number, "add-watcher", extra);
  CHECK(server.detail(number)["watchers"][0]["watcher"]["email"] == "compta@example.org");
  server.change(number, "close");
  const auto told = server.get_now("/v1/tickets/" + number + "/notices").body["items"][0]["data"]["notices"][0];
  CHECK(told["recipients"][0]["email"] == "compta@example.org");
  server.change(number, "reopen");
  server.change(number, "remove-watcher", extra);
  CHECK(server.detail(number)["watchers"].empty());
}

TEST_CASE("linked contact: a person or an organisation outside, changed as a whole") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto number = server.open_ticket();
  server.change(number, "link-contact", {{"organisation", house}});
  CHECK(server.detail(number)["organisation"]["name"] == "Maison");
  CHECK(server.detail(number)["contact"].is_null());
  CHECK(numbers(server.get_now("/v1/organisations/" + house + "/tickets")) == std::vector{number});
  server.change(number, "link-contact", {{"contact", jeanne}, {"organisation", nullptr}});
  CHECK(server.detail(number)["contact"]["name"] == "Jeanne");
  CHECK(server.detail(number)["organisation"].is_null());
  server.change(number, "link-contact", {{"contact", jeanne}});
  CHECK(server.detail(number)["organisation"]["name"] == "Maison");
  CHECK(numbers(server.get_now("/v1/contacts/" + jeanne + "/tickets")) == std::vector{number});
  server.change(number, "link-contact", {{"contact", nullptr}, {"organisation", nullptr}});
  CHECK(server.detail(number)["contact"].is_null());
}

TEST_CASE("third party and contact: a client, prospect or supplier, and the person there") {
  const Server server;
  for (const char* kind : {"client", "prospect", "supplier"}) {
    INFO(kind);
    const auto house = server.create("organisations", {{"display_name", kind}, {"kind", kind}});
    const auto person = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
    const auto ticket = server.detail(server.open_ticket({{"title", "t"}, {"contact", person}}));
    CHECK(ticket["client"]["organisation"]["kind"] == kind);
    CHECK(ticket["client"]["contact"]["name"] == "Jeanne");
    REQUIRE(server.post("/v1/organisations/" + house + "/change", {{"kind", "client"}}).status == 200);
    CHECK(server.get_now("/v1/organisations/" + house).body["kind"] == "client");
  }
  CHECK(server.post("/v1/organisations", {{"display_name", "x"}, {"kind", "friend"}}).faults() == "kind not_one_of");
}

TEST_CASE("contact tab: the ways to reach who has the ticket and who it is for, and the client's card") {
  const Server server;
  const auto anna =
      server.create("agents", {{"display_name", "Anna"}, {"assignable", true}, {"contact_points", phone}});
  const auto jeanne =
      server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}, {"contact_points", phone}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}, {"assignee", anna}});
  const auto tab = server.detail(number)["points_of_contact"];
  CHECK(tab["assignee"]["name"] == "Anna");
  CHECK(tab["assignee"]["contact_points"] == phone);
  CHECK(tab["contact"]["email"] == "j@example.org");
  CHECK(tab["contact"]["contact_points"] == phone);
  CHECK(server.get_now("/v1/contacts/" + tab["contact"]["id"].get<std::string>()).body["display_name"] == "Jeanne");
}

TEST_CASE("client data block: name, company and ways to reach them, as they are now and as they were then") {
  Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne Roy"},
                                                 {"organisation", house},
                                                 {"email", "roy@example.org"},
                                                 {"phone", "+33 3 00 00 00 00"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  server.clock.advance(Milliseconds(60'000));
  REQUIRE(server
              .post("/v1/contacts/" + jeanne + "/change",
                    {{"display_name", "Jeanne Martin"}, {"email", "martin@example.org"}})
              .status == 200);
  REQUIRE(server.post("/v1/organisations/" + house + "/change", {{"display_name", "Grande Maison"}}).status == 200);
  const auto now = server.detail(number)["client"];
  CHECK(now["contact"]["name"] == "Jeanne Martin");
  CHECK(now["contact"]["email"] == "martin@example.org");
  CHECK(now["contact"]["phone"] == "+33 3 00 00 00 00");
  CHECK(now["organisation"]["name"] == "Grande Maison");
  const auto then = server.get_now("/v1/tickets/" + number + "?as_of=2025-02-28T10:00:30Z").body;
  CHECK(then["contact"]["name"] == "Jeanne Roy");
  CHECK(then["organisation"]["name"] == "Maison");
  const auto past = then["client"];
  CHECK(past["contact"]["name"] == "Jeanne Roy");
  CHECK(past["contact"]["organisation"]["name"] == "Maison");
  CHECK(past["contact"]["email"] == "roy@example.org");
  CHECK(past["organisation"]["name"] == "Maison");
}

TEST_CASE("history of a third party: its open, closed and merged tickets, newest first") {
  Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  std::vector<std::string> opened;
  for (int i = 0; i < 3; ++i) {
    server.clock.advance(Milliseconds(1'000));
    opened.insert(opened.begin(), server.open_ticket({{"title", "t"}, {"contact", jeanne}}));
  }
  server.change(opened[0], "close");
  server.change(opened[1], "merge", {{"into", opened[2]}});
  CHECK(numbers(server.get_now("/v1/organisations/" + house + "/tickets")) == opened);
  CHECK(numbers(server.get_now("/v1/contacts/" + jeanne + "/tickets")) == opened);
}

TEST_CASE("roles: subscriber, manager, agent, supervisor, administrator and auditor may do what each is there for") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto agent = [&](const char* role) {
    return acting_as("agent/" +
                     server.create("agents", {{"display_name", role}, {"role", role}, {"assignable", true}}));
  };
  const auto contact = [&](const char* role) {
    const Json person = {{"display_name", role}, {"role", role}, {"organisation", house}};
    return acting_as("contact/" + server.create("contacts", person));
  };
  const auto settings = server.get("/v1/settings/reopening").body;
  struct {
    Headers who;
    const char* role;
    bool opens, edits_settings, reads_settings, closes;
  } const rows[] = {
      {contact("subscriber"), "subscriber", true, false, false, false},
      {contact("manager"), "manager", true, false, false, true},
      {agent("agent"), "agent", true, false, true, true},
      {agent("supervisor"), "supervisor", true, true, true, true},
      {agent("administrator"), "administrator", true, true, true, true},
      {agent("auditor"), "auditor", false, false, true, false},
  };
  for (const auto& row : rows) {
    INFO(row.role);
    const auto of_house = server.open_ticket({{"title", "t"}, {"organisation", house}});
    CHECK(server.get_now("/v1/me", row.who).body["role"] == row.role);
    CHECK((server.post("/v1/tickets", {{"title", "t"}}, row.who).status == 201) == row.opens);
    CHECK((server.put("/v1/settings/reopening", settings, row.who).status == 200) == row.edits_settings);
    CHECK((server.get("/v1/settings/reopening", row.who).status == 200) == row.reads_settings);
    CHECK((server.command(of_house, "close", Json::object(), row.who).status == 200) == row.closes);
  }
}
