// Reports over HTTP: what they answer, what they refuse, and who gets to see what.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

constexpr Milliseconds minute{60'000};

Json entry(const std::string& id, const std::string& name) { return {{"id", id}, {"name", name}}; }

// A day at the help desk of Paris, on the 28th of February 2025 from eleven o'clock.
struct OfficeDay {
  Server server;
  std::string anna = server.create_agent("Anna"), bruno = server.create_agent("Bruno");
  std::string sophie = server.create("agents", {{"display_name", "Sophie"}, {"role", "supervisor"}});
  std::string otto = server.create("agents", {{"display_name", "Otto"}, {"role", "auditor"}});
  std::string front = server.create("teams", {{"display_name", "Front"}, {"members", {anna, bruno}}});
  std::string maison = server.create("organisations", {{"display_name", "Maison"}});
  std::string jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", maison}});
  std::string phone, network;

  OfficeDay() {
    phone = server.open_ticket({{"title", "Phone"}, {"contact", jeanne}, {"organisation", maison}, {"team", front}});
    network = server.open_ticket({{"title", "Network"}, {"priority", "critical"}, {"team", front}});
    server.change(phone, "classify", {{"category", {"Incident", "Phone"}}, {"request_type", "incident"}});
    after(30);
    act(phone, "claim", Json::object(), anna);
    after(5);
    act(phone, "post-message", {{"body", "We look at it"}}, anna);
    after(1);
    server.change(phone, "post-message", {{"body", "Thank you"}}, acting_as("contact/" + jeanne));
    after(4);
    act(phone, "post-message", {{"body", "It works again"}}, anna);
    act(phone, "close", Json::object(), anna);
    after(60);
    act(network, "claim", Json::object(), bruno);
    act(network, "post-message", {{"body", "A cable"}}, bruno);
  }

  void after(int minutes) { server.clock.advance(minute * minutes); }
  void act(const std::string& number, const std::string& command, const Json& body, const std::string& agent) {
    server.change(number, command, body, acting_as("agent/" + agent));
  }
  Reply report(const std::string& target, const std::string& person = "") const {
    return server.get_now("/v1/reports/" + target, person.empty() ? Headers() : acting_as(person));
  }
};

// The measures of the item that has this as its group.
Json item(const Reply& reply, const std::string& group, const Json& value) {
  for (const auto& one : reply.body["items"]) {
    if (one[group] == value) return one;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("every report says what it is of: range, zone, groups, position and age") {
  const OfficeDay day;
  for (const std::string kind : {"time-spent", "sla", "agents", "volume"}) {
    const auto reply = day.report(kind);
    INFO(kind << " " << reply.text);
    REQUIRE(reply.status == 200);
    // Thirty days of Paris, today included.
    CHECK(reply.body["from"] == "2025-01-29T23:00:00Z");
    CHECK(reply.body["to"] == "2025-02-28T23:00:00Z");
    CHECK(reply.body["time_zone"] == "Europe/Paris");
    CHECK(reply.body["group_by"].size() == 1);
    CHECK(reply.body["position"] == std::to_string(day.server.log->tail().value));
    CHECK(reply.body["age_ms"] == 0);
    CHECK(!reply.body["items"].empty());
    CHECK(reply.body["totals"].is_object());
  }
}

TEST_CASE("time-spent says what work cost, by whatever group") {
  const OfficeDay day;
  const auto by_agent = day.report("time-spent");
  const Json anna = {{"agent", entry(day.anna, "Anna")}, {"worked_ms", 720'000},    {"sessions", 1}, {"tickets", 1},
                     {"ticket_median_ms", 720'000},      {"ticket_p90_ms", 720'000}};
  CHECK(item(by_agent, "agent", entry(day.anna, "Anna")) == anna);
  CHECK(by_agent.body["totals"]["worked_ms"] == 840'000);
  CHECK(by_agent.body["totals"]["tickets"] == 2);
  const auto by_type = day.report("time-spent?group_by=request_type");
  CHECK(item(by_type, "request_type", "incident")["worked_ms"] == 720'000);
  CHECK(item(by_type, "request_type", nullptr)["worked_ms"] == 120'000);
  const auto by_client = day.report("time-spent?group_by=organisation,contact");
  CHECK(by_client.body["items"].size() == 2);
  CHECK(item(by_client, "organisation", entry(day.maison, "Maison"))["contact"] == entry(day.jeanne, "Jeanne"));
  const auto load = day.report("time-spent?group_by=team&group_by=agent&group_by=week");
  CHECK(load.body["items"].size() == 2);
  CHECK(item(load, "agent", entry(day.bruno, "Bruno"))["week"] == "2025-02-24");
  CHECK(item(day.report("time-spent?group_by=category"), "category", {"Incident", "Phone"})["tickets"] == 1);
}

TEST_CASE("sla counts what was met and what was breached, by metric") {
  const OfficeDay day;
  const auto reply = day.report("sla");
  const auto normal = item(reply, "priority", "normal"), critical = item(reply, "priority", "critical");
  CHECK(normal["first_response"] ==
        Json{{"met", 1}, {"breached", 0}, {"cancelled_breached", 0}, {"median_ms", 2'100'000}, {"p90_ms", 2'100'000}});
  CHECK(normal["next_response"]["met"] == 1);
  CHECK(normal["resolution"]["median_ms"] == 2'400'000);
  CHECK(normal["total_resolution"]["met"] == 0);
  // One hour was allowed, and it took a hundred minutes.
  CHECK(critical["first_response"]["breached"] == 1);
  CHECK(critical["resolution"]["median_ms"] == nullptr);
  CHECK(reply.body["totals"]["first_response"]["met"] == 1);
}

TEST_CASE("sla tells a first resolution from those that follow a reopening") {
  OfficeDay day;
  const auto before = item(day.report("sla"), "priority", "normal");
  day.act(day.phone, "reopen", {{"reason", "It broke again"}}, day.anna);
  day.after(20);
  day.act(day.phone, "close", Json::object(), day.anna);
  const auto after = item(day.report("sla"), "priority", "normal");
  CHECK(after["resolution"] == before["resolution"]);
  CHECK(after["total_resolution"]["met"] == 1);
  CHECK(after["total_resolution"]["median_ms"] == 3'600'000);
}

TEST_CASE("agents says how each one reacts") {
  const OfficeDay day;
  const auto reply = day.report("agents");
  const Json anna = {{"agent", entry(day.anna, "Anna")},
                     {"answers", 2},
                     {"first_responses", 1},
                     {"first_response_median_ms", 2'100'000},
                     {"first_response_p90_ms", 2'100'000},
                     {"closings", 1},
                     {"worked_ms", 720'000},
                     {"reassignments", 0}};
  CHECK(item(reply, "agent", entry(day.anna, "Anna")) == anna);
  CHECK(item(reply, "agent", entry(day.bruno, "Bruno"))["first_response_median_ms"] == 6'000'000);
  CHECK(reply.body["totals"]["answers"] == 3);
  CHECK(reply.body["totals"]["first_response_p90_ms"] == 6'000'000);
}

TEST_CASE("volume counts by day in the tenant's zone") {
  const OfficeDay day;
  const auto reply = day.report("volume");
  const Json expected = {{"day", "2025-02-28"}, {"opened", 2},      {"closed", 1},
                         {"reopened", 0},       {"messages_in", 1}, {"messages_out", 3}};
  CHECK(reply.body["items"] == Json::array({expected}));
}

TEST_CASE("backlog is of now: what is open, how old, and what is overdue") {
  OfficeDay day;
  const auto reply = day.report("backlog");
  REQUIRE(reply.body["items"].size() == 1);
  CHECK(reply.body["from"] == nullptr);
  CHECK(reply.body["to"] == nullptr);
  CHECK(reply.body["now"] == "2025-02-28T11:40:00Z");
  const auto front = item(reply, "team", entry(day.front, "Front"));
  CHECK(front["open"] == 1);
  CHECK(front["by_age"]["under_1_day"] == 1);
  CHECK(front["overdue"] == 0);
  CHECK(front["median_age_ms"] == 6'000'000);
  day.after(24 * 60);
  const auto tomorrow = day.report("backlog");
  CHECK(tomorrow.body["totals"]["overdue"] == 1);
  CHECK(tomorrow.body["totals"]["by_age"]["under_3_days"] == 1);
  CHECK(day.report("backlog?from=2025-03-01").body["totals"]["open"] == 0);
  CHECK(day.report("backlog?to=2025-03-01").body["totals"]["open"] == 1);
}

TEST_CASE("a range is given by instants or by the tenant's days, half open") {
  const OfficeDay day;
  const auto opened = [&](const std::string& range) {
    const auto reply = day.report("volume?" + range);
    INFO(range << reply.text);
    CHECK(reply.status == 200);
    return reply.body["totals"]["opened"].get<int>();
  };
  CHECK(opened("from=2025-02-28&to=2025-03-01") == 2);
  CHECK(opened("from=2025-02-27&to=2025-02-28") == 0);
  CHECK(opened("from=2025-02-28T10:00:00Z&to=2025-02-28T10:00:00.000001Z") == 2);
  CHECK(opened("from=2025-02-28T10:00:00.000001Z&to=2025-03-01") == 0);
  CHECK(opened("from=2025-02-28T11:00:00%2B01:00&to=2025-03-01") == 2);
  // Given one end, the other is thirty days away; the future is not asked for.
  const auto range_of = [&](const std::string& range) {
    const auto body = day.report("volume?" + range).body;
    return body["from"].get<std::string>() + " " + body["to"].get<std::string>();
  };
  CHECK(range_of("from=2025-02-28") == "2025-02-27T23:00:00Z 2025-02-28T23:00:00Z");
  CHECK(range_of("from=2025-01-01") == "2024-12-31T23:00:00Z 2025-01-30T23:00:00Z");
  CHECK(range_of("to=2025-02-01") == "2025-01-01T23:00:00Z 2025-01-31T23:00:00Z");
  // Thirty days over the change of clocks are an hour short.
  CHECK(range_of("to=2025-04-10") == "2025-03-10T23:00:00Z 2025-04-09T22:00:00Z");
}

TEST_CASE("a work session over the tenant's midnight is divided there") {
  OfficeDay day;
  // To 23:50 in Paris.
  day.after(11 * 60 + 10);
  day.act(day.network, "post-message", {{"body", "Still there?"}}, day.bruno);
  day.after(14);
  day.act(day.network, "post-message", {{"body", "Good night"}}, day.bruno);
  const auto reply = day.report("time-spent?group_by=day&from=2025-02-28&to=2025-03-02");
  CHECK(item(reply, "day", "2025-02-28")["worked_ms"] == 840'000 + 720'000);
  CHECK(item(reply, "day", "2025-03-01")["worked_ms"] == 240'000);
  CHECK(reply.body["totals"]["sessions"] == 3);
}

TEST_CASE("what is asked wrongly is refused by field and code") {
  const OfficeDay day;
  const std::pair<const char*, const char*> rows[] = {
      {"volume?from=yesterday", "from malformed"},
      {"volume?from=2025-02-30", "from malformed"},
      {"volume?to=2025-2-1", "to malformed"},
      {"volume?from=2025-02-02&to=2025-02-02", "to out_of_range"},
      {"volume?from=2025-02-02&to=2025-02-01", "to out_of_range"},
      {"volume?from=2030-01-01", "to out_of_range"},
      {"volume?from=2010-01-01&to=2025-01-01", "from out_of_range"},
      {"volume?group_by=colour", "group_by not_one_of"},
      {"volume?group_by=day,day", "group_by duplicate"},
      {"volume?group_by=day,team,agent,month", "group_by too_many"},
      {"backlog?group_by=day", "group_by not_one_of"},
      {"agents?group_by=contact", "group_by not_one_of"},
      {"sla?limit=3", "limit unknown_field"},
      {"sla?group_by=nothing&from=now&min_position=x", "from malformed, group_by not_one_of, min_position malformed"},
  };
  for (const auto& [target, faults] : rows) {
    const auto reply = day.server.get(std::string("/v1/reports/") + target);
    INFO(target);
    CHECK(reply.status == 422);
    CHECK(reply.faults() == faults);
  }
  CHECK(day.report("volume?from=2015-03-01&to=2025-03-01").status == 200);
  CHECK(day.server.get("/v1/reports/happiness").status == 404);
}

TEST_CASE("an agent gets their own figures, those who answer for others everybody's") {
  const OfficeDay day;
  for (const auto& person : {std::string(), "agent/" + day.sophie, "agent/" + day.otto}) {
    INFO(person);
    CHECK(day.report("agents", person).body["items"].size() == 2);
    CHECK(day.report("time-spent?group_by=agent", person).body["items"].size() == 2);
  }
  const auto bruno = "agent/" + day.bruno;
  const auto own = day.report("agents", bruno);
  REQUIRE(own.body["items"].size() == 1);
  CHECK(own.body["items"][0]["agent"] == entry(day.bruno, "Bruno"));
  CHECK(own.body["totals"]["answers"] == 1);
  CHECK(day.report("agents?group_by=day", bruno).body["totals"]["answers"] == 1);
  CHECK(day.report("time-spent?group_by=agent", bruno).body["totals"]["worked_ms"] == 120'000);
  CHECK(day.report("time-spent?group_by=day,agent", bruno).body["items"].size() == 1);
  CHECK(day.report("volume?group_by=agent", bruno).body["totals"]["messages_out"] == 1);
  CHECK(day.report("sla?group_by=agent", bruno).body["totals"]["first_response"]["met"] == 0);
  CHECK(day.report("backlog?group_by=agent", bruno).body["items"].size() == 1);
  CHECK(day.report("backlog?group_by=agent", "agent/" + day.anna).body["items"].empty());
  // Figures of all together are no one's.
  CHECK(day.report("time-spent?group_by=team", bruno).body["totals"]["worked_ms"] == 840'000);
  CHECK(day.report("sla", bruno).body["totals"]["first_response"]["met"] == 1);
}

TEST_CASE("an agent who left sees no report, whatever their role was") {
  const OfficeDay day;
  REQUIRE(day.server.post("/v1/agents/" + day.sophie + "/deactivate").status == 200);
  CHECK(day.report("agents", "agent/" + day.sophie).faults() == "act_as inactive");
  CHECK(day.report("agents", "agent/999999").faults() == "act_as not_found");
}

TEST_CASE("reports are not for clients, nor for strangers") {
  const OfficeDay day;
  for (const std::string kind : {"time-spent", "sla", "backlog", "agents", "volume"}) {
    const auto refused = day.report(kind, "contact/" + day.jeanne);
    CHECK(refused.status == 403);
    CHECK(refused.code() == "forbidden");
    CHECK(day.server.get_as_stranger("/v1/reports/" + kind).status == 401);
  }
}
