// The network side of the server: sockets, deadlines, bounds and HTTP/1.1 itself, and
// nothing about tickets. Handlers see whole requests (http/front/request.h).
//
// One thread (Boost.Asio) accepts and holds every connection that waits for its client: idle
// ones, those still sending a head or a body, those too slow to take their answer. So a
// client costs a worker thread only while its request is being worked on; ten thousand idle
// or slow ones cost memory only. Workers run the handler and cpp-httplib's request processing.
//
// Bodies too large for memory (http/front/request.h) go between clients and disk on threads of
// their own, a piece at a time: a slow client or a slow disk costs no worker, and each such
// connection holds about 256 KiB at most.
//
// What a client does wrong is answered by the front with a problem document (RFC 9457) that
// has a stable "code" (http/front/refusal.h), and its connection is closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "events/result.h"
#include "http/front/request.h"

namespace greffe {

struct FrontOptions {
  std::string address = "127.0.0.1";               // IPv4 or IPv6, numeric
  std::uint16_t port = 0;                          // 0 = any that is free; start() says which
  std::size_t worker_count = 96;                   // handlers that may run at once
  std::size_t head_bytes_max = 16 * 1024;          // request line and headers
  std::size_t body_bytes_max = 1024 * 1024;        // after joining chunks
  std::size_t held_bytes_max = 256 * 1024 * 1024;  // unfinished requests and untaken answers of all clients
  std::size_t connections_max = 20'000;            // lowered at start to what the process may open, less a reserve
  // Each deadline is for the whole of its part, not per byte, and starts when the part does.
  std::int64_t head_timeout_ms = 10'000;
  std::int64_t body_timeout_ms = 10'000;
  std::int64_t write_timeout_ms = 10'000;
  std::int64_t idle_timeout_ms = 600'000;  // between requests, and before the first
  std::int64_t stop_timeout_ms = 10'000;   // how long stop() lets requests finish
  // Bodies that go to a sink or come from a source have no deadline for the whole: the client
  // must move so many bytes in each such time that it is waited for.
  std::int64_t transfer_timeout_ms = 30'000;
  std::size_t transfer_bytes_min = 32 * 1024;
  // How long a worker stays with its connection for the next request, while no other waits.
  std::int64_t linger_us = 1'000;
  std::size_t disk_thread_count = 4;  // for sinks and sources
  PlanBody plan_body;                 // empty: all bodies are held in memory
};

// Counts since the start, except where said otherwise.
struct FrontStats {
  std::uint64_t accepted = 0;
  std::uint64_t requests = 0;  // that reached the handler
  std::uint64_t parked = 0;    // now: connections that wait for their client
  std::uint64_t active = 0;    // now: connections that a worker holds or will
  std::uint64_t refused = 0;   // requests and connections answered by the front itself
  std::uint64_t head_timeouts = 0;
  std::uint64_t body_timeouts = 0;
  std::uint64_t write_timeouts = 0;
  std::uint64_t idle_timeouts = 0;
  std::uint64_t spooled = 0;          // requests whose body went to a sink, and that reached the handler
  std::uint64_t planned_answers = 0;  // given by plan_body or a sink instead of the handler
  std::uint64_t upload_timeouts = 0;
  std::uint64_t download_timeouts = 0;
  std::uint64_t broken_streams = 0;  // answers cut, or turned into 500, because their source failed
};

struct FrontFailure {
  std::string detail;  // for people; says which address and why
};

// start() and stop() are for one thread; stats() may be called from any.
class Front {
 public:
  Front(FrontOptions options, Handler handler);
  ~Front();  // stops
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  // Raises the limit of open files, binds, and serves from other threads. Returns the port.
  // At most once in a front's life.
  Result<std::uint16_t, FrontFailure> start();

  // Accepts nothing more, closes what waits, lets requests that are complete finish and be
  // answered (with Connection: close), and returns when no handler runs any more. Bounded by
  // stop_timeout_ms and the time of the longest handler. A second call does nothing.
  void stop();

  FrontStats stats() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace greffe
