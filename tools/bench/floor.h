// The floors: the barest programs that do the same physical work as what is measured.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "events/result.h"

namespace greffe::bench {

// Serves until SIGTERM; prints "listening on http://127.0.0.1:PORT". One thread a connection.

// S1's floor: bare cpp-httplib; each POST is parsed as JSON, its body put into RocksDB with
// one synced write, and answered by `answer_bytes` of JSON.
int serve_synced_puts(const std::filesystem::path& dir, std::size_t answer_bytes);

// S6's floor: bare cpp-httplib; each GET is answered by the bytes of `file`.
int serve_bytes(const std::filesystem::path& file);

// S3's floor: synced RocksDB batches of 256 records of 256 bytes for `seconds`; records a second.
Result<double, std::string> synced_batches_per_second(const std::filesystem::path& dir, double seconds);

// S4's floor: one sequential walk over the records that synced_batches_per_second left in
// `dir`, repeated for at least `seconds`; records a second.
Result<double, std::string> sequential_reads_per_second(const std::filesystem::path& dir, double seconds);

}  // namespace greffe::bench
