// Where a page of hits ended: "<offset>-<hash of the query>". An offset and no key, since hits
// are in order of relevance, which changes with every ticket: a page is as good as its moment.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "projections/search/search.h"

namespace greffe {

std::string search_cursor(const SearchQuery& query, std::size_t offset);

// Where the query's page begins; absent if its cursor is none that this query gave.
std::optional<std::size_t> search_offset(const SearchQuery& query);

}  // namespace greffe
