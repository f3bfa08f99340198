// The ticket itself, feature by feature of the help pages (docs/features.md).
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// The newest event of that type in the ticket's stream.
Json event_of(const Server& server, const std::string& number, const std::string& type) {
  Json found;
  const auto reply = server.get_now("/v1/tickets/" + number + "/events?limit=200");
  for (const auto& event : reply.body["items"]) {
    if (event["type"] == type) found = event;
  }
  INFO(type);
  REQUIRE(!found.is_null());
  return found;
}

bool offers(const Server& server, const std::string& number, const std::string& action, const Headers& who) {
  const auto actions = server.get_now("/v1/tickets/" + number, who).body["allowed_actions"];
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

}  // namespace

TEST_CASE("ticket: a client's request or an internal mission, with its kind, its channel, who opened it and when") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto opened = [&](const Json& body, const std::string& who) {
    const auto reply = server.post("/v1/tickets", body, acting_as(who));
    INFO(reply.text);
    REQUIRE(reply.status == 201);
    return server.detail(reply.body["number"]);
  };
  const auto request = opened({{"title", "My line is dead"}}, "contact/" + jeanne);
  CHECK(request["kind"] == "external");
  CHECK(request["channel"] == "portal");
  CHECK(request["creator"]["name"] == "Jeanne");
  CHECK(request["contact"]["name"] == "Jeanne");
  CHECK(request["opened_at"] == "2025-02-28T10:00:00Z");
  const auto mission = opened({{"title", "Order toner"}, {"kind", "internal"}}, "agent/" + anna);
  CHECK(mission["kind"] == "internal");
  CHECK(mission["channel"] == "manual");
  CHECK(mission["creator"]["name"] == "Anna");
  CHECK(mission["contact"].is_null());
}

TEST_CASE("ticket kinds: the kind stays for life, and its mandatory fields and notices are its own") {
  const Server server;
  server.set("opening",
             {{"mandatory", {{{"kinds", {"external"}}, {"required", {"contact"}}}}}, {"notify_client", true}});
  server.set("notifications", {{"rules", {{{"event", "closed"}, {"audience", "client"}, {"mode", "always"}}}}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "j@example.org"}});
  CHECK(server.post("/v1/tickets", {{"title", "t"}}).faults() == "contact required");
  const auto external = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  const auto internal = server.open_ticket({{"title", "t"}, {"kind", "internal"}});
  CHECK(server.detail(external)["notify_client"] == true);
  CHECK(server.detail(internal)["notify_client"] == false);
  // Nobody outside is told of an internal ticket, whatever the rule says.
  server.change(internal, "link-contact", {{"contact", jeanne}});
  for (const auto& [number, sent] : {std::pair{external, true}, std::pair{internal, false}}) {
    server.change(number, "close");
    CHECK(event_of(server, number, "NotificationDecided")["data"]["notices"][0]["sent"] == sent);
  }
  for (const auto& [command, body] :
       {std::pair{"rename", Json{{"title", "x"}}}, std::pair{"classify", Json{{"group", "x"}}}}) {
    auto with_kind = body;
    with_kind["kind"] = "internal";
    CHECK(server.post("/v1/tickets/" + external + "/" + command, with_kind).faults() == "kind unknown_field");
  }
  CHECK(server.detail(external)["kind"] == "external");
}

TEST_CASE("title: renamed by one command, the old one kept in the history, the new one searched") {
  const Server server;
  const auto number = server.open_ticket({{"title", "Imprimante en panne"}});
  server.change(number, "rename", {{"title", "Scanner en panne"}});
  CHECK(server.detail(number)["title"] == "Scanner en panne");
  CHECK(event_of(server, number, "TitleChanged")["data"] ==
        Json{{"old_title", "Imprimante en panne"}, {"new_title", "Scanner en panne"}});
  CHECK(server.get_now("/v1/search?q=scanner").body["items"].size() == 1);
  CHECK(server.get_now("/v1/search?q=imprimante").body["items"].empty());
  CHECK(server.post("/v1/tickets", Json::object()).faults() == "title required");
}

