// The first help page, of a platform for services, under the profile "service-platform": the
// title and what stands beside it, and the section of information.
#include "tests/walks_service_platform.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("service-platform: each ticket is a request or a problem to handle for the client") {
  const Platform desk;
  auto body = desk.request();
  for (const char* type : {"request", "incident"}) {
    body["category"] = {type};
    const auto ticket = desk.ticket(desk.open(body, desk.nora));
    CHECK(ticket["category"] == Json::array({type}));
    CHECK(ticket["client"]["contact"]["name"] == "Alice Blanc");
  }
}

TEST_CASE("service-platform: who opens a ticket gets one detailed screen that gathers its information") {
  const Platform desk;
  const auto ticket = desk.ticket(desk.open(desk.request(), desk.nora), desk.nora);
  for (const char* part :
       {"title", "shown_number", "opened_at", "status", "team", "assignee", "category", "contact", "contexts",
        "priority", "due_at", "description", "todos", "children", "documents", "points_of_contact", "articles"}) {
    INFO(part);
    CHECK(ticket.contains(part));
  }
}

TEST_CASE("service-platform: the title stands on top and can be changed if need be") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.offers(number, "rename", desk.nora));
  desk.change(number, "rename", {{"title", "Invoice 17 is wrong"}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["title"] == "Invoice 17 is wrong");
  CHECK(desk.get_now("/v1/tickets?view=open").body["items"][0]["title"] == "Invoice 17 is wrong");
}

TEST_CASE("service-platform: changing the title is one act and touches nothing else") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  auto before = desk.ticket(number);
  const auto renamed = desk.change(number, "rename", {{"title", "Invoice 17"}}, acting_as(desk.nora));
  REQUIRE(renamed.body["events"].size() == 1);
  CHECK(renamed.body["events"][0]["type"] == "TitleChanged");
  auto after = desk.ticket(number);
  for (const char* own : {"title", "version", "updated_at", "position", "age_ms"}) {
    before.erase(own);
    after.erase(own);
  }
  CHECK(after == before);
}

TEST_CASE("service-platform: elements beside the title follow its progress and its status") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "change-status", {{"status", "pending"}}, acting_as(desk.nora));
  const auto row = desk.get_now("/v1/tickets?view=open").body["items"][0];
  CHECK(row["number"] == number);
  CHECK(row["opened_at"] == "2025-02-28T10:00:00Z");
  CHECK(row["status"]["label"] == "En attente de retour");
  CHECK(desk.ticket(number)["status"] == row["status"]);
}

