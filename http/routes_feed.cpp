#include <algorithm>

#include "events/json.h"
#include "http/headers.h"
#include "http/log_reading.h"
#include "http/query_call.h"
#include "http/reader.h"
#include "http/route.h"

namespace greffe {
namespace {

// Entries read for one answer when most of them are filtered out; the reader goes on from
// the position in the answer's header.
constexpr std::size_t feed_scan_max = 20'000;
// An answer that has grown this long ends with the event at hand.
constexpr std::size_t feed_bytes_max = 8 * 1024 * 1024;

// CloudEvents 1.0; the attributes after `datacontenttype` are extensions, whose names may
// hold small letters and digits only.
void write_cloud_event(JsonWriter& json, const Record& record) {
  const auto& envelope = record.envelope;
  json.begin_object().key("specversion").text("1.0").key("id").value(envelope.position);
  json.key("source").text("/v1/events").key("type").text(event_name(record.event));
  json.key("subject").text(stream_text(stream_of(envelope))).key("time").value(envelope.occurred_at);
  json.key("datacontenttype").text("application/json");
  json.key("position").value(envelope.position).key("streamversion").value(envelope.version);
  json.key("commitfirst").value(envelope.commit_first).key("commitcount").value(envelope.commit_count);
  json.key("schemaversion").number(envelope.schema_version).key("recordedtime").value(envelope.recorded_at);
  json.key("actor").text(actor_text(envelope.actor));
  if (envelope.on_behalf_of) json.key("onbehalfof").text(actor_text(*envelope.on_behalf_of));
  if (!envelope.command_id.empty()) json.key("commandid").text(envelope.command_id);
  if (!envelope.correlation_id.empty()) json.key("correlationid").text(envelope.correlation_id);
  if (envelope.causation.value != 0) json.key("causationid").value(envelope.causation);
  if (envelope.imported) json.key("imported").boolean(true);
  json.key("data").raw(to_json(record.event).dump(-1, ' ', false, Json::error_handler_t::replace));
  json.end_object();
}

bool is_wanted(const Record& record, const FeedAsked& wanted) {
  const auto name = event_name(record.event);
  return wanted.types.empty() || std::find(wanted.types.begin(), wanted.types.end(), name) != wanted.types.end();
}

// The path of the next page, with the same filters.
std::string next_link(const HttpRequest& request, Position from) {
  const auto query = request.target.find('?');
  std::string link = "/v1/events?from=" + std::to_string(from.value);
  std::string_view rest = query == std::string::npos ? "" : std::string_view(request.target).substr(query + 1);
  while (!rest.empty()) {
    const auto part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (!part.empty() && !part.starts_with("from=")) (link += '&') += part;
  }
  return "<" + link + ">; rel=\"next\"";
}

Handled get_feed(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, feed_parameters());
  if (!wanted) return fail(wanted.error());
  const auto& log = call.services.log;
  // Taken before the reader is made, so that nothing between the two can be skipped.
  const auto tail = log.tail();
  const auto reader = wanted->stream ? log.read_stream(*wanted->stream, Version{1}) : log.read(wanted->from);
  JsonWriter json(response.body);
  json.begin_array();
  std::size_t count = 0;
  std::size_t scanned = 0;
  auto go_on_from = std::max(wanted->from, next(tail));
  auto read = for_each_record(*reader, [&](const Record& record) {
    const auto position = record.envelope.position;
    if (position < wanted->from) return true;
    if (count == wanted->limit || scanned == feed_scan_max || response.body.size() >= feed_bytes_max) {
      go_on_from = position;
      return false;
    }
    ++scanned;
    go_on_from = std::max(next(tail), next(position));
    if (!is_wanted(record, *wanted)) return true;
    write_cloud_event(json, record);
    ++count;
    return true;
  });
  if (!read) return read;
  json.end_array();
  response.content_type = "application/cloudevents-batch+json";
  response.headers.emplace_back("Greffe-Next-Position", std::to_string(go_on_from.value));
  response.headers.emplace_back("Link", next_link(call.request, go_on_from));
  return {};
}

// An import writes what everybody did, at any time: no decision asks whether its lines are allowed.
Handled check_may_import(const Call& call) {
  if (!call.principal.on_behalf_of) return {};
  const auto snapshot = snapshot_at(call.services, call.services.log.tail());
  if (!snapshot) return fail(snapshot.error());
  if (auto checked = check_person(call.principal, **snapshot); !checked) return checked;
  if (Reader(call.principal, **snapshot).role() == rights::Role::administrator) return {};
  return fail(problem_of(refuse(RejectionCode::forbidden, "Imports are for administrators.").value()));
}

Handled post_import(const Call& call, HttpResponse& response) {
  if (!call.services.import) return fail(problem_of(RequestCode::unknown_route, "This server takes no imports."));
  if (auto checked = check_may_import(call); !checked) return checked;
  if (auto checked = check_media_type(call.request, "application/x-ndjson"); !checked) return checked;
  call.services.import(call.request, call.principal, response);
  return {};
}

}  // namespace

Routes feed_routes() {
  return {
      {.method = "GET",
       .path = "/v1/events",
       .summary = "The log in its order, as CloudEvents; Greffe-Next-Position says where to go on.",
       .handle = get_feed,
       .parameters = texts_of(feed_parameters()),
       .answer = "CloudEvents",
       .content_type = "application/cloudevents-batch+json"},
      {.method = "POST",
       .path = "/v1/import",
       .summary = "History of another system, one JSON object a line (application/x-ndjson).",
       .handle = post_import,
       .parameters = {{"strict", "Stop at the first bad line.", Json{{"type", "boolean"}}}},
       .text_bodies = {"application/x-ndjson"},
       .answer = "ImportReport"},
  };
}

}  // namespace greffe
