#include "http/directory_json.h"

#include "http/entry_json.h"

namespace greffe {

void write_entry_members(JsonWriter& json, const ContactRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const OrganisationRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const AgentRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const TeamRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}

}  // namespace greffe
