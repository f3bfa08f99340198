#include "http/front/gather.h"

#include <algorithm>

#include "events/check.h"

namespace greffe::front {
namespace {

// What an idle connection may keep, so that the next request need not allocate.
constexpr std::size_t idle_bytes_max = 4096;

// What of a body goes to its sink at once: each piece costs a way to another thread and back.
constexpr std::size_t spool_piece_bytes = 64 * 1024;

// Used bytes are dropped when they are this many.
constexpr std::size_t used_bytes_max = 16 * 1024;

void shrink_text(std::string& text) {
  if (text.capacity() > idle_bytes_max) std::string().swap(text);
}

}  // namespace

Gatherer::Gatherer(std::size_t head_bytes_max, std::size_t body_bytes_max, const PlanBody* plan)
    : head_bytes_max_(head_bytes_max),
      body_bytes_max_(body_bytes_max),
      plan_(plan != nullptr && *plan ? plan : nullptr),
      chunks_(body_bytes_max) {}

void Gatherer::append(std::string_view bytes) {
  const bool reads = progress_ < Progress::spool;
  GREFFE_CHECK(reads, "bytes after the end of a request");
  input_.append(bytes);
}

Gatherer::Progress Gatherer::advance() {
  if (progress_ == Progress::idle || progress_ == Progress::head) progress_ = advance_head();
  if (progress_ == Progress::body) progress_ = advance_body();
  return progress_;
}

bool Gatherer::take_continue() { return std::exchange(continue_due_, false); }

void Gatherer::next() {
  GREFFE_CHECK(progress_ == Progress::complete, "a request was left before it was complete");
  request_.body.clear();
  request_.body_sink.reset();
  // Not after every request: that would make long pipelines quadratic.
  if (begin_ == input_.size() || begin_ > used_bytes_max) {
    input_.erase(0, begin_);
    begin_ = 0;
  }
  scanned_ = line_begin_ = begin_;
  blank_line_skipped_ = false;
  continue_due_ = false;
  progress_ = Progress::idle;
}

void Gatherer::shrink() {
  if (input_.empty()) shrink_text(input_);
  if (request_.body.empty()) shrink_text(request_.body);
}

Gatherer::Progress Gatherer::refuse(Refusal refusal) {
  refusal_ = refusal;
  return Progress::refused;
}

Gatherer::Progress Gatherer::advance_head() {
  for (;;) {
    const auto feed = input_.find('\n', scanned_);
    if (feed == std::string::npos) {
      scanned_ = input_.size();
      return head_unfinished();
    }
    scanned_ = feed + 1;
    if (feed == line_begin_ || input_[feed - 1] != '\r') return refuse(Refusal::bad_request_head);
    const bool blank = feed == line_begin_ + 1;
    if (!blank) {
      line_begin_ = scanned_;
    } else if (line_begin_ != begin_) {
      return head_ended(scanned_);
    } else {
      // RFC 9112 2.2: one empty line before the request line is to be overlooked.
      if (std::exchange(blank_line_skipped_, true)) return refuse(Refusal::bad_request_head);
      begin_ = line_begin_ = scanned_;
    }
  }
}

Gatherer::Progress Gatherer::head_unfinished() {
  const auto size = input_.size() - begin_;
  constexpr std::size_t request_line_rest = 32;  // method, version and blanks
  if (line_begin_ == begin_ && size > target_bytes_max + request_line_rest) return refuse(Refusal::target_too_long);
  if (size > head_bytes_max_) return refuse(Refusal::head_too_large);
  return size == 0 ? Progress::idle : Progress::head;
}

Gatherer::Progress Gatherer::head_ended(std::size_t end) {
  const auto head = std::string_view(input_).substr(begin_, end - begin_);
  if (head.size() > head_bytes_max_) return refuse(Refusal::head_too_large);
  const auto framing = parse_head(head, request_);
  if (!framing) return refuse(framing.error());
  framing_ = *framing;
  begin_ = end;
  body_bytes_ = 0;
  body_ended_ = false;
  continue_due_ = framing_.expects_continue;
  return plan_body();
}

Gatherer::Progress Gatherer::plan_body() {
  std::uint64_t bytes_max = body_bytes_max_;
  const auto& method = request_.method;
  if (plan_ != nullptr && (method == "POST" || method == "PUT" || method == "PATCH")) {
    BodyPlan plan;
    try {
      plan = (*plan_)(request_);
    } catch (...) {
      return refuse(Refusal::internal);
    }
    if (auto* answer = std::get_if<HttpResponse>(&plan)) {
      planned_answer_ = std::move(*answer);
      return Progress::answered;
    }
    if (auto* rule = std::get_if<SpoolRule>(&plan)) {
      GREFFE_CHECK(rule->sink != nullptr, "a body is to go to a sink, and there is none");
      bytes_max = rule->body_bytes_max;
      request_.body_sink = std::move(rule->sink);
    }
  }
  if (framing_.content_length > bytes_max) return refuse(Refusal::body_too_large);
  chunks_ = ChunkDecoder(bytes_max);
  return Progress::body;
}

void Gatherer::spool() {
  GREFFE_CHECK(progress_ == Progress::spool, "there is no piece of a body for a sink");
  try {
    Result<void, HttpResponse> taken;
    if (!request_.body.empty()) taken = request_.body_sink->write(request_.body);
    request_.body.clear();
    if (taken && body_ended_) taken = request_.body_sink->end();
    progress_ = body_ended_ ? Progress::complete : Progress::body;
    if (taken) return;
    planned_answer_ = std::move(taken.error());
    progress_ = Progress::answered;
  } catch (...) {
    progress_ = refuse(Refusal::internal);
  }
}

Gatherer::Progress Gatherer::advance_body() {
  const auto bytes = std::string_view(input_).substr(begin_);
  if (framing_.chunked) {
    begin_ += chunks_.decode(bytes, request_.body);
    if (chunks_.status() == ChunkDecoder::Status::bad) return refuse(Refusal::bad_body);
    if (chunks_.status() == ChunkDecoder::Status::too_large) return refuse(Refusal::body_too_large);
    body_ended_ = chunks_.status() == ChunkDecoder::Status::done;
  } else {
    const auto missing = framing_.content_length - body_bytes_;
    const auto count = std::min<std::uint64_t>(missing, bytes.size());
    request_.body.append(bytes.substr(0, count));
    body_bytes_ += count;
    begin_ += count;
    body_ended_ = count == missing;
  }
  if (!body_ended_) {
    // All bytes were used: the body grows in one place only.
    input_.clear();
    begin_ = scanned_ = line_begin_ = 0;
  }
  if (!holds_sink()) return body_ended_ ? Progress::complete : Progress::body;
  return body_ended_ || request_.body.size() >= spool_piece_bytes ? Progress::spool : Progress::body;
}

}  // namespace greffe::front
