// The third help page, under the profile "erp-module": the configuration and the notifications.
#include "tests/walks_erp_module.h"

using namespace greffe;
using namespace greffe::walks;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

// The newest of its kind.
Json clock_of(const Erp& desk, const std::string& number, const std::string& metric) {
  const auto clocks = desk.get_now("/v1/tickets/" + number + "/clocks").body["items"];
  Json last;
  for (const auto& clock : clocks) {
    if (clock["metric"] == metric) last = clock;
  }
  return last;
}

// One of the two delays of each severity, in hours.
void set_delay(const Erp& desk, const char* delay, std::int64_t hours) {
  auto targets = desk.setting("sla")["targets"];
  for (auto& target : targets) target[delay] = hours * hour_ms;
  desk.set("sla", {{"targets", targets}});
}

}  // namespace

TEST_CASE("erp-module: one defines how ticket numbers are made") {
  const Erp desk;
  desk.set("numbering", {{"formats", {{{"kinds", Json::array()}, {"pattern", "T{yyyy}-{seq:6}"}}}}});
  CHECK(desk.open(desk.call(), desk.lena) == "T2025-000001");
  CHECK(desk.put("/v1/settings/numbering", {{"formats", {{{"pattern", "TS{yy}"}}}}}).faults() ==
        "formats[0].pattern no_sequence");
}

TEST_CASE("erp-module: one chooses among several models how documents of tickets look") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.change(number, "post-message", {{"body", "A technician comes."}}, acting_as(desk.lena));
  const auto models = desk.get_now("/v1/templates").body["items"];
  REQUIRE(models.size() > 1);
  Texts pages;
  for (const auto& model : models) {
    INFO(model["title"]);
    CHECK(model["purpose"] == "document");
    const auto page = desk.get_now("/v1/tickets/" + number + "/document?model=" + model["id"].get<std::string>());
    CHECK(page.status == 200);
    CHECK(page.text.find(number) != std::string::npos);
    CHECK_FALSE(holds(pages, page.text));
    pages.push_back(page.text);
  }
  const auto own = desk.create("templates", {{"title", "Short"},
                                             {"purpose", "document"},
                                             {"language", "fr"},
                                             {"body", "<p>{{ticket.title}}: {{ticket.status}}</p>"}});
  CHECK(desk.get_now("/v1/tickets/" + number + "/document?model=" + own).text == "<p>The lift is stuck: Lu</p>");
}

TEST_CASE("erp-module: Lu is set by itself on what a user of the house creates, not on a client's or a mail's") {
  const Erp desk;
  CHECK(desk.status(desk.open(desk.call(), desk.lena)) == "Lu");
  CHECK(desk.status(desk.open({{"title", "The gate"}}, desk.client)) == "Non lu");
  CHECK(desk.status(desk.open_ticket({{"title", "The gate"}, {"channel", "email"}})) == "Non lu");
  desk.set("opening", {{"auto_read_internal", false}});
  CHECK(desk.status(desk.open(desk.call(), desk.lena)) == "Non lu");
}

TEST_CASE("erp-module: one chooses whether a ticket is assigned by itself to the user who created it") {
  const Erp desk;
  CHECK(desk.ticket(desk.open(desk.call(), desk.lena))["assignee"].is_null());
  desk.set("opening", {{"auto_assign_creator", true}});
  const auto number = desk.open(desk.call(), desk.lena);
  CHECK(desk.ticket(number)["assignee"]["name"] == "Lena");
  CHECK(desk.status(number) == "Assigné");
  CHECK(desk.ticket(desk.open({{"title", "The gate"}}, desk.client))["assignee"].is_null());
}

TEST_CASE("erp-module: the client's mail at the closing is switched on or off") {
  const Erp desk;
  auto body = desk.call();
  body["notify_client"] = false;
  const auto closed_with = [&](const char* mode) {
    auto rules = desk.setting("notifications")["rules"];
    for (auto& rule : rules) {
      if (rule["event"] == "closed" && rule["audience"] == "client") rule["mode"] = mode;
    }
    desk.set("notifications", {{"rules", rules}});
    const auto number = desk.open(body, desk.lena);
    desk.change(number, "close", Json::object(), acting_as(desk.lena));
    return desk.notice(number, "closed", "client")["sent"];
  };
  const auto as_laid_down = desk.open(body, desk.lena);
  desk.change(as_laid_down, "close", Json::object(), acting_as(desk.lena));
  CHECK(desk.notice(as_laid_down, "closed", "client")["sent"] == true);
  CHECK(closed_with("never") == false);
  CHECK(closed_with("always") == true);
}

TEST_CASE("erp-module: the response delay is the longest, in hours, until the client gets an answer") {
  Erp desk;
  set_delay(desk, "first_response_ms", 4);
  const auto late = desk.open(desk.call(), desk.lena);
  const auto answered = desk.open(desk.call(), desk.lena);
  CHECK(clock_of(desk, late, "first_response")["deadline"] == "2025-02-28T14:00:00Z");
  desk.clock.advance(Milliseconds(4 * hour_ms));
  desk.change(answered, "post-message", {{"body", "A technician comes."}}, acting_as(desk.lena));
  desk.clock.advance(Milliseconds(1));
  CHECK(clock_of(desk, answered, "first_response")["state"] == "met");
  CHECK(clock_of(desk, late, "first_response")["state"] == "breached");
}

