// Schemas of reports. Measures follow the field lists of projections/reports/report.h.
#include "http/openapi_parts.h"
#include "projections/reports/report.h"

namespace greffe::openapi {
namespace {

template <HasFields T>
Json measures_of();

template <class T>
struct Measure {
  static Json schema() {
    if constexpr (HasFields<T>) return measures_of<T>();
    else return integer();
  }
};
template <class T>
struct Measure<std::optional<T>> {
  static Json schema() { return or_null(Measure<T>::schema()); }
};

template <HasFields T>
Json measures_of() {
  std::vector<Member> members;
  for_each_field<T>([&](const auto& f, std::size_t) {
    members.emplace_back(f.name, Measure<typename std::remove_cvref_t<decltype(f)>::type>::schema());
  });
  return object(members);
}

Json group_schema(GroupBy by) {
  switch (by) {
    case GroupBy::agent:
    case GroupBy::team:
    case GroupBy::organisation:
    case GroupBy::contact: return or_null(ref("Entry"));
    case GroupBy::category: return or_null(list_of(text()));
    case GroupBy::request_type:
    case GroupBy::priority: return or_null(text());
    case GroupBy::day:
    case GroupBy::week:
    case GroupBy::month: break;
  }
  return text();
}

// An item has those groups that `group_by` names, hence none is required.
template <class Measures>
Json report_of() {
  const Json measures = measures_of<Measures>();
  Json item = measures;
  for (std::size_t i = 0; i < names_of(GroupBy{}).size(); ++i) {
    const auto by = static_cast<GroupBy>(i);
    item["properties"][std::string(name_of(by))] = group_schema(by);
  }
  return object(joined({{"items", list_of(item)},
                        {"totals", measures},
                        {"from", or_null(instant())},
                        {"to", or_null(instant())},
                        {"time_zone", text()},
                        {"now", instant()},
                        {"group_by", list_of(name_schema<GroupBy>())}},
                       seen()));
}

}  // namespace

void add_report_schemas(Json& schemas) {
  schemas["TimeSpentReport"] = report_of<TimeSpentMeasures>();
  schemas["SlaReport"] = report_of<SlaMeasures>();
  schemas["BacklogReport"] = report_of<BacklogMeasures>();
  schemas["AgentsReport"] = report_of<AgentsMeasures>();
  schemas["VolumeReport"] = report_of<VolumeMeasures>();
}

}  // namespace greffe::openapi
