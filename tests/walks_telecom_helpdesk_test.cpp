// The fifth help page, of a telecom operator's desk, under the profile "telecom-helpdesk": from
// the opening of a ticket to its closing.
#include "tests/walks_telecom_helpdesk.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("telecom-helpdesk: the most direct way is to open a ticket from the client's card") {
  const Operator desk;
  const auto number = desk.open(desk.request(), desk.nora);
  CHECK(desk.ticket(number)["contact"]["id"] == Desk::id(desk.client));
  CHECK(desk.numbers_at("/v1/contacts/" + Desk::id(desk.client) + "/tickets") == Texts{number});
}

TEST_CASE("telecom-helpdesk: a ticket's cycle is open, handle, report, answer, close") {
  const Operator desk;
  const auto number = desk.at("answered");
  desk.change(number, "close", Json::object(), acting_as(desk.nora));
  CHECK(desk.ticket(number)["status"]["key"] == "closed");
  // Nobody skips a step.
  struct {
    const char* from;
    const char* to;
  } const leaps[] = {{"opened", "reported"}, {"opened", "answered"}, {"opened", "closed"},    {"handling", "closed"},
                     {"reported", "closed"}, {"answered", "opened"}, {"answered", "reported"}};
  for (const auto& leap : leaps) {
    INFO(leap.from << " " << leap.to);
    CHECK(desk.attempt(desk.at(leap.from), "change-status", {{"status", leap.to}}, desk.nora).code() ==
          "transition_not_allowed");
  }
}

TEST_CASE("telecom-helpdesk: at each step one mail is sent to the client by itself") {
  const Operator desk;
  const auto number = desk.open_ticket(desk.request());
  std::size_t mails_before = 0;
  const auto mails_since = [&] {
    std::size_t sent = 0;
    for (const auto& notice : desk.notices(number)) sent += notice.ends_with(" client sent") ? 1 : 0;
    return sent - std::exchange(mails_before, sent);
  };
  CHECK(mails_since() == 1);
  desk.change(number, "claim", Json::object(), acting_as(desk.nora));
  CHECK(mails_since() == 1);
  for (const char* next : {"reported", "answered"}) {
    desk.change(number, "change-status", {{"status", next}}, acting_as(desk.nora));
    CHECK(mails_since() == 1);
  }
  desk.change(number, "close", Json::object(), acting_as(desk.nora));
  CHECK(mails_since() == 1);
  CHECK(desk.decisions(number).back()["notices"][0]["recipients"][0]["contact"] == Desk::id(desk.client));
}

TEST_CASE("telecom-helpdesk: clients create tickets in their own space as well, if the module is on") {
  const Operator desk;
  auto body = desk.request();
  body["answers"] = {{"since", "this morning"}, {"line_number", "+33 3 00 00 00 00"}};
  const auto opened = desk.post("/v1/tickets", body, acting_as(desk.client));
  INFO(opened.text);
  CHECK(opened.status == 201);
  CHECK(desk.ticket(opened.body["number"])["channel"] == "portal");
  desk.set("opening", {{"portal_enabled", false}});
  CHECK(desk.post("/v1/tickets", body, acting_as(desk.client)).code() == "portal_disabled");
  CHECK(desk.post("/v1/tickets", desk.request(), acting_as(desk.nora)).status == 201);
}

TEST_CASE("telecom-helpdesk: tickets are reached by the view that one chooses") {
  const Operator desk;
  const auto fresh = desk.at("opened");
  const auto handled = desk.at("handling");
  CHECK(desk.numbers("view=unassigned") == Texts{fresh});
  CHECK(desk.numbers("view=mine-open", desk.nora) == Texts{handled});
  const auto saved = desk.post("/v1/views", {{"title", "Being handled"}, {"query", "view=open&status=handling"}},
                               acting_as(desk.nora));
  INFO(saved.text);
  REQUIRE(saved.status == 201);
  const auto views = desk.get_now("/v1/views", acting_as(desk.nora)).body["items"];
  REQUIRE(views.size() == 1);
  CHECK(desk.numbers(views[0]["query"], desk.nora) == Texts{handled});
  const auto counts = desk.get_now("/v1/tickets/counts", acting_as(desk.nora)).body["saved_views"];
  REQUIRE(counts.size() == 1);
  CHECK(counts[0]["count"] == 1);
}

