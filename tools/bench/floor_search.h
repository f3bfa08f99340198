// The floors of the search: bare Xapian with the same words, and nothing of ours around it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "events/result.h"
#include "tools/bench/samples.h"

namespace greffe::bench {

// For each text a query over an index that the search made: all of its words, as they stand, in
// public texts; the best twenty documents are fetched with their data.
Result<Samples, std::string> time_bare_queries(const std::filesystem::path& index,
                                               const std::vector<std::string>& texts);

// A new index in `path`: each text becomes a document and is committed, one after the other.
Result<Samples, std::string> time_bare_commits(const std::filesystem::path& path,
                                               const std::vector<std::string>& texts);

// The same with one commit for all; seconds.
Result<double, std::string> time_bare_build(const std::filesystem::path& path, const std::vector<std::string>& texts);

}  // namespace greffe::bench
