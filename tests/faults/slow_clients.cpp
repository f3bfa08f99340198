// Measures what idle and slow clients cost the others: the latency of paced GET requests
// first alone, then beside thousands of idle keep-alive connections and hundreds of clients
// that send one byte of a head each second. Exits 1 if p99 grows beyond --ratio-max, or if
// any request of the others failed. For a server on this machine only.
#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string path = "/healthz";
  std::size_t idle_count = 10'000;
  std::size_t slow_count = 500;
  std::size_t connection_count = 64;
  double rate_per_second = 1'500;
  double seconds = 10;  // both measurements together
  double ratio_max = 2;
  bool json = false;
};

// A blocking connection; reads and writes give up after two seconds.
class Client {
 public:
  explicit Client(const Settings& settings) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings.port);
    ::inet_pton(AF_INET, settings.host.c_str(), &address.sin_addr);
    const timeval patience{2, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    alive_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), alive_(other.alive_) {}
  Client& operator=(Client&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(alive_, other.alive_);
    return *this;
  }

  bool alive() const { return alive_; }

  bool send(std::string_view bytes) {
    alive_ = alive_ && ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
    return alive_;
  }

  // One GET and its answer. True if it was answered with 200.
  bool get(const std::string& request) {
    if (!send(request)) return false;
    std::string answer;
    for (std::size_t wanted = std::string::npos; answer.size() < wanted;) {
      std::array<char, 16384> buffer;
      const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (count <= 0) return alive_ = false;
      answer.append(buffer.data(), static_cast<std::size_t>(count));
      const auto head_end = answer.find("\r\n\r\n");
      if (head_end == std::string::npos) continue;
      const auto length = answer.find("Content-Length: ");
      if (length == std::string::npos || length > head_end) return alive_ = false;
      wanted = head_end + 4 + std::stoul(answer.substr(length + 16, 10));
    }
    return answer.starts_with("HTTP/1.1 200");
  }

  // True if the server has answered or closed, which it does to an idle or slow client only to cut it.
  bool is_cut() const {
    pollfd wanted{socket_, POLLIN, 0};
    return !alive_ || ::poll(&wanted, 1, 0) != 0;
  }

 private:
  int socket_;
  bool alive_ = false;
};

struct Measurement {
  std::vector<double> latencies_ms;  // sorted
  std::size_t failed_count = 0;
  double percentile_ms(double part) const {
    if (latencies_ms.empty()) return 0;
    const auto index = static_cast<std::size_t>(part * static_cast<double>(latencies_ms.size() - 1));
    return latencies_ms[index];
  }
};

// Sends at fixed times, whatever the answers do: latency counts from the planned time, so a
// server that stalls is not spared the requests it would have got meanwhile.
Measurement send_paced(const Settings& settings, std::size_t connection_count, double rate, Clock::time_point end) {
  const auto request = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", settings.path, settings.host);
  std::vector<Client> clients;
  for (std::size_t i = 0; i < connection_count; ++i) clients.emplace_back(settings);
  Measurement measured;
  const std::chrono::duration<double> interval(1 / rate);
  const auto begin = Clock::now();
  for (std::size_t i = 0;; ++i) {
    const auto planned = begin + std::chrono::duration_cast<Clock::duration>(interval * static_cast<double>(i));
    if (planned >= end) break;
    std::this_thread::sleep_until(planned);
    auto& client = clients[i % clients.size()];
    if (!client.get(request)) {
      ++measured.failed_count;
      client = Client(settings);
    }
    measured.latencies_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - planned).count());
  }
  return measured;
}

Measurement measure(const Settings& settings, double seconds) {
  const std::size_t thread_count = std::min<std::size_t>(8, settings.connection_count);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::vector<Measurement> parts(thread_count);
  std::vector<std::thread> threads;
  for (auto& part : parts) {
    threads.emplace_back([&] {
      part = send_paced(settings, settings.connection_count / thread_count,
                        settings.rate_per_second / static_cast<double>(thread_count), end);
    });
  }
  for (auto& thread : threads) thread.join();
  Measurement whole;
  for (const auto& part : parts) {
    whole.latencies_ms.insert(whole.latencies_ms.end(), part.latencies_ms.begin(), part.latencies_ms.end());
    whole.failed_count += part.failed_count;
  }
  std::sort(whole.latencies_ms.begin(), whole.latencies_ms.end());
  return whole;
}

// Sends one byte of an endless head each second from every client; replaces those that were cut.
std::size_t trickle_until(const std::atomic<bool>& done, const Settings& settings, std::vector<Client>& slow) {
  std::size_t cut_count = 0;
  while (!done) {
    for (auto& client : slow) {
      if (done) return cut_count;
      if (client.is_cut() || !client.send("x")) {
        ++cut_count;
        client = Client(settings);
        client.send("GET / HTTP/1.1\r\nX: ");
      }
      // Spread over the second.
      std::this_thread::sleep_for(std::chrono::microseconds(1'000'000 / slow.size()));
    }
  }
  return cut_count;
}

struct Outcome {
  Measurement alone;
  Measurement beside;
  std::size_t idle_opened = 0;
  std::size_t idle_kept = 0;
  std::size_t slow_cut = 0;
  double ratio() const { return beside.percentile_ms(0.99) / std::max(alone.percentile_ms(0.99), 0.001); }
  bool passes(const Settings& settings) const {
    return ratio() <= settings.ratio_max && alone.failed_count == 0 && beside.failed_count == 0 &&
           idle_kept == settings.idle_count;
  }
};

