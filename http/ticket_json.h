// Tickets as JSON documents: rows of lists and the timeline's entries; ticket_detail_json.h has
// the whole ticket. People and teams appear as {"id","name"}.
#pragma once

#include <string>
#include <vector>

#include "commands/settings/settings.h"
#include "http/json_writer.h"
#include "http/past_names.h"
#include "http/reader.h"
#include "projections/united_ticket.h"
#include "projections/views.h"

namespace greffe {

// What tickets are shown with: names as of the snapshot, words and colours of the settings, to
// whom. All must outlive it.
struct Screen {
  const Snapshot& snapshot;
  const Settings& settings;
  const Reader& reader;
  PastNames* past = nullptr;  // of a ticket of the past: names as they were then
};

// {"id","name"} of a directory entry; the name comes from the snapshot, or from the screen's past.
void write_entry(JsonWriter& json, StreamId entry, const Snapshot& snapshot);
void write_entry(JsonWriter& json, StreamId entry, const Screen& screen);

template <class IdType, class Names>
void write_entry(JsonWriter& json, const std::optional<IdType>& id, const Names& names) {
  if (id) write_entry(json, stream_of(*id), names);
  else json.null();
}

// The name to show for who acted: a person's, or the kind of program.
std::string name_of_actor(const Actor& actor, const Snapshot& snapshot);

// {"kind","id","name"}; id and name are null for kinds that have none.
void write_actor(JsonWriter& json, const Actor& actor, const Snapshot& snapshot);
void write_actor(JsonWriter& json, const Actor& actor, const Screen& screen);
// Of who acted in `ticket`: id and name are null also if they are not for the reader to know.
void write_actor(JsonWriter& json, const Actor& actor, TicketId ticket, const Screen& screen);

// {"key","category","label","colour"}: the ticket's own status with the words and colour that
// the settings have for it now; a status that is no longer in the settings has its key for both.
void write_status(JsonWriter& json, const StatusAt& status, const Settings& settings);
void write_priority(JsonWriter& json, const PriorityAt& priority, const Settings& settings);

// The text in the tenant's first language, or in any, or the key where there is none.
const std::string& label_of(const std::vector<Label>& labels, const std::string& key, const Settings& settings);

// What a list's row has, within an object already begun, of a united row (projections/united_ticket.h)
// and its ticket's counts at the same time.
// For clients, what counts things of the desk is null, and so are other tickets.
void write_ticket_members(JsonWriter& json, const TicketRow& row, const UnitedCounts& counts, const Screen& screen);

// The same of a row as it is at the snapshot, with all that the ticket absorbed.
void write_members_now(JsonWriter& json, const TicketRow& row, const Screen& screen);

// A list's row, as an object.
void write_ticket_row(JsonWriter& json, const TicketRow& row, const Screen& screen);

// {"number","title","status"}
void write_ticket_line(JsonWriter& json, const TicketRow& row, const Settings& settings);

// The number of the ticket that holds a message and numbers it; null for the shown one, and for one
// that the reader may not read.
void write_holder(JsonWriter& json, TicketId holder, TicketId shown, const Screen& screen);

// One entry of the timeline of `shown`; what came from another ticket has that one's number as
// `origin`, and `held_by` is the ticket whose stream the record is in (write_holder).
void write_timeline_entry(JsonWriter& json, const TimelineEntry& entry, TicketId shown, const Screen& screen);

}  // namespace greffe
