#include "http/import/csv.h"

#include <algorithm>

namespace greffe {
namespace {

std::size_t line_breaks(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  const auto first = rest_.substr(0, rest_.find('\n'));
  if (first.find(',') == std::string_view::npos && first.find(';') != std::string_view::npos) separator_ = ';';
}

bool CsvReader::next(CsvRow& row) {
  while (!rest_.empty() && at_line_end()) end_line();
  if (rest_.empty()) return false;
  row.line = line_;
  row.cells.clear();
  row.malformed = false;
  while (take_cell(row)) {
  }
  if (row.malformed) skip_line();
  else end_line();
  return true;
}

// False at the end of the row.
bool CsvReader::take_cell(CsvRow& row) {
  std::string cell;
  const bool good = rest_.starts_with('"') ? take_quoted(cell) : take_plain(cell);
  if (!good) {
    row.malformed = true;
    return false;
  }
  row.cells.push_back(std::move(cell));
  if (!rest_.starts_with(separator_)) return false;
  rest_.remove_prefix(1);
  return true;
}

bool CsvReader::take_quoted(std::string& cell) {
  rest_.remove_prefix(1);
  for (;;) {
    const auto quote = rest_.find('"');
    // One that is never closed would take the rest of the text with it: only its line is lost.
    if (quote == std::string_view::npos) return false;
    cell += rest_.substr(0, quote);
    line_ += line_breaks(rest_.substr(0, quote));
    rest_.remove_prefix(quote + 1);
    if (!rest_.starts_with('"')) break;
    cell += '"';
    rest_.remove_prefix(1);
  }
  return rest_.empty() || rest_.starts_with(separator_) || at_line_end();
}

bool CsvReader::take_plain(std::string& cell) {
  const char ends[] = {separator_, '\n', '\r', '"'};
  const auto size = std::min(rest_.find_first_of(std::string_view(ends, sizeof ends)), rest_.size());
  cell = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return rest_.empty() || rest_.starts_with(separator_) || at_line_end();
}

bool CsvReader::at_line_end() const { return rest_.starts_with('\n') || rest_.starts_with("\r\n"); }

void CsvReader::end_line() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_.front() == '\r' ? 2 : 1);
  ++line_;
}

void CsvReader::skip_line() {
  rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
  end_line();
}

}  // namespace greffe
