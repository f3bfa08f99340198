#include "http/front/gather.h"

#include <algorithm>

#include "events/check.h"

namespace greffe::front {
namespace {

// What an idle connection may keep, so that the next request need not allocate.
constexpr std::size_t idle_bytes_max = 4096;

// Used bytes are dropped when they are this many.
constexpr std::size_t used_bytes_max = 16 * 1024;

void shrink_text(std::string& text) {
  if (text.capacity() > idle_bytes_max) std::string().swap(text);
}

}  // namespace

Gatherer::Gatherer(std::size_t head_bytes_max, std::size_t body_bytes_max)
    : head_bytes_max_(head_bytes_max), body_bytes_max_(body_bytes_max), chunks_(body_bytes_max) {}

void Gatherer::append(std::string_view bytes) {
  GREFFE_CHECK(progress_ != Progress::complete && progress_ != Progress::refused, "bytes after the end of a request");
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
  if (framing->content_length > body_bytes_max_) return refuse(Refusal::body_too_large);
  framing_ = *framing;
  chunks_ = ChunkDecoder(body_bytes_max_);
  begin_ = end;
  continue_due_ = framing_.expects_continue;
  return Progress::body;
}

Gatherer::Progress Gatherer::advance_body() {
  const auto bytes = std::string_view(input_).substr(begin_);
  bool whole = false;
  if (framing_.chunked) {
    begin_ += chunks_.decode(bytes, request_.body);
    if (chunks_.status() == ChunkDecoder::Status::bad) return refuse(Refusal::bad_body);
    if (chunks_.status() == ChunkDecoder::Status::too_large) return refuse(Refusal::body_too_large);
    whole = chunks_.status() == ChunkDecoder::Status::done;
  } else {
    const auto missing = framing_.content_length - request_.body.size();
    const auto count = std::min<std::size_t>(missing, bytes.size());
    request_.body.append(bytes.substr(0, count));
    begin_ += count;
    whole = count == missing;
  }
  if (whole) return Progress::complete;
  // All bytes were used: the body grows in one place only.
  input_.clear();
  begin_ = scanned_ = line_begin_ = 0;
  return Progress::body;
}

}  // namespace greffe::front
