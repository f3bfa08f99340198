#include "http/json_writer.h"
#include "http/metrics.h"
#include "http/route.h"

namespace greffe {
namespace {

Handled get_healthz(const Call&, HttpResponse& response) {
  response.body = R"({"status":"ok"})";
  return {};
}

void write_search(JsonWriter& json, const Services& services) {
  json.key("search");
  if (services.search == nullptr) {
    json.null();
    return;
  }
  const auto status = services.search->status();
  json.begin_object().key("lag_ms").value(lag_of(status.seen, services.log, services.clock.now()));
  json.key("rebuilding").boolean(status.rebuilding).end_object();
}

// Strangers may ask, so it says no more than what an operator's probe needs.
Handled get_readyz(const Call& call, HttpResponse& response) {
  const auto& services = call.services;
  const auto reasons = services.health.reasons(services.views, services.search, services.log, services.clock.now());
  response.status = reasons.empty() ? 200 : 503;
  JsonWriter json(response.body);
  json.begin_object().key("status").text(reasons.empty() ? "ready" : "not_ready").key("reasons").value(reasons);
  write_search(json, services);
  json.end_object();
  return {};
}

Handled get_metrics(const Call& call, HttpResponse& response) {
  response.content_type = "text/plain; version=0.0.4";
  response.body = call.services.metrics.text(call.services);
  return {};
}

}  // namespace

Routes health_routes() {
  return {
      {.method = "GET",
       .path = "/healthz",
       .summary = "Whether the process runs.",
       .handle = get_healthz,
       .open = true,
       .answer = "Health"},
      {.method = "GET",
       .path = "/readyz",
       .summary = "Whether the server should get requests; 503 with the reasons if not.",
       .handle = get_readyz,
       .open = true,
       .answer = "Readiness"},
      {.method = "GET",
       .path = "/metrics",
       .summary = "Figures for Prometheus.",
       .handle = get_metrics,
       .content_type = "text/plain; version=0.0.4"},
  };
}

}  // namespace greffe
