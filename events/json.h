// Events as JSON, for the feed, replay and people. One rendering for all readers: the field
// list's names, enumerators by name, ids as strings, instants as RFC 3339, durations as
// integers, personal text as plain strings. What has no value is left out.
#pragma once

#include <nlohmann/json.hpp>

#include "events/record.h"

namespace greffe {

using Json = nlohmann::ordered_json;

// The payload alone, e.g. {"old_title":"…","new_title":"…"}.
Json to_json(const Event& event);

// Anything with a field list (parts of events, rows of views) by the same rules.
// Defined in events/field_json.h.

// The whole record: envelope fields, "stream" as "ticket/42", "type", "data" = the payload.
Json to_json(const Record& record);

// "ticket"; "?" for a value that no kind has.
std::string_view stream_kind_text(StreamKind kind);

// "ticket/42"; settings streams by area name: "settings/statuses".
std::string stream_text(StreamId stream);

// "agent/7", "administrator".
std::string actor_text(const Actor& actor);

}  // namespace greffe
