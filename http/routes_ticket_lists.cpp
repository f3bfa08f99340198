#include "http/list_call.h"
#include "http/query_call.h"
#include "http/ticket_json.h"

namespace greffe {
namespace {

std::string written_list(const Call& call, const ListPage& list) {
  constexpr std::size_t row_bytes_guess = 1'400;
  const auto settings = call.services.writer.settings();
  const Reader reader(call.principal, *list.snapshot);
  std::string out;
  out.reserve(list.page.rows.size() * row_bytes_guess + 200);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const auto& row : list.page.rows) write_ticket_row(json, row, {*list.snapshot, *settings, reader});
  json.end_array();
  end_page(json, call.services, list.snapshot->seen(), list.page.next_cursor);
  return out;
}

Handled list_tickets(const Call& call, HttpResponse& response) {
  auto wanted = asked(call, ticket_list_parameters());
  if (!wanted) return fail(wanted.error());
  if (wanted->as_of) {
    return fail(problem_of(RequestCode::as_of_not_supported, "Lists cannot answer from the past yet; one ticket can."));
  }
  const auto& services = call.services;
  if (auto waited = wait_for_views(services, wanted->min_position); !waited) return waited;
  if (auto completed = complete_query(call, *services.views.snapshot(), *wanted); !completed) return completed;

  // A page that was written while the log was not ahead has age 0 and can be sent again as
  // long as both stand where they stood.
  const auto position = services.views.status().seen.position;
  const bool fresh = services.log.tail() == position;
  auto key = call.request.target + "\n" + caller_key(wanted->query);
  if (fresh) response.shared_body = services.pages.find(key, position);
  if (response.shared_body) return {};
  const auto list = services.views.list(wanted->query);
  if (!list) return fail(bad_cursor());
  auto page = std::make_shared<const std::string>(written_list(call, *list));
  const auto seen = list->snapshot->seen().position;
  response.shared_body = page;
  if (fresh && seen == position) services.pages.put(std::move(key), seen, std::move(page));
  return {};
}

}  // namespace

Routes ticket_list_routes() {
  return {client_query_route("/v1/tickets", "One page of a ticket list.", list_tickets,
                             texts_of(ticket_list_parameters()), "TicketPage")};
}

}  // namespace greffe
