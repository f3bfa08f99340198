// The threads that run handlers. A worker takes a connection whose request is complete,
// answers, and stays with it for the next moment: when the next request follows at once, it
// saves the way over the parking. It stays only while no other connection waits for a worker.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "http/front/connection.h"

namespace greffe::front {

class Workers {
 public:
  // `pass_on` gets the connections whose requests are answered, or that wait for others first.
  Workers(const FrontOptions& options, const Handler& handler, PassOn pass_on);
  ~Workers();  // stops

  void start();

  // Hands over a connection whose step is ready. Any thread. After stop() it is closed at once.
  void take(std::unique_ptr<Connection> connection);

  // Lets everything that was taken be answered, with Connection: close, and joins the threads.
  void stop();

 private:
  void run();
  std::unique_ptr<Connection> wait_for_connection();
  void serve(std::unique_ptr<Connection> connection, Answerer& answerer);
  bool linger(Connection& connection);

  const FrontOptions& options_;
  const Handler& handler_;
  PassOn pass_on_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::unique_ptr<Connection>> ready_;
  std::atomic<std::size_t> ready_count_ = 0;
  std::atomic<std::size_t> lingering_count_ = 0;
  std::atomic<bool> stopping_ = false;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace greffe::front
