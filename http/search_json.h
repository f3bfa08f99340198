// Answers of the search as JSON.
#pragma once

#include "http/ticket_json.h"
#include "projections/search/search.h"
#include "projections/views.h"

namespace greffe {

// A list's row with "snippets" and "score", as an object. Scores are whole numbers and compare
// within one answer only.
void write_search_hit(JsonWriter& json, const SearchHit& hit, const TicketRow& row, const Screen& screen);

}  // namespace greffe
