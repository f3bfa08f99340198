// Random histories: a report over any range is what plain recomputation over all events gives.
#include <rapidcheck.h>

#include <random>
#include <sstream>

#include "projections/reports/dimensions.h"
#include "tests/projections_reports_model.h"

namespace greffe {
namespace {

using namespace projections_test;
using std::chrono::days;
using Line = ReportModel::Line;
using What = Line::What;

// The lines of one group, or of all.
struct Bag {
  std::vector<Line> lines;
};

std::optional<Milliseconds> nearest_rank(std::vector<Milliseconds> values, double share) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  std::size_t rank = 1;
  while (static_cast<double>(rank) < share * static_cast<double>(values.size())) ++rank;
  return values[rank - 1];
}

class Expected {
 public:
  Expected(const ReportModel& model, const ReportQuery& query)
      : model_(model), query_(query), calendar_(query.time_zone) {}

  // What the report is about, each where it is counted; a session once for each of its days.
  std::vector<Line> counted_lines() const {
    std::vector<Line> chosen;
    const bool works = query_.kind == ReportKind::time_spent || query_.kind == ReportKind::agents;
    for (const Line& line : model_.lines()) {
      if (line.at >= *query_.from && line.at < *query_.to && is_wanted(line) && shows(line)) chosen.push_back(line);
    }
    for (const Line& line : works ? model_.sessions() : std::vector<Line>()) {
      if (shows(line)) divide(line, chosen);
    }
    return chosen;
  }

  GroupKey key_of(const Line& line) const {
    GroupKey key;
    for (const GroupBy by : query_.group_by) key.push_back(part(by, line));
    return key;
  }

 private:
  bool is_wanted(const Line& line) const {
    const bool clock = line.what == What::clock;
    switch (query_.kind) {
      case ReportKind::volume: return !clock && line.what != What::passed_on;
      case ReportKind::sla: return clock && line.clock.target_ms > Milliseconds{0} && is_verdict_or_breach(line.clock);
      case ReportKind::agents:
        if (!line.agent) return false;
        if (clock) {
          return line.clock.metric == Metric::first_response && line.answered && line.clock.phase == ClockPhase::ended;
        }
        return line.what == What::answer || line.what == What::closed || line.what == What::passed_on;
      default: return false;
    }
  }
  static bool is_verdict_or_breach(const ClockRow& clock) {
    return clock.phase == ClockPhase::ended || clock.breached_at;
  }

  bool shows(const Line& line) const {
    return !query_.only_agent || (brings_agent() ? line.agent : line.ticket.assignee) == query_.only_agent;
  }
  bool brings_agent() const { return query_.kind == ReportKind::time_spent || query_.kind == ReportKind::agents; }

  void divide(const Line& line, std::vector<Line>& chosen) const {
    if (counted(line.session) == Milliseconds{0}) return;
    const Day last = calendar_.day_of(line.session.ended_at);
    for (Day day = calendar_.day_of(line.session.started_at); day <= last; day += days{1}) {
      Line piece = line;
      Instant &begin = piece.session.started_at, &end = piece.session.ended_at;
      begin = std::max({begin, *query_.from, calendar_.start_of(day)});
      end = std::min({end, *query_.to, calendar_.start_of(day + days{1})});
      piece.at = begin;
      if (begin < end) chosen.push_back(piece);
    }
  }

  GroupPart part(GroupBy by, const Line& line) const {
    const TicketRow& t = line.ticket;
    const auto id = [](const auto& optional) { return optional ? GroupPart(optional->value) : GroupPart(); };
    const auto text = [](const std::string& key) { return key.empty() ? GroupPart() : GroupPart(key); };
    switch (by) {
      case GroupBy::agent: return id(brings_agent() ? line.agent : t.assignee);
      case GroupBy::team: return id(t.team);
      case GroupBy::organisation: return id(t.party.organisation);
      case GroupBy::contact: return id(t.party.contact);
      case GroupBy::request_type: return text(t.classification.request_type);
      // A clock past its target keeps its priority when the ticket gets another one.
      case GroupBy::priority: return text(query_.kind == ReportKind::sla ? line.clock.priority : t.priority.key);
      case GroupBy::category:
        return t.classification.category.empty() ? GroupPart() : GroupPart(t.classification.category);
      case GroupBy::day: return text(day_text(calendar_.day_of(line.at)));
      case GroupBy::week: return text(day_text(week_of(calendar_.day_of(line.at))));
      case GroupBy::month: return text(month_text(calendar_.day_of(line.at)));
    }
    return {};
  }

