// Who is told of what, feature by feature of the help pages (docs/features.md). Sending is another
// program's work; here it is decided and recorded.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

Json rule(const char* event, const char* audience, const char* mode) {
  return {{"event", event}, {"audience", audience}, {"mode", mode}};
}

// A desk with one client and one open ticket of theirs.
struct Desk {
  Server server;
  std::string jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"email", "jeanne@example.org"}});
  std::string anna = server.create_agent("Anna");

  std::string open(Json more = Json::object()) const {
    more.update({{"title", "t"}, {"contact", jeanne}});
    return server.open_ticket(more);
  }
  // What was decided last of that event for that audience; null if nothing was.
  Json notice(const std::string& number, const std::string& event, const std::string& audience) const {
    Json found;
    const auto reply = server.get_now("/v1/tickets/" + number + "/notices?limit=200");
    for (const auto& entry : reply.body["items"]) {
      if (entry["data"]["event"] != event) continue;
      for (const auto& one : entry["data"]["notices"]) {
        if (one["audience"] == audience) found = one;
      }
    }
    return found;
  }
  bool sent(const std::string& number, const std::string& event, const std::string& audience = "client") const {
    const auto found = notice(number, event, audience);
    return !found.is_null() && found["sent"].get<bool>();
  }
};

}  // namespace

TEST_CASE("notify third party: chosen for a ticket, the client is told of its opening and of what is done") {
  const Desk desk;
  const Json rules = {rule("opened", "client", "per_ticket"), rule("replied", "client", "per_ticket"),
                      rule("priority_changed", "client", "per_ticket")};
  desk.server.set("notifications", {{"rules", rules}});
  const auto told = desk.open({{"notify_client", true}});
  const auto silent = desk.open({{"notify_client", false}});
  for (const auto& number : {told, silent}) {
    desk.server.change(number, "post-message", {{"body", "We look at it."}}, acting_as("agent/" + desk.anna));
    desk.server.change(number, "change-priority", {{"priority", "high"}});
  }
  for (const char* event : {"opened", "replied", "priority_changed"}) {
    INFO(event);
    CHECK(desk.sent(told, event));
    CHECK_FALSE(desk.sent(silent, event));
    CHECK(desk.notice(silent, event, "client")["reason"] == "not_chosen");
  }
  desk.server.change(silent, "set-notifications", {{"notify_client", true}});
  desk.server.change(silent, "change-priority", {{"priority", "critical"}});
  CHECK(desk.sent(silent, "priority_changed"));
}

TEST_CASE("notify by mail: the addressee is told where the ticket says so") {
  const Desk desk;
  desk.server.set("notifications", {{"rules", {rule("assigned", "assignee", "per_ticket")}}});
  for (const bool wanted : {true, false}) {
    const auto number = desk.open({{"notify_assignee", wanted}});
    desk.server.change(number, "assign", {{"assignee", desk.anna}});
    CHECK(desk.sent(number, "assigned", "assignee") == wanted);
  }
}

TEST_CASE("change notification: each change of priority, category, status or estimated date tells the client") {
  const Desk desk;
  Json rules = Json::array();
  for (const char* event : {"priority_changed", "classified", "status_changed", "estimate_changed"}) {
    rules.push_back(rule(event, "client", "always"));
  }
  desk.server.set("notifications", {{"rules", rules}});
  const auto number = desk.open();
  const std::pair<const char*, std::pair<const char*, Json>> changes[] = {
      {"priority_changed", {"change-priority", {{"priority", "high"}}}},
      {"classified", {"classify", {{"category", {"network"}}}}},
      {"status_changed", {"change-status", {{"status", "pending"}}}},
      {"estimate_changed", {"set-estimated-resolution", {{"estimated_resolution_at", "2025-03-03T12:00:00Z"}}}},
  };
  for (const auto& [event, change] : changes) {
    INFO(event);
    CHECK_FALSE(desk.sent(number, event));
    desk.server.change(number, change.first, change.second);
    CHECK(desk.notice(number, event, "client")["recipients"][0]["contact"] == desk.jeanne);
  }
}

TEST_CASE("send to managers: when the support team creates a ticket, and nobody else may") {
  const Desk desk;
  desk.server.set("notifications",
                  {{"rules", {rule("opened", "managers", "per_ticket")}}, {"managers", {"boss@example.org"}}});
  const Json body = {{"title", "t"}, {"notify_managers", true}};
  const auto opened = desk.server.post("/v1/tickets", body, acting_as("agent/" + desk.anna));
  REQUIRE(opened.status == 201);
  CHECK(desk.notice(opened.body["number"], "opened", "managers")["recipients"][0]["email"] == "boss@example.org");
  CHECK_FALSE(desk.sent(desk.open(), "opened", "managers"));
  const auto refused = desk.server.post("/v1/tickets", body, acting_as("contact/" + desk.jeanne));
  CHECK(refused.status == 403);
  CHECK(refused.code() == "forbidden");
}

