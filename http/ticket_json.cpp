#include "http/ticket_json.h"

#include <algorithm>

#include "commands/ticket/field_rules.h"
#include "events/json.h"

namespace greffe {
namespace {

void write_people(JsonWriter& json, const TicketRow& row, const Screen& screen) {
  json.key("contact");
  write_entry(json, row.party.contact, screen);
  json.key("organisation");
  write_entry(json, row.party.organisation, screen);
  json.key("team");
  write_entry(json, row.team, screen);
  json.key("assignee");
  write_entry(json, row.assignee, screen);
}

void write_related_number(JsonWriter& json, const std::optional<TicketId>& id, const Screen& screen) {
  const auto row = id ? screen.snapshot.ticket(*id) : std::nullopt;
  if (row && screen.reader.may_read(*row)) json.text(row->number);
  else json.null();
}

void write_copies(JsonWriter& json, const TicketRow& row, const Screen& screen) {
  json.begin_array();
  for (const auto agent : row.copies) {
    if (!screen.reader.is_client()) write_entry(json, stream_of(agent), screen);
  }
  json.end_array();
}

void write_counts(JsonWriter& json, const UnitedCounts& counts, const Reader& reader) {
  const std::pair<const char*, std::uint32_t> named[] = {{"message_count", counts.messages},
                                                         {"document_count", counts.documents},
                                                         {"todo_count", counts.todos},
                                                         {"open_todo_count", counts.open_todos},
                                                         {"child_count", counts.children}};
  for (const auto& [name, count] : named) {
    json.key(name);
    if (reader.is_client()) json.null();
    else json.value(count);
  }
}

void write_nameless(JsonWriter& json, ActorKind kind) {
  json.begin_object().key("kind").value(kind).key("id").null().key("name").null().end_object();
}

// `name` is asked for people only.
template <class Name>
void write_actor_named(JsonWriter& json, const Actor& actor, Name&& name) {
  const bool person = actor.kind == ActorKind::agent || actor.kind == ActorKind::contact;
  if (!person) return write_nameless(json, actor.kind);
  json.begin_object().key("kind").value(actor.kind).key("id").id(actor.id).key("name").text(name()).end_object();
}

void write_label(JsonWriter& json, const std::string& label, const std::string& colour) {
  json.key("label").text(label).key("colour").text(colour).end_object();
}

}  // namespace

void write_entry(JsonWriter& json, StreamId entry, const Snapshot& snapshot) {
  json.begin_object().key("id").id(entry.id).key("name").text(snapshot.display_name(entry)).end_object();
}

void write_entry(JsonWriter& json, StreamId entry, const Screen& screen) {
  const auto past = screen.past == nullptr ? std::nullopt : screen.past->name_of(entry);
  if (!past) return write_entry(json, entry, screen.snapshot);
  json.begin_object().key("id").id(entry.id).key("name").text(*past).end_object();
}

std::string name_of_actor(const Actor& actor, const Snapshot& snapshot) {
  switch (actor.kind) {
    case ActorKind::agent: return snapshot.display_name(stream_of(AgentId{actor.id}));
    case ActorKind::contact: return snapshot.display_name(stream_of(ContactId{actor.id}));
    default: return std::string(name_of(actor.kind));
  }
}

void write_actor(JsonWriter& json, const Actor& actor, const Snapshot& snapshot) {
  write_actor_named(json, actor, [&] { return name_of_actor(actor, snapshot); });
}

void write_actor(JsonWriter& json, const Actor& actor, const Screen& screen) {
  write_actor_named(json, actor, [&] {
    const StreamKind kind = actor.kind == ActorKind::agent ? StreamKind::agent : StreamKind::contact;
    const auto past = screen.past == nullptr ? std::nullopt : screen.past->name_of({kind, actor.id});
    return past ? *past : name_of_actor(actor, screen.snapshot);
  });
}

void write_actor(JsonWriter& json, const Actor& actor, TicketId ticket, const Screen& screen) {
  if (screen.reader.is_client()) {
    const auto row = screen.snapshot.ticket(ticket);
    if (!row || !screen.reader.may_know(actor, *row, screen.snapshot)) return write_nameless(json, actor.kind);
  }
  write_actor(json, actor, screen);
}

const std::string& label_of(const std::vector<Label>& labels, const std::string& key, const Settings& settings) {
  for (const auto& language : settings.tenant.languages) {
    const auto found =
        std::find_if(labels.begin(), labels.end(), [&](const Label& l) { return l.language == language; });
    if (found != labels.end()) return found->text;
  }
  return labels.empty() ? key : labels.front().text;
}

void write_status(JsonWriter& json, const StatusAt& status, const Settings& settings) {
  json.begin_object().key("key").text(status.key).key("category").value(status.category);
  const auto* present = find_status(settings, status.key);
  if (present) write_label(json, label_of(present->labels, status.key, settings), present->colour);
  else write_label(json, status.key, "");
}

void write_priority(JsonWriter& json, const PriorityAt& priority, const Settings& settings) {
  const auto* present = find_priority(settings, priority.key);
  // The order of now, by which lists sort; of a priority that was dropped, that of then.
  const auto rank = present ? subjects::at_present(settings, *present).rank : priority.rank;
  json.begin_object().key("key").text(priority.key).key("rank").value(rank);
  if (present) write_label(json, label_of(present->labels, priority.key, settings), present->colour);
  else write_label(json, priority.key, "");
}

void write_ticket_members(JsonWriter& json, const TicketRow& row, const UnitedCounts& counts, const Screen& screen) {
  json.key("id").value(row.id).key("number").text(row.number);
  json.key("kind").value(row.kind).key("channel").value(row.channel).key("origin").text(row.origin);
  json.key("title").value(row.title).key("status");
  write_status(json, row.status, screen.settings);
  json.key("priority");
  write_priority(json, row.priority, screen.settings);
  json.key("category").value(row.classification.category);
  json.key("request_type").text(row.classification.request_type).key("group").text(row.classification.group);
  write_people(json, row, screen);
  json.key("copies");
  write_copies(json, row, screen);
  for_each_field<Particulars>([&](const auto& f, std::size_t) { json.key(f.name).value(row.particulars.*(f.member)); });
  json.key("external_id").text(row.external_id);
  json.key("opened_at").value(row.opened_at).key("updated_at").value(row.updated_at);
  json.key("first_closed_at").value(row.first_closed_at).key("last_closed_at").value(row.last_closed_at);
  json.key("due_at").value(row.due_at).key("estimated_resolution_at").value(row.estimated_resolution_at);
  json.key("reopen_count").value(row.reopen_count).key("reassignment_count").value(row.reassignment_count);
  write_counts(json, counts, screen.reader);
  json.key("context_types").value(row.context_types).key("parent");
  write_related_number(json, row.parent, screen);
  json.key("merged_into");
  write_related_number(json, row.merged_into, screen);
  json.key("read").boolean(row.read).key("needs_look").boolean(row.needs_look && !screen.reader.is_client());
  json.key("version").value(row.version).key("imported").boolean(row.imported);
}

void write_members_now(JsonWriter& json, const TicketRow& row, const Screen& screen) {
  const auto row_of = [&](TicketId id) { return screen.snapshot.ticket(id); };
  write_ticket_members(json, united_row(row, row_of), united_counts(row, row_of), screen);
}

void write_ticket_row(JsonWriter& json, const TicketRow& row, const Screen& screen) {
  json.begin_object();
  write_members_now(json, row, screen);
  json.end_object();
}

void write_ticket_line(JsonWriter& json, const TicketRow& row, const Settings& settings) {
  json.begin_object().key("number").text(row.number).key("title").value(row.title).key("status");
  write_status(json, row.status, settings);
  json.end_object();
}

void write_holder(JsonWriter& json, TicketId holder, TicketId shown, const Screen& screen) {
  const auto row = holder == shown ? std::nullopt : screen.snapshot.ticket(holder);
  if (row && screen.reader.may_read(*row)) json.text(row->number);
  else json.null();
}

void write_timeline_entry(JsonWriter& json, const TimelineEntry& entry, TicketId shown, const Screen& screen) {
  const auto& envelope = entry.record.envelope;
  json.begin_object().key("position").value(envelope.position).key("version").value(envelope.version);
  json.key("type").text(event_name(entry.record.event)).key("origin");
  if (entry.origin == shown) json.null();
  else json.text(entry.origin_number);
  json.key("held_by");
  write_holder(json, {envelope.stream_id}, shown, screen);
  json.key("referenced").boolean(entry.referenced);
  json.key("occurred_at").value(envelope.occurred_at).key("recorded_at").value(envelope.recorded_at);
  json.key("by");
  write_actor(json, doer(envelope), entry.origin, screen);
  json.key("actor");
  write_actor(json, envelope.actor, entry.origin, screen);
  json.key("imported").value(envelope.imported);
  json.key("data").raw(to_json(entry.record.event).dump(-1, ' ', false, Json::error_handler_t::replace));
  json.end_object();
}

}  // namespace greffe
