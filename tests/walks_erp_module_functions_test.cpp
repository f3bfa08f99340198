// The third help page, under the profile "erp-module": what can be done with a ticket.
#include "tests/walks_erp_module.h"

using namespace greffe;
using namespace greffe::walks;

TEST_CASE("erp-module: the states are Non lu, Lu, Assigné, En cours, En attente de retour, Fermé") {
  const Erp desk;
  CHECK(labels_of(desk.setting("statuses")["statuses"]) ==
        Texts{"Non lu", "Lu", "Assigné", "En cours", "En attente de retour", "Fermé"});
}

TEST_CASE("erp-module: a ticket's state changes in the course of its life") {
  const Erp desk;
  const auto number = desk.open({{"title", "The gate"}}, desk.client);
  Texts states = {desk.status(number)};
  const auto next = [&](const char* command, const Json& body) {
    desk.change(number, command, body, acting_as(desk.lena));
    states.push_back(desk.status(number));
  };
  next("mark-read", Json::object());
  next("assign", {{"assignee", Desk::id(desk.max)}});
  next("change-status", {{"status", "in_progress"}});
  next("change-status", {{"status", "pending"}});
  next("close", Json::object());
  CHECK(states == Texts{"Non lu", "Lu", "Assigné", "En cours", "En attente de retour", "Fermé"});
}

TEST_CASE("erp-module: a ticket can be modified at any time") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  for (const char* status : {"read", "assigned", "in_progress", "pending"}) {
    INFO(status);
    desk.change(number, "change-status", {{"status", status}}, acting_as(desk.lena));
    const std::string text = std::string("in state ") + status;
    desk.change(number, "rename", {{"title", text}}, acting_as(desk.lena));
    desk.change(number, "edit-description", {{"description", text}}, acting_as(desk.lena));
    CHECK(desk.ticket(number)["title"] == text);
    for (const char* action : {"change-priority", "classify", "link-contact", "assign", "link-context"}) {
      CHECK(desk.offers(number, action, desk.lena));
    }
  }
}

TEST_CASE("erp-module: a private message goes by mail to the recipients chosen, inside and outside the house") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  const Json inside = {{"agent", Desk::id(desk.max)}};
  const Json outside = {{"email", "lifts@partner.example"}};
  desk.change(number, "post-message",
              {{"body", "Beware of the dog."}, {"visibility", "internal"}, {"to", {inside, outside}}},
              acting_as(desk.lena));
  const auto message = desk.entries(number, "MessagePosted")[0];
  CHECK(message["visibility"] == "internal");
  CHECK(message["to"].size() == 2);
  const auto told = desk.notice(number, "private_message", "recipients");
  CHECK(told["sent"] == true);
  REQUIRE(told["recipients"].size() == 2);
  CHECK(told["recipients"][0]["agent"] == Desk::id(desk.max));
  CHECK(told["recipients"][1]["email"] == "lifts@partner.example");
  // That it left the house is written down: only the one outside.
  const auto disclosed = desk.entries(number, "MessageDisclosed");
  REQUIRE(disclosed.size() == 1);
  REQUIRE(disclosed[0]["to"].size() == 1);
  CHECK(disclosed[0]["to"][0]["email"] == "lifts@partner.example");
}

TEST_CASE("erp-module: a private message never shows in the client's space, though it was mailed to them") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.change(number, "post-message", {{"body", "Everybody reads this."}}, acting_as(desk.lena));
  desk.change(
      number, "post-message",
      {{"body", "Beware of the poodle."}, {"visibility", "internal"}, {"to", {{{"contact", Desk::id(desk.client)}}}}},
      acting_as(desk.lena));
  CHECK(desk.entries(number, "MessagePosted").size() == 2);
  CHECK(desk.entries(number, "MessagePosted", desk.client).size() == 1);
  CHECK(desk.entries(number, "MessageDisclosed", desk.client).empty());
  CHECK(desk.numbers_at("/v1/search?q=poodle") == Texts{number});
  CHECK(desk.numbers_at("/v1/search?q=poodle", desk.client).empty());
  CHECK(desk.get_now("/v1/tickets/" + number + "/document").text.find("poodle") == std::string::npos);
}

