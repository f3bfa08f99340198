// One search with one reader. Includes Xapian: for .cpp files of this folder only.
#pragma once

#include "projections/search/store.h"

namespace greffe {

// Throws what Xapian throws; after a DatabaseModifiedError, the reader's database is to be
// reopened and the search made again.
Result<SearchPage, SearchFault> run_search(SearchStore::Reader& reader, const SearchQuery& query);

}  // namespace greffe
