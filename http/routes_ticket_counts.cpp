#include "http/front/head.h"
#include "http/list_call.h"
#include "http/reader.h"

namespace greffe {
namespace {

constexpr std::size_t saved_views_max = 100;

// The query of a saved view, as if it were asked for now.
std::optional<TicketListAsked> query_of(const SavedViewRow& view) {
  HttpRequest request;
  if (!front::parse_target("/v1/tickets?" + view.details.query, request)) return std::nullopt;
  TicketListAsked wanted;
  Faults faults;
  read_parameters(ticket_list_parameters(), request.parameters, wanted, faults);
  if (!faults.empty()) return std::nullopt;
  return wanted;
}

void write_by_view(JsonWriter& json, const ListCounts& counts) {
  json.key("open").value(counts.open).key("closed").value(counts.closed).key("all").value(counts.all);
  json.key("unassigned").value(counts.unassigned);
  json.key("mine-open").value(counts.mine_open).key("mine-closed").value(counts.mine_closed);
  json.key("team-open").value(counts.team_open);
  json.key("merged").value(counts.merged).key("deleted").value(counts.deleted);
}

void write_saved_views(JsonWriter& json, const Call& call, const Snapshot& snapshot) {
  json.key("saved_views").begin_array();
  const Reader reader(call.principal, snapshot);
  if (const auto agent = reader.agent()) {
    for (const SavedViewRow& view : snapshot.saved_views_of(*agent, saved_views_max)) {
      auto wanted = query_of(view);
      // A view that asks for what there is no more of has no count.
      if (!wanted || !complete_query(call, snapshot, *wanted)) continue;
      json.begin_object().key("id").value(view.id).key("title").text(view.details.title);
      json.key("count").value(call.services.views.counted(wanted->query).selected).end_object();
    }
  }
  json.end_array();
}

Handled count_tickets(const Call& call, HttpResponse& response) {
  auto wanted = asked(call, ticket_facet_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  if (auto completed = complete_query(call, **snapshot, *wanted); !completed) return completed;
  // Whatever view is asked for, every tab is counted.
  auto& query = wanted->query;
  if (query.me && query.my_teams.empty()) query.my_teams = teams_of(*query.me, **snapshot);
  const auto counted = call.services.views.counted(wanted->query);
  JsonWriter json(response.body);
  json.begin_object().key("selected").value(counted.selected);
  json.key("by_view").begin_object();
  write_by_view(json, counted.by_view);
  json.end_object();
  write_saved_views(json, call, *counted.snapshot);
  write_seen(json, call.services, counted.snapshot->seen());
  json.end_object();
  return {};
}

// What a filter takes as it is. Ids and names have nothing to escape.
std::string filter_value(const Facet& facet, const FacetValue& value) {
  return escaped(value.value, facet.column == FacetColumn::category);
}

void write_facet(JsonWriter& json, const Facet& facet) {
  json.begin_object().key("column").value(facet.column).key("values").begin_array();
  for (const FacetValue& value : facet.values) {
    json.begin_object().key("value").text(filter_value(facet, value)).key("count").value(value.count).end_object();
  }
  json.end_array().key("distinct").value(facet.distinct).key("absent").value(facet.absent).end_object();
}

Handled facet_tickets(const Call& call, HttpResponse& response) {
  auto wanted = asked(call, ticket_facet_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  if (auto completed = complete_query(call, **snapshot, *wanted); !completed) return completed;
  if (auto checked = check_facets(call, **snapshot, wanted->facets); !checked) return checked;
  const auto faceted = call.services.views.faceted(wanted->query, wanted->facets);
  JsonWriter json(response.body);
  json.begin_object().key("facets").begin_array();
  for (const Facet& facet : faceted.facets) write_facet(json, facet);
  json.end_array();
  write_seen(json, call.services, faceted.snapshot->seen());
  json.end_object();
  return {};
}

}  // namespace

Routes ticket_count_routes() {
  const auto parameters = texts_of(ticket_facet_parameters());
  return {
      client_query_route("/v1/tickets/counts", "How many tickets each tab and each saved view has.", count_tickets,
                         parameters, "TicketCounts"),
      client_query_route("/v1/tickets/facets", "How many tickets have each value of a column.", facet_tickets,
                         parameters, "TicketFacets"),
  };
}

}  // namespace greffe
