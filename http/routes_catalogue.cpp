#include "http/catalogue_bodies.h"
#include "http/import/context_import.h"
#include "http/lookup.h"
#include "http/ticket_texts.h"

namespace greffe {
namespace {

constexpr std::size_t own_views_max = 200;

Handled list_contexts(const Call& call, HttpResponse& response) {
  const bool looked_up = call.request.parameter("prefix") || call.request.parameter("type");
  if (looked_up) return look_up_contexts(call, response);
  if (call.principal.person().kind == ActorKind::contact) {
    return fail(problem_of(refuse(RejectionCode::forbidden, "Clients look contexts up by type and prefix.").value()));
  }
  return list_entries<&Snapshot::contexts>(call, response);
}

// An agent sees their own views and everybody's, on one page; programs see all of them.
Handled list_views(const Call& call, HttpResponse& response) {
  const auto agent = call.principal.agent();
  if (!agent) return list_entries<&Snapshot::saved_views>(call, response);
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  if (!wanted->cursor.empty()) return fail(bad_cursor());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  JsonWriter json(response.body);
  json.begin_object();
  write_items(json, (*snapshot)->saved_views_of(*agent, own_views_max), **snapshot);
  end_page(json, call.services, (*snapshot)->seen(), {});
  return {};
}

Handled get_view(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<SavedViewId>(call);
  const auto row = id ? (*snapshot)->saved_view(*id) : std::nullopt;
  const auto agent = call.principal.agent();
  // Who may change another agent's own view may read it.
  const bool administers = Reader(call.principal, **snapshot).role() == rights::Role::administrator;
  const bool others = row && row->details.owner && agent && *row->details.owner != *agent && !administers;
  if (!row || others) return fail(problem_of(not_found(StreamKind::saved_view)));
  answer_entry(call, **snapshot, *row, response);
  return {};
}

// A contract's account, newest booking first.
Handled list_bookings(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<ContractId>(call);
  if (!id || !(*snapshot)->contract(*id)) return fail(problem_of(not_found(StreamKind::contract)));
  const auto page = (*snapshot)->bookings(*id, wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& row : page->rows) write_booking(json, row, **snapshot);
  json.end_array();
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

struct RenderAsked : DocumentAsked {
  std::string ticket;
};
const Parameters<RenderAsked>& render_parameters() {
  using T = RenderAsked;
  static const Parameters<T> table = {
      {"ticket", "Number of the ticket that the text is for.", Json{{"type", "string"}}, false,
       [](std::string_view text, T& into) -> std::optional<FieldCode> {
         if (text.empty()) return FieldCode::too_short;
         into.ticket = text;
         return std::nullopt;
       }},
      {"min_position", document_parameters().front().description, document_parameters().front().schema, false,
       [](std::string_view text, T& into) { return document_parameters().front().read(text, into); }},
  };
  return table;
}

// The reply's text with the ticket's own words in it, ready to be edited and posted.
Handled render_reply(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, render_parameters());
  if (!wanted) return fail(wanted.error());
  if (auto checked = check_person_now(call); !checked) return checked;
  if (wanted->ticket.empty()) return fail(invalid_fields({{"ticket", FieldCode::required}}));
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<CannedReplyId>(call);
  const auto reply = id ? (*snapshot)->canned_reply(*id) : std::nullopt;
  if (!reply) return fail(problem_of(not_found(StreamKind::canned_reply)));
  const auto ticket = (*snapshot)->ticket(wanted->ticket);
  if (!ticket) return fail(problem_of(not_found(StreamKind::ticket)));
  const auto settings = call.services.writer.settings();
  const TextAsked text{TextPurpose::reply, reply->details.language, call.principal.person()};
  const auto rendered = render(reply->details.body, text.purpose, text_values(*ticket, **snapshot, *settings, text));
  if (!rendered) return fail(invalid_fields({{"body", FieldCode::too_long}}));
  JsonWriter json(response.body);
  json.begin_object().key("text").text(*rendered).key("language").text(text.language);
  json.key("ticket").text(ticket->number);
  write_seen(json, call.services, (*snapshot)->seen());
  json.end_object();
  return {};
}

std::vector<QueryRow> query_rows() {
  const auto page = texts_of(page_parameters());
  const auto document = texts_of(document_parameters());
  return {
      {"/v1/canned-replies", "Canned replies by id.", list_entries<&Snapshot::canned_replies>, page, "CannedReplyPage"},
      {"/v1/canned-replies/{id}", "One canned reply.", get_entry<CannedReplyId, &Snapshot::canned_reply>, document,
       "CannedReply"},
      {"/v1/templates", "Templates by id.", list_entries<&Snapshot::text_templates>, page, "TextTemplatePage"},
      {"/v1/templates/{id}", "One template.", get_entry<TemplateId, &Snapshot::text_template>, document,
       "TextTemplate"},
      {"/v1/contexts", "Contexts by id, or those of a type by the beginning of their label; so also for managers.",
       list_contexts, texts_of(context_parameters()), "ContextPage", true},
      {"/v1/contexts/{id}", "One context.", get_entry<ContextId, &Snapshot::context>, document, "Context"},
      {"/v1/views", "The saved views that the caller may see.", list_views, page, "SavedViewPage"},
      {"/v1/views/{id}", "One saved view.", get_view, document, "SavedView"},
      {"/v1/contracts", "Contracts by id.", list_entries<&Snapshot::contracts>, page, "ContractPage"},
      {"/v1/contracts/{id}", "One contract with its points.", get_entry<ContractId, &Snapshot::contract>, document,
       "Contract"},
      {"/v1/contracts/{id}/bookings", "A contract's account, newest first.", list_bookings, page, "BookingPage"},
  };
}

}  // namespace

Routes catalogue_routes() {
  Routes routes;
  for (const auto& bodies : catalogue_bodies()) add_entry_commands(routes, bodies);
  add_queries(routes, query_rows());
  routes.push_back({.method = "POST",
                    .path = "/v1/canned-replies/{id}/render",
                    .summary = "The reply's text with a ticket's own words filled in.",
                    .handle = render_reply,
                    .parameters = texts_of(render_parameters()),
                    .answer = "RenderedText"});
  routes.push_back({.method = "POST",
                    .path = "/v1/contexts/import",
                    .summary = "Contexts from CSV (text/csv) or a JSON object a line (application/x-ndjson).",
                    .handle = import_contexts,
                    .text_bodies = {"text/csv", "application/x-ndjson"},
                    .answer = "ContextImport"});
  return routes;
}

}  // namespace greffe
