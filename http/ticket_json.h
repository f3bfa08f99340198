// Tickets as JSON documents: rows of lists, the detail, the timeline's entries. People and
// teams appear as {"id","name"}.
#pragma once

#include <string>
#include <vector>

#include "http/json_writer.h"
#include "projections/views.h"

namespace greffe {

// {"id","name"} of a directory entry; names come from `snapshot`.
void write_entry(JsonWriter& json, StreamId entry, const Snapshot& snapshot);

template <class IdType>
void write_entry(JsonWriter& json, const std::optional<IdType>& id, const Snapshot& snapshot) {
  if (id) write_entry(json, stream_of(*id), snapshot);
  else json.null();
}

// {"kind","id","name"}; id and name are null for kinds that have none.
void write_actor(JsonWriter& json, const Actor& actor, const Snapshot& snapshot);

// A list's row, as an object.
void write_ticket_row(JsonWriter& json, const TicketRow& row, const Snapshot& snapshot);

// The same members and those that only the detail has, within an object already begun.
void write_ticket_detail(JsonWriter& json, const TicketRow& row, const Snapshot& snapshot);

// One entry of the timeline.
void write_timeline_entry(JsonWriter& json, const Record& record, const Snapshot& snapshot);

}  // namespace greffe
