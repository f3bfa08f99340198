// Comma-separated values (RFC 4180), read strictly: a field is quoted whole or not at all, a
// quote in it is doubled, lines end in LF or CR LF, also within quotes. Where the first line
// has semicolons and no comma, as some spreadsheets write it, the fields are separated by those.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace greffe {

struct CsvRow {
  std::size_t line = 0;  // of its first line in the text, from 1
  std::vector<std::string> cells;
  // A quote where none may be, or one that is never closed; `cells` has what came before. The
  // next row begins after the line break that follows.
  bool malformed = false;
};

class CsvReader {
 public:
  // A byte order mark is passed by. `text` outlives the reader.
  explicit CsvReader(std::string_view text);

  // Writes the next row that is not an empty line over `row`. False at the end.
  bool next(CsvRow& row);

 private:
  bool take_cell(CsvRow& row);
  bool take_quoted(std::string& cell);
  bool take_plain(std::string& cell);
  bool at_line_end() const;
  void end_line();
  void skip_line();

  std::string_view rest_;
  std::size_t line_ = 1;
  char separator_ = ',';
};

}  // namespace greffe
