#include "http/search_json.h"

#include <cmath>

namespace greffe {

void write_search_hit(JsonWriter& json, const SearchHit& hit, const TicketRow& row, const Screen& screen) {
  constexpr double score_steps = 1000;
  json.begin_object();
  write_members_now(json, row, screen);
  json.key("snippets").begin_array();
  for (const auto& snippet : hit.snippets) {
    json.begin_object().key("field").value(snippet.field).key("text").text(snippet.text).end_object();
  }
  json.end_array().key("score").number(std::llround(hit.score * score_steps)).end_object();
}

}  // namespace greffe
