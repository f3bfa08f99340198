// Pages of keys: a cursor is the key after which the next page begins, as base64url. It is
// taken only where it was made: the same list, the same length, the one spelling of its bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "projections/lists/query.h"
#include "projections/view_store.h"

namespace greffe {

struct KeyPage {
  std::vector<std::string> rests;   // of each key, what follows the prefix
  std::vector<std::string> values;  // of the same rows
  std::string next_cursor;          // empty = this is the last page
};

// A cursor of these bytes, for lists that page by more than one range of keys.
std::string to_cursor(std::string_view bytes);
// Absent if the cursor is not one of that many bytes.
std::optional<std::string> from_cursor(std::string_view cursor, std::size_t bytes);

// Up to `limit` rows whose keys are `prefix` and `rest_bytes` more bytes, after `cursor`
// (empty = from the first). Throws ViewsUnreadable like any read, also for a key of another
// length. `limit` is held within 1 … list_limit_max.
Result<KeyPage, BadCursor> read_keys(const RowSource& rows, Family family, std::string_view prefix,
                                     std::size_t rest_bytes, std::size_t limit, std::string_view cursor);

}  // namespace greffe
