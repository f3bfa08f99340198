#include "http/reports_json.h"

#include "events/result.h"
#include "http/ticket_json.h"

namespace greffe {
namespace {

// The directory's kind of entry whose ids the group has.
StreamKind kind_of(GroupBy by) {
  switch (by) {
    case GroupBy::team: return StreamKind::team;
    case GroupBy::organisation: return StreamKind::organisation;
    case GroupBy::contact: return StreamKind::contact;
    default: return StreamKind::agent;
  }
}

void write_part(JsonWriter& json, GroupBy by, const GroupPart& part, const Snapshot& snapshot) {
  json.key(name_of(by));
  std::visit(overloaded{
                 [&](std::monostate) { json.null(); },
                 [&](std::uint64_t id) {
                   write_entry(json, {kind_of(by), id}, snapshot);
                 },
                 [&](const auto& text) { json.value(text); },
             },
             part);
}

template <class Measures>
void write_measures(JsonWriter& json, const Measures& measures) {
  for_each_field<Measures>([&](const auto& f, std::size_t) { json.key(f.name).value(measures.*(f.member)); });
}

template <class Measures>
void write_rows(JsonWriter& json, const ReportQuery& query, const ReportRows<Measures>& rows,
                const Snapshot& snapshot) {
  json.key("items").begin_array();
  for (const auto& item : rows.items) {
    json.begin_object();
    for (std::size_t i = 0; i < query.group_by.size(); ++i) {
      write_part(json, query.group_by[i], item.key[i], snapshot);
    }
    write_measures(json, item.measures);
    json.end_object();
  }
  json.end_array().key("totals").value(rows.totals);
}

}  // namespace

void write_report(JsonWriter& json, const ReportQuery& query, const ReportAnswer& answer, const Snapshot& snapshot) {
  std::visit([&](const auto& rows) { write_rows(json, query, rows, snapshot); }, answer.rows);
  json.key("from").value(query.from).key("to").value(query.to);
  json.key("time_zone").text(query.time_zone).key("now").value(query.now);
  json.key("group_by").value(query.group_by);
}

}  // namespace greffe