TEST_CASE("identifier: number and creation date stand in the detail and in every row of a list") {
  const Server server;
  const auto number = server.open_ticket();
  const auto other = server.open_ticket();
  CHECK(number != other);
  CHECK(server.detail(number)["shown_number"] == "#" + number);
  const auto rows = server.get_now("/v1/tickets").body["items"];
  REQUIRE(rows.size() == 2);
  for (const auto& row : rows) {
    CHECK((row["number"] == number || row["number"] == other));
    CHECK(row["opened_at"] == "2025-02-28T10:00:00Z");
    CHECK(row["version"] == 1);
  }
}

TEST_CASE("number format: the reversed date of creation, the 28th of February 2025 as #250228 and four digits") {
  const Server server;
  CHECK(server.detail(server.open_ticket())["shown_number"] == "#2502280001");
  CHECK(server.detail(server.open_ticket())["shown_number"] == "#2502280002");
}

TEST_CASE("coloured status: label and colour are those of the settings of now, and stand in no event") {
  const Server server;
  const auto number = server.open_ticket();
  CHECK(server.detail(number)["status"]["colour"] == "#2f6fed");
  auto statuses = server.get("/v1/settings/statuses").body;
  statuses["statuses"][0]["colour"] = "#123456";
  statuses["statuses"][0]["labels"][0]["text"] = "Tout neuf";
  REQUIRE(server.put("/v1/settings/statuses", statuses).status == 200);
  const auto row = server.get_now("/v1/tickets").body["items"][0];
  CHECK(row["status"] == Json{{"key", "new"}, {"category", "new"}, {"label", "Tout neuf"}, {"colour", "#123456"}});
  CHECK(event_of(server, number, "TicketOpened")["data"]["status"] == Json{{"key", "new"}, {"category", "new"}});
}

TEST_CASE("three-dots menu: a ticket offers each person what they may do with it, merging among it") {
  const Server server;
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto auditor = acting_as("agent/" + server.create("agents", {{"display_name", "Otto"}, {"role", "auditor"}}));
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  CHECK(offers(server, number, "merge", anna));
  CHECK_FALSE(offers(server, number, "unmerge", anna));
  CHECK_FALSE(offers(server, number, "merge", auditor));
  CHECK_FALSE(offers(server, number, "merge", acting_as("contact/" + jeanne)));
  CHECK(offers(server, number, "post-message", acting_as("contact/" + jeanne)));
  server.change(number, "merge", {{"into", server.open_ticket()}});
  CHECK(offers(server, number, "unmerge", anna));
  CHECK_FALSE(offers(server, number, "merge", anna));
}

TEST_CASE("information section: each field is changed by a command of its own, and the others stay") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}});
  const auto number = server.open_ticket({{"title", "Before"}});
  struct {
    const char* command;
    Json body;
    std::vector<std::string> changed;
  } const rows[] = {
      {"rename", {{"title", "After"}}, {"title"}},
      {"edit-description", {{"description", "More"}}, {"description"}},
      {"move-to-team", {{"team", team}}, {"team", "reassignment_count"}},
      {"assign", {{"assignee", anna}}, {"assignee", "points_of_contact"}},
      {"classify", {{"category", {"network"}}}, {"category"}},
      {"classify", {{"request_type", "question"}}, {"request_type"}},
      {"change-priority", {{"priority", "critical"}}, {"priority"}},
      {"change-origin", {{"origin", "call"}}, {"origin"}},
      {"link-contact", {{"contact", jeanne}}, {"contact", "client", "points_of_contact"}},
      {"set-estimated-resolution", {{"estimated_resolution_at", "2025-03-03T12:00:00Z"}}, {"estimated_resolution_at"}},
  };
  for (const auto& row : rows) {
    INFO(row.command << row.body.dump());
    const auto before = server.detail(number);
    server.change(number, row.command, row.body);
    const auto after = server.detail(number);
    std::vector<std::string> changed;
    for (const auto& [name, value] : after.items()) {
      const bool kept = name == "version" || name == "position" || name == "allowed_actions";
      if (!kept && value != before[name]) changed.push_back(name);
    }
    CHECK(changed == row.changed);
  }
}

TEST_CASE("description: a summary in free text, edited at will, the old text kept in the history") {
  const Server server;
  const auto number = server.open_ticket({{"title", "t"}, {"description", "It smokes.\nA lot."}});
  CHECK(server.detail(number)["description"] == "It smokes.\nA lot.");
  server.change(number, "edit-description", {{"description", "It burns."}});
  CHECK(server.detail(number)["description"] == "It burns.");
  CHECK(event_of(server, number, "TicketOpened")["data"]["description"] == "It smokes.\nA lot.");
  CHECK(event_of(server, number, "DescriptionChanged")["data"]["new_description"] == "It burns.");
}