TEST_CASE("service-platform: the ticket's unique identifier is shown with its creation date") {
  Platform desk;
  const auto first = desk.open(desk.request(), desk.nora);
  desk.clock.advance(Milliseconds(60'000));
  const auto second = desk.open(desk.request(), desk.nora);
  CHECK(first != second);
  const auto ticket = desk.ticket(second);
  CHECK(ticket["shown_number"] == "#" + second);
  CHECK(ticket["opened_at"] == "2025-02-28T10:01:00Z");
}

TEST_CASE("service-platform: the identifier always begins with the reversed creation date: #250228XXXX") {
  Platform desk;
  CHECK(desk.ticket(desk.open(desk.request(), desk.nora))["shown_number"] == "#2502280001");
  auto by_mail = desk.request();
  by_mail["channel"] = "email";
  CHECK(desk.open_ticket(by_mail) == "2502280002");
  const auto internal = desk.open({{"title", "Move"}, {"kind", "internal"}}, desk.oscar);
  CHECK(internal == "2502280003");
  CHECK(desk.open({{"title", "Mine"}}, desk.client) == "2502280004");
  CHECK(desk.change(internal, "open-sub-ticket", {{"title", "Pack"}}).body["number"] == "2502280005");
  // The date is that of the house: its midnight is at 23:00 UTC.
  desk.clock.advance(Milliseconds((12 * 60 + 59) * 60'000));
  CHECK(desk.open(desk.request(), desk.nora) == "2502280006");
  desk.clock.advance(Milliseconds(60'000));
  CHECK(desk.open(desk.request(), desk.nora) == "2503010001");
}

TEST_CASE("service-platform: the status stands in a coloured box that tells the progress at a glance") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  const auto fresh = desk.ticket(number)["status"];
  CHECK(fresh["label"] == "Nouveau");
  CHECK(fresh["colour"] == "#2f6fed");
  desk.change(number, "change-status", {{"status", "open"}}, acting_as(desk.nora));
  const auto shown = desk.get_now("/v1/tickets?view=open").body["items"][0]["status"];
  CHECK(shown["label"] == "En cours");
  CHECK(shown["colour"] == "#e08a00");
  Texts colours;
  const auto statuses = desk.setting("statuses");
  CHECK(statuses["statuses"].size() == 6);
  for (const auto& status : statuses["statuses"]) {
    CHECK_FALSE(holds(colours, status["colour"]));
    colours.push_back(status["colour"]);
  }
}

TEST_CASE("service-platform: the three dots open a menu of actions") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  for (const char* action : {"merge", "close", "open-sub-ticket", "link-ticket"}) {
    INFO(action);
    CHECK(desk.offers(number, action, desk.nora));
    CHECK((desk.offers(number, action, desk.client) == (action == std::string("close"))));
  }
}

TEST_CASE("service-platform: in that menu the ticket is merged with another if need be") {
  const Platform desk;
  const auto twin = desk.open(desk.request(), desk.nora);
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(twin, "post-message", {{"body", "I wrote before."}}, acting_as(desk.client));
  desk.change(twin, "merge", {{"into", number}}, acting_as(desk.nora));
  CHECK(desk.ticket(twin)["merged_into"] == number);
  CHECK(desk.entries(number, "MessagePosted")[0]["body"] == "I wrote before.");
  CHECK(desk.numbers("view=open") == Texts{number});
  CHECK_FALSE(desk.offers(twin, "merge", desk.nora));
}

TEST_CASE("service-platform: Team says which work group the ticket belongs to") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.ticket(number)["team"].is_null());
  desk.change(number, "move-to-team", {{"team", desk.support}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["team"]["name"] == "Support");
  CHECK(desk.numbers("view=team-open", desk.oscar) == Texts{number});
}

TEST_CASE("service-platform: Assigned to is the person in charge of handling the ticket") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "assign", {{"assignee", Desk::id(desk.oscar)}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["assignee"]["name"] == "Oscar");
  CHECK(desk.numbers("view=open&assignee=" + Desk::id(desk.oscar)) == Texts{number});
}

TEST_CASE("service-platform: if nobody is assigned, a user takes the ticket by 'assign it to me'") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.offers(number, "claim", desk.oscar));
  desk.change(number, "claim", Json::object(), acting_as(desk.oscar));
  CHECK(desk.ticket(number)["assignee"]["name"] == "Oscar");
  CHECK_FALSE(desk.offers(number, "claim", desk.nora));
  CHECK(desk.attempt(number, "claim", Json::object(), desk.nora).code() == "already_assigned");
}

TEST_CASE("service-platform: Ticket type puts the request into a category") {
  const Platform desk;
  const auto types = desk.setting("taxonomy")["category"];
  CHECK(types["labels"][0]["text"] == "Type de ticket");
  CHECK(holds(labels_of(types["nodes"]), "Incident"));
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "classify", {{"category", {"incident"}}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["category"] == Json::array({"incident"}));
  CHECK(desk.numbers("view=open&category=incident") == Texts{number});
  CHECK(desk.attempt(number, "classify", {{"category", {"dream"}}}).faults() == "category[0] unknown_category");
}

TEST_CASE("service-platform: the type is refined by the ticket's sub-type") {
  const Platform desk;
  const auto number = desk.open(desk.request(), desk.nora);
  desk.change(number, "classify", {{"category", {"incident", "outage"}}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["category"] == Json::array({"incident", "outage"}));
  CHECK(desk.attempt(number, "classify", {{"category", {"billing", "outage"}}}).faults() ==
        "category[1] child_of_other_category");
}

TEST_CASE("service-platform: Linked contact associates the ticket with a person or a third-party organisation") {
  const Platform desk;
  const auto number = desk.open({{"title", "Who is it for?"}}, desk.nora);
  desk.change(number, "link-contact", {{"contact", Desk::id(desk.client)}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["contact"]["name"] == "Alice Blanc");
  desk.change(number, "link-contact", {{"organisation", desk.company}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["contact"].is_null());
  CHECK(desk.ticket(number)["organisation"]["name"] == "Menuiserie Blanc");
  CHECK(desk.numbers_at("/v1/organisations/" + desk.company + "/tickets") == Texts{number});
}

TEST_CASE("service-platform: Linked context adds detail: an invoice, a quote, a project") {
  const Platform desk;
  CHECK(labels_of(desk.setting("contexts")["types"]) == Texts{"Facture", "Devis", "Projet"});
  const auto number = desk.open(desk.request(), desk.nora);
  for (const char* type : {"invoice", "quote", "project"}) {
    desk.change(number, "link-context", {{"type", type}, {"label", "2025-17"}}, acting_as(desk.nora));
  }
  const auto contexts = desk.ticket(number)["contexts"];
  REQUIRE(contexts.size() == 3);
  CHECK(contexts[2]["type"] == "project");
  CHECK(desk.numbers("view=open&context_type=quote") == Texts{number});
  CHECK(desk.attempt(number, "link-context", {{"type", "vehicle"}, {"label", "x"}}).faults() == "type unknown_value");
}

TEST_CASE("service-platform: Priority tells how urgent the ticket is: Basse, Modéré, Critique") {
  const Platform desk;
  CHECK(labels_of(desk.setting("priorities")["priorities"]) == Texts{"Basse", "Modéré", "Critique"});
  const auto usual = desk.open(desk.request(), desk.nora);
  CHECK(desk.ticket(usual)["priority"]["label"] == "Modéré");
  const auto urgent = desk.open(desk.request(), desk.nora);
  desk.change(urgent, "change-priority", {{"priority", "critical"}}, acting_as(desk.nora));
  CHECK(desk.ticket(urgent)["priority"]["label"] == "Critique");
  CHECK(desk.numbers("view=open&sort=-priority") == Texts{urgent, usual});
}

TEST_CASE("service-platform: a ticket that was created by hand, and no other, has a due date") {
  const Platform desk;
  auto body = desk.request();
  body["due_at"] = "2025-03-07T17:00:00Z";
  CHECK(desk.ticket(desk.open(body, desk.nora))["due_at"] == "2025-03-07T17:00:00Z");
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.client)).code() == "due_date_not_allowed");
  for (const char* channel : {"email", "portal", "api"}) {
    body["channel"] = channel;
    CHECK(desk.post("/v1/tickets", body).code() == "due_date_not_allowed");
  }
}

