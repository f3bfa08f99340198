// Refusals as RFC 9457 problem documents. This is the one place that gives a rejection its
// HTTP status; docs/rejections.md says what each code means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/rejection.h"
#include "http/front/request.h"
#include "http/json_writer.h"
#include "storage/log.h"

namespace greffe {

// What is refused before a command or query is understood; RejectionCode has the rest.
enum class RequestCode : std::uint8_t {
  unauthorised,            // 401: no token, or not one that this server knows
  malformed_json,          // 400: not one JSON object in UTF-8, too deep, or a name twice
  malformed_header,        // 400: Idempotency-Key, If-Match, Greffe-Act-As … of another form
  bad_cursor,              // 400: not a cursor that this query gave
  unknown_route,           // 404
  document_not_found,      // 404: the ticket shows no document of this number
  batch_not_found,         // 404: no event carries this batch's id
  method_not_allowed,      // 405: `Allow` names the methods that this path knows
  not_undoable,            // 409: `steps` says which of the batch's events have no way back
  unsupported_media_type,  // 415: a body that is not application/json
  as_of_not_supported,     // 422: this query cannot answer from the past yet
  views_behind,            // 503: the views did not reach min_position in time
  views_unreadable,        // 503: the views' disk or the log could not be read
  internal,                // 500: a defect of the server
};
constexpr std::array<std::string_view, 14> names_of(RequestCode) {
  return {"unauthorised",        "malformed_json",  "malformed_header",   "bad_cursor",   "unknown_route",
          "document_not_found",  "batch_not_found", "method_not_allowed", "not_undoable", "unsupported_media_type",
          "as_of_not_supported", "views_behind",    "views_unreadable",   "internal"};
}

struct Problem {
  int status = 500;
  std::string code;
  std::string detail;              // for people; holds no personal data
  std::vector<FieldFault> errors;  // for invalid_fields
  NamedTexts headers;              // beside Content-Type
  // Further members of the document, each written as JSON.
  NamedTexts members;
};

// What every handler gives back: nothing, its answer being in the HttpResponse, or a problem.
using Handled = Result<void, Problem>;

int status_of(RejectionCode code);
int status_of(RequestCode code);

Problem problem_of(RequestCode code, std::string detail);
Problem problem_of(const Rejection& rejection);
Problem problem_of(const LogFailure& failure);
Problem invalid_fields(std::vector<FieldFault> faults);

// The problem document, as an object.
void write_problem(JsonWriter& json, const Problem& problem);

// Writes the problem over `response`.
void answer_problem(const Problem& problem, HttpResponse& response);

}  // namespace greffe
