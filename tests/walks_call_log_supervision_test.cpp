// The fourth help page, under the profile "call-log": following and finding tickets.
#include <map>

#include "tests/walks_call_log.h"

using namespace greffe;
using namespace greffe::walks;

namespace {

// One ticket that Boris has, one in copy to him, one that he opened, and one that is none of his,
// in this order.
struct Tabs : House {
  Tabs() {
    given = open(internal(), alma);
    auto body = internal();
    body["assignee"] = id(alma);
    body["copies"] = {{{"agent", id(boris)}}};
    copied = open(body, alma);
    body.erase("copies");
    opened = open(body, boris);
    other = open(body, alma);
  }
  void close_all() const {
    change(given, "close", Json::object(), acting_as(boris));
    for (const auto& number : {copied, opened, other}) change(number, "close", Json::object(), acting_as(alma));
  }
  std::string given, copied, opened, other;
};

}  // namespace

TEST_CASE("call-log: once the ticket is created its evolution is followed") {
  const House house;
  const auto number = house.open(house.internal(), house.alma);
  house.change(number, "change-status", {{"status", "in_progress"}}, acting_as(house.boris));
  const auto row = house.get_now("/v1/tickets?view=mine-open", acting_as(house.alma)).body["items"][0];
  CHECK(row["number"] == number);
  CHECK(row["status"]["label"] == "En cours");
  CHECK(house.entries(number, "StatusChanged").size() == 1);
}

TEST_CASE("call-log: the addressee adds follow-ups") {
  const House house;
  const auto number = house.open(house.internal(), house.alma);
  house.change(number, "post-message", {{"body", "Ordered."}, {"visibility", "internal"}}, acting_as(house.boris));
  house.change(number, "post-message", {{"body", "Arrived."}, {"visibility", "internal"}}, acting_as(house.boris));
  const auto followed = house.entries(number, "MessagePosted");
  REQUIRE(followed.size() == 2);
  CHECK(followed[1]["body"] == "Arrived.");
}

TEST_CASE("call-log: the addressee closes the ticket when the task is done") {
  const House house;
  const auto number = house.open(house.internal(), house.alma);
  CHECK(house.attempt(number, "close", Json::object(), house.alma).code() == "forbidden");
  CHECK_FALSE(house.offers(number, "close", house.alma));
  CHECK(house.offers(number, "close", house.boris));
  house.change(number, "close", Json::object(), acting_as(house.boris));
  CHECK(house.ticket(number)["status"]["label"] == "Fermé");
}

TEST_CASE("call-log: the supervision shows open and closed tickets, divided into tabs") {
  const Tabs house;
  house.change(house.given, "close", Json::object(), acting_as(house.boris));
  const auto counts = house.get_now("/v1/tickets/counts", acting_as(house.boris)).body["by_view"];
  CHECK(counts["mine-open"] == 2);
  CHECK(counts["open"] == 3);
  CHECK(counts["mine-closed"] == 1);
  CHECK(counts["closed"] == 1);
}

TEST_CASE("call-log: all tickets of a client, prospect or supplier stand on its card") {
  House house;
  for (const char* kind : {"client", "prospect", "supplier"}) {
    auto body = house.external();
    const auto card = house.create("organisations", {{"display_name", kind}, {"kind", kind}});
    body["organisation"] = card;
    const auto first = house.open(body, house.alma);
    house.clock.advance(Milliseconds(60'000));
    const auto second = house.open(body, house.alma);
    house.open(house.external(), house.alma);
    house.change(first, "close", Json::object(), acting_as(house.boris));
    CHECK(house.numbers_at("/v1/organisations/" + card + "/tickets") == Texts{second, first});
  }
}

TEST_CASE("call-log: Mes encours has the open tickets that concern you") {
  const Tabs house;
  CHECK(house.numbers("view=mine-open&sort=number", house.boris) == Texts{house.given, house.copied, house.opened});
  house.close_all();
  CHECK(house.numbers("view=mine-open", house.boris).empty());
}

TEST_CASE("call-log: Tous les ouverts has all tickets that are open") {
  const Tabs house;
  house.change(house.given, "close", Json::object(), acting_as(house.boris));
  CHECK(house.numbers("view=open&sort=number", house.boris) == Texts{house.copied, house.opened, house.other});
}

TEST_CASE("call-log: Mes fermés has the closed tickets that concern you") {
  const Tabs house;
  CHECK(house.numbers("view=mine-closed", house.boris).empty());
  house.close_all();
  CHECK(house.numbers("view=mine-closed&sort=number", house.boris) == Texts{house.given, house.copied, house.opened});
}

TEST_CASE("call-log: Tous les fermés has all tickets that are closed") {
  const Tabs house;
  CHECK(house.numbers("view=closed").empty());
  house.close_all();
  CHECK(house.numbers("view=closed&sort=number") == Texts{house.given, house.copied, house.opened, house.other});
}

TEST_CASE("call-log: the magnifier searches the labels and notes of tickets") {
  const House house;
  const auto number = house.open(house.external(), house.alma);
  house.open(house.internal(), house.alma);
  house.change(number, "post-message", {{"body", "A credit note follows."}, {"visibility", "internal"}},
               acting_as(house.boris));
  for (const char* words : {"invoice", "paid", "credit"}) {
    INFO(words);
    CHECK(house.numbers_at(std::string("/v1/search?q=") + words, house.alma) == Texts{number});
  }
}

TEST_CASE("call-log: the reactivity of each collaborator is measured") {
  House house;
  const auto slow = house.open(house.external(), house.alma);
  auto body = house.external();
  body["assignee"] = Desk::id(house.alma);
  const auto fast = house.open(body, house.alma);
  const auto answer = [&](const std::string& number, const std::string& person) {
    house.clock.advance(Milliseconds(60'000));
    house.change(number, "post-message", {{"body", "We are on it."}}, acting_as(person));
  };
  answer(fast, house.alma);
  answer(slow, house.boris);
  const auto report = house.get_now("/v1/reports/agents");
  INFO(report.text);
  REQUIRE(report.status == 200);
  std::map<std::string, Json> median_ms;
  for (const auto& row : report.body["items"])
    median_ms[row["agent"]["name"].get<std::string>()] = row["first_response_median_ms"];
  CHECK(median_ms == std::map<std::string, Json>{{"Alma", 60'000}, {"Boris", 120'000}});
}

TEST_CASE("call-log: a trace is kept of all exchanges and acts for clients and suppliers") {
  const House house;
  const auto number = house.open(house.external(), house.alma);
  house.change(number, "post-message", {{"body", "We are on it."}}, acting_as(house.boris));
  house.change(number, "edit-description", {{"description", "Paid in June"}}, acting_as(house.boris));
  house.change(number, "close", {{"resolution", "Refunded."}}, acting_as(house.boris));
  Texts acts;
  const auto events = house.get_now("/v1/tickets/" + number + "/events").body["items"];
  for (const auto& event : events) {
    if (event["type"] != "NotificationDecided") acts.push_back(event["type"]);
  }
  CHECK(acts == Texts{"TicketOpened", "TicketAssigned", "MessagePosted", "DescriptionChanged", "TicketClosed"});
  // What was written over is not lost.
  CHECK(house.entries(number, "TicketOpened")[0]["description"] == "Paid in May");
  CHECK(house.attempt(number, "delete", {{"reason", "x"}}).code() == "deletion_not_allowed");
}
