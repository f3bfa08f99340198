#include "http/front/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
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
// What of a streamed answer is held at once.
constexpr std::size_t stream_piece_bytes = 128 * 1024;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

Connection::Connection(int socket, std::string remote_address, const FrontOptions& options, Counters& counters)
    : socket_(socket),
      counters_(counters),
      gatherer_(options.head_bytes_max, options.body_bytes_max, &options.plan_body),
      pace_(options.transfer_bytes_min, std::chrono::milliseconds(options.transfer_timeout_ms)) {
  gatherer_.request().remote_address = std::move(remote_address);
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
  if (is_spooling()) pace_.moved(bytes);
  gatherer_.append({buffer.data(), bytes});
  return true;
}

Step Connection::step() {
  for (;;) {
    // Before anything is said, so that a refused client knows that nothing is left.
    if (last_ && holds_sink()) return Step::disk;
    switch (send_rest()) {
      case Sent::failed: return Step::gone;
      case Sent::some: return answer_.stream ? transfer(Step::download) : Step::flush;
      case Sent::piece_due: return Step::disk;
      case Sent::all: break;
    }
    if (last_) return step_after_last();
    switch (gatherer_.advance()) {
      case Gatherer::Progress::idle: return Step::idle;
      case Gatherer::Progress::head: return Step::head;
      case Gatherer::Progress::spool: return Step::disk;
      case Gatherer::Progress::complete:
      case Gatherer::Progress::answered: return Step::ready;
      case Gatherer::Progress::refused: refuse(gatherer_.refusal()); break;
      case Gatherer::Progress::body:
        if (!gatherer_.take_continue()) return holds_sink() ? transfer(Step::upload) : Step::body;
        answer_ = {"HTTP/1.1 100 Continue\r\n\r\n"};
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
    if (answer_.stream) pace_.moved(static_cast<std::size_t>(count));
  }
  answer_.bytes.clear();
  answer_.shared_body.reset();
  sent_bytes_ = 0;
  if (answer_.stream_bytes_left > 0) return answer_.stream ? Sent::piece_due : Sent::failed;
  answer_.stream.reset();
  return Sent::all;
}

// Each body has a pace of its own.
Step Connection::transfer(Step step) {
  if (transfer_ != step) pace_.restart();
  transfer_ = step;
  return step;
}

void Connection::use_disk() {
  if (last_ && holds_sink()) return gatherer_.drop_sink();
  if (!answer_.stream) return gatherer_.spool();
  if (fetch_piece()) return;
  // Without a source for what is missing, step() gives the connection up.
  answer_.stream.reset();
  abort_on_close();
  ++counters_.broken_streams;
}

// Adds the next piece of the stream to what is to be sent. False if it cannot be read.
bool Connection::fetch_piece() {
  auto& bytes = answer_.bytes;
  const auto begin = bytes.size();
  const auto size = std::min<std::uint64_t>(answer_.stream_bytes_left, stream_piece_bytes);
  bytes.resize(begin + size);
  bool read = false;
  try {
    read = answer_.stream->read(answer_.stream_offset, std::span(bytes).subspan(begin));
  } catch (...) {
    // As if it said so: there is no way to tell a client whose answer has begun.
    read = false;
  }
  if (!read) bytes.resize(begin);
  if (!read) return false;
  answer_.stream_offset += size;
  answer_.stream_bytes_left -= size;
  return true;
}

void Connection::answer(Answerer& answerer, bool last) {
  sent_bytes_ = 0;
  transfer_ = Step::idle;
  const auto progress = gatherer_.advance();
  if (progress == Gatherer::Progress::answered) return send_planned_answer(answerer);
  GREFFE_CHECK(progress == Gatherer::Progress::complete, "there is no complete request to answer");
  const auto& request = gatherer_.request();
  const auto framing = gatherer_.framing();
  ++counters_.requests;
  if (holds_sink()) ++counters_.spooled;
  last_ = last || !framing.keep_alive;
  answerer.run(request, !last_, framing.http_1_0, answer_);
  // The first piece goes with the head, and small documents with nothing else.
  if (answer_.stream_bytes_left > 0 && !fetch_piece()) {
    last_ = true;
    ++counters_.broken_streams;
    answerer.respond(request, internal_error(), answer_);
  }
  if (answer_.stream_bytes_left > 0) limit_unsent_bytes();
  gatherer_.next();
}

// The rest of the body is not read, hence the connection cannot go on.
void Connection::send_planned_answer(Answerer& answerer) {
  ++counters_.planned_answers;
  last_ = refused_ = true;
  gatherer_.drop_sink();
  answerer.respond(gatherer_.request(), std::move(gatherer_.planned_answer()), answer_);
  if (answer_.stream_bytes_left == 0 || fetch_piece()) return limit_unsent_bytes();
  ++counters_.broken_streams;
  answerer.respond(gatherer_.request(), internal_error(), answer_);
}

// Left to itself, the kernel buffers megabytes, and says that there is room again only when a
// third of them is gone: a slow client would seem to take nothing for minutes.
void Connection::limit_unsent_bytes() {
  if (std::exchange(unsent_limited_, true)) return;
  const int bytes = stream_piece_bytes;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
}

void Connection::refuse(Refusal refusal) {
  ++counters_.refused;
  answer_ = {refusal_bytes(refusal)};
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
