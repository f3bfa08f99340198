// The fourth help page, which replaces the book of calls, under the profile "call-log": kinds of
// tickets and their fields.
#include "tests/walks_call_log.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("call-log: the module handles exchanges in the house and with clients and suppliers") {
  const House house;
  const auto internal = house.open(house.internal(), house.alma);
  const auto external = house.open(house.external(), house.alma);
  CHECK(house.numbers("view=open&kind=internal") == Texts{internal});
  CHECK(house.numbers("view=open&kind=external") == Texts{external});
}

TEST_CASE("call-log: it replaces the book of calls and helps to follow the requests") {
  const House house;
  const auto call = house.open(house.external(), house.alma);
  auto letter = house.external();
  letter["origin"] = "letter";
  house.open(letter, house.alma);
  CHECK(house.numbers("view=open&origin=call") == Texts{call});
}

TEST_CASE("call-log: there are two kinds of tickets") {
  const House house;
  auto body = house.external();
  body["kind"] = "private";
  CHECK(house.post("/v1/tickets", body).faults() == "kind not_one_of");
}

TEST_CASE("call-log: internal tickets are for daily tasks without a client or supplier") {
  const House house;
  const auto ticket = house.ticket(house.open(house.internal(), house.alma));
  CHECK(ticket["kind"] == "internal");
  CHECK(ticket["contact"].is_null());
  CHECK(ticket["organisation"].is_null());
}

TEST_CASE("call-log: external tickets are for exchanges with clients and suppliers") {
  const House house;
  const auto ticket = house.ticket(house.open(house.external(), house.alma));
  CHECK(ticket["kind"] == "external");
  CHECK(ticket["contact"]["name"] == "Claire Petit");
  CHECK(ticket["organisation"]["name"] == "Papier & Co");
}

TEST_CASE("call-log: an internal ticket is created from the home page or the menu, by everybody in the house") {
  const House house;
  const auto may = [&](const std::string& person) {
    const auto rights = house.get_now("/v1/me", acting_as(person)).body["rights"];
    return std::find(rights.begin(), rights.end(), "open-internal-tickets") != rights.end();
  };
  CHECK(may(house.alma));
  CHECK_FALSE(may(house.caller));
  CHECK(house.numbers("view=mine-open", house.alma).empty());
  const auto number = house.open(house.internal(), house.alma);
  CHECK(house.numbers("view=mine-open", house.alma) == Texts{number});
}

TEST_CASE("call-log: the form of an internal ticket takes the details of the task") {
  const House house;
  auto body = house.internal();
  body.update({{"description", "Two black, one blue"}, {"priority", "low"}, {"due_at", "2025-03-05T17:00:00Z"}});
  const auto ticket = house.ticket(house.open(body, house.alma));
  CHECK(ticket["description"] == "Two black, one blue");
  CHECK(ticket["priority"]["label"] == "Basse");
  CHECK(ticket["due_at"] == "2025-03-05T17:00:00Z");
}

TEST_CASE("call-log: an external ticket is created from the card of a client, prospect or supplier") {
  const House house;
  for (const char* kind : {"client", "prospect", "supplier"}) {
    auto body = house.external();
    body["organisation"] = house.create("organisations", {{"display_name", kind}, {"kind", kind}});
    const auto ticket = house.ticket(house.open(body, house.alma));
    CHECK(ticket["organisation"]["name"] == kind);
    CHECK(ticket["client"]["organisation"]["kind"] == kind);
  }
}

TEST_CASE("call-log: the form of an external ticket takes the details of the communication") {
  const House house;
  const auto ticket = house.ticket(house.open(house.external(), house.alma));
  CHECK(ticket["title"] == "Invoice twice");
  CHECK(ticket["description"] == "Paid in May");
  CHECK(ticket["origin"] == "call");
  CHECK(ticket["category"] == Json::array({"accounting"}));
}

TEST_CASE("call-log: fields with a red star are mandatory") {
  const House house;
  CHECK(house.post("/v1/tickets", {{"title", "x"}, {"kind", "external"}}).faults() ==
        "assignee required, category required, contact required, origin required");
  CHECK(house.post("/v1/tickets", {{"title", "x"}, {"kind", "internal"}}).faults() == "assignee required");
}

