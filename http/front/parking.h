// Where connections wait for their clients, all of them on one thread: new ones, idle ones,
// those whose head or body is not whole, those whose answer is not taken. Each wait has its
// deadline. Only here is Boost.Asio.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "events/result.h"
#include "http/front/connection.h"

namespace greffe::front {

class Parking {
 public:
  // Takes a connection whose step is ready; called from the parking's thread.
  using HandOver = std::function<void(std::unique_ptr<Connection>)>;

  // `options` and `counters` must outlive it.
  Parking(const FrontOptions& options, HandOver hand_over, Counters& counters);
  ~Parking();  // finish() must have been called if start() succeeded

  // Binds, listens and starts the thread. Returns the port.
  Result<std::uint16_t, FrontFailure> start();

  // Any thread, until finish(). The connection's step must be another than ready or gone.
  void park(std::unique_ptr<Connection> connection);

  // Accepts nothing more and closes what waits for a request; answers under way go on to be
  // sent. When it returns, nothing is handed over any more.
  void close_entrance();

  // Waits until every answer is taken, at most until `deadline`, closes the rest and ends the thread.
  void finish(std::chrono::steady_clock::time_point deadline);

 private:
  class Lot;
  std::unique_ptr<Lot> lot_;
};

}  // namespace greffe::front
