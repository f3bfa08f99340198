// A parsed query as a Xapian query over the terms of terms.h. Includes Xapian: for .cpp files of
// this folder only.
#pragma once

#include <xapian.h>

#include "projections/search/query_text.h"
#include "projections/search/search.h"

namespace greffe {

// What the words ask for, but for the order of those in phrases (phrase_filter.h); nothing of who
// may read it. `wanted` must not be empty.
Xapian::Query words_query(const ParsedQuery& parsed, const SearchAudience& audience);

// What the filters and the audience let through.
Xapian::Query filtered(Xapian::Query words, const SearchFilters& filters, const SearchAudience& audience);

}  // namespace greffe
