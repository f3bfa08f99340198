#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::string names(const Reply& reply) {
  std::string text;
  for (const auto& item : reply.body["items"]) {
    text += (text.empty() ? "" : ", ") + item["display_name"].get<std::string>();
  }
  return text;
}

}  // namespace

TEST_CASE("people are looked up by three letters or more, twenty at most") {
  const Server server;
  for (const char* name : {"Zoé Martin", "Marc", "Martine", "Bob"}) server.create("contacts", {{"display_name", name}});
  const auto found = server.get_now("/v1/people?prefix=MAR");
  REQUIRE(found.status == 200);
  CHECK(names(found) == "Marc, Martine, Zoé Martin");
  CHECK(found.body["more"] == false);
  CHECK(found.body["items"][0].contains("email"));
  for (int i = 0; i < 21; ++i) server.create("contacts", {{"display_name", "Mar " + std::to_string(i)}});
  const auto many = server.get_now("/v1/people?prefix=mar");
  CHECK(many.body["items"].size() == 20);
  CHECK(many.body["more"] == true);
}

TEST_CASE("a prefix that is too short, too long or missing is refused") {
  const Server server;
  CHECK(server.get("/v1/people").faults() == "prefix required");
  for (const char* prefix : {"", "ma", "m%20a", "---", "ab%20", "e%CC%81e", "%C3%A9%C3%A9"}) {
    INFO(prefix);
    const auto reply = server.get(std::string("/v1/people?prefix=") + prefix);
    CHECK(reply.status == 422);
    CHECK(reply.faults() == "prefix too_short");
  }
  CHECK(server.get("/v1/people?prefix=" + std::string(201, 'a')).faults() == "prefix too_long");
  CHECK(server.get("/v1/people?prefix=a+b+c+d+e+f").faults() == "prefix too_many");
  CHECK(server.get("/v1/people?prefix=mar&limit=5").faults() == "limit unknown_field");
  CHECK(server.get("/v1/organisations?prefix=ma").faults() == "prefix too_short");
  CHECK(server.get("/v1/agents?prefix=ma").faults() == "prefix too_short");
  CHECK(server.get("/v1/contexts?type=vehicle&prefix=ab").faults() == "prefix too_short");
  CHECK(server.get("/v1/contexts?prefix=abc").faults() == "type required");
  CHECK(server.get("/v1/agents?assignable=yes").faults() == "assignable not_one_of");
  CHECK(server.get("/v1/organisations?prefix=abc&cursor=x").code() == "bad_cursor");
}

TEST_CASE("organisations and agents are looked up on their own paths") {
  const Server server;
  server.create("organisations", {{"display_name", "Acme Nord"}});
  server.create("organisations", {{"display_name", "Nordique"}});
  server.create_agent("Anne Nord");
  CHECK(names(server.get_now("/v1/organisations?prefix=nor")) == "Nordique, Acme Nord");
  CHECK(names(server.get_now("/v1/organisations?prefix=nor&limit=1")) == "Nordique");
  CHECK(names(server.get_now("/v1/agents?prefix=nor")) == "Anne Nord");
  CHECK(server.get_now("/v1/organisations?prefix=xyz").body["items"].empty());
  CHECK(names(server.get_now("/v1/organisations")) == "Acme Nord, Nordique");
}

TEST_CASE("a look-up that shows not all that fits says that there are more") {
  const Server server;
  const auto acme = server.create("organisations", {{"display_name", "Nord 0"}});
  const auto chief =
      server.create("contacts", {{"display_name", "Chief"}, {"organisation", acme}, {"role", "manager"}});
  for (int i = 1; i < 4; ++i) {
    const auto name = "Nord " + std::to_string(i);
    server.create("organisations", {{"display_name", name}});
    server.create_agent(name);
    server.create("contexts", {{"type", "vehicle"}, {"label", "BG-" + std::to_string(i)}});
  }
  server.create_agent("Nord 0");
  server.create("contexts", {{"type", "vehicle"}, {"label", "BG-0"}});
  for (const auto* query : {"organisations?prefix=nor", "agents?prefix=nor", "agents?assignable=true",
                            "contexts?type=vehicle", "contexts?type=vehicle&prefix=BG-"}) {
    INFO(query);
    const auto path = std::string("/v1/") + query;
    const auto some = server.get_now(path + "&limit=3"), all = server.get_now(path + "&limit=4");
    CHECK(some.body["items"].size() == 3);
    CHECK(some.body["more"] == true);
    CHECK(some.body["next_cursor"].is_null());
    CHECK(all.body["items"].size() == 4);
    CHECK(all.body["more"] == false);
  }
  const auto labels = server.get_now("/v1/contexts?type=vehicle&prefix=BG-&limit=3", acting_as("contact/" + chief));
  CHECK(labels.body["items"].size() == 3);
  CHECK(labels.body["more"] == true);
  // Pages go on by their cursor.
  CHECK_FALSE(server.get_now("/v1/agents?limit=3").body.contains("more"));
}

