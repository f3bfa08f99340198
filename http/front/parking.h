// Where connections wait for their clients, all of them on one thread: new ones, idle ones,
// those whose head or body is not whole, those whose answer is not taken. Each wait has its
// deadline. Only here is Boost.Asio.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "events/result.h"
#include "http/front/connection.h"

namespace greffe::front {

class Parking {
 public:
  // `pass_on` gets the connections that no longer wait for their client (ready, disk), and
  // those that are gone but may block on being destroyed; called from the parking's thread.
  // `options` and `counters` must outlive it.
  Parking(const FrontOptions& options, PassOn pass_on, Counters& counters);
  ~Parking();  // finish() must have been called if start() succeeded

  // Binds, listens and starts the thread. Returns the port.
  Result<std::uint16_t, FrontFailure> start();

  // Any thread. The connection must wait for its client. After finish() it is closed at once.
  void park(std::unique_ptr<Connection> connection);

  // Accepts nothing more and closes what waits for a request; answers under way go on to be
  // sent. When it returns, no request is passed on any more.
  void close_entrance();

  // Waits until no connection is left anywhere, at most until `deadline`, closes those that are
  // here and ends the thread. The workers must have stopped.
  void finish(std::chrono::steady_clock::time_point deadline);

 private:
  class Lot;
  std::unique_ptr<Lot> lot_;
};

}  // namespace greffe::front