Outcome run(const Settings& settings) {
  Outcome outcome;
  outcome.alone = measure(settings, settings.seconds / 2);

  const auto request = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", settings.path, settings.host);
  std::vector<Client> idle;
  for (std::size_t i = 0; i < settings.idle_count; ++i) {
    idle.emplace_back(settings);
    // Used once, so that each is a keep-alive connection between two requests.
    if (idle.back().get(request)) ++outcome.idle_opened;
  }
  std::vector<Client> slow;
  for (std::size_t i = 0; i < settings.slow_count; ++i) {
    slow.emplace_back(settings);
    slow.back().send("GET / HTTP/1.1\r\nX: ");
  }

  std::atomic<bool> done = false;
  std::thread trickle([&] {
    if (!slow.empty()) outcome.slow_cut = trickle_until(done, settings, slow);
  });
  outcome.beside = measure(settings, settings.seconds / 2);
  done = true;
  trickle.join();
  outcome.idle_kept = static_cast<std::size_t>(
      std::count_if(idle.begin(), idle.end(), [](const Client& client) { return !client.is_cut(); }));
  return outcome;
}

std::string line_of(const Measurement& measured) {
  return fmt::format("{:>9} {:>9.3f} {:>9.3f} {:>9.3f} {:>7}", measured.latencies_ms.size(),
                     measured.percentile_ms(0.5), measured.percentile_ms(0.99), measured.percentile_ms(0.999),
                     measured.failed_count);
}

std::string json_of(const Measurement& measured) {
  return fmt::format(R"({{"requests":{},"p50_ms":{:.3f},"p99_ms":{:.3f},"p999_ms":{:.3f},"failed":{}}})",
                     measured.latencies_ms.size(), measured.percentile_ms(0.5), measured.percentile_ms(0.99),
                     measured.percentile_ms(0.999), measured.failed_count);
}

void print(const Settings& settings, const Outcome& outcome) {
  if (settings.json) {
    fmt::print(
        "{{\"idle\":{},\"idle_kept\":{},\"slow\":{},\"slow_cut\":{},\"alone\":{},\"beside\":{},"
        "\"p99_ratio\":{:.3f},\"passed\":{}}}\n",
        outcome.idle_opened, outcome.idle_kept, settings.slow_count, outcome.slow_cut, json_of(outcome.alone),
        json_of(outcome.beside), outcome.ratio(), outcome.passes(settings));
    return;
  }
  fmt::print("{:24} {:>9} {:>9} {:>9} {:>9} {:>7}\n", "", "requests", "p50 ms", "p99 ms", "p99.9 ms", "failed");
  fmt::print("{:24} {}\n", "alone", line_of(outcome.alone));
  fmt::print("{:24} {}\n", fmt::format("{} idle + {} slow", outcome.idle_kept, settings.slow_count),
             line_of(outcome.beside));
  fmt::print("p99 ratio {:.2f} (at most {:.2f}); idle connections kept {} of {}; slow clients cut {}\n",
             outcome.ratio(), settings.ratio_max, outcome.idle_kept, settings.idle_count, outcome.slow_cut);
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app{"Measures what idle and slow clients cost the other clients of an HTTP server on this machine."};
  app.add_option("--host", settings.host, "numeric address, 127.x.x.x only")->capture_default_str();
  app.add_option("--port", settings.port)->capture_default_str();
  app.add_option("--path", settings.path, "what is asked; must answer 200")->capture_default_str();
  app.add_option("--idle", settings.idle_count, "idle keep-alive connections")->capture_default_str();
  app.add_option("--slow", settings.slow_count, "clients that send a byte a second")->capture_default_str();
  app.add_option("--connections", settings.connection_count, "of the others")->capture_default_str();
  app.add_option("--rate", settings.rate_per_second, "requests a second of the others")->capture_default_str();
  app.add_option("--seconds", settings.seconds, "both measurements together")->capture_default_str();
  app.add_option("--ratio-max", settings.ratio_max, "of p99 beside to p99 alone")->capture_default_str();
  app.add_flag("--json", settings.json);
  CLI11_PARSE(app, argc, argv);

  in_addr address{};
  if (::inet_pton(AF_INET, settings.host.c_str(), &address) != 1 || (ntohl(address.s_addr) >> 24) != 127) {
    fmt::print(stderr, "slow_clients: --host must be a loopback address such as 127.0.0.1, not {}\n", settings.host);
    return 2;
  }
  if (settings.connection_count == 0 || settings.rate_per_second <= 0 || settings.seconds <= 0) {
    fmt::print(stderr, "slow_clients: --connections, --rate and --seconds must be greater than 0\n");
    return 2;
  }
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  if (files.rlim_cur < settings.idle_count + settings.slow_count + settings.connection_count + 64) {
    fmt::print(stderr, "slow_clients: only {} files may be open; lower --idle or raise `ulimit -n`\n", files.rlim_cur);
    return 2;
  }
  const auto outcome = run(settings);
  print(settings, outcome);
  return outcome.passes(settings) ? 0 : 1;
}
