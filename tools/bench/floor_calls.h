// The floors over HTTP as one client sees them that waits for each answer.
#pragma once

#include <string>

#include "tools/bench/measures.h"
#include "tools/bench/samples.h"

namespace greffe::bench {

// POSTs of `body` to bare cpp-httplib: parsed as JSON, one synced RocksDB put, `answer_bytes` back.
Result<Samples, std::string> time_synced_puts(const MeasureOptions& options, const std::string& body,
                                              std::size_t answer_bytes);

// GETs from bare cpp-httplib, each answered by `body`.
Result<Samples, std::string> time_bytes(const MeasureOptions& options, const std::string& body);

}  // namespace greffe::bench
