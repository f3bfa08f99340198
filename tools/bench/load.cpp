#include "tools/bench/load.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

namespace greffe::bench {
namespace {

using std::chrono::steady_clock;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

constexpr std::uint64_t reconnects_max = 1'000;

struct Connection {
  FileDescriptor socket{-1};
  std::string request;
  std::string answer;
  std::size_t answer_bytes = 0;  // whole length once the head has arrived, else 0
  steady_clock::time_point sent_at;
};

std::string system_error(std::string_view what) { return fmt::format("{}: {}", what, std::strerror(errno)); }

Result<FileDescriptor, std::string> connect_to(std::uint16_t port) {
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return fail(system_error("socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return fail(system_error(fmt::format("connect to 127.0.0.1:{}", port)));
  }
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

// The body's length by the head's Content-Length; absent if the head has none.
std::optional<std::size_t> content_length(std::string_view head) {
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find("\r\n", at), head.size());
    const std::string_view line = head.substr(at, end - at);
    constexpr std::string_view name = "content-length:";
    if (line.size() > name.size() && ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
      std::string_view value = line.substr(name.size());
      value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
      std::size_t length = 0;
      std::from_chars(value.data(), value.data() + value.size(), length);
      return length;
    }
    at = end + 2;
  }
  return std::nullopt;
}

int status_of(std::string_view answer) {
  int status = 0;
  if (answer.size() > 12) std::from_chars(answer.data() + 9, answer.data() + 12, status);
  return status;
}

class Load {
 public:
  Load(const LoadOptions& options, const NextRequest& next_request, const OnAnswer& on_answer)
      : options_(options), next_request_(next_request), on_answer_(on_answer), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

  Result<LoadResult, std::string> run() {
    if (auto opened = open_connections(); !opened) return fail(opened.error());
    const auto started = steady_clock::now();
    measure_from_ = started + options_.warmup_ms;
    end_ = measure_from_ + options_.measure_ms;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      if (auto sent = send_next(i); !sent) return fail(sent.error());
    }
    while (in_flight_ > 0) {
      if (auto polled = poll(); !polled) return fail(polled.error());
    }
    result_.seconds = std::chrono::duration<double>(end_ - measure_from_).count();
    std::sort(result_.latencies_us.begin(), result_.latencies_us.end());
    return std::move(result_);
  }

 private:
  Result<void, std::string> open_connections() {
    connections_.resize(options_.connections);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      if (auto opened = open_connection(i); !opened) return opened;
    }
    return {};
  }

  Result<void, std::string> open_connection(std::size_t index) {
    auto socket = connect_to(options_.port);
    if (!socket) return fail(socket.error());
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket->get(), &event) != 0) return fail(system_error("epoll_ctl"));
    connections_[index].socket = std::move(*socket);
    return {};
  }

  Result<void, std::string> send_next(std::size_t index) {
    Connection& c = connections_[index];
    next_request_(index, c.request);
    c.sent_at = steady_clock::now();
    ++in_flight_;
    return send_request(index);
  }

  Result<void, std::string> send_request(std::size_t index) {
    Connection& c = connections_[index];
    c.answer.clear();
    c.answer_bytes = 0;
    for (std::size_t at = 0; at < c.request.size();) {
      const ssize_t sent = ::send(c.socket.get(), c.request.data() + at, c.request.size() - at, MSG_NOSIGNAL);
      if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return reconnect(index);
      if (sent <= 0) return fail(system_error("send"));
      at += static_cast<std::size_t>(sent);
    }
    return {};
  }

  // A server may close a connection instead of answering on it (RFC 9112, 9.3.1); bare
  // cpp-httplib does so when many arrive at once. The request's time goes on meanwhile.
  Result<void, std::string> reconnect(std::size_t index) {
    if (++result_.reconnects > reconnects_max) return fail(std::string("the server keeps closing connections"));
    if (auto opened = open_connection(index); !opened) return opened;
    return send_request(index);
  }

  Result<void, std::string> poll() {
    epoll_event events[64];
    const int count = ::epoll_wait(epoll_.get(), events, 64, 30'000);
    if (count == 0) return fail(std::string("no answer for 30 s"));
    if (count < 0) return errno == EINTR ? Result<void, std::string>{} : fail(system_error("epoll_wait"));
    for (int i = 0; i < count; ++i) {
      if (auto read = read_answer(events[i].data.u64); !read) return fail(read.error());
    }
    return {};
  }

  Result<void, std::string> read_answer(std::size_t index) {
    Connection& c = connections_[index];
    char buffer[64 * 1024];
    const ssize_t got = ::recv(c.socket.get(), buffer, sizeof buffer, 0);
    if (got == 0 && c.answer.empty()) return reconnect(index);
    if (got == 0) return fail(std::string("the server closed a connection within an answer"));
    if (got < 0) return fail(system_error("recv"));
    c.answer.append(buffer, static_cast<std::size_t>(got));
    if (c.answer_bytes == 0) {
      const std::size_t head = c.answer.find("\r\n\r\n");
      if (head == std::string::npos) return {};
      const auto length = content_length(std::string_view(c.answer).substr(0, head));
      if (!length) return fail(std::string("an answer without Content-Length"));
      c.answer_bytes = head + 4 + *length;
    }
    if (c.answer.size() < c.answer_bytes) return {};
    finish_answer(index);
    return steady_clock::now() < end_ ? send_next(index) : Result<void, std::string>{};
  }

  void finish_answer(std::size_t index) {
    Connection& c = connections_[index];
    --in_flight_;
    const int status = status_of(c.answer);
    if (status < 200 || status > 299) ++result_.failures;
    on_answer_(index, status, std::string_view(c.answer).substr(c.answer.find("\r\n\r\n") + 4));
    const auto now = steady_clock::now();
    if (now < measure_from_ || now >= end_) return;
    ++result_.answers;
    const auto latency = std::chrono::duration_cast<std::chrono::microseconds>(now - c.sent_at);
    result_.latencies_us.push_back(static_cast<std::uint32_t>(latency.count()));
  }

  const LoadOptions& options_;
  const NextRequest& next_request_;
  const OnAnswer& on_answer_;
  FileDescriptor epoll_;
  std::vector<Connection> connections_;
  std::size_t in_flight_ = 0;
  steady_clock::time_point measure_from_, end_;
  LoadResult result_;
};

}  // namespace

double LoadResult::percentile_ms(double q) const {
  if (latencies_us.empty()) return 0;
  const auto rank = static_cast<std::size_t>(q * static_cast<double>(latencies_us.size()));
  return latencies_us[std::min(rank, latencies_us.size() - 1)] / 1000.0;
}

Result<LoadResult, std::string> run_load(const LoadOptions& options, const NextRequest& next_request,
                                         const OnAnswer& on_answer) {
  return Load(options, next_request, on_answer).run();
}

std::string http_request(std::string_view method, std::string_view target, std::string_view token,
                         std::string_view body) {
  std::string out =
      fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n", method, target, token);
  if (method == "POST") out += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
  out += "\r\n";
  out += body;
  return out;
}

}  // namespace greffe::bench
