// The second help page, of a shared-vehicle service, under the profile "mobility".
#include <map>

#include "tests/walks_desk.h"

using namespace greffe;
using namespace greffe::walks;

namespace {

struct Service : Desk {
  Service() : Desk("mobility") {
    operator_ = create("organisations", {{"display_name", "Ville de Lille"}});
    manager = contact({{"display_name", "Maud Gerin"}, {"role", "manager"}, {"organisation", operator_}});
    subscriber = contact({{"display_name", "Samir Benali"}, {"organisation", operator_}});
    support = agent("Anna");
  }

  // A ticket with all that is marked by a star.
  Json full() const {
    return {{"title", "The door does not open"},
            {"category", {"vehicle_incident", "unlocking"}},
            {"contact", id(subscriber)}};
  }

  std::string operator_, manager, subscriber, support;
};

}  // namespace

TEST_CASE("mobility: a manager creates a new ticket at any time, from the list of tickets") {
  const Service desk;
  const auto rights = desk.get_now("/v1/me", acting_as(desk.manager)).body["rights"];
  CHECK(std::find(rights.begin(), rights.end(), "open-tickets") != rights.end());
  const auto number = desk.open(desk.full(), desk.manager);
  CHECK(desk.numbers("view=open", desk.manager) == Texts{number});
}

TEST_CASE("mobility: a manager finds the people of their organisation and the vehicles, and no more of either") {
  const Service desk;
  const auto elsewhere = desk.create("organisations", {{"display_name", "Ville de Lyon"}});
  for (int i = 0; i < 25; ++i) {
    desk.create("contacts", {{"display_name", "Samir " + std::to_string(i)}, {"organisation", elsewhere}});
  }
  desk.create("contexts",
              {{"type", "vehicle"}, {"label", "AB-123-CD"}, {"url", "https://f.e/17"}, {"external_id", "17"}});
  const auto manager = acting_as(desk.manager);
  const auto people = desk.get_now("/v1/people?prefix=sam", manager);
  REQUIRE(people.status == 200);
  REQUIRE(people.body["items"].size() == 1);
  CHECK(people.body["items"][0]["display_name"] == "Samir Benali");
  CHECK(people.body["more"] == false);
  const auto vehicles = desk.get_now("/v1/contexts?type=vehicle&prefix=ab1", manager);
  REQUIRE(vehicles.status == 200);
  REQUIRE(vehicles.body["items"].size() == 1);
  CHECK(vehicles.body["items"][0]["label"] == "AB-123-CD");
  CHECK(vehicles.body["items"][0]["type"] == "vehicle");
  CHECK(vehicles.body["items"][0].size() == 3);
  CHECK(desk.get_now("/v1/contexts?type=vehicle", manager).faults() == "prefix required");
  CHECK(desk.get_now("/v1/contexts", manager).code() == "forbidden");
  for (const auto* target : {"/v1/people?prefix=sam", "/v1/contexts?type=vehicle&prefix=ab1"}) {
    CHECK(desk.get_now(target, acting_as(desk.subscriber)).code() == "forbidden");
    CHECK(desk.get_now(target, acting_as(desk.support)).status == 200);
  }
}

TEST_CASE("mobility: the fields with a star are mandatory") {
  const Service desk;
  const auto refused = desk.post("/v1/tickets", {{"title", "x"}}, acting_as(desk.support));
  CHECK(refused.status == 422);
  CHECK(refused.faults() == "category required, contact required, sub_category required");
  auto body = desk.full();
  body.erase("title");
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.support)).faults() == "title required");
}

TEST_CASE("mobility: the category divides the tickets by large families of themes") {
  const Service desk;
  Json roots = Json::array();
  const auto taxonomy = desk.setting("taxonomy");
  for (const auto& node : taxonomy["category"]["nodes"]) {
    if (node["parent"] == "") roots.push_back(node);
  }
  CHECK(labels_of(roots) ==
        Texts{"Plateformes", "Usages", "Incident véhicule", "Incident station", "Administration du service"});
  const auto number = desk.open(desk.full(), desk.support);
  CHECK(desk.numbers("view=open&category=vehicle_incident") == Texts{number});
  CHECK(desk.numbers("view=open&category=usage").empty());
}

