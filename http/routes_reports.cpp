#include "http/report_query.h"
#include "http/reports_json.h"
#include "http/route.h"

namespace greffe {
namespace {

Problem too_large(ReportTooLarge limit) {
  Faults faults;
  faults.add(limit == ReportTooLarge::groups ? "group_by" : "from", FieldCode::too_many);
  auto problem = invalid_fields(faults.take());
  problem.detail = limit == ReportTooLarge::groups ? "The report has too many groups: group by less, or ask for less."
                                                   : "Too much happened in the range for one report: ask for less.";
  return problem;
}

Handled get_report(const Call& call, HttpResponse& response, const ReportOffer& offer,
                   const Parameters<ReportAsked>& parameters) {
  const auto wanted = asked(call, parameters);
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto query = report_query(call, **snapshot, offer, *wanted);
  if (!query) return fail(query.error());
  const auto answer = (*snapshot)->report(*query);
  if (!answer) return fail(too_large(answer.error()));
  JsonWriter json(response.body);
  json.begin_object();
  write_report(json, *query, *answer, **snapshot);
  write_seen(json, call.services, (*snapshot)->seen());
  json.end_object();
  return {};
}

}  // namespace

Routes report_routes() {
  Routes routes;
  for (const ReportOffer& offer : report_offers()) {
    const auto parameters = report_parameters(offer);
    routes.push_back(query_route(
        "/v1/reports/" + std::string(name_of(offer.kind)), offer.summary,
        [&offer, parameters](const Call& call, HttpResponse& response) {
          return get_report(call, response, offer, parameters);
        },
        texts_of(parameters), offer.answer));
  }
  return routes;
}

}  // namespace greffe
