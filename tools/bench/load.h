// A load generator for HTTP/1.1 on this machine: keep-alive connections, one request in
// flight on each, one thread over epoll. Bounded in time; never talks to anything but
// 127.0.0.1.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "events/time.h"

namespace greffe::bench {

struct LoadOptions {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  Milliseconds warmup_ms{1'000};  // answered but not counted
  Milliseconds measure_ms{5'000};
};

// Writes the next request of a connection over `out`, head and body.
using NextRequest = std::function<void(std::size_t connection, std::string& out)>;
// Sees every answer, warm-up included, so that a caller can check what was acknowledged.
using OnAnswer = std::function<void(std::size_t connection, int status, std::string_view body)>;

struct LoadResult {
  std::uint64_t answers = 0;     // counted ones
  std::uint64_t failures = 0;    // answers that were not 2xx, warm-up included
  std::uint64_t reconnects = 0;  // connections that the server closed instead of answering
  double seconds = 0;
  std::vector<std::uint32_t> latencies_us;  // of the counted answers, sorted

  double per_second() const { return seconds > 0 ? static_cast<double>(answers) / seconds : 0; }
  // q in (0, 1]; 0 if nothing was measured.
  double percentile_ms(double q) const;
};

// Runs the load to its end. Every request sent is waited for, so that nothing is in flight
// when it returns. The error says which connection failed and how.
Result<LoadResult, std::string> run_load(const LoadOptions& options, const NextRequest& next_request,
                                         const OnAnswer& on_answer);

// One request with a token and, for POST, a JSON body.
std::string http_request(std::string_view method, std::string_view target, std::string_view token,
                         std::string_view body);

}  // namespace greffe::bench
