#include "http/allowed_actions.h"
#include "http/log_reading.h"
#include "http/ticket_call.h"
#include "http/ticket_detail_json.h"
#include "projections/as_of.h"

namespace greffe {
namespace {

void write_actions(JsonWriter& json, const Call& call, const TicketCall& ticket, const TicketView& view) {
  const auto now = std::max(call.services.clock.now(), ticket.snapshot->seen().recorded_at);
  json.key("final").boolean(is_final(ticket.row, *ticket.settings, now));
  json.key("allowed_actions").begin_array();
  for (const auto action : allowed_actions(view, *ticket.snapshot, *ticket.settings, ticket.reader, now)) {
    json.text(action);
  }
  json.end_array();
}

// Nothing can be done to the past, and its version is none that If-Match may name.
Handled get_past_ticket(const Call& call, const TicketCall& ticket, Instant instant, HttpResponse& response) {
  auto row = ticket_as_of(call.services.log, ticket.row.id, instant);
  if (!row) return fail(problem_of(not_found(StreamKind::ticket)));
  const auto view = ticket_view_as_of(std::move(*row), instant, call.services.log, *ticket.snapshot, ticket.reader);
  PastNames names(call.services.log, instant);
  Screen screen = ticket.screen();
  screen.past = &names;
  JsonWriter json(response.body);
  json.begin_object();
  write_ticket_detail(json, view, screen);
  json.key("final").boolean(is_final(view.row, *ticket.settings, instant));
  json.key("allowed_actions").begin_array().end_array();
  write_seen(json, call.services, ticket.snapshot->seen());
  json.end_object();
  return {};
}

Handled get_ticket(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, ticket_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  if (wanted->as_of) return get_past_ticket(call, *ticket, *wanted->as_of, response);
  const auto view = ticket_view(ticket->row, *ticket->snapshot, ticket->reader);
  JsonWriter json(response.body);
  json.begin_object();
  write_ticket_detail(json, view, ticket->screen());
  write_actions(json, call, *ticket, view);
  write_seen(json, call.services, ticket->snapshot->seen());
  json.end_object();
  response.headers.emplace_back("ETag", "\"" + std::to_string(ticket->row.version.value) + "\"");
  return {};
}

// What agents write on closing and reopening is for agents, in the search as well as here; the
// answer to the client (`resolution`) is for both.
void leave_out_reasons(Record& record) {
  auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  if (auto* closed = std::get_if<TicketClosed>(event)) closed->forced.text.clear();
  auto* reopened = std::get_if<TicketReopened>(event);
  if (reopened != nullptr && doer(record.envelope).kind != ActorKind::contact) reopened->reason.text.clear();
}

Handled answer_entries(const Call& call, const TicketCall& ticket, const Result<Page<TimelineEntry>, BadCursor>& page,
                       HttpResponse& response) {
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& entry : page->rows) write_timeline_entry(json, entry, ticket.row.id, ticket.screen());
  json.end_array();
  end_page(json, call.services, ticket.snapshot->seen(), page->next_cursor);
  return {};
}

Handled get_timeline(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, timeline_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->page.min_position);
  if (!ticket) return fail(ticket.error());
  TimelineQuery query{wanted->page.limit, wanted->page.cursor, wanted->with_children, ticket->reader.is_client()};
  if (query.public_only) {
    query.may_see = [&](const TicketRow& row) { return ticket->reader.may_read(row); };
  }
  auto page = ticket->snapshot->timeline(ticket->row.id, query);
  if (page && query.public_only) {
    for (auto& entry : page->rows) leave_out_reasons(entry.record);
  }
  return answer_entries(call, *ticket, page, response);
}

Handled get_notices(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  return answer_entries(call, *ticket, ticket->snapshot->notices(ticket->row.id, wanted->limit, wanted->cursor),
                        response);
}

// Straight from the log, for auditors: the cursor is the version to go on from.
Handled get_events(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto from = wanted->cursor.empty() ? std::optional<std::uint64_t>(1) : parse_id(wanted->cursor);
  if (!from || *from > UINT32_MAX) return fail(bad_cursor());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  std::size_t count = 0;
  std::string next_cursor;
  const auto reader =
      call.services.log.read_stream(stream_of(ticket->row.id), Version{static_cast<std::uint32_t>(*from)});
  auto read = for_each_record(*reader, [&](const Record& record) {
    // The page stands at the snapshot's position, as every list.
    if (record.envelope.version > ticket->row.version) return false;
    if (count == wanted->limit) {
      next_cursor = std::to_string(record.envelope.version.value);
      return false;
    }
    ++count;
    json.raw(to_json(record).dump(-1, ' ', false, Json::error_handler_t::replace));
    return true;
  });
  if (!read) return read;
  json.end_array();
  end_page(json, call.services, ticket->snapshot->seen(), next_cursor);
  return {};
}

}  // namespace

Routes ticket_query_routes() {
  const auto page = texts_of(page_parameters());
  return {
      client_query_route("/v1/tickets/{number}", "One ticket, now or as of an instant.", get_ticket,
                         texts_of(ticket_parameters()), "TicketDetail"),
      client_query_route("/v1/tickets/{number}/timeline",
                         "What happened to it and to what it absorbed, in the order in which it happened.",
                         get_timeline, texts_of(timeline_parameters()), "TimelinePage"),
      query_route("/v1/tickets/{number}/notices", "Who was told of what, and why somebody was not.", get_notices, page,
                  "TimelinePage"),
      query_route("/v1/tickets/{number}/events", "The ticket's events as recorded, by version.", get_events, page,
                  "EventPage"),
  };
}

}  // namespace greffe
