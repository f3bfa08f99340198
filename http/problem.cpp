#include "http/problem.h"

#include "http/json_writer.h"

namespace greffe {
namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
  }
}

}  // namespace

int status_of(RejectionCode code) {
  switch (code) {
    case RejectionCode::invalid_fields: return 422;
    case RejectionCode::ticket_not_found:
    case RejectionCode::contact_not_found:
    case RejectionCode::organisation_not_found:
    case RejectionCode::agent_not_found:
    case RejectionCode::team_not_found: return 404;
    case RejectionCode::stale_version: return 412;
    case RejectionCode::command_id_reused: return 422;
    case RejectionCode::agent_required: return 403;
    case RejectionCode::already_assigned:
    case RejectionCode::ticket_closed:
    case RejectionCode::email_taken:
    case RejectionCode::external_id_taken:
    case RejectionCode::last_entry: return 409;
    case RejectionCode::queue_full:
    case RejectionCode::stopping:
    case RejectionCode::log_failed: return 503;
  }
  return 500;
}

int status_of(RequestCode code) {
  switch (code) {
    case RequestCode::unauthorised: return 401;
    case RequestCode::malformed_json:
    case RequestCode::malformed_header:
    case RequestCode::bad_cursor: return 400;
    case RequestCode::unknown_route: return 404;
    case RequestCode::method_not_allowed: return 405;
    case RequestCode::unsupported_media_type: return 415;
    case RequestCode::as_of_not_supported: return 422;
    case RequestCode::views_behind:
    case RequestCode::views_unreadable: return 503;
    case RequestCode::internal: return 500;
  }
  return 500;
}

Problem problem_of(RequestCode code, std::string detail) {
  Problem problem{status_of(code), std::string(name_of(code)), std::move(detail), {}, {}, {}};
  if (problem.status == 401) problem.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (problem.status == 503) problem.headers.emplace_back("Retry-After", "1");
  return problem;
}

Problem problem_of(const Rejection& rejection) {
  Problem problem{
      status_of(rejection.code), std::string(name_of(rejection.code)), rejection.detail, rejection.fields, {}, {}};
  if (problem.status == 503) problem.headers.emplace_back("Retry-After", "1");
  return problem;
}

// What the disk said is for the operator's journal, not for callers.
Problem problem_of(const LogFailure& failure) {
  Rejection rejection{RejectionCode::log_failed, "The log could not be read.", {}, {}, {}};
  if (failure.position.value != 0) {
    rejection.detail = "The log could not be read at position " + std::to_string(failure.position.value) + ".";
  }
  return problem_of(rejection);
}

Problem invalid_fields(std::vector<FieldFault> faults) {
  return problem_of(
      Rejection{RejectionCode::invalid_fields, "One or more fields are missing or wrong.", std::move(faults), {}, {}});
}

void answer_problem(const Problem& problem, HttpResponse& response) {
  response = HttpResponse{};
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.headers = problem.headers;
  JsonWriter json(response.body);
  json.begin_object();
  json.key("type").text("/problems/" + problem.code);
  json.key("title").text(title_of(problem.status));
  json.key("status").number(problem.status);
  json.key("code").text(problem.code);
  json.key("detail").text(problem.detail);
  json.key("errors").begin_array();
  for (const auto& fault : problem.errors) {
    json.begin_object().key("field").text(fault.field).key("code").text(name_of(fault.code)).end_object();
  }
  json.end_array();
  for (const auto& [name, value] : problem.members) json.key(name).raw(value);
  json.end_object();
}

}  // namespace greffe
