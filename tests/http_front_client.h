// A client for the front's tests that sends exactly the bytes it is told, well formed or not.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "commands/files/header_parameters.h"
#include "http/front/text.h"

namespace greffe::test {

// One answer as it came over the wire.
struct WireAnswer {
  int status = 0;  // 0: the connection ended before a whole answer came
  std::string head;
  std::string body;

  std::string header(std::string_view name) const {
    std::string_view lines = head;
    while (!lines.empty()) {
      const auto end = std::min(lines.find("\r\n"), lines.size());
      const auto line = lines.substr(0, end);
      lines.remove_prefix(std::min(end + 2, lines.size()));
      const auto colon = line.find(':');
      if (colon == std::string_view::npos || !front::same_name(line.substr(0, colon), name)) continue;
      return std::string(without_blanks(line.substr(colon + 1)));
    }
    return "";
  }
};

class WireClient {
 public:
  enum class Family { ipv4, ipv6 };

  explicit WireClient(std::uint16_t port, int receive_buffer_bytes = 0, Family family = Family::ipv4)
      : socket_(::socket(family == Family::ipv4 ? AF_INET : AF_INET6, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in ipv4{AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {}};
    sockaddr_in6 ipv6{AF_INET6, htons(port), 0, IN6ADDR_LOOPBACK_INIT, 0};
    connected_ = (family == Family::ipv4 ? connect(ipv4) : connect(ipv6)) == 0;
  }
  ~WireClient() { ::close(socket_); }
  WireClient(const WireClient&) = delete;
  WireClient& operator=(const WireClient&) = delete;

  bool connected() const { return connected_; }

  // Sends everything, or stops where the server closed.
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void end_sending() const { ::shutdown(socket_, SHUT_WR); }

  // Reads what comes next; false when the server closed or nothing came in time.
  bool read_more(int timeout_ms = 5'000) {
    pollfd wanted{socket_, POLLIN, 0};
    if (::poll(&wanted, 1, timeout_ms) <= 0) return false;
    std::array<char, 65536> buffer;
    const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  // The next answer. An answer to HEAD has no body, whatever its Content-Length.
  WireAnswer read_answer(bool head_only = false, int timeout_ms = 5'000) {
    auto end = received_.find("\r\n\r\n");
    while (end == std::string::npos) {
      if (!read_more(timeout_ms)) return {};
      end = received_.find("\r\n\r\n");
    }
    WireAnswer answer;
    answer.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    const auto length = head_only ? 0 : std::strtoul(answer.header("Content-Length").c_str(), nullptr, 10);
    while (received_.size() < length) {
      if (!read_more(timeout_ms)) return {};
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    answer.status = std::atoi(answer.head.substr(9, 3).c_str());
    return answer;
  }

  // True if the server closes within the time and sends nothing more before.
  bool sees_close(int timeout_ms = 5'000) {
    const auto before = received_.size();
    pollfd wanted{socket_, POLLIN, 0};
    if (::poll(&wanted, 1, timeout_ms) <= 0) return false;
    return !read_more(0) && received_.size() == before;
  }

  const std::string& received() const { return received_; }

 private:
  template <class Address>
  int connect(const Address& address) const {
    return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

inline std::string get(std::string_view target, std::string_view headers = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n";
}

}  // namespace greffe::test