TEST_CASE("telecom-helpdesk: columns are sorted, to find a ticket by date, status, priority or client") {
  Operator desk;
  const auto first = desk.at("opened");
  desk.clock.advance(Milliseconds(60'000));
  const auto second = desk.at("handling");
  desk.change(second, "change-priority", {{"priority", "urgent"}}, acting_as(desk.nora));
  const auto anna = desk.contact({{"display_name", "Anna Abel"}});
  desk.change(second, "link-contact", {{"contact", Desk::id(anna)}}, acting_as(desk.nora));
  const Texts up = {first, second}, down = {second, first};
  CHECK(desk.numbers("view=open&sort=opened_at") == up);
  CHECK(desk.numbers("view=open&sort=-opened_at") == down);
  CHECK(desk.numbers("view=open&sort=status") == up);
  CHECK(desk.numbers("view=open&sort=-status") == down);
  CHECK(desk.numbers("view=open&sort=priority") == up);
  CHECK(desk.numbers("view=open&sort=-priority") == down);
  CHECK(desk.numbers("view=open&sort=contact") == down);
  CHECK(desk.numbers("view=open&sort=-contact") == up);
}

TEST_CASE("telecom-helpdesk: a member of the team must capture a new ticket, to say that they take care of it") {
  const Operator desk;
  const auto number = desk.at("opened");
  CHECK(desk.numbers("view=unassigned") == Texts{number});
  CHECK(desk.attempt(number, "post-message", {{"body", "Hello"}}, desk.nora).code() == "claim_required");
  desk.change(number, "claim", Json::object(), acting_as(desk.nora));
  CHECK(desk.ticket(number)["assignee"]["name"] == "Nora");
  CHECK(desk.numbers("view=unassigned").empty());
  desk.change(number, "post-message", {{"body", "Hello"}}, acting_as(desk.nora));
}

TEST_CASE("telecom-helpdesk: the dropdown or the buttons assign the ticket") {
  const Operator desk;
  const auto omar = desk.agent("Omar");
  const auto number = desk.at("opened");
  CHECK(desk.support_team() == Texts{"Nora", "Omar"});
  for (const char* button : {"claim", "take-over", "assign"}) CHECK(desk.offers(number, button, desk.nora));
  desk.change(number, "assign", {{"assignee", Desk::id(omar)}}, acting_as(desk.nora));
  CHECK(desk.ticket(number)["assignee"]["name"] == "Omar");
}

TEST_CASE("telecom-helpdesk: only a user with the box Équipe support ticked stands in the dropdown") {
  const Operator desk;
  const auto omar = desk.agent("Omar", false);
  CHECK(desk.support_team() == Texts{"Nora"});
  const auto number = desk.at("opened");
  CHECK(desk.attempt(number, "assign", {{"assignee", Desk::id(omar)}}).faults() == "assignee not_in_support_team");
  CHECK(desk.attempt(number, "claim", Json::object(), omar).faults() == "assignee not_in_support_team");
}

TEST_CASE("telecom-helpdesk: the box is ticked on the user's card") {
  const Operator desk;
  const auto omar = desk.agent("Omar", false);
  CHECK(desk.post("/v1/agents/" + Desk::id(omar) + "/change", {{"assignable", true}}).status == 200);
  CHECK(desk.get_now("/v1/agents/" + Desk::id(omar)).body["assignable"] == true);
  CHECK(desk.support_team() == Texts{"Nora", "Omar"});
  const auto number = desk.at("opened");
  desk.change(number, "assign", {{"assignee", Desk::id(omar)}});
  CHECK(desk.post("/v1/agents/" + Desk::id(desk.nora) + "/change", {{"assignable", false}}).status == 200);
  CHECK(desk.support_team() == Texts{"Omar"});
}

TEST_CASE("telecom-helpdesk: a new user who is missing from the list is one whose box is not ticked") {
  const Operator desk;
  const auto made = desk.create("agents", {{"display_name", "Pia"}});
  CHECK(desk.get_now("/v1/agents/" + made).body["assignable"] == false);
  CHECK_FALSE(holds(desk.support_team(), "Pia"));
  CHECK(desk.get_now("/v1/me", acting_as("agent/" + made)).body["assignable"] == false);
}

TEST_CASE("telecom-helpdesk: a click on the title opens the ticket, a click on Capturer takes it") {
  const Operator desk;
  const auto number = desk.at("opened");
  const auto row = desk.get_now("/v1/tickets?view=open", acting_as(desk.nora)).body["items"][0];
  CHECK(row["title"] == "No dial tone");
  CHECK(desk.ticket(row["number"], desk.nora)["title"] == "No dial tone");
  CHECK(desk.offers(number, "claim", desk.nora));
  const auto captured = desk.change(number, "claim", Json::object(), acting_as(desk.nora));
  CHECK(captured.body["events"][0]["type"] == "TicketAssigned");
  CHECK(desk.ticket(number)["assignee"]["id"] == Desk::id(desk.nora));
}
