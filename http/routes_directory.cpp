#include "http/lookup.h"
#include "http/ticket_json.h"

namespace greffe {
namespace {

// A page by id, or what the parameters of a look-up ask for.
template <auto page_of>
Handled list_or_look_up(const Call& call, HttpResponse& response, Handled (*look_up)(const Call&, HttpResponse&)) {
  for (const auto* name : {"prefix", "assignable", "type"}) {
    if (call.request.parameter(name)) return look_up(call, response);
  }
  return list_entries<page_of>(call, response);
}

Handled list_organisations(const Call& call, HttpResponse& response) {
  return list_or_look_up<&Snapshot::organisations>(call, response, look_up_organisations);
}
Handled list_agents(const Call& call, HttpResponse& response) {
  return list_or_look_up<&Snapshot::agents>(call, response, look_up_agents);
}

// All tickets of a contact or organisation, as far as the reader may read them.
template <class IdType, auto find>
Handled list_history(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<IdType>(call);
  if (auto seen = check_may_see(call, **snapshot, stream_of(id.value_or(IdType{}))); !seen) return seen;
  if (!id || !((**snapshot).*find)(*id)) return fail(problem_of(not_found(stream_of(IdType{}).kind)));
  const auto page = (*snapshot)->tickets_of(*id, wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  const Reader reader(call.principal, **snapshot);
  const auto settings = call.services.writer.settings();
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& row : page->rows) {
    if (reader.may_read(row)) write_ticket_row(json, row, {**snapshot, *settings, reader});
  }
  json.end_array();
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

constexpr auto contact_of = static_cast<std::optional<ContactRow> (Snapshot::*)(ContactId) const>(&Snapshot::contact);
constexpr auto organisation_of =
    static_cast<std::optional<OrganisationRow> (Snapshot::*)(OrganisationId) const>(&Snapshot::organisation);

std::vector<QueryRow> query_rows() {
  const auto page = texts_of(page_parameters());
  const auto document = texts_of(document_parameters());
  return {
      {"/v1/contacts", "Contacts by id.", list_entries<&Snapshot::contacts>, page, "ContactPage"},
      {"/v1/contacts/{id}", "One contact.", get_entry<ContactId, contact_of>, document, "Contact", true},
      {"/v1/contacts/{id}/tickets", "All tickets of a contact, newest opened first.",
       list_history<ContactId, contact_of>, page, "TicketPage", true},
      {"/v1/people", "Contacts by the beginning of their names, best first; for managers, of their organisation.",
       look_up_people, texts_of(people_parameters()), "PeopleMatches", true},
      {"/v1/organisations", "Organisations by id, or by the beginning of their names.", list_organisations,
       texts_of(named_parameters()), "OrganisationPage"},
      {"/v1/organisations/{id}", "One organisation.", get_entry<OrganisationId, organisation_of>, document,
       "Organisation", true},
      {"/v1/organisations/{id}/tickets", "All tickets of an organisation, newest opened first.",
       list_history<OrganisationId, organisation_of>, page, "TicketPage", true},
      {"/v1/agents", "Agents by id, or by the beginning of their names.", list_agents, texts_of(agent_parameters()),
       "AgentPage"},
      {"/v1/agents/{id}", "One agent.", get_entry<AgentId, &Snapshot::agent>, document, "Agent"},
      {"/v1/teams", "Teams by id.", list_entries<&Snapshot::teams>, page, "TeamPage"},
      {"/v1/teams/{id}", "One team.", get_entry<TeamId, &Snapshot::team>, document, "Team"},
  };
}

}  // namespace

Routes directory_routes() {
  Routes routes;
  for (const auto& bodies : directory_bodies()) add_entry_commands(routes, bodies);
  add_queries(routes, query_rows());
  return routes;
}

}  // namespace greffe