TEST_CASE("call-log: Origin is the nature of the communication: Appel, Courrier, Mail") {
  const House house;
  const auto origins = house.setting("opening")["origins"];
  CHECK(origins["labels"][0]["text"] == "Origine");
  CHECK(labels_of(origins["values"]) == Texts{"Appel", "Courrier", "Mail"});
  auto body = house.external();
  for (const char* origin : {"call", "letter", "mail"}) {
    body["origin"] = origin;
    CHECK(house.ticket(house.open(body, house.alma))["origin"] == origin);
  }
  body["origin"] = "pigeon";
  CHECK(house.post("/v1/tickets", body).faults() == "origin unknown_value");
}

TEST_CASE("call-log: Addressee is the person that the ticket is for") {
  const House house;
  CHECK(house.ticket(house.open(house.internal(), house.alma))["assignee"]["name"] == "Boris");
}

TEST_CASE("call-log: Priority is the level of urgency: Basse, Moyenne, Élevée") {
  const House house;
  CHECK(labels_of(house.setting("priorities")["priorities"]) == Texts{"Basse", "Moyenne", "Élevée"});
  auto body = house.internal();
  for (const char* priority : {"low", "medium", "high"}) {
    body["priority"] = priority;
    CHECK(house.ticket(house.open(body, house.alma))["priority"]["key"] == priority);
  }
  body["priority"] = "urgent";
  CHECK(house.post("/v1/tickets", body).faults() == "priority unknown_priority");
}

TEST_CASE("call-log: Copy is the other recipients, who are told as well") {
  const House house;
  const auto carla = house.agent("Carla");
  auto body = house.internal();
  body["copies"] = {{{"agent", Desk::id(carla)}}};
  const auto number = house.open(body, house.alma);
  const auto ticket = house.ticket(number);
  REQUIRE(ticket["copies"].size() == 1);
  CHECK(ticket["copies"][0]["name"] == "Carla");
  CHECK(house.numbers("view=mine-open", carla) == Texts{number});
  house.change(number, "post-message", {{"body", "Ordered."}}, acting_as(house.boris));
  CHECK(holds(house.notices(number), "replied watchers sent"));
}

TEST_CASE("call-log: Contact is the person at the client or supplier") {
  const House house;
  const auto ticket = house.ticket(house.open(house.external(), house.alma));
  CHECK(ticket["client"]["contact"]["name"] == "Claire Petit");
  CHECK(ticket["client"]["contact"]["organisation"]["name"] == "Papier & Co");
}

TEST_CASE("call-log: Category is the subject of the communication: Commercial, Technique, Comptable") {
  const House house;
  CHECK(labels_of(house.setting("taxonomy")["category"]["nodes"]) == Texts{"Commercial", "Technique", "Comptable"});
  auto body = house.external();
  for (const char* category : {"commercial", "technical", "accounting"}) {
    body["category"] = {category};
    CHECK(house.ticket(house.open(body, house.alma))["category"] == Json::array({category}));
  }
  body["category"] = {"personal"};
  CHECK(house.post("/v1/tickets", body).faults() == "category[0] unknown_category");
}

TEST_CASE("call-log: Due date is the limit for handling the ticket") {
  const House house;
  auto body = house.internal();
  body["due_at"] = "2025-03-05T17:00:00Z";
  const auto number = house.open(body, house.alma);
  house.open(house.internal(), house.alma);
  CHECK(house.ticket(number)["due_at"] == "2025-03-05T17:00:00Z");
  CHECK(house.numbers("view=open&due_before=2025-03-06T00:00:00Z") == Texts{number});
  CHECK(house.numbers("view=open&due_before=2025-03-05T00:00:00Z").empty());
}

TEST_CASE("call-log: Notify by mail tells the addressee") {
  const House house;
  auto body = house.internal();
  body["notify_assignee"] = true;
  CHECK(holds(house.notices(house.open(body, house.alma)), "assigned assignee sent"));
  body["notify_assignee"] = false;
  CHECK(holds(house.notices(house.open(body, house.alma)), "assigned assignee not sent"));
}

TEST_CASE("call-log: Label is the ticket's title") {
  const House house;
  const auto number = house.open(house.external(), house.alma);
  CHECK(house.ticket(number)["title"] == "Invoice twice");
  auto body = house.external();
  body.erase("title");
  CHECK(house.post("/v1/tickets", body).faults() == "title required");
}

TEST_CASE("call-log: Note has the details of the task or of the communication") {
  const House house;
  CHECK(house.ticket(house.open(house.external(), house.alma))["description"] == "Paid in May");
}
