#include "projections/reports/grouping.h"

#include <algorithm>

namespace greffe {
namespace {

// How tickets changed is kept for so many of them at a time.
constexpr std::size_t known_tickets_max = 50'000;

const Dimensions no_dimensions;

// Facts of work and acts bring their agent along.
bool brings_agent(ReportKind kind) { return kind == ReportKind::time_spent || kind == ReportKind::agents; }

bool asks_for_dimensions(const ReportQuery& query) {
  const bool agent_known = brings_agent(query.kind);
  if (query.only_agent && !agent_known) return true;
  return std::any_of(query.group_by.begin(), query.group_by.end(),
                     [&](GroupBy by) { return !is_calendar(by) && !(by == GroupBy::agent && agent_known); });
}

template <class Tag>
GroupPart of_id(const std::optional<Id<Tag>>& id) {
  return id ? GroupPart(id->value) : GroupPart();
}

GroupPart of_text(const std::string& text) { return text.empty() ? GroupPart() : GroupPart(text); }

GroupPart of_path(const std::vector<std::string>& path) { return path.empty() ? GroupPart() : GroupPart(path); }

}  // namespace

Grouping::Grouping(const ReportQuery& query, const ReportSources& sources)
    : query_(query), sources_(sources), calendar_(query.time_zone), needs_dimensions_(asks_for_dimensions(query)) {}

const Dimensions& Grouping::dimensions(TicketId id, Position position) {
  if (!needs_dimensions_) return no_dimensions;
  auto known = known_.find(id);
  if (known == known_.end()) {
    if (known_.size() == known_tickets_max) known_.clear();
    known = known_.emplace(id, sources_.reports.dimensions(sources_.at, id)).first;
  }
  const auto& history = known->second;
  const auto after = std::upper_bound(history.begin(), history.end(), position,
                                      [](Position p, const DimensionsSince& since) { return p < since.position; });
  return after == history.begin() ? no_dimensions : std::prev(after)->dimensions;
}

GroupKey Grouping::key(const Subject& subject) {
  GroupKey key;
  key.reserve(query_.group_by.size());
  for (const GroupBy by : query_.group_by) key.push_back(part(by, subject));
  return key;
}

GroupPart Grouping::part(GroupBy by, const Subject& subject) {
  const Dimensions& d = subject.dimensions;
  switch (by) {
    case GroupBy::agent: return of_id(subject.agent);
    case GroupBy::team: return of_id(d.team);
    case GroupBy::category: return of_path(d.category);
    case GroupBy::request_type: return of_text(d.request_type);
    case GroupBy::priority: return of_text(subject.priority);
    case GroupBy::organisation: return of_id(d.organisation);
    case GroupBy::contact: return of_id(d.contact);
    case GroupBy::day:
    case GroupBy::week:
    case GroupBy::month: break;
  }
  return GroupPart(date_text(by, subject.at));
}

const std::string& Grouping::date_text(GroupBy by, Instant at) {
  if (at < day_begins_ || at >= day_ends_) {
    const Day day = calendar_.day_of(at);
    day_begins_ = calendar_.start_of(day);
    day_ends_ = calendar_.start_of(day + std::chrono::days{1});
    day_ = day_text(day);
    week_ = day_text(week_of(day));
    month_ = month_text(day);
  }
  if (by == GroupBy::week) return week_;
  return by == GroupBy::month ? month_ : day_;
}

}  // namespace greffe
