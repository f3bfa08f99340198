// Contexts of another system as lines of a file: CSV with a header, or one JSON object a line.
//
//   type,label,url,external_id,model,owner
//   vehicle,AB-123-CD,https://fleet.example/17,17,Kangoo,Dépôt Nord
//
//   {"type":"vehicle","label":"AB-123-CD","external_id":"17","summary":[{"name":"model","text":"Kangoo"}]}
//
// type, label and external_id are needed; in CSV every other column is a line of the summary,
// unless its cell is empty. Of an entry that is known, only what the file tells of is changed: a
// column or member that is not there leaves what it is for as it stands, an empty one empties it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "http/problem.h"

namespace greffe {

inline constexpr std::size_t context_import_bytes_max = 1024 * 1024;

struct ContextLine {
  std::size_t line = 0;  // in the text, from 1
  ContextDetails details;
  bool has_url = false;
  bool has_summary = false;          // JSON: the whole of it
  std::vector<std::string> columns;  // CSV: the lines of the summary that the file tells of
  std::vector<FieldFault> faults;    // not empty: the line could not be read
};

// Calls `take` for each line in order until it returns false. Refused as a whole if there is no
// header, or one without a needed column or with one twice.
Handled for_each_csv_context(std::string_view text, const std::function<bool(ContextLine)>& take);
// Blank lines are skipped.
Handled for_each_json_context(std::string_view text, const std::function<bool(ContextLine)>& take);

}  // namespace greffe
