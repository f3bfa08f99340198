// Collects one client's bytes into whole requests, one after another. Knows no sockets.
//
//   gatherer.append(bytes); if (gatherer.advance() == complete) { use request(); next(); }
//
// A body that goes to a sink is held in pieces only: advance() says spool when one is there,
// and spool() hands it over, where waiting for a disk is allowed.
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
    spool,     // a piece of the body, or its end, is there for the sink: spool() must follow
    complete,  // request() may be used, next() must follow
    answered,  // planned_answer() is to be sent, not the handler's; the connection cannot go on
    refused,   // refusal() says why; the connection cannot go on
  };

  // `plan` is asked about the requests with a body if it is given and not empty; it must
  // outlive the gatherer.
  Gatherer(std::size_t head_bytes_max, std::size_t body_bytes_max, const PlanBody* plan = nullptr);

  // Adds what came from the client. Not while a request is complete, answered or refused.
  void append(std::string_view bytes);

  // Reads as far as the bytes go; stays at complete until next(), at spool until spool().
  Progress advance();

  // Hands the piece to the sink, or tells it that the body ended. May block.
  void spool();

  HttpRequest& request() { return request_; }
  const Framing& framing() const { return framing_; }
  Refusal refusal() const { return refusal_; }
  HttpResponse& planned_answer() { return planned_answer_; }

  // True while the present request's body goes to a sink and has not ended.
  bool is_spooling() const { return holds_sink() && (progress_ == Progress::body || progress_ == Progress::spool); }
  // Letting the sink go may block: it removes what came.
  bool holds_sink() const { return request_.body_sink != nullptr; }
  void drop_sink() { request_.body_sink.reset(); }

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
  Progress plan_body();
  Progress head_unfinished();

  std::size_t head_bytes_max_;
  std::size_t body_bytes_max_;
  std::string input_;
  std::size_t begin_ = 0;       // of the bytes in input_ that are not used yet
  std::size_t scanned_ = 0;     // up to here no line is unseen
  std::size_t line_begin_ = 0;  // of the line that is not finished
  bool blank_line_skipped_ = false;
  bool continue_due_ = false;
  std::uint64_t body_bytes_ = 0;  // that came, unless chunked
  bool body_ended_ = false;
  const PlanBody* plan_;
  Progress progress_ = Progress::idle;
  HttpResponse planned_answer_;
  Refusal refusal_ = Refusal::internal;
  HttpRequest request_;
  Framing framing_;
  ChunkDecoder chunks_;
};

}  // namespace greffe::front