TEST_CASE("mobility: some themes are common to subscribers and managers, others are for the service's administrators") {
  const Service desk;
  auto body = desk.full();
  body["category"] = {"service_administration", "fleet"};
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.manager)).status == 201);
  const auto refused = desk.post("/v1/tickets", body, acting_as(desk.subscriber));
  CHECK(refused.faults() == "category[0] not_for_audience, category[1] not_for_audience");
  const auto shown_to = [&](const std::string& person) {
    return labels_of(desk.get_now("/v1/settings/taxonomy", acting_as(person)).body["category"]["nodes"]);
  };
  CHECK(holds(shown_to(desk.manager), "Administration du service"));
  CHECK_FALSE(holds(shown_to(desk.subscriber), "Administration du service"));
  for (const auto& person : {desk.subscriber, desk.manager}) {
    CHECK(holds(shown_to(person), "Incident véhicule"));
    CHECK(desk.post("/v1/tickets", desk.full(), acting_as(person)).status == 201);
  }
}

TEST_CASE("mobility: the sub-category refines the category") {
  const Service desk;
  CHECK(desk.ticket(desk.open(desk.full(), desk.support))["category"] ==
        Json::array({"vehicle_incident", "unlocking"}));
  auto body = desk.full();
  body["category"] = {"vehicle_incident"};
  CHECK(desk.post("/v1/tickets", body).faults() == "sub_category required");
}

TEST_CASE("mobility: the list of sub-categories depends on the category that was chosen") {
  const Service desk;
  std::map<std::string, std::size_t> choices;
  const auto taxonomy = desk.setting("taxonomy");
  for (const auto& node : taxonomy["category"]["nodes"]) ++choices[node["parent"].get<std::string>()];
  CHECK(choices["vehicle_incident"] == 3);
  CHECK(choices["station_incident"] == 2);
  auto body = desk.full();
  body["category"] = {"usage", "unlocking"};
  CHECK(desk.post("/v1/tickets", body).faults() == "category[1] child_of_other_category");
}

TEST_CASE("mobility: the object says precisely what is asked for") {
  const Service desk;
  CHECK(desk.ticket(desk.open(desk.full(), desk.support))["title"] == "The door does not open");
}

TEST_CASE("mobility: at its creation the state of a ticket is Nouveau") {
  const Service desk;
  for (const auto& person : {desk.manager, desk.subscriber, desk.support}) {
    CHECK(desk.ticket(desk.open(desk.full(), person))["status"]["label"] == "Nouveau");
  }
  auto body = desk.full();
  body["status"] = "in_progress";
  CHECK(desk.post("/v1/tickets", body).faults() == "status unknown_field");
}

TEST_CASE("mobility: two other states exist: En cours, once the support handles it, and Traité, once it is solved") {
  const Service desk;
  CHECK(labels_of(desk.setting("statuses")["statuses"]) == Texts{"Nouveau", "En cours", "Traité"});
  const auto number = desk.open(desk.full(), desk.manager);
  desk.change(number, "claim", Json::object(), acting_as(desk.support));
  CHECK(desk.ticket(number)["status"]["label"] == "En cours");
  desk.change(number, "post-message", {{"body", "We opened it for you."}}, acting_as(desk.support));
  desk.change(number, "close", Json::object(), acting_as(desk.support));
  CHECK(desk.ticket(number)["status"]["label"] == "Traité");
}

TEST_CASE("mobility: a ticket must belong to a person who uses the service, subscriber or manager") {
  const Service desk;
  auto body = desk.full();
  body.erase("contact");
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.support)).faults() == "contact required");
  for (const auto& person : {desk.subscriber, desk.manager}) {
    body["contact"] = Desk::id(person);
    CHECK(desk.ticket(desk.open(body, desk.support))["contact"]["id"] == Desk::id(person));
  }
}

TEST_CASE("mobility: the person is chosen from the proposals for the first three characters of the name") {
  const Service desk;
  const auto found = desk.get_now("/v1/people?prefix=ben");
  REQUIRE(found.status == 200);
  REQUIRE(found.body["items"].size() == 1);
  CHECK(found.body["items"][0]["id"] == Desk::id(desk.subscriber));
  CHECK(desk.get_now("/v1/people?prefix=be").faults() == "prefix too_short");
  auto body = desk.full();
  body["contact"] = "Samir Benali";
  CHECK(desk.post("/v1/tickets", body).faults() == "contact malformed");
}

TEST_CASE("mobility: a vehicle is found by the first three characters of its plate") {
  const Service desk;
  const auto vehicle = desk.create("contexts", {{"type", "vehicle"}, {"label", "AB-123-CD"}});
  desk.create("contexts", {{"type", "vehicle"}, {"label", "EF-456-GH"}});
  const auto found = desk.get_now("/v1/contexts?type=vehicle&prefix=AB1");
  REQUIRE(found.status == 200);
  REQUIRE(found.body["items"].size() == 1);
  CHECK(found.body["items"][0]["id"] == vehicle);
  auto body = desk.full();
  body["contexts"] = {{{"context", vehicle}}};
  const auto number = desk.open(body, desk.support);
  CHECK(desk.ticket(number)["contexts"][0]["label"] == "AB-123-CD");
}

