// Cursors come from outside: any text must be refused or be exactly what this program writes,
// and a well-sealed one with any values must still give a page of the index.
#include <cstdlib>
#include <string_view>

#include "projections/lists/cursor.h"
#include "projections/lists/list_index.h"

namespace {

using namespace greffe;

constexpr ValueForm forms[] = {ValueForm::key, ValueForm::text, ValueForm::number};
constexpr std::uint64_t mark = 29;

void need(bool condition) {
  if (!condition) std::abort();
}

void decode(std::string_view cursor) {
  const auto values = decode_cursor(cursor, mark, forms);
  if (values) need(encode_cursor(mark, forms, *values) == cursor);
}

const ListIndex& small_index() {
  static const ListIndex index = [] {
    ListIndex made(ListIndex::Tuning{2, 4});
    for (std::uint64_t i = 1; i <= 40; ++i) {
      TicketRow row;
      row.id = {i};
      row.title.text = "t" + std::to_string(i % 7);
      row.status = {"new", Category::fresh};
      if (i % 3 != 0) row.assignee = AgentId{i % 5 + 1};
      made.put(row);
    }
    return made;
  }();
  return index;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  decode(input);
  decode(seal_cursor(mark, input));

  ListQuery query;
  query.sort = {{SortColumn::assignee, size % 2 == 0}, {SortColumn::title, false}};
  query.cursor = seal_cursor(fingerprint(query, query.sort), input);
  if (const auto page = small_index().query(query)) need(page->ids.size() <= query.limit);
  return 0;
}
