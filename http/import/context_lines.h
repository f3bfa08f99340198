// Contexts of another system as lines of a file: CSV with a header, or one JSON object a line.
//
//   type,label,url,external_id,model,owner
//   vehicle,AB-123-CD,https://fleet.example/17,17,Kangoo,Dépôt Nord
//
//   {"type":"vehicle","label":"AB-123-CD","external_id":"17","summary":[{"name":"model","text":"Kangoo"}]}
//
// type, label and external_id are needed; in CSV every other column is a line of the summary,
// unless its cell is empty.
#pragma once

#include <functional>
#include <string_view>

#include "events/catalogue.h"
#include "http/problem.h"

namespace greffe {

inline constexpr std::size_t context_import_bytes_max = 1024 * 1024;

struct ContextLine {
  std::size_t line = 0;  // in the text, from 1
  ContextDetails details;
  std::vector<FieldFault> faults;  // not empty: the line could not be read
};

// Calls `take` for each line in order until it returns false. Refused as a whole if there is no
// header, or one without a needed column or with one twice.
Handled for_each_csv_context(std::string_view text, const std::function<bool(ContextLine)>& take);
// Blank lines are skipped.
Handled for_each_json_context(std::string_view text, const std::function<bool(ContextLine)>& take);

}  // namespace greffe
