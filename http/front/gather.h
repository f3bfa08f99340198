// Collects one client's bytes into whole requests, one after another. Knows no sockets.
//
//   gatherer.append(bytes); if (gatherer.advance() == complete) { use request(); next(); }
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/front/chunks.h"
#include "http/front/head.h"

namespace greffe::front {

class Gatherer {
 public:
  enum class Progress : std::uint8_t {
    idle,      // nothing of the next request is there
    head,      // part of a head is there
    body,      // the head is whole, the body is not
    complete,  // request() may be used, next() must follow
    refused,   // refusal() says why; the connection cannot go on
  };

  Gatherer(std::size_t head_bytes_max, std::size_t body_bytes_max);

  // Adds what came from the client. Not while a request is complete or refused.
  void append(std::string_view bytes);

  // Reads as far as the bytes go; stays at complete until next().
  Progress advance();

  HttpRequest& request() { return request_; }
  const Framing& framing() const { return framing_; }
  Refusal refusal() const { return refusal_; }

  // True once for each request whose client waits for "100 Continue" before its body.
  bool take_continue();

  // Forgets the complete request; bytes of those behind it are kept.
  void next();

  // Memory that this client costs now, and giving back what an idle one need not keep.
  std::size_t held_bytes() const { return input_.capacity() + request_.body.capacity(); }
  void shrink();

 private:
  Progress refuse(Refusal refusal);
  Progress advance_head();
  Progress advance_body();
  Progress head_ended(std::size_t end);
  Progress head_unfinished();

  std::size_t head_bytes_max_;
  std::size_t body_bytes_max_;
  std::string input_;
  std::size_t begin_ = 0;       // of the bytes in input_ that are not used yet
  std::size_t scanned_ = 0;     // up to here no line is unseen
  std::size_t line_begin_ = 0;  // of the line that is not finished
  bool blank_line_skipped_ = false;
  bool continue_due_ = false;
  Progress progress_ = Progress::idle;
  Refusal refusal_ = Refusal::internal;
  HttpRequest request_;
  Framing framing_;
  ChunkDecoder chunks_;
};

}  // namespace greffe::front
