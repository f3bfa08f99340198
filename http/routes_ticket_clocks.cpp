#include "http/ticket_call.h"

namespace greffe {
namespace {

template <class Write>
Handled answer_about_ticket(const Call& call, HttpResponse& response, Write write) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto ticket = ticket_call(call, wanted->min_position);
  if (!ticket) return fail(ticket.error());
  JsonWriter json(response.body);
  json.begin_object();
  write(json, ticket->row.id, *ticket->snapshot);
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

}  // namespace

Routes ticket_clock_routes() {
  const auto document = texts_of(document_parameters());
  return {
      query_route("/v1/tickets/{number}/clocks", "Every delay with its state at this moment.", get_clocks, document,
                  "ClockPage"),
      query_route("/v1/tickets/{number}/time", "Time spent, by agent and by session.", get_time, document, "WorkTime"),
  };
}

}  // namespace greffe
