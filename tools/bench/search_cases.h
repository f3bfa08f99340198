// What people look for in a corpus, of every kind that the search understands, each as a query of
// the index and as a request to the server.
#pragma once

#include <string>
#include <vector>

#include "projections/search/search.h"
#include "tools/bench/corpus.h"

namespace greffe::bench {

struct SearchCase {
  std::string kind;  // "phrase"
  SearchQuery query;
  std::string target;  // "/v1/search?q=…"
  std::string act_as;  // "contact/7"; empty for those who may see everything
};

// `count` cases, every kind in turn; deterministic.
std::vector<SearchCase> search_cases(const Corpus& corpus, std::size_t count);

}  // namespace greffe::bench
