#include "http/query_call.h"
#include "http/reader.h"
#include "http/ticket_json.h"

namespace greffe {
namespace {

using rights::Role;

struct Asking {
  const Reader& reader;
  const Settings& settings;

  bool works() const { return reader.role() != Role::auditor && !reader.is_client(); }
  bool manages() const { return works() && reader.role() != Role::agent; }
};

struct Right {
  std::string_view name;
  bool (*holds)(const Asking&);
};

// Mirrors commands/rights.cpp: what a front end shows or hides as a whole. What one ticket takes
// is told by its `allowed_actions`.
constexpr Right rights_of_people[] = {
    {"read-all-tickets", [](const Asking& a) { return !a.reader.is_client(); }},
    {"read-internal", [](const Asking& a) { return !a.reader.is_client(); }},
    {"open-tickets",
     [](const Asking& a) {
       const bool client = a.reader.is_client() && a.reader.role() != Role::auditor;
       return a.works() || (client && a.settings.opening.portal_enabled);
     }},
    {"open-internal-tickets", [](const Asking& a) { return a.works(); }},
    {"notify-managers", [](const Asking& a) { return a.works(); }},
    {"handle-tickets", [](const Asking& a) { return a.works(); }},
    {"delete-tickets",
     [](const Asking& a) { return a.works() && a.settings.handling.deletion == Deletion::tombstone; }},
    {"spend-points", [](const Asking& a) { return a.works() && a.settings.points.enabled; }},
    {"edit-contacts", [](const Asking& a) { return a.works(); }},
    {"edit-agents", [](const Asking& a) { return a.manages(); }},
    {"edit-settings", [](const Asking& a) { return a.manages(); }},
};

Handled get_me(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const Reader reader(call.principal, **snapshot);
  const auto settings = call.services.writer.settings();
  JsonWriter json(response.body);
  json.begin_object().key("person");
  write_actor(json, call.principal.person(), **snapshot);
  json.key("actor");
  write_actor(json, call.principal.actor, **snapshot);
  json.key("role").value(reader.role()).key("client").boolean(reader.is_client());
  const auto agent = reader.agent() ? (*snapshot)->agent(*reader.agent()) : std::nullopt;
  json.key("assignable").boolean(agent && agent->active && agent->details.assignable);
  json.key("rights").begin_array();
  for (const auto& right : rights_of_people) {
    if (right.holds({reader, *settings})) json.text(right.name);
  }
  json.end_array();
  write_seen(json, call.services, (*snapshot)->seen());
  json.end_object();
  return {};
}

}  // namespace

Routes me_routes() {
  return {client_query_route("/v1/me", "Whom the request counts for, and what they may do.", get_me,
                             texts_of(document_parameters()), "Me")};
}

}  // namespace greffe
