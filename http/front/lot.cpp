#include "http/front/lot.h"

#include <algorithm>
#include <future>
#include <iterator>

#include "events/check.h"

namespace greffe::front {
namespace {

constexpr auto tick_interval = std::chrono::milliseconds(50);
// How long a refused client may take to read its answer before the connection is cut.
constexpr auto drain_timeout = std::chrono::seconds(2);

bool is_transfer(Step step) { return step == Step::upload || step == Step::download; }

}  // namespace

Parking::Lot::Lot(const FrontOptions& options, PassOn pass_on, Counters& counters)
    : options_(options), pass_on_(std::move(pass_on)), counters_(counters) {}

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
  if (inbox_closed_) return;
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
  if (is_transfer(place->step)) place->connection->waited(Clock::now() - place->waits_since);
  const bool writes = place->step == Step::flush || place->step == Step::download;
  if (!writes && !place->connection->receive()) return dismiss(place);
  settle(place, place->connection->step());
}

void Parking::Lot::settle(const PlacePointer& place, Step step) {
  count_held_bytes(*place);
  auto& connection = *place->connection;
  const auto awaits_request = [&] {
    return step == Step::idle || step == Step::head || step == Step::body || connection.is_spooling();
  };
  if (has_too_much()) {
    if (step == Step::flush || step == Step::download) {
      connection.abort_on_close();
      step = Step::gone;
    } else if (step != Step::idle && awaits_request()) {
      connection.refuse(Refusal::overloaded);
      step = connection.step();
    }
  }
  // After close_entrance() only what the workers already have is answered.
  if (step == Step::gone || (entrance_closed_ && (step == Step::ready || awaits_request()))) {
    dismiss(place);
  } else if (step == Step::ready || step == Step::disk) {
    pass_on_(leave(place), step);
  } else {
    move_on(place, step);
    await_readiness(place);
  }
}

bool Parking::Lot::has_too_much() const { return held_bytes_ + counters_.queued_bytes > options_.held_bytes_max; }

// A new wait has a new deadline; more bytes for the same wait have not.
void Parking::Lot::move_on(const PlacePointer& place, Step step) {
  if (step == Step::idle) {
    place->connection->shrink();
    count_held_bytes(*place);
  } else if (step == place->step && !is_transfer(step)) {
    return;
  }
  auto& to = row(step);
  to.splice(to.end(), row(place->step), place->position);
  place->step = step;
  place->waits_since = Clock::now();
  place->deadline = place->waits_since + timeout(*place);
}

void Parking::Lot::await_readiness(const PlacePointer& place) {
  if (place->awaited) return;
  place->awaited = true;
  using boost::asio::posix::descriptor_base;
  const bool writes = place->step == Step::flush || place->step == Step::download;
  const auto what = writes ? descriptor_base::wait_write : descriptor_base::wait_read;
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

// Destroying what came for a sink may block, which this thread must not.
void Parking::Lot::dismiss(const PlacePointer& place) {
  auto connection = leave(place);
  if (connection->holds_sink()) pass_on_(std::move(connection), Step::gone);
}

void Parking::Lot::dismiss_all(Step step) {
  while (!row(step).empty()) dismiss(PlacePointer(row(step).front()));
}

Parking::Lot::Clock::duration Parking::Lot::timeout(const Place& place) const {
  using std::chrono::milliseconds;
  switch (place.step) {
    case Step::idle: return milliseconds(options_.idle_timeout_ms);
    case Step::head: return milliseconds(options_.head_timeout_ms);
    case Step::body: return milliseconds(options_.body_timeout_ms);
    case Step::upload:
    case Step::download: return place.connection->patience();
    case Step::flush: return milliseconds(options_.write_timeout_ms);
    case Step::drain: return drain_timeout;
    case Step::ready:
    case Step::disk:
    case Step::gone: break;
  }
  check_failed(__FILE__, __LINE__, "timeout", "this step waits for nobody");
}

void Parking::Lot::tick() {
  const auto now = Clock::now();
  for (const auto step : {Step::idle, Step::head, Step::body, Step::flush, Step::drain}) {
    auto& waiting = row(step);
    while (!waiting.empty() && waiting.front()->deadline <= now) on_timeout(PlacePointer(waiting.front()));
  }
  end_late_transfers(now);
  if (finishing_ && (counters_.connections == 0 || now >= finish_deadline_)) {
    for (std::size_t i = 0; i < step_count; ++i) dismiss_all(static_cast<Step>(i));
    io_.stop();
    return;
  }
  ticker_.expires_after(tick_interval);
  ticker_.async_wait([this](const boost::system::error_code&) { tick(); });
}

void Parking::Lot::end_late_transfers(Clock::time_point now) {
  std::vector<PlacePointer> late;
  for (const auto step : {Step::upload, Step::download}) {
    std::copy_if(row(step).begin(), row(step).end(), std::back_inserter(late),
                 [now](const PlacePointer& place) { return place->deadline <= now; });
  }
  for (const auto& place : late) on_timeout(place);
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
    case Step::upload:
      ++counters_.upload_timeouts;
      place->connection->refuse(Refusal::body_timeout);
      break;
    case Step::flush:
    case Step::download:
      ++(place->step == Step::flush ? counters_.write_timeouts : counters_.download_timeouts);
      place->connection->abort_on_close();
      return dismiss(place);
    case Step::idle: ++counters_.idle_timeouts; [[fallthrough]];
    default: return dismiss(place);
  }
  settle(place, place->connection->step());
}

void Parking::Lot::close_entrance() {
  std::promise<void> closed;
  boost::asio::post(io_, [this, &closed] {
    entrance_closed_ = true;
    acceptor_.close();
    accept_pause_.cancel();
    for (const auto step : {Step::idle, Step::head, Step::body, Step::upload}) dismiss_all(step);
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
  std::vector<std::unique_ptr<Connection>> left;
  const std::lock_guard lock(inbox_mutex_);
  inbox_closed_ = true;
  left.swap(inbox_);
}

}  // namespace greffe::front
