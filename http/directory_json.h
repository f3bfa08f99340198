// Directory entries as JSON: the details' fields stand beside id, active, times and version;
// references to other entries are {"id","name"}.
#pragma once

#include "http/json_writer.h"
#include "projections/views.h"

namespace greffe {

// Members only, within an object already begun.
void write_entry_members(JsonWriter& json, const ContactRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const OrganisationRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const AgentRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const TeamRow& row, const Snapshot& snapshot);

}  // namespace greffe