TEST_CASE("mobility: by the vehicle the support finds its card fast") {
  const Service desk;
  const Json seats = {{"name", "seats"}, {"text", "5"}};
  const auto vehicle = desk.create("contexts", {{"type", "vehicle"},
                                                {"label", "AB-123-CD"},
                                                {"url", "https://fleet.example/vehicles/17"},
                                                {"summary", {seats}}});
  auto body = desk.full();
  body["contexts"] = {{{"context", vehicle}}};
  const auto number = desk.open(body, desk.manager);
  const auto linked = desk.ticket(number, desk.support)["contexts"][0];
  CHECK(linked["url"] == "https://fleet.example/vehicles/17");
  CHECK(linked["live"]["summary"][0] == seats);
  CHECK(desk.numbers("view=open&context_type=vehicle") == Texts{number});
}

TEST_CASE("mobility: the same goes for a booking, by the first three characters of its number") {
  const Service desk;
  const auto booking = desk.create("contexts", {{"type", "booking"}, {"label", "R-20931"}});
  const auto found = desk.get_now("/v1/contexts?type=booking&prefix=R20");
  REQUIRE(found.status == 200);
  REQUIRE(found.body["items"].size() == 1);
  auto body = desk.full();
  body["contexts"] = {{{"context", booking}}};
  CHECK(desk.ticket(desk.open(body, desk.support))["contexts"][0]["type"] == "booking");
}

TEST_CASE("mobility: the description is free text with more detail") {
  const Service desk;
  auto body = desk.full();
  body["description"] = "Since this morning.\nThe badge blinks red.";
  CHECK(desk.ticket(desk.open(body, desk.manager))["description"] == body["description"]);
}

TEST_CASE("mobility: a comment adds what is less factual, as the first note") {
  const Service desk;
  auto body = desk.full();
  body["comment"] = "She was rather upset.";
  for (const auto& person : {desk.support, desk.manager}) {
    const auto number = desk.open(body, person);
    const auto notes = desk.entries(number, "MessagePosted");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0]["visibility"] == "internal");
    CHECK(notes[0]["body"] == body["comment"]);
  }
}

TEST_CASE("mobility: once saved, the ticket's evolution is followed from the list at any time") {
  const Service desk;
  const auto number = desk.open(desk.full(), desk.subscriber);
  desk.change(number, "change-status", {{"status", "in_progress"}});
  const auto list = desk.get_now("/v1/tickets?view=open", acting_as(desk.subscriber));
  REQUIRE(list.body["items"].size() == 1);
  CHECK(list.body["items"][0]["status"]["key"] == "in_progress");
}

TEST_CASE("mobility: the support team may tell the managers of a ticket that it creates, nobody else may") {
  const Service desk;
  desk.set("notifications", {{"managers", {"gestion@example.org"}}});
  auto body = desk.full();
  body["notify_managers"] = true;
  const auto number = desk.open(body, desk.support);
  CHECK(holds(desk.notices(number), "opened managers sent"));
  body["notify_managers"] = false;
  CHECK(holds(desk.notices(desk.open(body, desk.support)), "opened managers not sent"));
  body["notify_managers"] = true;
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.manager)).code() == "forbidden");
}

TEST_CASE("mobility: a ticket cannot be deleted") {
  const Service desk;
  const auto number = desk.open(desk.full(), desk.support);
  for (const auto& person : {desk.support, std::string()}) {
    CHECK(desk.attempt(number, "delete", {{"reason", "x"}}, person).code() == "deletion_not_allowed");
  }
  CHECK_FALSE(desk.offers(number, "delete", desk.support));
}

TEST_CASE("mobility: a ticket that is Traité stands no more among the last ones reported: it is archived") {
  const Service desk;
  const auto number = desk.open(desk.full(), desk.support);
  desk.change(number, "change-status", {{"status", "done"}}, acting_as(desk.support));
  CHECK(desk.numbers("view=open").empty());
  CHECK(desk.numbers("view=closed") == Texts{number});
  // What the person writes later begins a new ticket: the archive stays closed.
  const auto later = desk.attempt(number, "post-message", {{"body", "Again!"}}, desk.subscriber);
  CHECK(later.body["number"] != number);
  CHECK(desk.ticket(number)["status"]["label"] == "Traité");
  CHECK(desk.numbers("view=open").size() == 1);
}
