// Reports: what was done in a stretch of time, and what stands open now. A report is computed
// when it is asked for, from facts that the views keep one by one, at one position.
//
//   time_spent  work of the agents on tickets (clocks/work_time.h)
//   sla         delays that ended in the range, met or breached (clocks/clock_end.h)
//   backlog     tickets open now, by age; `from` and `to` bound their openings
//   agents      what agents did: answers, first responses, closings, work
//   volume      tickets opened, closed and reopened, messages in and out (ticket_fact.h)
//
// Facts, not sums, because of the distribution: a median of a month is not made from medians of
// days, and a range may begin at any instant. They are keyed by instant, hence a report is a scan
// over its range, and days, weeks and months are those of the zone that is asked for. A fact does
// not repeat the ticket's team, category, client and so on: the reports view keeps how these
// changed (dimensions.h), and what was in force at a fact's event is looked up when it is counted.
//
// Which of them counts: of a work session those in force at its last act, since a ticket is often
// classified in the very session that it costs. `agent` is who worked or acted in time_spent and
// agents, and the assignee in the others. In sla, `priority` is the one whose target applied.
//
// A session is divided at the midnights of the zone and at the ends of the range. Each ticket
// counts its own: what a merge absorbed stays with the absorbed ticket, so that nothing counts
// twice. Deleting a ticket takes back nothing that happened. Imported tickets have no delays.
//
// Percentiles are by nearest rank: the value that at least half, or nine tenths, do not exceed.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/result.h"
#include "events/time.h"

