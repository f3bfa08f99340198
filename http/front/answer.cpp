#include "http/front/answer.h"

#include <httplib.h>

#include <cstring>

#include "events/check.h"
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

void become_internal_error(HttpResponse& response) {
  response = HttpResponse{};
  response.status = status_of(Refusal::internal);
  response.content_type = "application/problem+json";
  response.body = problem_json(Refusal::internal);
}

void call(const Handler& handler, const HttpRequest& request, HttpResponse& response) {
  try {
    handler(request, response);
    if (is_sendable(response)) return;
  } catch (...) {
    // Answered below: one request's failure is no other's.
  }
  become_internal_error(response);
}

bool may_have_body(int status) { return status != 204 && status != 304; }

}  // namespace

class Answerer::Processor : private httplib::Server {
 public:
  explicit Processor(const greffe::Handler& handler) : handler_(handler) {
    // The shortest way through cpp-httplib: no route is matched, no content is read.
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      respond(out);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& out) { finish_headers(out); });
  }

  void run(const HttpRequest& request, bool keep_alive, bool http_1_0, Answer& answer) {
    request_ = &request;
    keep_alive_ = keep_alive;
    http_1_0_ = http_1_0;
    response_ = HttpResponse{};
    answer.bytes.clear();
    answer.shared_body.reset();
    MemoryStream stream(request.head_only ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n", answer.bytes);
    bool closed = false;
    // As if the connection closed: cpp-httplib then composes no Keep-Alive header.
    const bool processed = process_request(stream, true, closed, nullptr);
    GREFFE_CHECK(processed && !answer.bytes.empty(), "cpp-httplib answered nothing");
    if (!request.head_only) answer.shared_body = std::move(response_.shared_body);
  }

 private:
  void respond(httplib::Response& out) {
    call(handler_, *request_, response_);
    if (!may_have_body(response_.status)) {
      response_.body.clear();
      response_.shared_body.reset();
    }
    out.status = response_.status;
    for (const auto& [name, value] : response_.headers) {
      const bool ours = same_name(name, "Content-Length") || same_name(name, "Connection") || same_name(name, "Date") ||
                        same_name(name, "Transfer-Encoding");
      if (!ours) out.headers.emplace(name, value);
    }
    body_bytes_ = response_.shared_body ? response_.shared_body->size() : response_.body.size();
    if (body_bytes_ > 0) out.headers.emplace("Content-Type", response_.content_type);
    if (!response_.shared_body) out.body = std::move(response_.body);
  }

  void finish_headers(httplib::Response& out) const {
    for (const auto* name : {"Connection", "Content-Length", "Accept-Ranges"}) out.headers.erase(name);
    if (may_have_body(out.status)) out.headers.emplace("Content-Length", std::to_string(body_bytes_));
    if (!keep_alive_) out.headers.emplace("Connection", "close");
    if (keep_alive_ && http_1_0_) out.headers.emplace("Connection", "keep-alive");
    out.headers.emplace("Date", http_date());
  }

  const greffe::Handler& handler_;  // not httplib::Server::Handler
  const HttpRequest* request_ = nullptr;
  HttpResponse response_;
  std::size_t body_bytes_ = 0;
  bool keep_alive_ = true;
  bool http_1_0_ = false;
};

Answerer::Answerer(const Handler& handler) : processor_(std::make_unique<Processor>(handler)) {}
Answerer::~Answerer() = default;

void Answerer::run(const HttpRequest& request, bool keep_alive, bool http_1_0, Answer& answer) {
  processor_->run(request, keep_alive, http_1_0, answer);
}

}  // namespace greffe::front
