// From a request to the bytes of its answer: cpp-httplib's request processing, around the
// handler, with no socket in sight.
#pragma once

#include <memory>
#include <string>

#include "http/front/head.h"
#include "http/front/request.h"

namespace greffe::front {

// What goes over the wire: `bytes`, then `shared_body` if set, then the part of `stream` that
// is still to be read, if set.
struct Answer {
  std::string bytes;
  std::shared_ptr<const std::string> shared_body;
  std::shared_ptr<BodySource> stream;
  std::uint64_t stream_offset = 0;
  std::uint64_t stream_bytes_left = 0;
};

// 500 `internal`, as a problem document.
HttpResponse internal_error();

// One for each worker thread.
class Answerer {
 public:
  explicit Answerer(const Handler& handler);  // the handler must outlive it
  ~Answerer();

  // Calls the handler once and writes the whole answer over `answer`. Never throws for what
  // the handler does.
  void run(const HttpRequest& request, bool keep_alive, bool http_1_0, Answer& answer);

  // The same with an answer that is known, without calling the handler. Says that the
  // connection closes.
  void respond(const HttpRequest& request, HttpResponse response, Answer& answer);

 private:
  class Processor;
  std::unique_ptr<Processor> processor_;
};

}  // namespace greffe::front
