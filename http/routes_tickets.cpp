#include "http/allowed_actions.h"
#include "http/log_reading.h"
#include "http/query_call.h"
#include "http/route.h"
#include "http/ticket_json.h"
#include "projections/as_of.h"

namespace greffe {
namespace {

auto ticket_not_found() { return fail(problem_of(not_found(StreamKind::ticket))); }

// The mine views need somebody to be "me": an agent that exists and is active.
Handled set_me(const Call& call, ListQuery& query) {
  if (query.view != ListView::mine_open && query.view != ListView::mine_closed) return {};
  query.me = call.principal.agent();
  const auto row = query.me ? call.services.views.snapshot()->agent(*query.me) : std::nullopt;
  if (row && row->active) return {};
  return fail(problem_of(
      Rejection{RejectionCode::agent_required, "This view is an agent's own: Greffe-Act-As: agent/<id>.", {}, {}, {}}));
}

std::string written_list(const Services& services, const ListPage& list) {
  constexpr std::size_t row_bytes_guess = 900;
  std::string out;
  out.reserve(list.page.rows.size() * row_bytes_guess + 200);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const auto& row : list.page.rows) write_ticket_row(json, row, *list.snapshot);
  json.end_array();
  end_page(json, services, list.snapshot->seen(), list.page.next_cursor);
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
  if (auto mine = set_me(call, wanted->query); !mine) return mine;

