#include "http/api.h"

#include <chrono>
#include <exception>

#include "http/documents.h"
#include "http/entry_routes.h"
#include "http/metrics.h"
#include "http/openapi.h"
#include "http/router.h"
#include "projections/view_failure.h"

namespace greffe {
namespace {

// A dashboard's pages are some tens of KiB each; beyond this, other queries crowd them out.
constexpr std::size_t cached_pages_bytes_max = 64 * 1024 * 1024;

Routes all_routes() {
  Routes all;
  for (auto& routes :
       {ticket_list_routes(), ticket_count_routes(), ticket_query_routes(), ticket_clock_routes(), report_routes(),
        ticket_command_routes(), document_routes(), bulk_routes(), me_routes(), search_routes(), directory_routes(),
        catalogue_routes(), settings_routes(), feed_routes(), health_routes()}) {
    all.insert(all.end(), routes.begin(), routes.end());
  }
  return all;
}

Problem not_for_clients() { return problem_of(refuse(RejectionCode::forbidden, "This is not for clients.").value()); }

// Commands are decided, and a repeat is answered as it was, whoever has left since: only what reads
// the house's data asks for the person here.
bool reads_data(const Route& route) { return route.method == "GET" && route.path.starts_with("/v1/"); }

// The document describes its own route too, hence the two steps.
Routes with_document(Routes routes) {
  routes.push_back({.method = "GET",
                    .path = "/openapi.json",
                    .summary = "This document.",
                    .handle = nullptr,
                    .for_clients = true,
                    .answer = "OpenApi"});
  auto document = std::make_shared<const std::string>(openapi_document(routes).dump());
  routes.back().handle = [document](const Call&, HttpResponse& response) {
    response.shared_body = document;
    return Handled();
  };
  return routes;
}

}  // namespace

struct Api::State {
  State(Writer& writer, const Views& views, const Log& log, const Clock& clock, AccessPolicy policy, ApiHooks hooks)
      : access(policy),
        on_defect(std::move(hooks.on_defect)),
        services{writer,
                 views,
                 log,
                 clock,
                 pages,
                 health,
                 metrics,
                 hooks.search,
                 hooks.blobs,
                 std::move(hooks.import),
                 std::move(hooks.front_stats)},
        routes(with_document(all_routes())),
        router(routes) {}

  // Who asks, if such people are answered by the route; null = no route is there.
  Result<Principal, Problem> admit(const HttpRequest& request, const Route* route) const;
  Handled answer(const HttpRequest& request, const Router::Match& match, HttpResponse& response) const;
  void answer_defect(const Problem& problem, const std::exception& defect, HttpResponse& response);

  AccessPolicy access;
  std::function<void(const std::string&)> on_defect;
  PageCache pages{cached_pages_bytes_max};
  Health health;
  Metrics metrics;
  Services services;
  Routes routes;
  Router router;
};

Result<Principal, Problem> Api::State::admit(const HttpRequest& request, const Route* route) const {
  auto principal = access.admit(request);
  if (!principal) return principal;
  const bool client = principal->person().kind == ActorKind::contact;
  if (client && route && !route->for_clients) return fail(not_for_clients());
  return principal;
}

Handled Api::State::answer(const HttpRequest& request, const Router::Match& match, HttpResponse& response) const {
  Call call{request, services, {}, match.segments[0], match.segments[1]};
  // Strangers learn nothing, not even which paths exist.
  if (!match.route || !match.route->open) {
    auto principal = admit(request, match.route);
    if (!principal) return fail(principal.error());
    call.principal = *principal;
  }
  if (match.route && reads_data(*match.route)) {
    if (auto checked = check_person_now(call); !checked) return checked;
  }
  if (match.route) return match.route->handle(call, response);
  if (match.allow.empty()) return fail(problem_of(RequestCode::unknown_route, "Nothing is served at this path."));
  auto problem = problem_of(RequestCode::method_not_allowed, "This path knows other methods only.");
  problem.headers.emplace_back("Allow", match.allow);
  return fail(std::move(problem));
}

// The exception's text may quote what it failed on: it is for the journal, not for callers.
void Api::State::answer_defect(const Problem& problem, const std::exception& defect, HttpResponse& response) {
  answer_problem(problem, response);
  metrics.count_defect();
  if (on_defect) on_defect(defect.what());
}

Api::Api(Writer& writer, const Views& views, const Log& log, const Clock& clock, AccessPolicy access, ApiHooks hooks)
    : state_(std::make_unique<State>(writer, views, log, clock, access, std::move(hooks))) {}

Api::~Api() = default;

void Api::handle(const HttpRequest& request, HttpResponse& response) const {
  const auto begun = std::chrono::steady_clock::now();
  const auto match = state_->router.find(request.method, request.path);
  try {
    const auto handled = state_->answer(request, match, response);
    if (!handled) answer_problem(handled.error(), response);
  } catch (const ViewsUnreadable& failure) {
    const auto detail = "The views could not be read; other requests may be answered.";
    state_->answer_defect(problem_of(RequestCode::views_unreadable, detail), failure, response);
  } catch (const std::exception& defect) {
    const auto detail = "The server failed to answer; the fault is its own.";
    state_->answer_defect(problem_of(RequestCode::internal, detail), defect, response);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  const auto route = match.route ? std::string_view(match.route->path) : "none";
  state_->metrics.count_request(match.route ? request.method : "any", route, response.status, seconds.count());
}

BodyPlan Api::plan_body(const HttpRequest& head) const {
  const auto match = state_->router.find(head.method, head.path);
  BlobStore* blobs = state_->services.blobs;
  if (!match.route || !match.route->uploads || blobs == nullptr) return {};
  // Whoever has no business here sends nothing that would be written to the disk.
  if (const auto admitted = state_->admit(head, match.route); !admitted) {
    HttpResponse refused;
    answer_problem(admitted.error(), refused);
    return refused;
  }
  return plan_upload(head, upload_rules(state_->services.writer.settings()->attachments), *blobs);
}

void Api::report_failure(std::string reason) { state_->health.fail(std::move(reason)); }

const std::vector<Route>& Api::routes() const { return state_->routes; }

}  // namespace greffe
