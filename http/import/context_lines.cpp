#include "http/import/context_lines.h"

#include <algorithm>

#include "events/check.h"
#include "http/catalogue_bodies.h"
#include "http/import/csv.h"
#include "http/json_input.h"

namespace greffe {
namespace {

using Take = std::function<bool(ContextLine)>;

// An entry is known again by its external id, so that a file can be imported as often as one likes.
void require_external_id(ContextLine& line) {
  if (line.details.external_id.empty()) line.faults.push_back({"external_id", FieldCode::required});
}

Handled check_header(const CsvRow& header) {
  std::vector<FieldFault> faults;
  for (const auto* name : {"type", "label", "external_id"}) {
    if (std::find(header.cells.begin(), header.cells.end(), name) == header.cells.end()) {
      faults.push_back({name, FieldCode::required});
    }
  }
  for (auto cell = header.cells.begin(); cell != header.cells.end(); ++cell) {
    if (cell->empty()) faults.push_back({"header", FieldCode::malformed});
    if (std::find(header.cells.begin(), cell, *cell) != cell) faults.push_back({*cell, FieldCode::duplicate});
  }
  if (header.malformed) faults.push_back({"header", FieldCode::malformed});
  if (!faults.empty()) return fail(invalid_fields(std::move(faults)));
  return {};
}

void set_cell(ContextLine& line, const std::string& column, std::string cell) {
  auto& details = line.details;
  if (column == "type") details.type = std::move(cell);
  else if (column == "label") details.label.text = std::move(cell);
  else if (column == "external_id") details.external_id = std::move(cell);
  else if (column == "url") {
    line.has_url = true;
    details.url = std::move(cell);
  } else {
    line.columns.push_back(column);
    if (!cell.empty()) details.summary.push_back({column, {std::move(cell)}});
  }
}

ContextLine read_row(const std::vector<std::string>& header, CsvRow row) {
  ContextLine line;
  line.line = row.line;
  if (row.malformed || row.cells.size() != header.size()) {
    line.faults.push_back({"line", row.malformed ? FieldCode::malformed : FieldCode::wrong_type});
    return line;
  }
  for (std::size_t i = 0; i < header.size(); ++i) set_cell(line, header[i], std::move(row.cells[i]));
  require_external_id(line);
  return line;
}

const CommandBody& creation() {
  for (const auto& bodies : catalogue_bodies()) {
    if (bodies.kind == StreamKind::context) return bodies.create;
  }
  GREFFE_CHECK(false, "contexts are created by a command of their own");
  return catalogue_bodies().front().create;
}

ContextLine read_json(std::size_t number, std::string_view text) {
  ContextLine line;
  line.line = number;
  const auto json = parse_json(text);
  if (!json) {
    line.faults.push_back({"line", FieldCode::malformed});
    return line;
  }
  Faults faults;
  auto command = creation().read(*json, faults);
  line.faults = faults.take();
  line.details = std::move(std::get<CreateContext>(std::get<ContextCommand>(command)).details);
  line.has_url = json->contains("url");
  line.has_summary = json->contains("summary");
  if (line.faults.empty()) require_external_id(line);
  return line;
}

}  // namespace

Handled for_each_csv_context(std::string_view text, const Take& take) {
  CsvReader reader(text);
  CsvRow header;
  reader.next(header);
  if (auto checked = check_header(header); !checked) return checked;
  CsvRow row;
  while (reader.next(row)) {
    if (!take(read_row(header.cells, std::move(row)))) break;
    row = {};
  }
  return {};
}

Handled for_each_json_context(std::string_view text, const Take& take) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && !take(read_json(number, line))) break;
  }
  return {};
}

}  // namespace greffe
