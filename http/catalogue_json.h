// Catalogue entries as JSON, in the form of directory entries (directory_json.h).
#pragma once

#include "events/json.h"
#include "http/json_writer.h"
#include "projections/views.h"

namespace greffe {

// Members only, within an object already begun.
void write_entry_members(JsonWriter& json, const CannedReplyRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const TextTemplateRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const ContextRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const SavedViewRow& row, const Snapshot& snapshot);
void write_entry_members(JsonWriter& json, const ContractRow& row, const Snapshot& snapshot);

// One line of a contract's account; the ticket by its number.
void write_booking(JsonWriter& json, const BookingRow& row, const Snapshot& snapshot);

// The schemas of these documents and of what the catalogue's own routes answer, for the OpenAPI
// document.
void add_catalogue_schemas(Json& schemas);

}  // namespace greffe