  const ReportModel& model_;
  const ReportQuery& query_;
  const LocalCalendar calendar_;
};

Count count(const Bag& bag, What what) {
  return static_cast<Count>(
      std::count_if(bag.lines.begin(), bag.lines.end(), [&](const Line& line) { return line.what == what; }));
}

// Whole milliseconds, since no author of these histories writes any others.
Milliseconds worked(const Line& line) {
  return std::chrono::floor<Milliseconds>(line.session.ended_at - line.session.started_at);
}

void measure(const Bag& bag, VolumeMeasures& m) {
  m = {count(bag, What::opened), count(bag, What::closed), count(bag, What::reopened), count(bag, What::message_in),
       count(bag, What::message_out) + count(bag, What::answer)};
}

void measure(const Bag& bag, TimeSpentMeasures& m) {
  std::map<TicketId, Milliseconds> tickets;
  std::set<Position> sessions;
  for (const Line& line : bag.lines) {
    tickets[line.session.ticket] += worked(line);
    sessions.insert(line.session.first_evidence);
    m.worked_ms += worked(line);
  }
  std::vector<Milliseconds> each;
  for (const auto& [id, time] : tickets) each.push_back(time);
  m.sessions = sessions.size();
  m.tickets = tickets.size();
  m.ticket_median_ms = nearest_rank(each, 0.5);
  m.ticket_p90_ms = nearest_rank(each, 0.9);
}

void measure(const Bag& bag, AgentsMeasures& m) {
  std::vector<Milliseconds> responses;
  for (const Line& line : bag.lines) {
    if (line.what == What::clock) responses.push_back(line.clock.counted_ms);
    if (line.what == What::session) m.worked_ms += worked(line);
  }
  m.answers = count(bag, What::answer);
  m.closings = count(bag, What::closed);
  m.reassignments = count(bag, What::passed_on);
  m.first_responses = responses.size();
  m.first_response_median_ms = nearest_rank(responses, 0.5);
  m.first_response_p90_ms = nearest_rank(responses, 0.9);
}

void measure(const Bag& bag, SlaMeasures& m) {
  struct Part {
    Metric metric;
    bool again;
    MetricMeasures* into;
  };
  for (const auto& [metric, again, into] :
       {Part{Metric::first_response, false, &m.first_response}, Part{Metric::next_response, false, &m.next_response},
        Part{Metric::inactivity, false, &m.inactivity}, Part{Metric::resolution, false, &m.resolution},
        Part{Metric::resolution, true, &m.total_resolution}}) {
    std::vector<Milliseconds> ended;
    for (const Line& line : bag.lines) {
      if (line.clock.metric != metric || line.again != again) continue;
      const bool cancelled = line.clock.phase == ClockPhase::cancelled;
      if (cancelled) ++into->cancelled_breached;
      else ++(line.clock.breached_at ? into->breached : into->met);
      if (!cancelled) ended.push_back(line.clock.counted_ms);
    }
    into->median_ms = nearest_rank(ended, 0.5);
    into->p90_ms = nearest_rank(ended, 0.9);
  }
}

// Returns how many groups there were.
template <class Measures>
std::size_t check(const Snapshot& snapshot, const ReportModel& model, const ReportQuery& query) {
  const Expected expected(model, query);
  std::map<GroupKey, Bag> groups;
  Bag all;
  for (const Line& line : expected.counted_lines()) {
    groups[expected.key_of(line)].lines.push_back(line);
    all.lines.push_back(line);
  }
  const auto rows = rows_of<Measures>(snapshot, query);
  RC_ASSERT(rows.items.size() == groups.size());
  std::size_t i = 0;
  for (const auto& [key, bag] : groups) {
    Measures measures;
    measure(bag, measures);
    RC_ASSERT(rows.items[i].key == key);
    RC_ASSERT(rows.items[i].measures == measures);
    ++i;
  }
  Measures totals;
  measure(all, totals);
  RC_ASSERT(rows.totals == totals);
  return groups.size();
}

// Everything from one number, so that a case costs RapidCheck little.
Author::Draw drawn() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  return [random = std::make_shared<std::mt19937_64>(seed)](std::uint64_t below) { return (*random)() % below; };
}

ReportQuery random_query(const Author::Draw& draw, const History& history, ReportKind kind) {
  ReportQuery query = report_query(kind);
  // Midnights fall within the few hours of the histories there.
  const char* zones[] = {"Europe/Paris", "Asia/Tokyo", "Pacific/Kiritimati"};
  query.time_zone = zones[draw(3)];
  const std::uint64_t length = history.tail().value + 2;
  query.from = nine - minute + minutes(draw(length)) * (draw(2) == 0 ? 0 : 1);
  query.to = *query.from + minutes(1 + draw(length));
  for (std::uint64_t left = draw(3); left > 0; --left) query.group_by.push_back(static_cast<GroupBy>(draw(10)));
  return query;
}

