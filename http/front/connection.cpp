#include "http/front/connection.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "events/check.h"

namespace greffe::front {
namespace {

constexpr std::size_t receive_bytes_max = 64 * 1024;
// What a refused client may still send while it has not read its answer.
constexpr std::size_t drain_bytes_max = 4 * 1024 * 1024;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

Connection::Connection(int socket, std::string remote_address, const FrontOptions& options, Counters& counters)
    : socket_(socket),
      remote_address_(std::move(remote_address)),
      counters_(counters),
      gatherer_(options.head_bytes_max, options.body_bytes_max) {
  ++counters_.connections;
}

Connection::~Connection() {
  ::close(socket_);
  --counters_.connections;
}

bool Connection::receive() {
  // One for each thread, so that idle connections own no buffers.
  thread_local std::array<char, receive_bytes_max> buffer;
  const auto count = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count == 0) return false;
  if (count < 0) return would_block(errno);
  const auto bytes = static_cast<std::size_t>(count);
  if (finished_) {
    drained_bytes_ += bytes;
    return drained_bytes_ <= drain_bytes_max;
  }
  gatherer_.append({buffer.data(), bytes});
  return true;
}

Step Connection::step() {
  for (;;) {
    switch (send_rest()) {
      case Sent::failed: return Step::gone;
      case Sent::some: return Step::flush;
      case Sent::all: break;
    }
    if (last_) return step_after_last();
    switch (gatherer_.advance()) {
      case Gatherer::Progress::idle: return Step::idle;
      case Gatherer::Progress::head: return Step::head;
      case Gatherer::Progress::complete: return Step::ready;
      case Gatherer::Progress::refused: refuse(gatherer_.refusal()); break;
      case Gatherer::Progress::body:
        if (!gatherer_.take_continue()) return Step::body;
        answer_ = {"HTTP/1.1 100 Continue\r\n\r\n", nullptr};
        sent_bytes_ = 0;
        break;
    }
  }
}

Step Connection::step_after_last() {
  // A socket closed with unread input resets the connection, and the client may lose the answer.
  if (!refused_) return Step::gone;
  if (!finished_) ::shutdown(socket_, SHUT_WR);
  finished_ = true;
  return Step::drain;
}

Connection::Sent Connection::send_rest() {
  for (;;) {
    std::array<iovec, 2> parts{};
    std::size_t part_count = 0;
    std::size_t skip = sent_bytes_;
    const auto add = [&](const std::string& text) {
      const auto from = std::min(skip, text.size());
      skip -= from;
      if (from == text.size()) return;
      // sendmsg only reads what iov_base points to.
      parts.at(part_count++) = {const_cast<char*>(text.data()) + from, text.size() - from};
    };
    add(answer_.bytes);
    if (answer_.shared_body) add(*answer_.shared_body);
    if (part_count == 0) break;
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = part_count;
    const auto count = ::sendmsg(socket_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) return would_block(errno) ? Sent::some : Sent::failed;
    sent_bytes_ += static_cast<std::size_t>(count);
  }
  answer_.bytes.clear();
  answer_.shared_body.reset();
  sent_bytes_ = 0;
  return Sent::all;
}

void Connection::answer(Answerer& answerer, bool last) {
  GREFFE_CHECK(gatherer_.advance() == Gatherer::Progress::complete, "there is no complete request to answer");
  auto& request = gatherer_.request();
  const auto framing = gatherer_.framing();
  request.remote_address = remote_address_;
  ++counters_.requests;
  last_ = last || !framing.keep_alive;
  answerer.run(request, !last_, framing.http_1_0, answer_);
  sent_bytes_ = 0;
  gatherer_.next();
}

void Connection::refuse(Refusal refusal) {
  ++counters_.refused;
  answer_ = {refusal_bytes(refusal), nullptr};
  sent_bytes_ = 0;
  last_ = refused_ = true;
}

void Connection::abort_on_close() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Connection::shrink() {
  gatherer_.shrink();
  if (answer_.bytes.empty() && answer_.bytes.capacity() > 4096) std::string().swap(answer_.bytes);
}

}  // namespace greffe::front