TEST_CASE("erp-module: the action delay is the longest that an open ticket may stay without action") {
  Erp desk;
  set_delay(desk, "inactivity_ms", 8);
  const auto number = desk.open(desk.call(), desk.lena);
  desk.clock.advance(Milliseconds(7 * hour_ms));
  desk.change(number, "change-status", {{"status", "in_progress"}}, acting_as(desk.lena));
  desk.clock.advance(Milliseconds(7 * hour_ms));
  CHECK(clock_of(desk, number, "inactivity")["state"] == "running");
  CHECK(clock_of(desk, number, "inactivity")["deadline"] == "2025-03-01T01:00:00Z");
  desk.clock.advance(Milliseconds(hour_ms + 1));
  CHECK(clock_of(desk, number, "inactivity")["state"] == "breached");
  // Nothing is late about a closed ticket.
  const auto closed = desk.open(desk.call(), desk.lena);
  desk.change(closed, "close", Json::object(), acting_as(desk.lena));
  desk.clock.advance(Milliseconds(9 * hour_ms));
  CHECK(clock_of(desk, closed, "inactivity")["state"] == "met");
}

TEST_CASE("erp-module: a ticket's classification may be changed although it is closed, where that is allowed") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.change(number, "close", Json::object(), acting_as(desk.lena));
  desk.change(number, "classify", {{"group", "software"}}, acting_as(desk.lena));
  CHECK(desk.ticket(number)["group"] == "software");
  CHECK(desk.status(number) == "Fermé");
  CHECK(desk.attempt(number, "rename", {{"title", "x"}}, desk.lena).code() == "ticket_closed");
  desk.set("handling", {{"closed_edit", "none"}});
  CHECK(desk.attempt(number, "classify", {{"group", "network"}}, desk.lena).code() == "ticket_closed");
}

TEST_CASE("erp-module: one defines the sender's address of the notifications") {
  const Erp desk;
  desk.set("notifications", {{"sender", "tickets@house.example"}});
  const auto number = desk.open(desk.call(), desk.lena);
  // A decision names the version of the settings that it was made by, and so its sender.
  CHECK(desk.decisions(number).back()["policy_version"] == desk.get("/v1/settings").body["versions"]["notifications"]);
  CHECK(desk.setting("notifications")["sender"] == "tickets@house.example");
  auto wrong = desk.setting("notifications");
  wrong["sender"] = "tickets";
  CHECK(desk.put("/v1/settings/notifications", wrong).faults() == "sender malformed");
}

TEST_CASE("erp-module: one defines the address that is told of openings, apart from the client's mails") {
  const Erp desk;
  auto body = desk.call();
  body["notify_client"] = false;
  CHECK(desk.notice(desk.open(body, desk.lena), "opened", "desk").is_null());
  desk.set("notifications", {{"on_open_to", "dispatch@house.example"}});
  const auto number = desk.open(body, desk.lena);
  const auto told = desk.notice(number, "opened", "desk");
  CHECK(told["sent"] == true);
  CHECK(told["recipients"][0]["email"] == "dispatch@house.example");
  CHECK(desk.notice(number, "opened", "client")["sent"] == false);
}

TEST_CASE("erp-module: one defines a rich text that heads the notifications") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  const Json before = desk.decisions(number).back()["policy_version"];
  desk.set("notifications", {{"header", "<p><strong>Ascenseurs Lux</strong></p>"}});
  CHECK(desk.setting("notifications")["header"] == "<p><strong>Ascenseurs Lux</strong></p>");
  desk.change(number, "post-message", {{"body", "A technician comes."}}, acting_as(desk.lena));
  const Json after = desk.decisions(number).back()["policy_version"];
  CHECK(after.get<int>() == before.get<int>() + 1);
  // What it looks like on a page: before all else, and as it was written.
  const auto page = desk.get_now("/v1/tickets/" + number + "/document").text;
  CHECK(page.find("<strong>Ascenseurs Lux</strong>") < page.find("The lift is stuck</h1>"));
}

TEST_CASE("erp-module: one defines a rich text that ends the notifications") {
  const Erp desk;
  const auto number = desk.open(desk.call(), desk.lena);
  desk.set("notifications", {{"footer", "<p><em>Ascenseurs Lux, Metz</em></p>"}});
  CHECK(desk.setting("notifications")["footer"] == "<p><em>Ascenseurs Lux, Metz</em></p>");
  desk.change(number, "post-message", {{"body", "A technician comes."}}, acting_as(desk.lena));
  CHECK(desk.decisions(number).back()["policy_version"] == desk.get("/v1/settings").body["versions"]["notifications"]);
  const auto page = desk.get_now("/v1/tickets/" + number + "/document").text;
  const auto foot = page.find("<em>Ascenseurs Lux, Metz</em>");
  REQUIRE(foot != std::string::npos);
  CHECK(foot > page.find("A technician comes."));
}
