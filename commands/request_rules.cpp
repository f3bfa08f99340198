#include "commands/request_rules.h"

#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/references.h"

namespace greffe {
namespace {

// One can act for people only, and for those who are in use.
void check_act_as(const Actor& person, const Lookup& lookup, FieldFaults& faults) {
  constexpr const char* field = "act_as";
  switch (person.kind) {
    case ActorKind::agent: return check_agent(field, AgentId{person.id}, lookup, faults);
    case ActorKind::contact: return check_contact(field, ContactId{person.id}, lookup, faults);
    case ActorKind::system:
    case ActorKind::administrator:
    case ActorKind::importer: break;
  }
  faults.add(field, FieldCode::not_one_of);
}

}  // namespace

const Actor& doer(const CommandRequest& request) {
  return request.on_behalf_of ? *request.on_behalf_of : request.actor;
}

std::optional<Rejection> request_fault(const CommandRequest& request, const Lookup& lookup) {
  FieldFaults faults;
  check_text("command_id", request.command_id, {limits::command_id_bytes_max}, faults);
  check_text("correlation_id", request.correlation_id, {limits::command_id_bytes_max}, faults);
  if (request.on_behalf_of) check_act_as(*request.on_behalf_of, lookup, faults);
  if (faults.empty()) return std::nullopt;
  return faults.refuse().value();
}

}  // namespace greffe
