#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "http/import/csv.h"

using namespace greffe;

namespace {

// "1:a|b 2:c", and a ! after a malformed row's number.
std::string rows(std::string_view text) {
  CsvReader reader(text);
  std::string all;
  CsvRow row;
  while (reader.next(row)) {
    all += (all.empty() ? "" : " ") + std::to_string(row.line) + (row.malformed ? "!" : ":");
    for (std::size_t i = 0; i < row.cells.size(); ++i) all += (i == 0 ? "" : "|") + row.cells[i];
  }
  return all;
}

}  // namespace

TEST_CASE("rows of comma-separated values are read with the numbers of their lines") {
  const auto [text, wanted] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"\n\r\n", ""},
      {"a", "1:a"},
      {"a,b\nc,d\n", "1:a|b 2:c|d"},
      {"a,b\r\n\r\nc,", "1:a|b 3:c|"},
      {",", "1:|"},
      {"\"a\"", "1:a"},
      {"\"a,b\",\"c\"\"d\"\n", "1:a,b|c\"d"},
      {"\"a\nb\",c\nd", "1:a\nb|c 3:d"},
      {"\"\",x", "1:|x"},
      {"\xEF\xBB\xBF"
       "a,b",
       "1:a|b"},
      {"a;b\nc,d;e", "1:a|b 2:c,d|e"},
      {"a;b,c", "1:a;b|c"},
      {"a\rb", "1!"},
      {"a\"b,c\nd", "1! 2:d"},
      {"\"a\"b\nd", "1! 2:d"},
      {"x,\"a\nb\nc", "1!x 2:b 3:c"},
      {"a, \"b\"\nc", "1!a 2:c"},
  }));
  CHECK(rows(text) == wanted);
}

TEST_CASE("what is written with every field quoted is read as it was, whatever it holds") {
  CHECK(rc::check("any cells", [] {
    const auto cells = *rc::gen::nonEmpty<std::vector<std::string>>();
    std::string text = "h,h\n";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : cells[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    CsvReader reader(text);
    CsvRow row;
    RC_ASSERT(reader.next(row));
    RC_ASSERT(reader.next(row));
    RC_ASSERT(!row.malformed);
    RC_ASSERT(row.cells == cells);
    RC_ASSERT(!reader.next(row));
  }));
}

TEST_CASE("any bytes are rows, and come to an end") {
  CHECK(rc::check("any text", [](const std::string& text) {
    CsvReader reader(text);
    CsvRow row;
    std::size_t count = 0;
    while (reader.next(row)) RC_ASSERT(++count <= text.size());
  }));
}
