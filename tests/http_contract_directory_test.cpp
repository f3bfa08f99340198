#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

TEST_CASE("each kind of directory entry is created, read, changed, listed and switched off and on") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  struct {
    const char* plural;
    const char* name;
    Json create;
    Json change;
  } const rows[] = {
      {"contacts", "Contact", {{"display_name", "A"}, {"email", "a@b.c"}, {"phone", "1"}}, {{"phone", "2"}}},
      {"organisations", "Organisation", {{"display_name", "A"}, {"kind", "supplier"}}, {{"kind", "prospect"}}},
      {"agents", "Agent", {{"display_name", "A"}, {"assignable", true}}, {{"assignable", false}}},
      {"teams", "Team", {{"display_name", "A"}, {"members", {anna}}}, {{"members", Json::array()}}},
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
    CHECK(!made.body.contains("number"));

    const auto path = base + "/" + id;
    auto read = server.get_now(path);
    REQUIRE(read.status == 200);
    CHECK(read.header("ETag") == "\"1\"");
    CHECK(read.body["display_name"] == "A");
    CHECK(read.body["active"] == true);

    const auto changed = server.post(path + "/change", row.change, {{"If-Match", "\"1\""}});
    CHECK(changed.status == 200);
    CHECK(changed.body["id"] == id);
    read = server.get_now(path);
    for (const auto& [name, value] : row.change.items()) CHECK(read.body[name] == value);
    CHECK(read.body["version"] == 2);

    CHECK(server.post(path + "/deactivate", {{"reason", "left"}}).status == 200);
    CHECK(server.get_now(path).body["active"] == false);
    CHECK(server.post(path + "/reactivate").status == 200);
    CHECK(server.get_now(path).body["active"] == true);

    const auto list = server.get_now(base);
    REQUIRE(list.status == 200);
    CHECK(list.body["items"].back()["id"] == id);
    CHECK(list.body["next_cursor"].is_null());
    CHECK(list.body["age_ms"] == 0);
  }
}

TEST_CASE("references between entries are shown with their names") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  CHECK(server.get_now("/v1/contacts/" + contact).body["organisation"] == Json{{"id", house}, {"name", "Maison"}});
  CHECK(server.get_now("/v1/teams/" + team).body["members"] == Json::array({Json{{"id", anna}, {"name", "Anna"}}}));
  server.post("/v1/contacts/" + contact + "/change", {{"organisation", nullptr}});
  CHECK(server.get_now("/v1/contacts/" + contact).body["organisation"].is_null());
}

TEST_CASE("an id that names nothing is not found, whatever it looks like") {
  const Server server;
  for (const std::string id : {"999999", "0", "-1", "01", "abc", "18446744073709551616", "%C3%28", "1.0"}) {
    INFO(id);
    CHECK(server.get("/v1/contacts/" + id).code() == "contact_not_found");
    CHECK(server.get("/v1/contacts/" + id + "/tickets").code() == "contact_not_found");
    CHECK(server.get("/v1/organisations/" + id + "/tickets").code() == "organisation_not_found");
    CHECK(server.get("/v1/organisations/" + id).code() == "organisation_not_found");
    CHECK(server.get("/v1/agents/" + id).code() == "agent_not_found");
    CHECK(server.get("/v1/teams/" + id).code() == "team_not_found");
    CHECK(server.get("/v1/tickets/" + id).code() == "ticket_not_found");
    CHECK(server.post("/v1/contacts/" + id + "/deactivate").code() == "contact_not_found");
    CHECK(server.post("/v1/tickets/" + id + "/claim").code() == "ticket_not_found");
  }
}

TEST_CASE("directory lists go on where their cursor says") {
  const Server server;
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) made.push_back(server.create("contacts", {{"display_name", "C" + std::to_string(i)}}));
  std::vector<std::string> listed;
  std::string cursor;
  do {
    const auto page = server.get_now("/v1/contacts?limit=2&cursor=" + cursor);
    REQUIRE(page.status == 200);
    for (const auto& item : page.body["items"]) listed.push_back(item["id"]);
    cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
  } while (!cursor.empty());
  CHECK(listed == made);
}

TEST_CASE("the history of a contact and of an organisation holds open and closed tickets") {
  Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}});
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto first = server.open_ticket({{"title", "1"}, {"contact", contact}});
  server.clock.advance(Milliseconds(1'000));
  const auto second = server.open_ticket({{"title", "2"}, {"contact", contact}});
  server.open_ticket();
  server.post("/v1/tickets/" + first + "/close");
  for (const auto& path : {"/v1/contacts/" + contact, "/v1/organisations/" + house}) {
    const auto history = server.get_now(path + "/tickets");
    INFO(history.text);
    REQUIRE(history.body["items"].size() == 2);
    CHECK(history.body["items"][0]["number"] == second);
    CHECK(history.body["items"][1]["number"] == first);
  }
}

TEST_CASE("an address or a foreign id can be taken once") {
  const Server server;
  server.create("contacts", {{"display_name", "A"}, {"email", "a@b.c"}, {"external_id", "X"}});
  const auto same_email = server.post("/v1/contacts", {{"display_name", "B"}, {"email", "A@B.C"}});
  CHECK(same_email.status == 409);
  CHECK(same_email.code() == "email_taken");
  const auto same_id = server.post("/v1/contacts", {{"display_name", "B"}, {"external_id", "X"}});
  CHECK(same_id.status == 409);
  CHECK(same_id.code() == "external_id_taken");
}

TEST_CASE("administrators are made, changed and put out of use by administrators alone") {
  const Server server;
  const auto create = [&](const char* role) {
    return server.create("agents", {{"display_name", role}, {"role", role}});
  };
  const auto boss = create("administrator"), second = create("administrator"), bob = create("supervisor");
  const auto ask_as = [&](const std::string& who, const std::string& path, const Json& body) {
    return server.post("/v1/agents" + path, body, acting_as("agent/" + who)).status;
  };
  const Json administrator = {{"role", "administrator"}};
  CHECK(ask_as(bob, "/" + bob + "/change", administrator) == 403);
  CHECK(ask_as(bob, "", {{"display_name", "New"}, {"role", "administrator"}}) == 403);
  CHECK(ask_as(bob, "/" + boss + "/change", {{"role", "agent"}}) == 403);
  CHECK(ask_as(bob, "/" + boss + "/deactivate", Json::object()) == 403);
  CHECK(ask_as(bob, "", {{"display_name", "New"}, {"role", "supervisor"}}) == 201);
  CHECK(ask_as(bob, "/" + bob + "/change", {{"display_name", "Bobby"}}) == 200);
  CHECK(ask_as(boss, "/" + second + "/deactivate", Json::object()) == 200);
  CHECK(ask_as(boss, "/" + bob + "/change", administrator) == 200);
}
