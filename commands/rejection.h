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
  canned_reply_not_found,
  template_not_found,
  context_not_found,
  view_not_found,
  contract_not_found,
  stale_version,             // If-Match named another version than the stream has
  command_id_reused,         // the same command id came before with another body
  forbidden,                 // whom the caller acts for may not do this
  already_assigned,          // claim on a ticket that somebody else has
  agent_required,            // only an agent can do this; the caller acts as nobody or as a contact
  ticket_closed,             // a closed ticket is not edited (closed_edit): reopen it first
  ticket_final,              // past finalize_after_days, or the follow-up policy: only a new ticket can follow
  ticket_merged,             // the ticket is part of another one now: `root` says which, to who may read it
  ticket_deleted,            // restore it first
  transition_not_allowed,    // the present status does not lead to the wanted one
  claim_required,            // a public answer needs somebody who has the ticket (claim_before_reply)
  due_date_frozen,           // due dates are not edited (due_edit)
  due_date_not_allowed,      // tickets of this channel have no due date (due_channels)
  deletion_not_allowed,      // this store deletes nothing (deletion = never)
  portal_disabled,           // clients open no tickets themselves here
  merge_self,                // a ticket cannot be merged into itself
  already_merged,            // into another ticket: `root` says which
  target_merged,             // the target is part of another ticket: `root` says which
  target_closed,             // nothing is merged into a closed ticket (closed_target)
  merge_descendant,          // a ticket cannot go into its own sub-ticket
  contact_mismatch,          // the two tickets are of different clients: confirm_contact_mismatch
  disclosure_not_confirmed,  // an internal ticket would be seen from an external one: allow_disclosure
  not_merged,                // there is no merge to undo
  root_deleted,              // the ticket that it was merged into is deleted
  relation_cycle,            // a ticket would depend on, or be part of, itself
  too_deep,                  // more levels of sub-tickets than depth_max
  too_many_children,         // more sub-tickets than children_max
  parent_closed,             // a closed ticket gets no new sub-tickets
  children_open,             // sub-tickets are open: close them, or force with a reason
  dependencies_open,         // tickets that this one depends on are open: close them, or force with a reason
  not_a_child,               // it is no sub-ticket of this ticket
  points_insufficient,       // the contract has not enough points left
  points_disabled,           // this store works without points
  email_taken,               // another active contact or agent has this address
  external_id_taken,         // something of this kind with that external id exists
  in_use,                    // other settings name what this would take away: change them first
  last_entry,                // would leave nothing where one is needed (no status of a category, …)
  queue_full,                // too many commands wait: try again
  stopping,                  // the writer is shutting down
  log_failed,                // the log could not be written or read; nothing was changed or acknowledged
};
constexpr std::array<std::string_view, 51> names_of(RejectionCode) {
  return {"invalid_fields",
          "ticket_not_found",
          "contact_not_found",
          "organisation_not_found",
          "agent_not_found",
          "team_not_found",
          "canned_reply_not_found",
          "template_not_found",
          "context_not_found",
          "view_not_found",
          "contract_not_found",
          "stale_version",
          "command_id_reused",
          "forbidden",
          "already_assigned",
          "agent_required",
          "ticket_closed",
          "ticket_final",
          "ticket_merged",
          "ticket_deleted",
          "transition_not_allowed",
          "claim_required",
          "due_date_frozen",
          "due_date_not_allowed",
          "deletion_not_allowed",
          "portal_disabled",
          "merge_self",
          "already_merged",
          "target_merged",
          "target_closed",
          "merge_descendant",
          "contact_mismatch",
          "disclosure_not_confirmed",
          "not_merged",
          "root_deleted",
          "relation_cycle",
          "too_deep",
          "too_many_children",
          "parent_closed",
          "children_open",
          "dependencies_open",
          "not_a_child",
          "points_insufficient",
          "points_disabled",
          "email_taken",
          "external_id_taken",
          "in_use",
          "last_entry",
          "queue_full",
          "stopping",
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
  status_not_settable,      // categories merged and deleted are reached by their own commands only
  unknown_category,         // not in the taxonomy
  child_of_other_category,  // a sub-category of another category than the one before it
  not_for_audience,         // the category is not for the person who opens
  unknown_value,            // not among the values that the settings list
  not_in_catalogue,         // contexts of this type are chosen from the entries
  unknown_variable,         // the template names a variable that there is none of
  no_sequence,              // a number format without {seq:n} gives the same number twice
  collides,                 // two number formats could give the same number
  too_large,                // the file is longer than the settings allow
  media_type_refused,       // files of this type are not taken
};
constexpr std::array<std::string_view, 28> names_of(FieldCode) {
  return {"required",         "unknown_field",    "wrong_type",          "too_long",          "too_short",
          "out_of_range",     "malformed",        "invalid_utf8",        "control_character", "not_one_of",
          "duplicate",        "too_many",         "not_found",           "inactive",          "not_in_support_team",
          "unknown_status",   "unknown_priority", "status_not_settable", "unknown_category",  "child_of_other_category",
          "not_for_audience", "unknown_value",    "not_in_catalogue",    "unknown_variable",  "no_sequence",
          "collides",         "too_large",        "media_type_refused"};
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
  // For merged tickets: the number of the ticket that stands for it now.
  std::string root;
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