TEST_CASE("estimated resolution date: set, moved and removed at any time while the ticket is open") {
  const Server server;
  const auto number = server.open_ticket();
  for (const Json& date : {Json("2025-03-03T12:00:00Z"), Json("2025-03-04T12:00:00Z"), Json()}) {
    server.change(number, "set-estimated-resolution", {{"estimated_resolution_at", date}});
    CHECK(server.detail(number)["estimated_resolution_at"] == date);
  }
  server.change(number, "close");
  const auto late = server.post("/v1/tickets/" + number + "/set-estimated-resolution",
                                {{"estimated_resolution_at", "2025-03-05T12:00:00Z"}});
  CHECK(late.code() == "ticket_closed");
}

TEST_CASE("opening and resolution dates: the first closing stays, the last one moves, reopenings are counted") {
  Server server;
  const auto number = server.open_ticket();
  CHECK(server.detail(number)["first_closed_at"].is_null());
  server.clock.advance(Milliseconds(60'000));
  server.change(number, "close");
  server.clock.advance(Milliseconds(60'000));
  server.change(number, "reopen");
  server.clock.advance(Milliseconds(60'000));
  server.change(number, "close");
  const auto ticket = server.detail(number);
  CHECK(ticket["opened_at"] == "2025-02-28T10:00:00Z");
  CHECK(ticket["first_closed_at"] == "2025-02-28T10:01:00Z");
  CHECK(ticket["last_closed_at"] == "2025-02-28T10:03:00Z");
  CHECK(ticket["reopen_count"] == 1);
}

TEST_CASE("creation: from home, from a client's card or while they are on the phone, by one command with few fields") {
  const Server server;
  const auto house = server.create("organisations", {{"display_name", "Maison"}, {"kind", "prospect"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto from_home = server.open_ticket({{"title", "Order toner"}, {"kind", "internal"}});
  CHECK(server.detail(from_home)["kind"] == "internal");
  // The card gives whom it is for; the organisation follows by itself.
  const auto from_card = server.open_ticket({{"title", "t"}, {"contact", jeanne}});
  CHECK(server.detail(from_card)["organisation"]["name"] == "Maison");
  const auto after_call = server.open_ticket({{"title", "t"}, {"contact", jeanne}, {"origin", "call"}});
  CHECK(server.detail(after_call)["origin"] == "call");
}

TEST_CASE("creation by e-mail: who reads the mailbox opens a ticket once for each message, of the channel email") {
  const Server server;
  const Json mail = {{"title", "Re: invoice"}, {"channel", "email"}, {"external_id", "<1@mail.example.org>"}};
  const auto number = server.open_ticket(mail);
  CHECK(server.detail(number)["channel"] == "email");
  CHECK(server.post("/v1/tickets", mail).code() == "external_id_taken");
  CHECK(server.get_now("/v1/tickets?channel=email").body["items"].size() == 1);
}

TEST_CASE("modification at any time: an open ticket takes every change, a closed one says what stands in the way") {
  const Server server;
  const auto number = server.open_ticket();
  for (const char* status : {"open", "pending", "on_hold", "new"}) {
    server.change(number, "change-status", {{"status", status}});
    server.change(number, "rename", {{"title", status}});
    CHECK(server.detail(number)["title"] == status);
  }
  server.change(number, "close");
  CHECK(server.post("/v1/tickets/" + number + "/rename", {{"title", "x"}}).code() == "ticket_closed");
}

TEST_CASE("site: where it is, given at the opening, changed by itself, shown in the detail and in lists") {
  const Server server;
  const auto number =
      server.open_ticket({{"title", "No light"}, {"site", "Hall 3"}, {"client_reference", "order 4711"}});
  server.change(number, "change-particulars", {{"site", "Hall 4, second door"}});
  for (const auto& shown : {server.detail(number), server.get_now("/v1/tickets").body["items"][0]}) {
    CHECK(shown["site"] == "Hall 4, second door");
    CHECK(shown["client_reference"] == "order 4711");
  }
}