TEST_CASE("erp-module: a new intervention takes up the ticket's elements") {
  Erp desk;
  auto body = desk.call();
  body["contexts"] = {{{"type", "contract"}, {"label", "C-8"}}, {{"type", "project"}, {"label", "P-3"}}};
  const auto number = desk.open(body, desk.lena);
  desk.change(number, "request-intervention", {{"details", "Bring the key"}, {"wanted_at", "2025-03-03T08:00:00Z"}},
              acting_as(desk.lena));
  const auto requested = desk.entries(number, "InterventionRequested");
  REQUIRE(requested.size() == 1);
  CHECK(requested[0]["number"] == number);
  CHECK(requested[0]["title"] == "The lift is stuck");
  CHECK(requested[0]["priority"]["key"] == "normal");
  CHECK(requested[0]["classification"]["request_type"] == "intervention");
  CHECK(requested[0]["party"]["contact"] == Desk::id(desk.client));
  CHECK(requested[0]["party"]["organisation"] == desk.firm);
  CHECK(requested[0]["contexts"][0]["label"] == "C-8");
  CHECK(requested[0]["contexts"][1]["label"] == "P-3");
  CHECK(requested[0]["description"] == "Between two floors since nine.");
  // What it does not take up is the ticket as it was then.
  desk.clock.advance(Milliseconds(60'000));
  desk.change(number, "edit-description", {{"description", "Solved by itself."}}, acting_as(desk.lena));
  const auto then = desk.get_now("/v1/tickets/" + number + "?as_of=2025-02-28T10:00:00Z").body;
  CHECK(then["description"] == "Between two floors since nine.");
  // What became of it is linked back.
  desk.change(number, "answer-intervention",
              {{"intervention", 1}, {"reference", "I-77"}, {"url", "https://erp.example/interventions/77"}});
  const auto interventions = desk.ticket(number)["interventions"];
  REQUIRE(interventions.size() == 1);
  CHECK(interventions[0]["title"] == "The lift is stuck");
  CHECK(interventions[0]["details"] == "Bring the key");
  CHECK(interventions[0]["wanted_at"] == "2025-03-03T08:00:00Z");
  CHECK(interventions[0]["url"] == "https://erp.example/interventions/77");
}

TEST_CASE("erp-module: who closes a ticket chooses whether those concerned are told") {
  const Erp desk;
  for (const char* choice : {"yes", "no"}) {
    const auto number = desk.open(desk.call(), desk.lena);
    desk.change(number, "add-watcher", {{"kind", "email"}, {"watcher", {{"email", "boss@weber.example"}}}});
    desk.change(number, "close", {{"resolution", "Oiled."}, {"notify", choice}}, acting_as(desk.lena));
    CHECK(desk.status(number) == "Fermé");
    for (const char* audience : {"client", "watchers"}) {
      INFO(choice << " " << audience);
      CHECK(desk.notice(number, "closed", audience)["sent"] == (choice == std::string("yes")));
    }
  }
}

TEST_CASE("erp-module: a ticket is deleted") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  CHECK(desk.offers(number, "delete", desk.lena));
  desk.change(number, "delete", {{"reason", "Opened twice"}}, acting_as(desk.lena));
  CHECK(desk.numbers("view=all").empty());
  CHECK(desk.numbers_at("/v1/search?q=lift").empty());
  CHECK(desk.get_now("/v1/tickets/" + number, acting_as(desk.client)).code() == "ticket_not_found");
  // Its history stays for auditors.
  CHECK(desk.get_now("/v1/tickets/" + number + "/events").body["items"].back()["type"] == "TicketDeleted");
}

TEST_CASE("erp-module: the history shows the tickets of a third party") {
  Erp desk;
  const auto closed = desk.open(desk.call(), desk.lena);
  desk.change(closed, "close", Json::object(), acting_as(desk.lena));
  desk.clock.advance(Milliseconds(60'000));
  const auto open = desk.open(desk.call(), desk.lena);
  desk.clock.advance(Milliseconds(60'000));
  const auto merged = desk.open(desk.call(), desk.lena);
  desk.change(merged, "merge", {{"into", open}}, acting_as(desk.lena));
  desk.open({{"title", "Nobody's"}}, desk.lena);
  CHECK(desk.numbers_at("/v1/organisations/" + desk.firm + "/tickets") == Texts{merged, open, closed});
  CHECK(desk.numbers_at("/v1/contacts/" + Desk::id(desk.client) + "/tickets") == Texts{merged, open, closed});
}
