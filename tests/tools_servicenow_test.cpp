#include <catch2/catch.hpp>

#include <sstream>

#include "tools/import/servicenow.h"

using namespace greffe;
using namespace greffe::servicenow;

namespace {

const std::string heading =
    "number,incident_state,reassignment_count,reopen_count,caller_id,opened_by,opened_at,sys_created_by,sys_updated_by,"
    "sys_updated_at,contact_type,category,subcategory,u_symptom,priority,assignment_group,assigned_to,location\n";

std::vector<Row> rows_of(const std::string& text) {
  std::istringstream csv(heading + text);
  std::vector<Row> rows;
  REQUIRE(read_rows(
      "test.csv", csv, [&](const Row& row) { rows.push_back(row); }, [](const BadRow& bad) { FAIL(bad.why); }));
  return rows;
}

std::string row(const std::string& state, const std::string& moves, const std::string& reopens,
                const std::string& group, const std::string& agent = "?") {
  return "INC1," + state + "," + moves + "," + reopens +
         ",Caller 1,Opener 1,29-02-2016 01:16,?,Updater 1,29-02-2016 01:23,"
         "Phone,Category 5,Sub 7,?,3 - Moderate," +
         group + "," + agent + ",Location 1\n";
}

std::vector<std::string> commands_on_ticket(const std::vector<Step>& steps) {
  std::vector<std::string> names;
  for (const Step& step : steps) {
    if (step.line.contains("ticket")) names.push_back(step.line["command"]);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an incident's first row opens it, with its own times and what it refers to") {
  Converter converter;
  const auto steps = converter.convert(rows_of(row("New", "0", "0", "Group 1"))[0]);
  REQUIRE(steps);
  CHECK(commands_on_ticket(*steps) == Names{"open"});
  const Json& open = steps->back().line;
  CHECK(open["at"] == "2016-02-29T01:16:00Z");
  CHECK(open["actor"] == "agent/Opener 1");
  CHECK(open["priority"] == "normal");
  CHECK(open["category"] == Json({"Category 5", "Sub 7"}));
  CHECK(open["contact"] == "Caller 1");
  CHECK(open["team"] == "Group 1");
  CHECK_FALSE(open.contains("assignee"));
}

TEST_CASE("later rows become the changes between them, fields before the status") {
  const auto rows = rows_of(row("New", "0", "0", "Group 1") + row("New", "0", "0", "Group 1") +
                            row("Active", "1", "0", "Group 2", "Resolver 3") +
                            row("Resolved", "1", "0", "?", "Resolver 3") + row("Active", "1", "1", "?"));
  Converter converter;
  std::vector<Names> names;
  for (const Row& r : rows) names.push_back(commands_on_ticket(*converter.convert(r)));
  CHECK(names == std::vector<Names>{{"open"},
                                    {},
                                    {"move-to-team", "assign", "change-status"},
                                    {"move-to-team", "change-status"},
                                    {"unassign", "change-status"}});
}

TEST_CASE("what an incident's rows tell from before its opening is told at the opening") {
  const std::string early = "INC1,Active,0,0,?,?,29-02-2016 09:41,?,Updater 1,29-02-2016 07:27,?,?,?,?,4 - Low,?,?,?\n";
  const std::string late = "INC1,Closed,0,0,?,?,29-02-2016 09:41,?,Updater 1,29-02-2016 10:00,?,?,?,?,4 - Low,?,?,?\n";
  Converter converter;
  std::vector<std::string> times;
  for (const Row& r : rows_of(early + late)) {
    const auto steps = converter.convert(r);
    REQUIRE(steps);
    for (const Step& step : *steps) {
      if (step.line.contains("ticket")) times.push_back(step.line["at"]);
    }
  }
  CHECK(times == std::vector<std::string>{"2016-02-29T09:41:00Z", "2016-02-29T09:41:00Z", "2016-02-29T10:00:00Z"});
}

TEST_CASE("a row with a value that cannot be right is refused with the reason") {
  const auto good = rows_of(row("New", "0", "0", "Group 1"))[0];
  const std::pair<std::string Row::*, std::string> wrong[] = {{&Row::number, "?"},
                                                              {&Row::state, "Sleeping"},
                                                              {&Row::priority, "9 - None"},
                                                              {&Row::opened_at, "30-02-2016 01:16"},
                                                              {&Row::updated_at, "2016-02-29 01:16"}};
  for (const auto& [member, value] : wrong) {
    CAPTURE(value);
    Converter converter;
    Row bad = good;
    bad.*member = value;
    CHECK_FALSE(converter.convert(bad));
  }
  Converter converter;
  CHECK(converter.convert(good));
}

TEST_CASE("a file without the columns is no incident log; a short row is one bad row") {
  std::istringstream other("a,b\n1,2\n");
  CHECK_FALSE(read_rows(
      "other.csv", other, [](const Row&) {}, [](const BadRow&) {}));

  std::istringstream csv(heading + row("New", "0", "0", "Group 1") + "INC2,New\n" + row("Active", "0", "0", "Group 1"));
  std::size_t good = 0;
  std::vector<std::size_t> bad;
  REQUIRE(read_rows(
      "test.csv", csv, [&](const Row&) { ++good; }, [&](const BadRow& b) { bad.push_back(b.line); }));
  CHECK(good == 2);
  CHECK(bad == std::vector<std::size_t>{3});
}

TEST_CASE("the audit names the rows where the source's counters move without a visible cause") {
  CounterAudit audit;
  for (const Row& r :
       rows_of(row("New", "0", "0", "Group 1") + row("New", "1", "0", "Group 1") + row("Active", "2", "0", "Group 2") +
               row("Closed", "2", "0", "Group 2") + row("Active", "2", "0", "Group 2"))) {
    audit.add(r);
  }
  const auto& counters = audit.by_incident().at("INC1");
  CHECK(counters.rows == 5);
  CHECK(counters.reassignments == 2);
  REQUIRE(counters.unexplained.size() == 2);
  CHECK(counters.unexplained[0] == "line 3: reassignment_count goes from 0 to 1, the group stays 'Group 1'");
  CHECK(counters.unexplained[1] == "line 6: reopen_count goes from 0 to 0, the state goes from Closed to Active");
}
