#include "events/check.h"
#include "http/parameter_values.h"
#include "http/query_call.h"
#include "http/route.h"
#include "http/search_json.h"
#include "projections/search/search.h"

namespace greffe {
namespace {

struct SearchAsked {
  TicketListAsked list;  // what lists and searches are asked with alike
  std::string text;
  SearchView view = SearchView::all;
  std::size_t limit = 20;
};

// A parameter of the lists, read in the same way; but the search does not look for what a ticket
// has none of.
Parameter<SearchAsked> as_in_lists(const char* list_name, const char* name, const char* description,
                                   std::optional<Json> schema = std::nullopt) {
  for (const auto& parameter : ticket_list_parameters()) {
    if (parameter.name != list_name) continue;
    return {name, description, schema.value_or(parameter.schema), parameter.is_list,
            [read = parameter.read, is_list = parameter.is_list](std::string_view text, SearchAsked& into) {
              return is_list && text.empty() ? FieldCode::too_short : read(text, into.list);
            }};
  }
  GREFFE_CHECK(false, "the lists have no such parameter");
}

std::optional<FieldCode> read_text(std::string_view text, SearchAsked& into) {
  if (text.size() > search_text_bytes_max) return FieldCode::too_long;
  into.text = text;
  return std::nullopt;
}

std::optional<FieldCode> read_view(std::string_view text, SearchAsked& into) {
  const auto view = named<SearchView>(text);
  if (!view) return FieldCode::not_one_of;
  into.view = *view;
  return std::nullopt;
}

const Parameters<SearchAsked>& search_parameters() {
  static const Parameters<SearchAsked> table = [] {
    const Json text = {{"type", "string"}, {"maxLength", search_text_bytes_max}};
    Parameters<SearchAsked> made = {
        {"q", "Words, \"phrases\", beginnings*, -exclusions, a number or an external id.", text, false, read_text},
        {"view", "Open tickets, closed ones or both.", NameInput<SearchView>().schema(), false, read_view},
        parameter_values::limit_parameter(&SearchAsked::limit, search_limit_max),
    };
    for (const char* name : {"status", "priority", "kind", "channel"}) {
      made.push_back(as_in_lists(name, name, "Any of these."));
    }
    for (const char* name : {"assignee", "team", "contact", "organisation"}) {
      made.push_back(as_in_lists(name, name, "Any of these.", id_schema()));
    }
    made.push_back(
        as_in_lists("category", "category",
                    "Any of these categories: the nodes from the root, `/` between them. A comma or slash after a "
                    "backslash belongs to the node."));
    made.push_back(as_in_lists("opened_from", "from", "Opened at this instant or later."));
    made.push_back(as_in_lists("opened_before", "before", "Opened before this instant."));
    made.push_back(as_in_lists("cursor", "cursor", "`next_cursor` of the page before; opaque."));
    made.push_back(as_in_lists("min_position", "min_position",
                               "Answer only once this position can be found (at most five seconds)."));
    return made;
  }();
  return table;
}

template <class Id>
std::vector<Id> present(const std::vector<std::optional<Id>>& ids) {
  std::vector<Id> found;
  for (const auto& id : ids) {
    if (id) found.push_back(*id);
  }
  return found;
}

// Clients search the public texts of the tickets that they may read, everybody else all there is.
SearchAudience audience_of(const Reader& reader) {
  if (!reader.is_client()) return SearchAudience::everything();
  std::vector<ContactId> contacts;
  std::vector<OrganisationId> organisations;
  if (reader.contact()) contacts.push_back(*reader.contact());
  if (reader.organisation()) organisations.push_back(*reader.organisation());
  return SearchAudience::public_texts_of(std::move(contacts), std::move(organisations));
}

SearchQuery query_of(SearchAsked asked, const Reader& reader) {
  auto& from = asked.list.query.filters;
  SearchQuery query;
  query.text = std::move(asked.text);
  query.audience = audience_of(reader);
  query.limit = asked.limit;
  query.cursor = std::move(asked.list.query.cursor);
  auto& to = query.filters;
  to.view = asked.view;
  // Whoever looks for a merged ticket's number or words is led on to the one that stands for it.
  to.with_merged = !reader.is_client();
  to.status = std::move(from.status);
  to.priority = std::move(from.priority);
  to.assignee = present(from.assignee);
  to.team = present(from.team);
  to.contact = present(from.contact);
  to.organisation = present(from.organisation);
  to.kind = std::move(from.kind);
  to.channel = std::move(from.channel);
  to.category = std::move(from.category);
  to.opened_from = from.opened_from;
  to.opened_before = from.opened_before;
  return query;
}

Problem problem_of(const SearchFault& fault) {
  switch (fault.kind) {
    case SearchFault::Kind::too_long: return invalid_fields({{"q", FieldCode::too_long}});
    case SearchFault::Kind::nothing_to_find: return invalid_fields({{"q", FieldCode::required}});
    case SearchFault::Kind::bad_cursor: return bad_cursor();
    default: return problem_of(RequestCode::views_unreadable, "The search index could not be read; it is made anew.");
  }
}

Handled wait_for_search(const Services& services, const SearchIndex& index, std::optional<Position> min_position) {
  if (auto waited = wait_for_views(services, min_position); !waited) return waited;
  if (!min_position || index.wait_for(*min_position, min_position_wait)) return {};
  return fail(problem_of(RequestCode::views_behind, "The search has not reached min_position."));
}

void write_page(JsonWriter& json, const Call& call, const SearchPage& page) {
  const auto& services = call.services;
  const auto snapshot = services.views.snapshot();
  const auto settings = services.writer.settings();
  const Reader reader(call.principal, *snapshot);
  json.begin_object().key("items").begin_array();
  for (const auto& hit : page.hits) {
    // Search and views follow the log each by itself: what the views have not seen comes later.
    const auto row = snapshot->ticket(hit.id);
    if (row && reader.may_read(*row)) write_search_hit(json, hit, *row, {*snapshot, *settings, reader});
  }
  json.end_array().key("suggestion");
  if (page.suggestion.empty()) json.null();
  else json.text(page.suggestion);
  json.key("total_estimate").number(static_cast<std::int64_t>(page.total_estimate));
  const auto seen = snapshot->seen();
  end_page(json, services, seen.position < page.seen.position ? seen : page.seen, page.next_cursor);
}

Handled search_tickets(const Call& call, HttpResponse& response) {
  auto wanted = asked(call, search_parameters());
  if (!wanted) return fail(wanted.error());
  const auto* index = call.services.search;
  if (!index) return fail(problem_of(RequestCode::views_unreadable, "This server has no search index."));
  if (auto waited = wait_for_search(call.services, *index, wanted->list.min_position); !waited) return waited;
  const Reader reader(call.principal, *call.services.views.snapshot());
  const auto page = index->search(query_of(std::move(*wanted), reader));
  if (!page) return fail(problem_of(page.error()));
  JsonWriter json(response.body);
  write_page(json, call, *page);
  return {};
}

}  // namespace

Routes search_routes() {
  return {{.method = "GET",
           .path = "/v1/search",
           .summary = "Tickets by the words in their texts, the best first.",
           .handle = search_tickets,
           .for_clients = true,
           .parameters = texts_of(search_parameters()),
           .answer = "SearchPage"}};
}

}  // namespace greffe
