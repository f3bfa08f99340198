#include "http/front/answer.h"

#include <httplib.h>

#include <cstring>

#include "events/check.h"
#include "http/front/known_body.h"
#include "http/front/range.h"
#include "http/front/refusal.h"
#include "http/front/text.h"

namespace greffe::front {
namespace {

// Gives cpp-httplib a head of ours and keeps what it writes. The client's own head is already
// read, more strictly than cpp-httplib 0.11 would: that one decodes escapes in headers, matches
// Range by a recursive regular expression, takes "-1" for a chunk's size and waits for bodies.
class MemoryStream : public httplib::Stream {
 public:
  MemoryStream(std::string_view head, std::string& out) : head_(head), out_(out) {}

  bool is_readable() const override { return !head_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, size_t size) override {
    const auto count = std::min(size, head_.size());
    std::memcpy(to, head_.data(), count);
    head_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, size_t size) override {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return 0; }

 private:
  std::string_view head_;
  std::string& out_;
};

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

// False if sending it would break the protocol: the handler's mistake.
bool is_sendable(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599 || has_line_break(response.content_type)) return false;
  for (const auto& [name, value] : response.headers) {
    if (name.empty() || name.find_first_of(" :\t") != std::string::npos) return false;
    if (has_line_break(name) || has_line_break(value)) return false;
  }
  return true;
}

void become_refusal(HttpResponse& response, Refusal refusal) {
  response = HttpResponse{};
  response.status = status_of(refusal);
  response.content_type = "application/problem+json";
  response.body = problem_json(refusal);
}

void call(const Handler& handler, const HttpRequest& request, HttpResponse& response) {
  try {
    handler(request, response);
    if (is_sendable(response)) return;
  } catch (...) {
    // Answered below: one request's failure is no other's.
  }
  become_refusal(response, Refusal::internal);
}

bool may_have_body(int status) { return status != 204 && status != 304; }

}  // namespace

HttpResponse internal_error() {
  HttpResponse response;
  become_refusal(response, Refusal::internal);
  return response;
}

class Answerer::Processor : private httplib::Server {
 public:
  explicit Processor(const greffe::Handler& handler) : handler_(handler) {
    // The shortest way through cpp-httplib: no route is matched, no content is read.
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      fill(out);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& out) { finish_headers(out); });
  }

  void run(const HttpRequest& request, bool keep_alive, bool http_1_0, Answer& answer) {
    request_ = &request;
    keep_alive_ = keep_alive;
    http_1_0_ = http_1_0;
    response_ = HttpResponse{};
    call(handler_, request, response_);
    send(answer);
  }

  void respond(const HttpRequest& request, HttpResponse response, Answer& answer) {
    request_ = &request;
    keep_alive_ = false;
    http_1_0_ = false;
    response_ = std::move(response);
    if (!is_sendable(response_)) become_refusal(response_, Refusal::internal);
    send(answer);
  }

 private:
  void send(Answer& answer) {
    answer = {std::move(answer.bytes)};  // for its memory
    answer.bytes.clear();
    choose_body();
    MemoryStream stream(request_->head_only ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n", answer.bytes);
    bool closed = false;
    // As if the connection closed: cpp-httplib then composes no Keep-Alive header.
    const bool processed = process_request(stream, true, closed, nullptr);
    GREFFE_CHECK(processed && !answer.bytes.empty(), "cpp-httplib answered nothing");
    const auto shared_body = std::exchange(response_.shared_body, nullptr);
    const auto body_stream = std::exchange(response_.stream, nullptr);
    if (request_->head_only) return;
    answer.shared_body = shared_body;
    if (!body_stream) return;
    answer.stream = body_stream;
    answer.stream_offset = part_.first;
    answer.stream_bytes_left = part_.size_bytes;
  }

  // Leaves one body at most, and the part of it that is to be sent.
  void choose_body() {
    const bool may_be_known = response_.stream && response_.status == 200;
    if (may_be_known && is_known_body(*request_, response_.headers)) response_.status = 304;
    if (!may_have_body(response_.status)) response_.stream.reset();
    if (response_.stream) choose_part();
    if (response_.stream || !may_have_body(response_.status)) {
      response_.body.clear();
      response_.shared_body.reset();
    }
    body_bytes_ = response_.stream        ? part_.size_bytes
                  : response_.shared_body ? response_.shared_body->size()
                                          : response_.body.size();
  }

  void choose_part() {
    const auto size_bytes = response_.stream->size_bytes();
    part_ = {0, size_bytes};
    if (response_.status != 200) return;
    const auto range = requested_range(*request_, response_.headers, size_bytes);
    if (!range) {
      become_refusal(response_, range.error());
      response_.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size_bytes));
    } else if (*range) {
      part_ = **range;
      response_.status = 206;
      const auto last = part_.first + part_.size_bytes - 1;
      response_.headers.emplace_back("Content-Range", "bytes " + std::to_string(part_.first) + "-" +
                                                          std::to_string(last) + "/" + std::to_string(size_bytes));
    }
  }

  void fill(httplib::Response& out) {
    out.status = response_.status;
    for (const auto& [name, value] : response_.headers) {
      const bool ours = same_name(name, "Content-Length") || same_name(name, "Connection") || same_name(name, "Date") ||
                        same_name(name, "Transfer-Encoding");
      if (!ours) out.headers.emplace(name, value);
    }
    if (body_bytes_ > 0 || response_.stream) out.headers.emplace("Content-Type", response_.content_type);
    if (!response_.shared_body && !response_.stream) out.body = std::move(response_.body);
  }

  void finish_headers(httplib::Response& out) const {
    for (const auto* name : {"Connection", "Content-Length", "Accept-Ranges"}) out.headers.erase(name);
    if (may_have_body(out.status)) out.headers.emplace("Content-Length", std::to_string(body_bytes_));
    if (response_.stream && response_.status < 300) out.headers.emplace("Accept-Ranges", "bytes");
    if (!keep_alive_) out.headers.emplace("Connection", "close");
    if (keep_alive_ && http_1_0_) out.headers.emplace("Connection", "keep-alive");
    out.headers.emplace("Date", http_date());
  }

  const greffe::Handler& handler_;  // not httplib::Server::Handler
  const HttpRequest* request_ = nullptr;
  HttpResponse response_;
  std::uint64_t body_bytes_ = 0;
  ByteRange part_;  // of the stream
  bool keep_alive_ = true;
  bool http_1_0_ = false;
};

Answerer::Answerer(const Handler& handler) : processor_(std::make_unique<Processor>(handler)) {}
Answerer::~Answerer() = default;

void Answerer::run(const HttpRequest& request, bool keep_alive, bool http_1_0, Answer& answer) {
  processor_->run(request, keep_alive, http_1_0, answer);
}

void Answerer::respond(const HttpRequest& request, HttpResponse response, Answer& answer) {
  processor_->respond(request, std::move(response), answer);
}

}  // namespace greffe::front