TEST_CASE("closing notification: on, the client is told of the closing, off, they are not") {
  const Desk desk;
  for (const char* mode : {"always", "never"}) {
    desk.server.set("notifications", {{"rules", {rule("closed", "client", mode)}}});
    const auto number = desk.open();
    desk.server.change(number, "close");
    CHECK(desk.sent(number, "closed") == (std::string(mode) == "always"));
  }
}

TEST_CASE("closing: with what resolved it, and with the choice to tell those concerned") {
  const Desk desk;
  desk.server.set("notifications", {{"rules", {rule("closed", "client", "per_ticket")}}});
  for (const auto& [choice, sent] : {std::pair{"yes", true}, std::pair{"no", false}, std::pair{"as_set", false}}) {
    INFO(choice);
    const auto number = desk.open({{"notify_client", false}});
    desk.server.change(number, "close", {{"resolution", "New cable"}, {"notify", choice}});
    CHECK(desk.sent(number, "closed") == sent);
    const auto last = desk.server.get_now("/v1/tickets/" + number + "/timeline").text;
    CHECK(last.find("New cable") != std::string::npos);
    CHECK(desk.server.get_now("/v1/tickets/" + number).body["status"]["category"] == "closed");
  }
}

TEST_CASE("creation notification: an address of the desk is told of every opening, beside the client") {
  const Desk desk;
  desk.server.set("notifications",
                  {{"rules", {rule("opened", "client", "always")}}, {"on_open_to", "desk@example.org"}});
  const auto number = desk.open();
  CHECK(desk.notice(number, "opened", "desk")["recipients"][0]["email"] == "desk@example.org");
  CHECK(desk.notice(number, "opened", "client")["recipients"][0]["contact"] == desk.jeanne);
  desk.server.set("notifications", {{"on_open_to", ""}});
  CHECK(desk.notice(desk.open(), "opened", "desk").is_null());
}

TEST_CASE("sender, header and footer of notifications: settings, whose version stands with each notification") {
  const Desk desk;
  desk.server.set("notifications", {{"rules", {rule("opened", "client", "always")}},
                                    {"sender", "support@example.org"},
                                    {"header", "<p><b>Maison</b></p>"},
                                    {"footer", "<p>Bien à vous</p>"}});
  const auto version = desk.server.get("/v1/settings/notifications").header("ETag");
  const auto number = desk.open();
  desk.server.set("notifications", {{"footer", "<p>À bientôt</p>"}});
  const auto decided = desk.server.get_now("/v1/tickets/" + number + "/notices").body["items"][0]["data"];
  CHECK("\"" + decided["policy_version"].dump() + "\"" == version);
  // So what stood around it then is known although it is another text by now.
  std::vector<std::string> footers;
  const auto reply = desk.server.get("/v1/events?type=NotificationsDefined");
  for (const auto& event : reply.body) {
    footers.push_back(event["data"].value("footer", ""));
  }
  REQUIRE(footers.size() == 3);
  CHECK(footers[decided["policy_version"].get<std::size_t>() - 1] == "<p>Bien à vous</p>");
  CHECK(desk.server.put("/v1/settings/notifications", {{"rules", Json::array()}, {"sender", "nobody"}}).faults() ==
        "sender malformed");
  // The texts stand around the ticket's document too.
  const auto page = desk.server.get_now("/v1/tickets/" + number + "/document").text;
  CHECK(page.find("<p><b>Maison</b></p>") != std::string::npos);
  CHECK(page.find("<p>À bientôt</p>") != std::string::npos);
}

TEST_CASE("document model: one of several templates gives the ticket's document its form") {
  const Desk desk;
  const auto number = desk.open();
  const auto page = [&](const char* title, const char* body) {
    const Json model = {{"title", title}, {"purpose", "document"}, {"language", "fr"}, {"body", body}};
    const auto id = desk.server.create("templates", model);
    return desk.server.get_now("/v1/tickets/" + number + "/document?model=" + id).text;
  };
  CHECK(page("Short", "<p>{{ticket.number}}</p>") == "<p>" + number + "</p>");
  CHECK(page("Long", "<h1>{{client.name}}</h1>") == "<h1>Jeanne</h1>");
}
