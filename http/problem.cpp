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
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
    default: return "Internal Server Error";
  }
}

}  // namespace

int status_of(RejectionCode code) {
  switch (code) {
    case RejectionCode::agent_required:
    case RejectionCode::forbidden:
    case RejectionCode::deletion_not_allowed:
    case RejectionCode::portal_disabled:
    case RejectionCode::points_disabled: return 403;
    case RejectionCode::ticket_not_found:
    case RejectionCode::contact_not_found:
    case RejectionCode::organisation_not_found:
    case RejectionCode::agent_not_found:
    case RejectionCode::team_not_found:
    case RejectionCode::canned_reply_not_found:
    case RejectionCode::template_not_found:
    case RejectionCode::context_not_found:
    case RejectionCode::view_not_found:
    case RejectionCode::contract_not_found: return 404;
    case RejectionCode::already_assigned:
    case RejectionCode::ticket_closed:
    case RejectionCode::ticket_final:
    case RejectionCode::ticket_merged:
    case RejectionCode::ticket_deleted:
    case RejectionCode::transition_not_allowed:
    case RejectionCode::claim_required:
    case RejectionCode::due_date_frozen:
    case RejectionCode::already_merged:
    case RejectionCode::target_merged:
    case RejectionCode::target_closed:
    case RejectionCode::contact_mismatch:
    case RejectionCode::not_merged:
    case RejectionCode::root_deleted:
    case RejectionCode::relation_cycle:
    case RejectionCode::too_deep:
    case RejectionCode::too_many_children:
    case RejectionCode::parent_closed:
    case RejectionCode::children_open:
    case RejectionCode::dependencies_open:
    case RejectionCode::not_a_child:
    case RejectionCode::points_insufficient:
    case RejectionCode::email_taken:
    case RejectionCode::external_id_taken:
    case RejectionCode::in_use:
    case RejectionCode::last_entry: return 409;
    case RejectionCode::stale_version: return 412;
    case RejectionCode::invalid_fields:
    case RejectionCode::command_id_reused:
    case RejectionCode::due_date_not_allowed:
    case RejectionCode::merge_self:
    case RejectionCode::merge_descendant:
    case RejectionCode::disclosure_not_confirmed: return 422;
    case RejectionCode::queue_full:
    case RejectionCode::stopping:
    case RejectionCode::log_failed: return 503;
  }
  return 500;
}

int status_of(RequestCode code) {
  switch (code) {
    case RequestCode::malformed_json:
    case RequestCode::malformed_header:
    case RequestCode::bad_cursor: return 400;
    case RequestCode::unauthorised: return 401;
    case RequestCode::unknown_route:
    case RequestCode::document_not_found:
    case RequestCode::batch_not_found: return 404;
    case RequestCode::method_not_allowed: return 405;
    case RequestCode::not_undoable: return 409;
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
  if (!rejection.root.empty()) {
    std::string number;
    append_json_text(number, rejection.root);
    problem.members.emplace_back("root", std::move(number));
  }
  if (problem.status == 503) problem.headers.emplace_back("Retry-After", "1");
  return problem;
}

// What the disk said is for the operator's journal, not for callers.
Problem problem_of(const LogFailure& failure) {
  Rejection rejection;
  rejection.code = RejectionCode::log_failed;
  rejection.detail = "The log could not be read.";
  if (failure.position.value != 0) {
    rejection.detail = "The log could not be read at position " + std::to_string(failure.position.value) + ".";
  }
  return problem_of(rejection);
}

Problem invalid_fields(std::vector<FieldFault> faults) {
  Rejection rejection;
  rejection.detail = "One or more fields are missing or wrong.";
  rejection.fields = std::move(faults);
  return problem_of(rejection);
}

void write_problem(JsonWriter& json, const Problem& problem) {
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

void answer_problem(const Problem& problem, HttpResponse& response) {
  response = HttpResponse{};
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.headers = problem.headers;
  JsonWriter json(response.body);
  write_problem(json, problem);
}

}  // namespace greffe