TEST_CASE("service-platform: the due date cannot be modified") {
  const Platform desk;
  const auto chief =
      "agent/" + desk.create("agents", {{"display_name", "Chief"}, {"assignable", true}, {"role", "supervisor"}});
  auto body = desk.request();
  body["due_at"] = "2025-03-07T17:00:00Z";
  const auto number = desk.open(body, desk.nora);
  for (const std::string& person : {desk.nora, chief, std::string()}) {
    for (const Json& date : {Json("2025-03-08T17:00:00Z"), Json()}) {
      CHECK(desk.attempt(number, "set-due-date", {{"due_at", date}}, person).code() == "due_date_frozen");
    }
  }
  CHECK_FALSE(desk.offers(number, "set-due-date", chief));
  CHECK(desk.ticket(number)["due_at"] == "2025-03-07T17:00:00Z");
}

TEST_CASE("service-platform: all this information is modified by a click on its field") {
  const Platform desk;
  const auto number = desk.open({{"title", "x"}}, desk.nora);
  struct {
    const char* command;
    Json body;
    const char* event;
  } const fields[] = {
      {"move-to-team", {{"team", desk.support}}, "TicketMovedToTeam"},
      {"assign", {{"assignee", Desk::id(desk.oscar)}}, "TicketAssigned"},
      {"classify", {{"category", {"incident", "outage"}}}, "TicketClassified"},
      {"link-contact", {{"contact", Desk::id(desk.client)}}, "ContactLinked"},
      {"link-context", {{"type", "invoice"}, {"label", "2025-17"}}, "ContextLinked"},
      {"change-priority", {{"priority", "low"}}, "PriorityChanged"},
  };
  for (const auto& field : fields) {
    INFO(field.command);
    CHECK(desk.offers(number, field.command, desk.nora));
    desk.change(number, field.command, field.body, acting_as(desk.nora));
    CHECK(desk.entries(number, field.event).size() == 1);
  }
  const auto ticket = desk.ticket(number);
  CHECK(ticket["team"]["name"] == "Support");
  CHECK(ticket["assignee"]["name"] == "Oscar");
  CHECK(ticket["category"] == Json::array({"incident", "outage"}));
  CHECK(ticket["contact"]["name"] == "Alice Blanc");
  CHECK(ticket["contexts"][0]["label"] == "2025-17");
  CHECK(ticket["priority"]["label"] == "Basse");
}

TEST_CASE("service-platform: teams, the types of tickets and the creation by hand are managed") {
  const Platform desk;
  const auto team = desk.create("teams", {{"display_name", "Comptabilité"}, {"members", {Desk::id(desk.nora)}}});
  auto taxonomy = desk.setting("taxonomy")["category"];
  taxonomy["nodes"].push_back(
      {{"key", "delivery_delay"}, {"parent", "incident"}, {"labels", labelled("Retard")}, {"audience", Json::array()}});
  desk.set("taxonomy", {{"category", taxonomy}});
  auto body = desk.request();
  body.update({{"category", {"incident", "delivery_delay"}}, {"team", team}});
  const auto ticket = desk.ticket(desk.open(body, desk.nora));
  CHECK(ticket["team"]["name"] == "Comptabilité");
  CHECK(ticket["category"][1] == "delivery_delay");
  CHECK(ticket["channel"] == "manual");
}
