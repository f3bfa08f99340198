// Counts the tickets of a query by the values of columns.
#pragma once

#include <span>
#include <vector>

#include "projections/lists/selection.h"

namespace greffe {

// `selections` are the query's, one a tab of its view; at least one. One facet a column, in
// their order.
std::vector<Facet> facets_of(std::span<const Selection> selections, const Vocabulary& vocabulary,
                             std::span<const FacetColumn> columns);

}  // namespace greffe
