#include "http/front/lot.h"

#include <algorithm>
#include <future>

#include "events/check.h"

namespace greffe::front {
namespace {

constexpr auto tick_interval = std::chrono::milliseconds(50);
// How long a refused client may take to read its answer before the connection is cut.
constexpr std::int64_t drain_timeout_ms = 2'000;

}  // namespace

Parking::Lot::Lot(const FrontOptions& options, HandOver hand_over, Counters& counters)
    : options_(options), hand_over_(std::move(hand_over)), counters_(counters) {}

void Parking::Lot::start() {
  wait_for_clients();
  tick();
  thread_ = std::thread([this] { run(); });
}

void Parking::Lot::run() {
  for (;;) {
    try {
      io_.run();
      return;
    } catch (const std::exception&) {
      // Out of memory in one client's turn: its deadline will end it, the others go on.
    }
  }
}

void Parking::Lot::park(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(inbox_mutex_);
  inbox_.push_back(std::move(connection));
  // One wake-up for all that arrive until it is served.
  if (inbox_.size() == 1) boost::asio::post(io_, [this] { take_inbox(); });
}

void Parking::Lot::take_inbox() {
  std::vector<std::unique_ptr<Connection>> arrived;
  {
    const std::lock_guard lock(inbox_mutex_);
    arrived.swap(inbox_);
  }
  for (auto& connection : arrived) admit(std::move(connection));
}

void Parking::Lot::admit(std::unique_ptr<Connection> connection) {
  const auto place = std::make_shared<Place>(io_, std::move(connection));
  auto& idle = row(Step::idle);
  place->position = idle.insert(idle.end(), place);
  place->step = Step::idle;
  place->deadline = Clock::now() + std::chrono::milliseconds(options_.idle_timeout_ms);
  ++counters_.parked;
  settle(place, place->connection->step());
}

// Goes on with whatever the client made possible.
void Parking::Lot::on_readiness(const PlacePointer& place) {
  place->awaited = false;
  if (!place->connection) return;  // it left while the wait was under way
  const bool reads = place->step != Step::flush;
  if (reads && !place->connection->receive()) {
    leave(place);
    return;
  }
  settle(place, place->connection->step());
}

void Parking::Lot::settle(const PlacePointer& place, Step step) {
  count_held_bytes(*place);
  const bool unfinished = step == Step::head || step == Step::body;
  if (held_bytes_ > options_.held_bytes_max && (unfinished || step == Step::flush)) {
    if (step == Step::flush) {
      place->connection->abort_on_close();
      step = Step::gone;
    } else {
      place->connection->refuse(Refusal::overloaded);
      step = place->connection->step();
    }
  }
  const bool awaits_request = unfinished || step == Step::idle;
  if (step == Step::gone || (entrance_closed_ && awaits_request)) {
    leave(place);
  } else if (step == Step::ready) {
    // After close_entrance() only what the workers already have is answered.
    if (auto connection = leave(place); !entrance_closed_) hand_over_(std::move(connection));
  } else {
    move_on(place, step);
    await_readiness(place);
  }
}

// A new wait has a new deadline; more bytes for the same wait have not.
void Parking::Lot::move_on(const PlacePointer& place, Step step) {
  if (step == Step::idle) {
    place->connection->shrink();
    count_held_bytes(*place);
  } else if (step == place->step) {
    return;
  }
  auto& to = row(step);
  to.splice(to.end(), row(place->step), place->position);
  place->step = step;
  place->deadline = Clock::now() + std::chrono::milliseconds(timeout_ms(step));
}

void Parking::Lot::await_readiness(const PlacePointer& place) {
  if (place->awaited) return;
  place->awaited = true;
  using boost::asio::posix::descriptor_base;
  const auto what = place->step == Step::flush ? descriptor_base::wait_write : descriptor_base::wait_read;
  place->descriptor.async_wait(what, [this, place](const boost::system::error_code&) { on_readiness(place); });
}

void Parking::Lot::count_held_bytes(Place& place) {
  const auto held = place.connection->held_bytes();
  held_bytes_ = held_bytes_ + held - place.held_bytes;
  place.held_bytes = held;
}

std::unique_ptr<Connection> Parking::Lot::leave(const PlacePointer& place) {
  GREFFE_CHECK(place->connection != nullptr, "a connection left the parking twice");
  held_bytes_ -= place->held_bytes;
  --counters_.parked;
  place->descriptor.release();
  auto connection = std::move(place->connection);
  row(place->step).erase(place->position);
  return connection;
}

std::int64_t Parking::Lot::timeout_ms(Step step) const {
  switch (step) {
    case Step::idle: return options_.idle_timeout_ms;
    case Step::head: return options_.head_timeout_ms;
    case Step::body: return options_.body_timeout_ms;
    case Step::flush: return options_.write_timeout_ms;
    case Step::drain: return drain_timeout_ms;
    case Step::ready:
    case Step::gone: break;
  }
  check_failed(__FILE__, __LINE__, "timeout_ms", "this step waits for nobody");
}

void Parking::Lot::tick() {
  const auto now = Clock::now();
  for (auto& waiting : rows_) {
    while (!waiting.empty() && waiting.front()->deadline <= now) on_timeout(PlacePointer(waiting.front()));
  }
  if (finishing_ && (is_empty() || now >= finish_deadline_)) {
    for (auto& waiting : rows_) {
      while (!waiting.empty()) leave(PlacePointer(waiting.front()));
    }
    io_.stop();
    return;
  }
  ticker_.expires_after(tick_interval);
  ticker_.async_wait([this](const boost::system::error_code&) { tick(); });
}

void Parking::Lot::on_timeout(const PlacePointer& place) {
  switch (place->step) {
    case Step::head:
      ++counters_.head_timeouts;
      place->connection->refuse(Refusal::head_timeout);
      break;
    case Step::body:
      ++counters_.body_timeouts;
      place->connection->refuse(Refusal::body_timeout);
      break;
    case Step::flush:
      ++counters_.write_timeouts;
      place->connection->abort_on_close();
      leave(place);
      return;
    case Step::idle: ++counters_.idle_timeouts; [[fallthrough]];
    default: leave(place); return;
  }
  settle(place, place->connection->step());
}

bool Parking::Lot::is_empty() const {
  return std::all_of(rows_.begin(), rows_.end(), [](const Row& waiting) { return waiting.empty(); });
}

void Parking::Lot::close_entrance() {
  std::promise<void> closed;
  boost::asio::post(io_, [this, &closed] {
    entrance_closed_ = true;
    acceptor_.close();
    accept_pause_.cancel();
    for (const auto step : {Step::idle, Step::head, Step::body}) {
      while (!row(step).empty()) leave(PlacePointer(row(step).front()));
    }
    closed.set_value();
  });
  closed.get_future().wait();
}

void Parking::Lot::finish(Clock::time_point deadline) {
  boost::asio::post(io_, [this, deadline] {
    finishing_ = true;
    finish_deadline_ = deadline;
  });
  thread_.join();
}

}  // namespace greffe::front
