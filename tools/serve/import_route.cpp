#include "tools/serve/import_route.h"

#include <sstream>

#include "events/json.h"
#include "http/import/importer.h"
#include "http/problem.h"

namespace greffe {
namespace {

constexpr std::size_t bad_lines_shown_max = 1'000;

Json bad_line(std::uint64_t number, const LineAnswer& answer) {
  Json out = {{"line", number}, {"detail", answer.why}};
  for (const FieldFault& fault : answer.fields) {
    out["errors"].push_back({{"field", fault.field}, {"code", name_of(fault.code)}});
  }
  return out;
}

void import(Writer& writer, const HttpRequest& request, const Principal& principal, HttpResponse& response) {
  const auto strict = request.parameter("strict");
  if (strict && *strict != "true" && *strict != "false") {
    return answer_problem(invalid_fields({{"strict", FieldCode::not_one_of}}), response);
  }
  Importer importer(writer, {}, principal.agent());
  std::istringstream lines(request.body);
  Json bad = Json::array();
  bool store_failed = false;
  const auto report =
      import_lines(importer, lines, {strict == "true"}, [&](std::uint64_t number, const LineAnswer& answer) {
        store_failed = store_failed || answer.store_failed;
        if (answer.outcome == LineOutcome::failed && bad.size() < bad_lines_shown_max)
          bad.push_back(bad_line(number, answer));
      });
  const Json out = {{"lines", report.lines},   {"appended", report.appended},
                    {"events", report.events}, {"unchanged", report.unchanged},
                    {"failed", report.failed}, {"stopped", report.stopped},
                    {"bad_lines", bad}};
  response.status = store_failed ? 503 : 200;
  response.body = out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::function<void(const HttpRequest&, const Principal&, HttpResponse&)> import_route(Writer& writer) {
  return [&writer](const HttpRequest& request, const Principal& principal, HttpResponse& response) {
    import(writer, request, principal, response);
  };
}

}  // namespace greffe
