// Views, filters and sorts of the lists that are measured, from the plainest to the most awkward.
#pragma once

#include <string>
#include <vector>

#include "projections/lists/query.h"

namespace greffe::bench {

struct ListCase {
  std::string name;
  ListQuery query;
};

// For rows of ListRows.
std::vector<ListCase> list_cases(std::uint64_t ticket_count);

}  // namespace greffe::bench