namespace greffe {

enum class ReportKind : std::uint8_t { time_spent, sla, backlog, agents, volume };
constexpr std::array<std::string_view, 5> names_of(ReportKind) {
  return {"time-spent", "sla", "backlog", "agents", "volume"};
}

enum class GroupBy : std::uint8_t {
  agent,
  team,
  category,
  request_type,
  priority,
  organisation,
  contact,
  day,
  week,
  month
};
constexpr std::array<std::string_view, 10> names_of(GroupBy) {
  return {"agent", "team", "category", "request_type", "priority", "organisation", "contact", "day", "week", "month"};
}
constexpr bool is_calendar(GroupBy by) { return by >= GroupBy::day; }

// Bounds on what one report may cost. Lower ones are for tests.
struct ReportLimits {
  std::size_t groups_max = 10'000;
  std::size_t facts_max = 2'000'000;
};

struct ReportQuery {
  ReportKind kind = ReportKind::volume;
  std::vector<GroupBy> group_by;  // the first one sorts first; none = one group, if anything is in it
  // Half open. Absent = unbounded; in backlog of the openings.
  std::optional<Instant> from, to;
  std::string time_zone;              // IANA name
  Instant now;                        // for what is overdue and how old
  std::optional<AgentId> only_agent;  // counts nothing but what is this agent's
  ReportLimits limits;
};

// One value that a group is of, in the order of group_by: nothing, an id, a key, a path in the
// tree, or a date ("2025-03-30", of a week its Monday's, or "2025-03").
using GroupPart = std::variant<std::monostate, std::uint64_t, std::string, std::vector<std::string>>;
using GroupKey = std::vector<GroupPart>;

using Count = std::uint64_t;

struct TimeSpentMeasures {
  Milliseconds worked_ms{0};
  Count sessions = 0;
  Count tickets = 0;
  std::optional<Milliseconds> ticket_median_ms;  // of what each ticket took within group and range
  std::optional<Milliseconds> ticket_p90_ms;
  static constexpr auto fields = std::make_tuple(
      field("worked_ms", &TimeSpentMeasures::worked_ms), field("sessions", &TimeSpentMeasures::sessions),
      field("tickets", &TimeSpentMeasures::tickets), field("ticket_median_ms", &TimeSpentMeasures::ticket_median_ms),
      field("ticket_p90_ms", &TimeSpentMeasures::ticket_p90_ms));
  bool operator==(const TimeSpentMeasures& o) const { return same_fields(*this, o); }
};

struct MetricMeasures {
  Count met = 0;
  Count breached = 0;
  Count cancelled_breached = 0;           // breached, then cancelled without a verdict; in no other number
  std::optional<Milliseconds> median_ms;  // counted, of those met or breached
  std::optional<Milliseconds> p90_ms;
  static constexpr auto fields =
      std::make_tuple(field("met", &MetricMeasures::met), field("breached", &MetricMeasures::breached),
                      field("cancelled_breached", &MetricMeasures::cancelled_breached),
                      field("median_ms", &MetricMeasures::median_ms), field("p90_ms", &MetricMeasures::p90_ms));
  bool operator==(const MetricMeasures& o) const { return same_fields(*this, o); }
};

struct SlaMeasures {
  MetricMeasures first_response, next_response, inactivity;
  MetricMeasures resolution;        // each ticket's first: reopening changes nothing in it
  MetricMeasures total_resolution;  // each later one: all since the opening, or the reopening that restarted it
  static constexpr auto fields = std::make_tuple(
      field("first_response", &SlaMeasures::first_response), field("next_response", &SlaMeasures::next_response),
      field("inactivity", &SlaMeasures::inactivity), field("resolution", &SlaMeasures::resolution),
      field("total_resolution", &SlaMeasures::total_resolution));
  bool operator==(const SlaMeasures& o) const { return same_fields(*this, o); }
};

// Open tickets by the time since their opening, in days of 24 hours; each ticket is in one.
struct AgeMeasures {
  Count under_1_day = 0, under_3_days = 0, under_7_days = 0, under_30_days = 0, older = 0;
  static constexpr auto fields = std::make_tuple(
      field("under_1_day", &AgeMeasures::under_1_day), field("under_3_days", &AgeMeasures::under_3_days),
      field("under_7_days", &AgeMeasures::under_7_days), field("under_30_days", &AgeMeasures::under_30_days),
      field("older", &AgeMeasures::older));
  bool operator==(const AgeMeasures& o) const { return same_fields(*this, o); }
};

struct BacklogMeasures {
  Count open = 0;
  AgeMeasures by_age;
  Count overdue = 0;   // a delay that still runs is past its target
  Count past_due = 0;  // past its due date
  std::optional<Milliseconds> median_age_ms;
  std::optional<Milliseconds> p90_age_ms;
  static constexpr auto fields = std::make_tuple(
      field("open", &BacklogMeasures::open), field("by_age", &BacklogMeasures::by_age),
      field("overdue", &BacklogMeasures::overdue), field("past_due", &BacklogMeasures::past_due),
      field("median_age_ms", &BacklogMeasures::median_age_ms), field("p90_age_ms", &BacklogMeasures::p90_age_ms));
  bool operator==(const BacklogMeasures& o) const { return same_fields(*this, o); }
};

struct AgentsMeasures {
  Count answers = 0;
  Count first_responses = 0;  // of the answers, also those without a target
  std::optional<Milliseconds> first_response_median_ms;
  std::optional<Milliseconds> first_response_p90_ms;
  Count closings = 0;
  Milliseconds worked_ms{0};
  Count reassignments = 0;  // tickets that were theirs and left them
  static constexpr auto fields = std::make_tuple(
      field("answers", &AgentsMeasures::answers), field("first_responses", &AgentsMeasures::first_responses),
      field("first_response_median_ms", &AgentsMeasures::first_response_median_ms),
      field("first_response_p90_ms", &AgentsMeasures::first_response_p90_ms),
      field("closings", &AgentsMeasures::closings), field("worked_ms", &AgentsMeasures::worked_ms),
      field("reassignments", &AgentsMeasures::reassignments));
  bool operator==(const AgentsMeasures& o) const { return same_fields(*this, o); }
};

struct VolumeMeasures {
  Count opened = 0, closed = 0, reopened = 0;
  Count messages_in = 0, messages_out = 0;  // clients' messages, and public ones of the house
  static constexpr auto fields =
      std::make_tuple(field("opened", &VolumeMeasures::opened), field("closed", &VolumeMeasures::closed),
                      field("reopened", &VolumeMeasures::reopened), field("messages_in", &VolumeMeasures::messages_in),
                      field("messages_out", &VolumeMeasures::messages_out));
  bool operator==(const VolumeMeasures& o) const { return same_fields(*this, o); }
};

// Groups by key, ascending; a group in which nothing happened is not there. The totals are of all
// facts: a ticket or session that is in several groups counts once in them.
template <class Measures>
struct ReportRows {
  struct Item {
    GroupKey key;
    Measures measures;
  };
  std::vector<Item> items;
  Measures totals;
};

// The alternatives stand in the order of the kinds.
struct ReportAnswer {
  std::variant<ReportRows<TimeSpentMeasures>, ReportRows<SlaMeasures>, ReportRows<BacklogMeasures>,
               ReportRows<AgentsMeasures>, ReportRows<VolumeMeasures>>
      rows;
};

// The limit that the report would exceed.
enum class ReportTooLarge : std::uint8_t { groups, facts };

}  // namespace greffe