  // A page that was written while the log was not ahead has age 0 and can be sent again as
  // long as both stand where they stood.
  const auto position = services.views.status().seen.position;
  const bool fresh = services.log.tail() == position;
  auto key = call.request.target + "\n" + (wanted->query.me ? std::to_string(wanted->query.me->value) : "");
  if (fresh) response.shared_body = services.pages.find(key, position);
  if (response.shared_body) return {};
  const auto list = services.views.list(wanted->query);
  if (!list) return fail(bad_cursor());
  auto page = std::make_shared<const std::string>(written_list(services, *list));
  const auto seen = list->snapshot->seen().position;
  response.shared_body = page;
  if (fresh && seen == position) services.pages.put(std::move(key), seen, std::move(page));
  return {};
}

void write_actions(JsonWriter& json, const Call& call, const TicketRow& row, const Snapshot& snapshot) {
  const auto agent = call.principal.agent();
  json.key("allowed_actions").begin_array();
  for (const auto action : allowed_actions(row, agent ? snapshot.agent(*agent) : std::nullopt)) json.text(action);
  json.end_array();
}

Handled get_ticket(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, ticket_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  auto row = (*snapshot)->ticket(call.segment);
  if (row && wanted->as_of) {
    auto past = ticket_as_of(call.services.log, row->id, *wanted->as_of);
    row = std::move(past);
  }
  if (!row) return ticket_not_found();
  JsonWriter json(response.body);
  json.begin_object();
  write_ticket_detail(json, *row, **snapshot);
  // Nothing can be done to the past, and its version is none that If-Match may name.
  if (wanted->as_of) json.key("allowed_actions").begin_array().end_array();
  else write_actions(json, call, *row, **snapshot);
  if (!wanted->as_of) response.headers.emplace_back("ETag", "\"" + std::to_string(row->version.value) + "\"");
  write_seen(json, call.services, (*snapshot)->seen());
  json.end_object();
  return {};
}

Handled get_timeline(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto row = (*snapshot)->ticket(call.segment);
  if (!row) return ticket_not_found();
  const auto page = (*snapshot)->timeline(row->id, wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  for (const auto& record : page->rows) write_timeline_entry(json, record, **snapshot);
  json.end_array();
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

// Straight from the log, for auditors: the cursor is the version to go on from.
Handled get_events(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto from = wanted->cursor.empty() ? std::optional<std::uint64_t>(1) : parse_id(wanted->cursor);
  if (!from || *from > UINT32_MAX) return fail(bad_cursor());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto row = (*snapshot)->ticket(call.segment);
  if (!row) return ticket_not_found();
  JsonWriter json(response.body);
  json.begin_object().key("items").begin_array();
  std::size_t count = 0;
  std::string next_cursor;
  const auto reader = call.services.log.read_stream(stream_of(row->id), Version{static_cast<std::uint32_t>(*from)});
  auto read = for_each_record(*reader, [&](const Record& record) {
    // The page stands at the snapshot's position, as every list.
    if (record.envelope.version > row->version) return false;
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
  end_page(json, call.services, (*snapshot)->seen(), next_cursor);
  return {};
}

template <class Write>
Handled answer_about_ticket(const Call& call, HttpResponse& response, Write write) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto row = (*snapshot)->ticket(call.segment);
  if (!row) return ticket_not_found();
  JsonWriter json(response.body);
  json.begin_object();
  write(json, row->id, **snapshot);
  return {};
}

void write_clock(JsonWriter& json, const ClockRow& clock, Instant now) {
  const auto reading = read_clock(clock, now);
  json.begin_object().key("metric").value(clock.metric).key("instance").value(clock.instance);
  json.key("state").value(reading.state).key("ended").value(reading.ended);
  json.key("priority").text(clock.priority).key("target_ms").value(clock.target_ms);
  json.key("counted_ms").value(reading.counted_ms).key("remaining_ms").value(reading.remaining_ms);
  json.key("deadline").value(reading.deadline).key("breached_at").value(reading.breached_at);
  json.key("started_at").value(clock.started_at).key("ended_at").value(clock.ended_at);
  json.end_object();
}

Handled get_clocks(const Call& call, HttpResponse& response) {
  return answer_about_ticket(call, response, [&](JsonWriter& json, TicketId id, const Snapshot& snapshot) {
    // The newest event may carry a time ahead of this machine's clock.
    const auto now = std::max(call.services.clock.now(), snapshot.seen().recorded_at);
    json.key("now").value(now).key("items").begin_array();
    for (const auto& clock : snapshot.sla(id).clocks) write_clock(json, clock, now);
    json.end_array();
    end_page(json, call.services, snapshot.seen(), "");
  });
}

Handled get_time(const Call& call, HttpResponse& response) {
  return answer_about_ticket(call, response, [&](JsonWriter& json, TicketId id, const Snapshot& snapshot) {
    const auto time = snapshot.work_time(id);
    json.key("worked_ms").value(time.worked_ms).key("by_agent").begin_array();
    for (const auto& total : time.by_agent) {
      json.begin_object().key("agent");
      write_entry(json, stream_of(total.agent), snapshot);
      json.key("worked_ms").value(total.worked_ms).end_object();
    }
    json.end_array().key("sessions").begin_array();
    for (const auto& session : time.sessions) {
      json.begin_object().key("agent");
      write_entry(json, stream_of(session.agent), snapshot);
      json.key("started_at").value(session.started_at).key("ended_at").value(session.ended_at);
      json.key("counted_ms").value(counted(session)).key("evidence_count").value(session.evidence_count);
      json.key("first_evidence").value(session.first_evidence).key("last_evidence").value(session.last_evidence);
      json.key("capped").value(session.capped).end_object();
    }
    json.end_array();
    write_seen(json, call.services, snapshot.seen());
    json.end_object();
  });
}

Route query(std::string path, std::string summary, Handled (*handle)(const Call&, HttpResponse&),
            std::vector<ParameterText> parameters, std::string answer) {
  return {.method = "GET",
          .path = std::move(path),
          .summary = std::move(summary),
          .handle = handle,
          .parameters = std::move(parameters),
          .answer = std::move(answer)};
}

}  // namespace

Routes ticket_query_routes() {
  const auto page = texts_of(page_parameters());
  const auto document = texts_of(document_parameters());
  return {
      query("/v1/tickets", "One page of a ticket list.", list_tickets, texts_of(ticket_list_parameters()),
            "TicketPage"),
      query("/v1/tickets/{number}", "One ticket, now or as of an instant.", get_ticket, texts_of(ticket_parameters()),
            "TicketDetail"),
      query("/v1/tickets/{number}/timeline", "What happened, in the order in which it happened.", get_timeline, page,
            "TimelinePage"),
      query("/v1/tickets/{number}/events", "The ticket's events as recorded, by version.", get_events, page,
            "EventPage"),
      query("/v1/tickets/{number}/clocks", "Every delay with its state at this moment.", get_clocks, document,
            "ClockPage"),
      query("/v1/tickets/{number}/time", "Time spent, by agent and by session.", get_time, document, "WorkTime"),
  };
}

}  // namespace greffe
