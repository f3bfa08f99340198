// The parking's entrance: the listening socket.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "http/front/lot.h"

namespace greffe::front {
namespace {

// In one go, so that a flood of new clients does not keep the others waiting.
constexpr int accept_count_max = 256;
constexpr auto accept_pause = std::chrono::milliseconds(50);

std::string address_text(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = address.ss_family == AF_INET6
                          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
                          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  return ::inet_ntop(address.ss_family, bytes, text.data(), text.size()) == nullptr ? std::string() : text.data();
}

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

}  // namespace

Result<std::uint16_t, FrontFailure> Parking::Lot::open() {
  using boost::asio::ip::tcp;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(options_.address, error);
  if (error) return fail(FrontFailure{"\"" + options_.address + "\" is not a numeric IPv4 or IPv6 address"});
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  // Accepted sockets inherit it: answers leave in one piece and must not wait for acknowledgements.
  if (!error) acceptor_.set_option(tcp::no_delay(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(4096, error);
  if (!error) acceptor_.non_blocking(true, error);
  const auto bound = error ? tcp::endpoint() : acceptor_.local_endpoint(error);
  if (error) {
    acceptor_.close();
    return fail(FrontFailure{"cannot listen on " + options_.address + " port " + std::to_string(options_.port) + ": " +
                             error.message()});
  }
  return bound.port();
}

void Parking::Lot::wait_for_clients() {
  acceptor_.async_wait(boost::asio::ip::tcp::acceptor::wait_read, [this](const boost::system::error_code& error) {
    if (!error && !entrance_closed_) accept_waiting();
  });
}

void Parking::Lot::accept_waiting() {
  bool shortage = false;
  try {
    for (int i = 0; i < accept_count_max && accept_one(); ++i) continue;
    shortage = is_shortage(errno);
  } catch (const std::exception&) {
    shortage = true;
  }
  if (!shortage) return wait_for_clients();
  // Files or memory ran out: those that wait to be accepted keep the socket readable, and
  // trying again at once would spin.
  accept_pause_.expires_after(accept_pause);
  accept_pause_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !entrance_closed_) wait_for_clients();
  });
}

// False if none waits, or on a shortage: errno says which.
bool Parking::Lot::accept_one() {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  errno = 0;
  const int socket =
      ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) return errno == ECONNABORTED || errno == EINTR;
  auto connection = std::make_unique<Connection>(socket, address_text(address), options_, counters_);
  ++counters_.accepted;
  if (counters_.connections <= options_.connections_max) {
    admit(std::move(connection));
  } else {
    // Closed at once, so that a flood of refused ones cannot use up the files of the reserve.
    connection->refuse(Refusal::too_many_connections);
    connection->step();
    connection.reset();
  }
  errno = 0;
  return true;
}

}  // namespace greffe::front