TEST_CASE("the assignment's dropdown has the support team, before anything is typed") {
  const Server server;
  server.create_agent("Zoé");
  const auto anne = server.create_agent("Anne");
  server.create_agent("Carl", false);
  CHECK(names(server.get_now("/v1/agents?assignable=true")) == "Anne, Zoé");
  CHECK(names(server.get_now("/v1/agents?assignable=true&prefix=z")) == "Zoé");
  CHECK(names(server.get_now("/v1/agents?assignable=false&prefix=car")) == "Carl");
  server.post("/v1/agents/" + anne + "/change", {{"assignable", false}});
  CHECK(names(server.get_now("/v1/agents?assignable=true")) == "Zoé");
}

TEST_CASE("plates are looked up without their hyphens and case") {
  const Server server;
  server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}});
  server.create("contexts", {{"type", "booking"}, {"label", "AB1234"}});
  for (const char* typed : {"AB1", "ab-1", "a%20b1", "123"}) {
    const auto found = server.get_now(std::string("/v1/contexts?type=vehicle&prefix=") + typed);
    REQUIRE(found.body["items"].size() == 1);
    CHECK(found.body["items"][0]["label"] == "AB-123-CD");
  }
}

TEST_CASE("three characters are enough, whichever of them are letters") {
  const Server server;
  server.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}});
  server.create("contexts", {{"type", "vehicle"}, {"label", "R-77"}});
  server.create("organisations", {{"display_name", "R-7 Logistique"}});
  server.create("contacts", {{"display_name", "O'Hara"}});
  const auto label = [&](const char* typed) {
    const auto found = server.get_now(std::string("/v1/contexts?type=vehicle&prefix=") + typed);
    REQUIRE(found.status == 200);
    REQUIRE(found.body["items"].size() == 1);
    return found.body["items"][0]["label"];
  };
  CHECK(label("AB-") == "AB-123-CD");
  CHECK(label("r-7") == "R-77");
  CHECK(names(server.get_now("/v1/organisations?prefix=R-7")) == "R-7 Logistique");
  CHECK(names(server.get_now("/v1/people?prefix=o%27h")) == "O'Hara");
}

TEST_CASE("roles, languages and further ways to reach somebody are kept and checked") {
  const Server server;
  const Json points = {{{"kind", "mobile"}, {"label", "astreinte"}, {"value", "+33 6"}},
                       {{"kind", "address"}, {"label", ""}, {"value", "1 rue\n75001 Paris"}}};
  const auto paul = server.create(
      "contacts", {{"display_name", "Paul"}, {"role", "manager"}, {"language", "en"}, {"contact_points", points}});
  auto read = server.get_now("/v1/contacts/" + paul).body;
  CHECK(read["role"] == "manager");
  CHECK(read["language"] == "en");
  CHECK(read["contact_points"] == points);
  CHECK(server.post("/v1/contacts/" + paul + "/change", {{"role", "subscriber"}, {"contact_points", Json::array()}})
            .status == 200);
  read = server.get_now("/v1/contacts/" + paul).body;
  CHECK(read["role"] == "subscriber");
  CHECK(read["contact_points"].empty());
  CHECK(read["language"] == "en");

  const auto agent = server.create("agents", {{"display_name", "A"}, {"role", "supervisor"}});
  CHECK(server.get_now("/v1/agents/" + agent).body["role"] == "supervisor");
  const auto house = server.create("organisations", {{"display_name", "H"}, {"contact_points", points}});
  CHECK(server.get_now("/v1/organisations/" + house).body["contact_points"] == points);

  const Json bad = {{{"kind", "email"}, {"value", "nowhere"}},
                    {{"kind", "phone"}, {"value", std::string(65, '1')}},
                    {{"kind", "other"}, {"label", "a\nb"}, {"value", " "}}};
  const auto refused = server.post("/v1/contacts", {{"display_name", "P"}, {"language", "F"}, {"contact_points", bad}});
  CHECK(refused.faults() ==
        "contact_points[0].value malformed, contact_points[1].value too_long, contact_points[2].label "
        "control_character, contact_points[2].value required, language malformed");
  CHECK(server.post("/v1/agents", {{"display_name", "A"}, {"role", "chief"}}).faults() == "role not_one_of");
  CHECK(
      server.post("/v1/agents", {{"display_name", "A"}, {"contact_points", Json::array({Json::object()})}}).faults() ==
      "contact_points[0].kind required, contact_points[0].value required");
}

TEST_CASE("clients see their own entry, and managers that of their organisation, and no others") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Acme"}});
  const auto other = server.create("organisations", {{"display_name", "Other"}});
  const auto manager = server.create("contacts", {{"display_name", "M"}, {"organisation", house}, {"role", "manager"}});
  const auto paul = server.create("contacts", {{"display_name", "P"}, {"organisation", house}});
  const auto as = [&](const std::string& who, const std::string& path) {
    return server.get(path + "?min_position=" + std::to_string(server.log->tail().value), acting_as("contact/" + who))
        .status;
  };
  CHECK(as(paul, "/v1/contacts/" + paul) == 200);
  CHECK(as(paul, "/v1/contacts/" + manager) == 403);
  CHECK(as(paul, "/v1/organisations/" + house) == 403);
  CHECK(as(manager, "/v1/organisations/" + house) == 200);
  CHECK(as(manager, "/v1/organisations/" + house + "/tickets") == 200);
  CHECK(as(manager, "/v1/organisations/" + other) == 403);
  CHECK(as(paul, "/v1/contacts") == 403);
  CHECK(as(paul, "/v1/agents") == 403);
}