std::vector<AgentId> agents_of(const History& history) {
  std::vector<AgentId> agents;
  for (const Record& record : history.records()) {
    const auto* event = std::get_if<AgentEvent>(&record.event);
    if (event != nullptr && std::holds_alternative<AgentCreated>(*event)) {
      agents.push_back({record.envelope.stream_id});
    }
  }
  return agents;
}

// rc::check with fewer cases: each opens stores, whose syncs take their time.
template <class Property>
void check_some(Property&& property) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = std::min(params.maxSuccess, 25);
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), rc::detail::TestMetadata{}, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  INFO(text.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace

TEST_CASE("a report over any range is what plain recomputation over all events gives") {
  std::map<ReportKind, std::size_t> groups;
  check_some([&] {
    const auto draw = drawn();
    Scene scene;
    // Imports and late entries are among what the author writes.
    Author(scene.history, draw).write(50 + draw(500));
    const auto now = scene.now();
    const ReportModel model(scene.history);
    const auto agents = agents_of(scene.history);
    const auto query = [&](ReportKind kind) {
      auto asked = random_query(draw, scene.history, kind);
      if (!agents.empty() && draw(4) == 0) asked.only_agent = agents[draw(agents.size())];
      return asked;
    };
    for (int i = 0; i < 3; ++i) {
      groups[ReportKind::volume] += check<VolumeMeasures>(*now, model, query(ReportKind::volume));
      groups[ReportKind::time_spent] += check<TimeSpentMeasures>(*now, model, query(ReportKind::time_spent));
      groups[ReportKind::sla] += check<SlaMeasures>(*now, model, query(ReportKind::sla));
      groups[ReportKind::agents] += check<AgentsMeasures>(*now, model, query(ReportKind::agents));
    }
  });
  // The histories have something to report of every kind.
  for (const auto& [kind, count] : groups) CHECK(count > 20);
}

TEST_CASE("the backlog is what the tickets' own rows say, at any instant") {
  check_some([] {
    const auto draw = drawn();
    Scene scene;
    Author(scene.history, draw).write(50 + draw(300));
    const ReportModel model(scene.history);
    auto query = report_query(ReportKind::backlog, {GroupBy::team});
    query.now = nine + minutes(draw(3000));
    BacklogMeasures expected;
    std::map<GroupKey, Count> by_team;
    for (const auto& [id, row] : model.tickets()) {
      if (!is_open(row.status.category)) continue;
      ++expected.open;
      ++by_team[row.team ? key(row.team->value) : no_key()];
      const auto& clocks = model.sla().at(id).clocks;
      const bool overdue = std::any_of(clocks.begin(), clocks.end(), [&](const ClockRow& clock) {
        const auto reading = read_clock(clock, query.now);
        return !reading.ended && reading.breached_at;
      });
      if (overdue) ++expected.overdue;
      if (row.due_at && *row.due_at < query.now) ++expected.past_due;
    }
    const auto rows = rows_of<BacklogMeasures>(*scene.now(), query);
    RC_ASSERT(rows.totals.open == expected.open);
    RC_ASSERT(rows.totals.overdue == expected.overdue);
    RC_ASSERT(rows.totals.past_due == expected.past_due);
    const AgeMeasures& ages = rows.totals.by_age;
    RC_ASSERT(ages.under_1_day + ages.under_3_days + ages.under_7_days + ages.under_30_days + ages.older ==
              expected.open);
    std::map<GroupKey, Count> found;
    for (const auto& item : rows.items) found[item.key] = item.measures.open;
    RC_ASSERT(found == by_team);
  });
}

TEST_CASE("a ticket's dimensions follow its events as its row does") {
  check_some([] {
    const auto draw = drawn();
    History history;
    Author(history, draw).write(300);
    std::map<std::uint64_t, TicketRow> rows;
    std::map<std::uint64_t, Dimensions> followed;
    for (const Record& record : history.records()) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr) continue;
      const auto id = record.envelope.stream_id;
      fold_ticket(rows[id], record.envelope, *event);
      if (const auto change = dimensions_changed_by(*event)) apply(*change, followed[id]);
      const TicketRow& row = rows[id];
      const Dimensions expected{row.assignee,
                                row.team,
                                row.classification.category,
                                row.classification.request_type,
                                row.priority.key,
                                row.party.organisation,
                                row.party.contact};
      RC_ASSERT(followed[id] == expected);
    }
  });
}

}  // namespace greffe
