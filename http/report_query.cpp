#include "http/report_query.h"

#include <algorithm>

#include "http/parameter_values.h"
#include "http/reader.h"

namespace greffe {
namespace {

using namespace parameter_values;
using std::chrono::days;

constexpr days usual_span{30};

std::optional<Day> parse_day(std::string_view text) {
  constexpr std::size_t date_size = 10;  // "2025-03-30"
  if (text.size() != date_size) return std::nullopt;
  const auto midnight = parse_rfc3339(std::string(text) + "T00:00:00Z");
  return midnight ? std::optional(std::chrono::floor<days>(*midnight)) : std::nullopt;
}

Fault read_bound(std::string_view text, std::optional<ReportBound>& out) {
  if (const auto day = parse_day(text)) out = *day;
  else if (const auto instant = parse_rfc3339(text)) out = *instant;
  else return FieldCode::malformed;
  return std::nullopt;
}

Fault read_group(const ReportOffer& offer, std::string_view text, std::vector<GroupBy>& out) {
  GroupBy by{};
  if (const auto fault = read_value(text, by)) return fault;
  const auto& allowed = offer.groups;
  if (std::find(allowed.begin(), allowed.end(), by) == allowed.end()) return FieldCode::not_one_of;
  if (std::find(out.begin(), out.end(), by) != out.end()) return FieldCode::duplicate;
  if (out.size() == report_groups_by_max) return FieldCode::too_many;
  out.push_back(by);
  return std::nullopt;
}

Json groups_schema(const ReportOffer& offer) {
  Json names = Json::array();
  for (const GroupBy by : offer.groups) names.push_back(name_of(by));
  return {{"type", "string"}, {"enum", names}};
}

Parameter<ReportAsked> bound_parameter(const char* name, const char* description,
                                       std::optional<ReportBound> ReportAsked::*bound) {
  return {name, description, text_schema(), false,
          [bound](std::string_view text, ReportAsked& into) { return read_bound(text, into.*bound); }};
}

Instant instant_of(const ReportBound& bound, const LocalCalendar& calendar) {
  if (const auto* instant = std::get_if<Instant>(&bound)) return *instant;
  return calendar.start_of(std::get<Day>(bound));
}

// The beginnings of the day that lies so many days from the one of `at`.
Instant day_from(const LocalCalendar& calendar, Instant at, days distance) {
  return calendar.start_of(calendar.day_of(at) + distance);
}

void set_range(ReportQuery& query, const ReportAsked& wanted, const LocalCalendar& calendar) {
  if (wanted.from) query.from = instant_of(*wanted.from, calendar);
  if (wanted.to) query.to = instant_of(*wanted.to, calendar);
  if (query.kind == ReportKind::backlog) return;
  const Instant tonight = day_from(calendar, query.now, days{1});
  if (!query.to && query.from) query.to = std::min(tonight, day_from(calendar, *query.from, usual_span));
  if (!query.to) query.to = tonight;
  // A range that ends at a midnight ends with the day before it.
  const auto last = *query.to - Instant::duration{1};
  if (!query.from) query.from = day_from(calendar, last, days{1} - usual_span);
}

void check_range(const ReportQuery& query, Faults& faults) {
  if (!query.from || !query.to) return;
  if (*query.to <= *query.from) faults.add("to", FieldCode::out_of_range);
  else if (query.kind != ReportKind::backlog && *query.to - *query.from > report_span_max) {
    faults.add("from", FieldCode::out_of_range);
  }
}

bool is_per_agent(const ReportQuery& query) {
  const auto& by = query.group_by;
  return query.kind == ReportKind::agents || std::find(by.begin(), by.end(), GroupBy::agent) != by.end();
}

// Whose figures alone the asking person gets to see; absent for those who see everybody's.
std::optional<AgentId> confined_to(const Call& call, const Snapshot& snapshot) {
  const Reader reader(call.principal, snapshot);
  if (!reader.agent()) return std::nullopt;
  const auto agent = snapshot.agent(*reader.agent());
  const bool sees_all = agent && agent->active && reader.role() != rights::Role::agent;
  return sees_all ? std::nullopt : reader.agent();
}

}  // namespace

const std::vector<ReportOffer>& report_offers() {
  using enum GroupBy;
  static const std::vector<GroupBy> of_now = {agent, team, category, request_type, priority, organisation, contact};
  static const std::vector<GroupBy> all = {agent,        team,    category, request_type, priority,
                                           organisation, contact, day,      week,         month};
  static const std::vector<ReportOffer> offers = {
      {ReportKind::time_spent, "Work on tickets, measured by itself: how long, on how many, and how it is distributed.",
       agent, all, "TimeSpentReport"},
      {ReportKind::sla, "Delays that ended in the range: met, breached, and how long they took.", priority, all,
       "SlaReport"},
      {ReportKind::backlog, "Tickets that are open now, by age, and those that are overdue.", team, of_now,
       "BacklogReport"},
      {ReportKind::agents,
       "What agents did: answers, first responses, closings, work. An agent sees their own.",
       agent,
       {agent, team, day, week, month},
       "AgentsReport"},
      {ReportKind::volume, "Tickets opened, closed and reopened, and messages in and out.", day, all, "VolumeReport"},
  };
  return offers;
}

Parameters<ReportAsked> report_parameters(const ReportOffer& offer) {
  using T = ReportAsked;
  const bool of_now = offer.kind == ReportKind::backlog;
  const char* from = of_now ? "Of tickets opened at this instant or day or later."
                            : "An instant, or a date: the day's beginning in the tenant's zone. Without it, thirty "
                              "days up to `to`. At most ten years before `to`.";
  const char* to = of_now ? "Of tickets opened before this instant or day."
                          : "An instant or a date; the range ends before it. Without it, today's end at the latest.";
  const std::string usual(name_of(offer.usual));
  return {
      bound_parameter("from", from, &T::from),
      bound_parameter("to", to, &T::to),
      {"group_by",
       "What makes a group, up to three; `" + usual +
           "` if none is named. Per-agent rows are one's own, "
           "unless one is a supervisor, an administrator or an auditor.",
       groups_schema(offer), true,
       [&offer](std::string_view text, T& into) { return read_group(offer, text, into.group_by); }},
      min_position_parameter<T>(),
  };
}

Result<ReportQuery, Problem> report_query(const Call& call, const Snapshot& snapshot, const ReportOffer& offer,
                                          const ReportAsked& wanted) {
  ReportQuery query;
  query.kind = offer.kind;
  query.group_by = wanted.group_by;
  if (query.group_by.empty()) query.group_by = {offer.usual};
  query.time_zone = call.services.writer.settings()->tenant.time_zone;
  // The newest event may carry a time ahead of this machine's clock.
  query.now = std::max(call.services.clock.now(), snapshot.seen().recorded_at);
  set_range(query, wanted, LocalCalendar(query.time_zone));
  Faults faults;
  check_range(query, faults);
  if (!faults.empty()) return fail(invalid_fields(faults.take()));
  if (is_per_agent(query)) query.only_agent = confined_to(call, snapshot);
  return query;
}

}  // namespace greffe
