#include "http/ticket_json.h"

#include "events/json.h"

namespace greffe {
namespace {

void write_members(JsonWriter& json, const TicketRow& row, const Snapshot& snapshot) {
  json.key("id").value(row.id).key("number").text(row.number);
  json.key("kind").value(row.kind).key("channel").value(row.channel).key("origin").text(row.origin);
  json.key("title").value(row.title);
  json.key("status").value(row.status).key("priority").value(row.priority);
  json.key("category").value(row.classification.category);
  json.key("request_type").text(row.classification.request_type).key("group").text(row.classification.group);
  json.key("contact");
  write_entry(json, row.party.contact, snapshot);
  json.key("organisation");
  write_entry(json, row.party.organisation, snapshot);
  json.key("team");
  write_entry(json, row.team, snapshot);
  json.key("assignee");
  write_entry(json, row.assignee, snapshot);
  json.key("external_id").text(row.external_id);
  json.key("opened_at").value(row.opened_at).key("updated_at").value(row.updated_at);
  json.key("first_closed_at").value(row.first_closed_at).key("last_closed_at").value(row.last_closed_at);
  json.key("reopen_count").value(row.reopen_count).key("reassignment_count").value(row.reassignment_count);
  json.key("message_count").value(row.message_count).key("version").value(row.version);
  json.key("imported").value(row.imported);
}

}  // namespace

void write_entry(JsonWriter& json, StreamId entry, const Snapshot& snapshot) {
  json.begin_object().key("id").id(entry.id).key("name").text(snapshot.display_name(entry)).end_object();
}

void write_actor(JsonWriter& json, const Actor& actor, const Snapshot& snapshot) {
  json.begin_object().key("kind").value(actor.kind);
  const bool person = actor.kind == ActorKind::agent || actor.kind == ActorKind::contact;
  if (person) {
    const auto entry = actor.kind == ActorKind::agent ? stream_of(AgentId{actor.id}) : stream_of(ContactId{actor.id});
    json.key("id").id(actor.id).key("name").text(snapshot.display_name(entry));
  } else {
    json.key("id").null().key("name").null();
  }
  json.end_object();
}

void write_ticket_row(JsonWriter& json, const TicketRow& row, const Snapshot& snapshot) {
  json.begin_object();
  write_members(json, row, snapshot);
  json.end_object();
}

void write_ticket_detail(JsonWriter& json, const TicketRow& row, const Snapshot& snapshot) {
  write_members(json, row, snapshot);
  json.key("description").value(row.description);
  json.key("creator");
  write_actor(json, row.creator, snapshot);
}

void write_timeline_entry(JsonWriter& json, const Record& record, const Snapshot& snapshot) {
  const auto& envelope = record.envelope;
  json.begin_object().key("position").value(envelope.position).key("version").value(envelope.version);
  json.key("type").text(event_name(record.event));
  json.key("occurred_at").value(envelope.occurred_at).key("recorded_at").value(envelope.recorded_at);
  json.key("by");
  write_actor(json, doer(envelope), snapshot);
  json.key("actor");
  write_actor(json, envelope.actor, snapshot);
  json.key("imported").value(envelope.imported);
  json.key("data").raw(to_json(record.event).dump(-1, ' ', false, Json::error_handler_t::replace));
  json.end_object();
}

}  // namespace greffe
