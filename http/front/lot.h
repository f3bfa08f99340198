// The inside of the parking: everything here runs on its one thread, but for park().
#pragma once

// ThreadSanitizer does not know fences, and GCC warns of each; Asio's stand beside its locks.
#if defined(__SANITIZE_THREAD__)
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "http/front/parking.h"

namespace greffe::front {

class Parking::Lot {
 public:
  Lot(const FrontOptions& options, PassOn pass_on, Counters& counters);

  Result<std::uint16_t, FrontFailure> open();
  void start();
  void park(std::unique_ptr<Connection> connection);
  void close_entrance();
  void finish(std::chrono::steady_clock::time_point deadline);

 private:
  using Clock = std::chrono::steady_clock;
  struct Place;
  using PlacePointer = std::shared_ptr<Place>;
  // In order of arrival, hence of deadline: all waits of one kind are equally long. But for
  // uploads and downloads, whose deadlines move with what their client does.
  using Row = std::list<PlacePointer>;

  // One connection while it is here. A pending wait keeps the place, not the connection.
  struct Place {
    Place(boost::asio::io_context& io, std::unique_ptr<Connection> guest)
        : connection(std::move(guest)), descriptor(io, connection->socket()) {}
    ~Place() {
      if (descriptor.is_open()) descriptor.release();
    }
    std::unique_ptr<Connection> connection;  // empty once it has left
    boost::asio::posix::stream_descriptor descriptor;
    Step step = Step::gone;
    Row::iterator position;
    Clock::time_point deadline;
    Clock::time_point waits_since;  // uploads and downloads
    std::size_t held_bytes = 0;
    bool awaited = false;  // a readiness wait is pending
  };

  void run();
  void wait_for_clients();
  void accept_waiting();
  bool accept_one();
  void take_inbox();
  void admit(std::unique_ptr<Connection> connection);
  void on_readiness(const PlacePointer& place);
  void move_on(const PlacePointer& place, Step step);
  void settle(const PlacePointer& place, Step step);
  void await_readiness(const PlacePointer& place);
  void count_held_bytes(Place& place);
  std::unique_ptr<Connection> leave(const PlacePointer& place);
  void dismiss(const PlacePointer& place);
  void dismiss_all(Step step);
  bool has_too_much() const;
  void tick();
  void on_timeout(const PlacePointer& place);
  Row& row(Step step) { return rows_.at(static_cast<std::size_t>(step)); }
  Clock::duration timeout(const Place& place) const;
  void end_late_transfers(Clock::time_point now);

  const FrontOptions& options_;
  PassOn pass_on_;
  Counters& counters_;
  boost::asio::io_context io_{1};
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::steady_timer ticker_{io_};
  boost::asio::steady_timer accept_pause_{io_};
  std::array<Row, step_count> rows_;  // by Step
  std::size_t held_bytes_ = 0;
  bool entrance_closed_ = false;
  bool finishing_ = false;
  Clock::time_point finish_deadline_;
  std::mutex inbox_mutex_;
  bool inbox_closed_ = false;
  std::vector<std::unique_ptr<Connection>> inbox_;
  std::thread thread_;
};

}  // namespace greffe::front
