// The threads that move large bodies between clients and disk. A thread takes a connection
// whose step is disk, lets it write to its sink or read from its source, and goes on with it
// while its client is quick and no other connection waits; so a slow disk blocks these few
// threads only, never a worker or the parking.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "http/front/connection.h"

namespace greffe::front {

class DiskThreads {
 public:
  // `options` and `counters` must outlive it.
  DiskThreads(const FrontOptions& options, Counters& counters, PassOn pass_on);
  ~DiskThreads();  // stops

  void start();

  // Takes over a connection whose step is disk; or gone: destroying it may block too. Any
  // thread. After stop() it is destroyed at once.
  void take(std::unique_ptr<Connection> connection, Step step);

  // Ends the threads when each has done with its present piece, and destroys what waits.
  void stop();

 private:
  struct Waiting {
    std::unique_ptr<Connection> connection;
    Step step = Step::gone;
    std::size_t held_bytes = 0;
  };

  void run();
  Waiting wait_for_connection();
  void serve(std::unique_ptr<Connection> connection);
  bool client_is_quick(const Connection& connection, Step step) const;

  const FrontOptions& options_;
  Counters& counters_;
  PassOn pass_on_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Waiting> waiting_;
  std::atomic<std::size_t> waiting_count_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace greffe::front
