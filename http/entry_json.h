// What entries of the directory and of the catalogue have in common as JSON: the details'
// fields stand beside id, active, times and version; references are {"id","name"}.
#pragma once

#include "http/ticket_json.h"

namespace greffe::entry_json {

template <class T>
void write_detail(JsonWriter& json, const T& value, const Snapshot&) {
  json.value(value);
}
template <class Tag>
void write_detail(JsonWriter& json, const std::optional<Id<Tag>>& value, const Snapshot& snapshot) {
  write_entry(json, value, snapshot);
}
inline void write_detail(JsonWriter& json, const std::vector<AgentId>& values, const Snapshot& snapshot) {
  json.begin_array();
  for (const auto id : values) write_entry(json, stream_of(id), snapshot);
  json.end_array();
}

// Members only, within an object already begun.
template <class Row>
void write_members(JsonWriter& json, const Row& row, const Snapshot& snapshot) {
  json.key("id").value(row.id);
  for_each_field<std::remove_cvref_t<decltype(row.details)>>([&](const auto& f, std::size_t) {
    json.key(f.name);
    write_detail(json, row.details.*(f.member), snapshot);
  });
  json.key("active").value(row.active).key("created_at").value(row.created_at);
  json.key("updated_at").value(row.updated_at).key("version").value(row.version);
}

}  // namespace greffe::entry_json
