#include "http/directory_json.h"

#include "http/ticket_json.h"

namespace greffe {
namespace {

template <class T>
void write_detail(JsonWriter& json, const T& value, const Snapshot&) {
  json.value(value);
}
void write_detail(JsonWriter& json, const std::optional<OrganisationId>& value, const Snapshot& snapshot) {
  write_entry(json, value, snapshot);
}
void write_detail(JsonWriter& json, const std::vector<AgentId>& values, const Snapshot& snapshot) {
  json.begin_array();
  for (const auto id : values) write_entry(json, stream_of(id), snapshot);
  json.end_array();
}

template <class Id, class Details>
void write_members(JsonWriter& json, const DirectoryRow<Id, Details>& row, const Snapshot& snapshot) {
  json.key("id").value(row.id);
  for_each_field<Details>([&](const auto& f, std::size_t) {
    json.key(f.name);
    write_detail(json, row.details.*(f.member), snapshot);
  });
  json.key("active").value(row.active).key("created_at").value(row.created_at);
  json.key("updated_at").value(row.updated_at).key("version").value(row.version);
}

}  // namespace

void write_entry_members(JsonWriter& json, const ContactRow& row, const Snapshot& snapshot) {
  write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const OrganisationRow& row, const Snapshot& snapshot) {
  write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const AgentRow& row, const Snapshot& snapshot) {
  write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const TeamRow& row, const Snapshot& snapshot) {
  write_members(json, row, snapshot);
}

}  // namespace greffe
