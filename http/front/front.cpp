#include "http/front/front.h"

#include <sys/resource.h>

#include <algorithm>
#include <system_error>

#include "events/check.h"
#include "http/front/disk_threads.h"
#include "http/front/parking.h"
#include "http/front/workers.h"

namespace greffe {
namespace {

// For the store's files, logs and whatever else the program opens.
constexpr std::size_t reserved_file_count = 512;

// Returns how many connections the process can hold at most.
std::size_t raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  if (limit.rlim_cur < limit.rlim_max) {
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  const auto files = static_cast<std::size_t>(limit.rlim_cur);
  return files > 2 * reserved_file_count ? files - reserved_file_count : files / 2;
}

}  // namespace

struct Front::State {
  State(FrontOptions front_options, Handler front_handler)
      : options(std::move(front_options)), handler(std::move(front_handler)) {}

  FrontOptions options;
  Handler handler;
  front::Counters counters{};
  front::PassOn pass_on = [this](std::unique_ptr<front::Connection> connection, front::Step step) {
    switch (step) {
      case front::Step::ready: return workers.take(std::move(connection));
      case front::Step::disk:
      case front::Step::gone: return disk_threads.take(std::move(connection), step);
      default: return parking.park(std::move(connection));
    }
  };
  front::Parking parking{options, pass_on, counters};
  front::Workers workers{options, handler, pass_on};
  front::DiskThreads disk_threads{options, counters, pass_on};
  bool started = false;
  bool running = false;
};

Front::Front(FrontOptions options, Handler handler)
    : state_(std::make_unique<State>(std::move(options), std::move(handler))) {
  GREFFE_CHECK(state_->options.worker_count > 0, "a front needs at least one worker");
  GREFFE_CHECK(state_->options.disk_thread_count > 0, "a front needs at least one disk thread");
}

Front::~Front() { stop(); }

Result<std::uint16_t, FrontFailure> Front::start() {
  GREFFE_CHECK(!state_->started, "a front starts at most once");
  state_->started = true;
  state_->options.connections_max = std::min(state_->options.connections_max, raise_file_limit());
  auto port = state_->parking.start();
  if (!port) return port;
  state_->running = true;
  try {
    state_->workers.start();
    state_->disk_threads.start();
  } catch (const std::system_error& error) {
    stop();
    return fail(FrontFailure{"cannot start " + std::to_string(state_->options.worker_count) + " worker and " +
                             std::to_string(state_->options.disk_thread_count) + " disk threads: " + error.what()});
  }
  return port;
}

void Front::stop() {
  if (!std::exchange(state_->running, false)) return;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(state_->options.stop_timeout_ms);
  state_->parking.close_entrance();
  state_->workers.stop();
  // Large answers still go back and forth between the parking and the disk threads.
  state_->parking.finish(deadline);
  state_->disk_threads.stop();
}

FrontStats Front::stats() const {
  const auto& counters = state_->counters;
  FrontStats stats;
  stats.accepted = counters.accepted;
  stats.requests = counters.requests;
  stats.parked = counters.parked;
  const std::uint64_t connections = counters.connections;
  stats.active = connections - std::min(connections, stats.parked);
  stats.refused = counters.refused;
  stats.head_timeouts = counters.head_timeouts;
  stats.body_timeouts = counters.body_timeouts;
  stats.write_timeouts = counters.write_timeouts;
  stats.idle_timeouts = counters.idle_timeouts;
  stats.spooled = counters.spooled;
  stats.planned_answers = counters.planned_answers;
  stats.upload_timeouts = counters.upload_timeouts;
  stats.download_timeouts = counters.download_timeouts;
  stats.broken_streams = counters.broken_streams;
  return stats;
}

}  // namespace greffe
