// The third help page, of a module of business software, under the profile "erp-module": the
// basic data of a ticket.
#include "tests/walks_erp_module.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("erp-module: tickets are the clients' requests for intervention or missions of the house") {
  const Erp desk;
  const auto request = desk.ticket(desk.open(desk.call(), desk.lena));
  CHECK(request["kind"] == "external");
  CHECK(request["request_type"] == "intervention");
  const auto mission = desk.ticket(
      desk.open({{"title", "Sort the stock"}, {"kind", "internal"}, {"request_type", "internal_mission"}}, desk.lena));
  CHECK(mission["kind"] == "internal");
  CHECK(mission["contact"].is_null());
}

TEST_CASE("erp-module: a ticket is created simply and fast when the client calls") {
  const Erp desk;
  const auto number =
      desk.open({{"title", "The lift is stuck"}, {"contact", Desk::id(desk.client)}, {"origin", "call"}}, desk.lena);
  const auto ticket = desk.ticket(number);
  CHECK(ticket["origin"] == "call");
  CHECK(ticket["organisation"]["name"] == "Garage Weber");
}

TEST_CASE("erp-module: tickets are created automatically from incoming mail, each mail once") {
  const Erp desk;
  const Json mail = {{"title", "Help!"},
                     {"description", "It is stuck again."},
                     {"contact", Desk::id(desk.client)},
                     {"channel", "email"},
                     {"external_id", "<17@garage-weber.example>"}};
  const auto ticket = desk.ticket(desk.open_ticket(mail));
  CHECK(ticket["channel"] == "email");
  CHECK(ticket["status"]["label"] == "Non lu");
  CHECK(desk.post("/v1/tickets", mail).code() == "external_id_taken");
}

TEST_CASE("erp-module: the reference is a number made by the configuration chosen") {
  const Erp desk;
  CHECK(desk.open(desk.call(), desk.lena) == "TS2502-0001");
  CHECK(desk.open(desk.call(), desk.lena) == "TS2502-0002");
  CHECK(desk.open({{"title", "Sort the stock"}, {"kind", "internal"}}, desk.lena) == "MI2502-0001");
}

TEST_CASE("erp-module: the request type is one of those freely defined") {
  const Erp desk;
  CHECK(desk.setting("taxonomy")["request_type"]["labels"][0]["text"] == "Type de demande");
  auto body = desk.call();
  body["request_type"] = "survey";
  CHECK(desk.post("/v1/tickets", body).faults() == "request_type unknown_value");
  auto types = desk.setting("taxonomy")["request_type"];
  types["values"].push_back({{"key", "survey"}, {"labels", labelled("Métré")}});
  desk.set("taxonomy", {{"request_type", types}});
  const auto number = desk.open(body, desk.lena);
  CHECK(desk.ticket(number)["request_type"] == "survey");
  CHECK(desk.numbers("view=open&request_type=survey") == Texts{number});
}

TEST_CASE("erp-module: the ticket's group is one of those freely defined") {
  const Erp desk;
  CHECK(desk.setting("taxonomy")["group"]["labels"][0]["text"] == "Groupe de ticket");
  auto body = desk.call();
  body["group"] = "lifts";
  CHECK(desk.post("/v1/tickets", body).faults() == "group unknown_value");
  auto groups = desk.setting("taxonomy")["group"];
  groups["values"].push_back({{"key", "lifts"}, {"labels", labelled("Ascenseurs")}});
  desk.set("taxonomy", {{"group", groups}});
  const auto number = desk.open(body, desk.lena);
  CHECK(desk.ticket(number)["group"] == "lifts");
  CHECK(desk.numbers("view=open&group=lifts") == Texts{number});
}

TEST_CASE("erp-module: the severity is one of those freely defined") {
  const Erp desk;
  auto severities = desk.setting("priorities");
  CHECK(severities["labels"][0]["text"] == "Sévérité");
  auto body = desk.call();
  body["priority"] = "vital";
  CHECK(desk.post("/v1/tickets", body).faults() == "priority unknown_priority");
  auto& list = severities["priorities"];
  list.push_back({{"key", "vital"}, {"labels", labelled("Vitale")}, {"colour", "#000000"}});
  desk.set("priorities", {{"priorities", list}});
  CHECK(desk.ticket(desk.open(body, desk.lena))["priority"]["label"] == "Vitale");
}

