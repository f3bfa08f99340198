#include "http/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

#include "http/route.h"

namespace greffe {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

const prometheus::Histogram::BucketBoundaries latency_bounds_s = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                                  0.05,   0.1,   0.25,   0.5,   1,    5};

void add(std::vector<MetricFamily>& families, const char* name, const char* description, double value,
         MetricType type = MetricType::Gauge) {
  ClientMetric metric;
  if (type == MetricType::Counter) metric.counter.value = value;
  else metric.gauge.value = value;
  families.push_back({name, description, type, {metric}});
}

double number(std::uint64_t value) { return static_cast<double>(value); }

void add_writer(std::vector<MetricFamily>& out, const WriterStats& stats) {
  const auto counter = MetricType::Counter;
  add(out, "greffe_commands_total", "Commands decided.", number(stats.commands), counter);
  add(out, "greffe_commands_refused_total", "Commands refused.", number(stats.refused), counter);
  add(out, "greffe_commands_repeated_total", "Answers given again.", number(stats.repeated), counter);
  add(out, "greffe_groups_total", "Synced appends.", number(stats.groups), counter);
  add(out, "greffe_events_total", "Events appended.", number(stats.events), counter);
  add(out, "greffe_queue_commands", "Commands that wait for the writer.", number(stats.queued));
}

void add_views(std::vector<MetricFamily>& out, const Services& services) {
  const auto status = services.views.status();
  const auto tail = services.log.tail();
  const auto seen = status.seen.position;
  const auto lag = lag_of(status.seen, services.log, services.clock.now());
  add(out, "greffe_log_tail_position", "Position of the last durable event.", number(tail.value));
  add(out, "greffe_views_position", "Position that the views have seen.", number(seen.value));
  add(out, "greffe_views_lag_events", "Events that the views have not seen.",
      number(tail > seen ? tail.value - seen.value : 0));
  add(out, "greffe_views_lag_seconds", "Age of the oldest event that the views have not seen.",
      std::chrono::duration<double>(lag).count());
  add(out, "greffe_views_parked", "Views that met an event they could not digest.", number(status.parked.size()));
  add(out, "greffe_views_rebuilding", "1 while views are built anew.", status.rebuilding ? 1 : 0);
}

void add_search(std::vector<MetricFamily>& out, const Services& services) {
  const auto status = services.search->status();
  const auto tail = status.log_tail, seen = status.seen.position;
  const auto lag = lag_of(status.seen, services.log, services.clock.now());
  add(out, "greffe_search_position", "Position up to which texts can be found.", number(seen.value));
  add(out, "greffe_search_lag_events", "Events that the search has not seen.",
      number(tail > seen ? tail.value - seen.value : 0));
  add(out, "greffe_search_lag_seconds", "Age of the oldest event that the search has not seen.",
      std::chrono::duration<double>(lag).count());
  add(out, "greffe_search_documents", "Tickets that can be found.", number(status.documents));
  add(out, "greffe_search_rebuilding", "1 while the index is built anew.", status.rebuilding ? 1 : 0);
  add(out, "greffe_search_failed", "1 when the index moves no more.", status.failure ? 1 : 0);
}

void add_front(std::vector<MetricFamily>& out, const FrontStats& stats) {
  const auto counter = MetricType::Counter;
  add(out, "greffe_connections_accepted_total", "Connections accepted.", number(stats.accepted), counter);
  add(out, "greffe_connections_parked", "Connections that wait for their client.", number(stats.parked));
  add(out, "greffe_connections_active", "Connections that a worker holds or will.", number(stats.active));
  add(out, "greffe_front_refused_total", "Requests refused before their handler.", number(stats.refused), counter);
  add(out, "greffe_head_timeouts_total", "Heads that came too slowly.", number(stats.head_timeouts), counter);
  add(out, "greffe_body_timeouts_total", "Bodies that came too slowly.", number(stats.body_timeouts), counter);
  add(out, "greffe_write_timeouts_total", "Answers taken too slowly.", number(stats.write_timeouts), counter);
  add(out, "greffe_idle_timeouts_total", "Connections idle for too long.", number(stats.idle_timeouts), counter);
}

}  // namespace

struct Metrics::State {
  struct Series {
    prometheus::Labels labels;
    prometheus::Histogram* seconds = nullptr;
    std::map<int, prometheus::Counter*> by_status;
  };

  // The caller holds `mutex`.
  Series& series_of(std::string_view method, std::string_view route) {
    auto& of_method = series.try_emplace(std::string(method)).first->second;
    const auto found = of_method.find(route);
    if (found != of_method.end()) return found->second;
    Series made{{{"method", std::string(method)}, {"route", std::string(route)}}, nullptr, {}};
    made.seconds = &seconds.Add(made.labels, latency_bounds_s);
    return of_method.emplace(route, std::move(made)).first->second;
  }

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("greffe_requests_total")
                                                          .Help("Requests answered, by route and status.")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("greffe_request_seconds")
                                                           .Help("Time in the handler, by route.")
                                                           .Register(registry);
  prometheus::Counter& defects = prometheus::BuildCounter()
                                     .Name("greffe_defects_total")
                                     .Help("Requests answered with 500: defects of the server.")
                                     .Register(registry)
                                     .Add({});
  // Kept beside the registry, which would hash all labels anew for each request.
  std::mutex mutex;
  std::map<std::string, std::map<std::string, Series, std::less<>>> series;  // by method, by route
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view method, std::string_view route, int status, double seconds) {
  prometheus::Counter* count = nullptr;
  prometheus::Histogram* duration = nullptr;
  {
    const std::lock_guard lock(state_->mutex);
    auto& series = state_->series_of(method, route);
    auto& counter = series.by_status[status];
    if (!counter) {
      auto labels = series.labels;
      labels.emplace("status", std::to_string(status));
      counter = &state_->requests.Add(labels);
    }
    count = counter;
    duration = series.seconds;
  }
  count->Increment();
  duration->Observe(seconds);
}

void Metrics::count_defect() { state_->defects.Increment(); }

std::string Metrics::text(const Services& services) const {
  auto families = state_->registry.Collect();
  add_writer(families, services.writer.stats());
  add_views(families, services);
  if (services.search != nullptr) add_search(families, services);
  if (services.front_stats) add_front(families, services.front_stats());
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace greffe
