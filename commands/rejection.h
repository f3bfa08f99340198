// Why a command was refused. Every rule has its own stable code; http/problem.cpp maps each
// to a status in one place, and docs/rejections.md says what each means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/names.h"
#include "events/result.h"

namespace greffe {

enum class RejectionCode : std::uint8_t {
  invalid_fields,  // one or more fields are wrong; `fields` names them all
  ticket_not_found,
  contact_not_found,
  organisation_not_found,
  agent_not_found,
  team_not_found,
  stale_version,      // If-Match named another version than the stream has
  command_id_reused,  // the same command id came before with another body
  already_assigned,   // claim on a ticket that somebody else has
  agent_required,     // only an agent can do this; the caller acts as nobody or as a contact
  ticket_closed,      // a closed ticket is not edited (closed.edit = none): reopen it first
  email_taken,        // another active contact or agent has this address
  external_id_taken,  // something of this kind with that external id exists
  last_entry,         // would leave nothing where one is needed (no status of a category, …)
  queue_full,         // too many commands wait: try again
  stopping,           // the writer is shutting down
  log_failed,         // the log could not be written or read; nothing was changed or acknowledged
};
constexpr std::array<std::string_view, 17> names_of(RejectionCode) {
  return {"invalid_fields",    "ticket_not_found", "contact_not_found", "organisation_not_found",
          "agent_not_found",   "team_not_found",   "stale_version",     "command_id_reused",
          "already_assigned",  "agent_required",   "ticket_closed",     "email_taken",
          "external_id_taken", "last_entry",       "queue_full",        "stopping",
          "log_failed"};
}

// What is wrong with one field of a command.
enum class FieldCode : std::uint8_t {
  required,
  unknown_field,
  wrong_type,
  too_long,
  too_short,
  out_of_range,
  malformed,  // not a date, id, colour, address, zone … of the expected form
  invalid_utf8,
  control_character,
  not_one_of,  // not among the values an enumeration has
  duplicate,
  too_many,
  not_found,            // refers to something that does not exist
  inactive,             // refers to a deactivated agent, team, contact or organisation
  not_in_support_team,  // the agent is not assignable
  unknown_status,
  unknown_priority,
  status_not_settable,  // categories merged and deleted are reached by their own commands only
};
constexpr std::array<std::string_view, 18> names_of(FieldCode) {
  return {"required",       "unknown_field",    "wrong_type",         "too_long",          "too_short",
          "out_of_range",   "malformed",        "invalid_utf8",       "control_character", "not_one_of",
          "duplicate",      "too_many",         "not_found",          "inactive",          "not_in_support_team",
          "unknown_status", "unknown_priority", "status_not_settable"};
}

struct FieldFault {
  std::string field;  // path as in the request's JSON: "statuses[2].colour"
  FieldCode code;
  bool operator==(const FieldFault&) const = default;
};

struct Rejection {
  RejectionCode code = RejectionCode::invalid_fields;
  std::string detail;              // one sentence for people; holds no personal data
  std::vector<FieldFault> fields;  // for invalid_fields: every wrong field
  // For stale_version: which stream, and the version it has now.
  StreamId stream;
  Version current_version;
};

template <class T>
using Decision = Result<T, Rejection>;

// The refusing side of any Decision: `return refuse(RejectionCode::ticket_closed, "…");`
inline tl::unexpected<Rejection> refuse(RejectionCode code, std::string detail) {
  Rejection rejection;
  rejection.code = code;
  rejection.detail = std::move(detail);
  return fail(std::move(rejection));
}

}  // namespace greffe
