#include "http/command_call.h"
#include "http/directory_json.h"
#include "http/query_call.h"
#include "http/route.h"
#include "http/ticket_json.h"

namespace greffe {
namespace {

using ReadOne = Handled (*)(const Call&, HttpResponse&);

Handled change_entry(const Call& call, const AggregateBodies& bodies, const CommandBody& body, HttpResponse& response) {
  const auto id = parse_id(call.segment);
  if (!id) return fail(problem_of(not_found(bodies.kind)));
  return handle_command(call, body, *id, {bodies.kind, bodies.plural, false}, response);
}

// One entry, by the snapshot's method for its kind.
template <class IdType, auto find>
Handled get_entry(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<IdType>(call);
  const auto row = id ? ((**snapshot).*find)(*id) : std::nullopt;
  if (!row) return fail(problem_of(not_found(stream_of(IdType{}).kind)));
  JsonWriter json(response.body);
  json.begin_object();
  write_entry_members(json, *row, **snapshot);
  write_seen(json, call.services, (*snapshot)->seen());
  json.end_object();
  response.headers.emplace_back("ETag", "\"" + std::to_string(row->version.value) + "\"");
  return {};
}

template <auto page_of>
Handled list_entries(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto page = ((**snapshot).*page_of)(wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& row : page->rows) {
    json.begin_object();
    write_entry_members(json, row, **snapshot);
    json.end_object();
  }
  json.end_array();
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

// All tickets of a contact or organisation.
template <class IdType, auto find>
Handled list_history(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<IdType>(call);
  if (!id || !((**snapshot).*find)(*id)) return fail(problem_of(not_found(stream_of(IdType{}).kind)));
  const auto page = (*snapshot)->tickets_of(*id, wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& row : page->rows) write_ticket_row(json, row, **snapshot);
  json.end_array();
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

void add_commands(Routes& routes, const AggregateBodies& bodies) {
  const auto base = "/v1/" + bodies.plural;
  routes.push_back({.method = "POST",
                    .path = base,
                    .summary = bodies.create.summary,
                    .handle =
                        [&bodies](const Call& call, HttpResponse& response) {
                          return handle_command(call, bodies.create, 0, {bodies.kind, bodies.plural, true}, response);
                        },
                    .body = &bodies.create,
                    .creates = true,
                    .answer = "EntryCommandAnswer"});
  for (const auto& body : bodies.changes) {
    routes.push_back(
        {.method = "POST",
         .path = base + "/{id}/" + body.name,
         .summary = body.summary,
         .handle = [&bodies, &body](const Call& call,
                                    HttpResponse& response) { return change_entry(call, bodies, body, response); },
         .body = &body,
         .answer = "EntryCommandAnswer"});
  }
}

// One row a query: path, summary, handler, whether it answers a list, the answer's schema.
struct QueryRow {
  const char* path;
  const char* summary;
  ReadOne handle;
  bool list;
  const char* answer;
};

constexpr auto contact_of = static_cast<std::optional<ContactRow> (Snapshot::*)(ContactId) const>(&Snapshot::contact);
constexpr auto organisation_of =
    static_cast<std::optional<OrganisationRow> (Snapshot::*)(OrganisationId) const>(&Snapshot::organisation);

constexpr QueryRow query_rows[] = {
    {"/v1/contacts", "Contacts by id.", list_entries<&Snapshot::contacts>, true, "ContactPage"},
    {"/v1/contacts/{id}", "One contact.", get_entry<ContactId, contact_of>, false, "Contact"},
    {"/v1/contacts/{id}/tickets", "All tickets of a contact, newest opened first.", list_history<ContactId, contact_of>,
     true, "TicketPage"},
    {"/v1/organisations", "Organisations by id.", list_entries<&Snapshot::organisations>, true, "OrganisationPage"},
    {"/v1/organisations/{id}", "One organisation.", get_entry<OrganisationId, organisation_of>, false, "Organisation"},
    {"/v1/organisations/{id}/tickets", "All tickets of an organisation, newest opened first.",
     list_history<OrganisationId, organisation_of>, true, "TicketPage"},
    {"/v1/agents", "Agents by id.", list_entries<&Snapshot::agents>, true, "AgentPage"},
    {"/v1/agents/{id}", "One agent.", get_entry<AgentId, &Snapshot::agent>, false, "Agent"},
    {"/v1/teams", "Teams by id.", list_entries<&Snapshot::teams>, true, "TeamPage"},
    {"/v1/teams/{id}", "One team.", get_entry<TeamId, &Snapshot::team>, false, "Team"},
};

}  // namespace

Routes directory_routes() {
  Routes routes;
  for (const auto& bodies : directory_bodies()) add_commands(routes, bodies);
  for (const auto& row : query_rows) {
    routes.push_back({.method = "GET",
                      .path = row.path,
                      .summary = row.summary,
                      .handle = row.handle,
                      .parameters = row.list ? texts_of(page_parameters()) : texts_of(document_parameters()),
                      .answer = row.answer});
  }
  return routes;
}

}  // namespace greffe