TEST_CASE("erp-module: a ticket has a subject") {
  const Erp desk;
  CHECK(desk.ticket(desk.open(desk.call(), desk.lena))["title"] == "The lift is stuck");
  auto body = desk.call();
  body.erase("title");
  CHECK(desk.post("/v1/tickets", body).faults() == "title required");
}

TEST_CASE("erp-module: a ticket has a description") {
  const Erp desk;
  CHECK(desk.ticket(desk.open(desk.call(), desk.lena))["description"] == "Between two floors since nine.");
}

TEST_CASE("erp-module: a ticket has attachments") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  auto headers = acting_as(desk.lena);
  headers.emplace("Content-Disposition", "attachment; filename=\"plan.txt\"");
  REQUIRE(desk.send("POST", "/v1/tickets/" + number + "/documents", "the plan", headers, "text/plain").status == 201);
  const auto documents = desk.ticket(number)["documents"];
  REQUIRE(documents.size() == 1);
  CHECK(documents[0]["file_name"] == "plan.txt");
  CHECK(desk.get(documents[0]["url"]).text == "the plan");
}

TEST_CASE("erp-module: a ticket has a third party and a contact there") {
  const Erp desk;
  const auto ticket = desk.ticket(desk.open(desk.call(), desk.lena));
  CHECK(ticket["organisation"]["name"] == "Garage Weber");
  CHECK(ticket["contact"]["name"] == "Paul Weber");
  const auto of_the_firm = desk.open({{"title", "The gate"}, {"organisation", desk.firm}}, desk.lena);
  CHECK(desk.ticket(of_the_firm)["organisation"]["name"] == "Garage Weber");
  CHECK(desk.ticket(of_the_firm)["contact"].is_null());
}

TEST_CASE("erp-module: one chooses whether the third party is told of the opening and of what happens") {
  const Erp desk;
  for (const bool wanted : {true, false}) {
    auto body = desk.call();
    body["notify_client"] = wanted;
    const auto number = desk.open(body, desk.lena);
    desk.change(number, "post-message", {{"body", "A technician comes."}}, acting_as(desk.lena));
    desk.change(number, "change-status", {{"status", "in_progress"}}, acting_as(desk.lena));
    for (const char* event : {"opened", "replied", "status_changed"}) {
      INFO(event << " " << wanted);
      const auto told = desk.notice(number, event, "client");
      CHECK(told["sent"] == wanted);
      CHECK(told["reason"] == (wanted ? "chosen" : "not_chosen"));
    }
    // The choice can be changed while the ticket lives.
    desk.change(number, "set-notifications", {{"notify_client", !wanted}}, acting_as(desk.lena));
    desk.change(number, "change-status", {{"status", "pending"}}, acting_as(desk.lena));
    CHECK(desk.notice(number, "status_changed", "client")["sent"] == !wanted);
  }
}

TEST_CASE("erp-module: Assigned to is a colleague in the house") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.change(number, "assign", {{"assignee", Desk::id(desk.max)}}, acting_as(desk.lena));
  CHECK(desk.ticket(number)["assignee"]["name"] == "Max");
  CHECK(desk.attempt(number, "assign", {{"assignee", Desk::id(desk.client)}}).faults() == "assignee not_found");
}

TEST_CASE("erp-module: a ticket can be linked to a project") {
  const Erp desk;
  auto body = desk.call();
  body["contexts"] = {{{"type", "project"}, {"label", "P-3 New hall"}}};
  const auto number = desk.open(body, desk.lena);
  CHECK(desk.ticket(number)["contexts"][0]["label"] == "P-3 New hall");
  CHECK(desk.numbers("view=open&context_type=project") == Texts{number});
}

TEST_CASE("erp-module: a ticket can be linked to a contract") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.change(number, "link-context", {{"type", "contract"}, {"label", "C-8 Maintenance"}}, acting_as(desk.lena));
  CHECK(desk.ticket(number)["contexts"][0]["label"] == "C-8 Maintenance");
  CHECK(desk.numbers("view=open&context_type=contract") == Texts{number});
}
