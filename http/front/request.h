// What the front hands to the program and takes back: plain values, no library's types.
//
// Bodies too large for memory are not held in a request or an answer. A request's goes piece
// by piece into a BodySink that PlanBody named once the head was known; an answer's comes
// piece by piece out of a BodySource. Both are used on threads that may wait for a disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "events/named_texts.h"
#include "events/result.h"

namespace greffe {

// Where a large answer's body comes from.
class BodySource {
 public:
  virtual ~BodySource() = default;

  // Does not change while the source lives.
  virtual std::uint64_t size_bytes() const = 0;

  // Fills all of `to` with the bytes from `offset` on, which lie within the size. False if
  // that failed: the client's connection is then cut, so that it sees that bytes are missing.
  // A source that wants a record of it keeps one. For one thread at a time; may block.
  virtual bool read(std::uint64_t offset, std::span<char> to) = 0;
};

// The answer. Content-Length, Connection and Date are the front's own and not to be set.
// A header with a line break or an unknown status is the handler's mistake and sends 500.
struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";  // sent only if there is a body
  NamedTexts headers;
  std::string body;
  // If set, sent instead of `body` without being copied: for bytes kept by a cache.
  std::shared_ptr<const std::string> shared_body;
  // If set, sent instead of both, in pieces as the client takes them. With status 200 the
  // front answers `If-None-Match` with 304 for the ETag of `headers`, and `Range` (one range, also
  // under If-Range with the ETag or Last-Modified of `headers`) with 206 or 416; Accept-Ranges and
  // Content-Range are then its own too.
  std::shared_ptr<BodySource> stream;
};

// Where a large request's body goes. Destroyed without the handler having kept what came, it
// must leave nothing behind: clients go away at any time. For one thread at a time; may block.
class BodySink {
 public:
  virtual ~BodySink() = default;

  // Takes the next bytes. What it fails with is answered at once, the rest of the body is not
  // read, and the connection is closed. Not called again after a failure.
  virtual Result<void, HttpResponse> write(std::string_view bytes) = 0;

  // The body came to its end; the handler is called next.
  virtual Result<void, HttpResponse> end() = 0;
};

// A whole, well-formed request: its body has arrived and is within the front's bounds.
struct HttpRequest {
  // "GET", "POST", "PUT", "PATCH", "DELETE" or "OPTIONS". A HEAD request arrives as "GET"
  // with `head_only` set: answer as usual, the front sends everything but the body.
  std::string method;
  bool head_only = false;
  std::string target;          // as sent, e.g. "/v1/tickets?view=open&q=a%20b"
  std::string path;            // decoded, without the query: "/v1/tickets"
  NamedTexts parameters;       // of the query, decoded ("+" is a space); no "=" means an empty value
  NamedTexts headers;          // names as sent, values without the blanks around them
  std::string body;            // chunks already joined; never more than body_bytes_max
  std::string remote_address;  // "127.0.0.1"; of the peer, not of a proxy's client
  // If set, the whole body is there, and `body` is empty: the sink that PlanBody gave.
  std::shared_ptr<BodySink> body_sink;

  // The first header of that name, any case; absent if there is none.
  std::optional<std::string_view> header(std::string_view name) const;
  // The first parameter of that name, exact; absent if there is none.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// Called from many worker threads at once. May block for as long as its work takes. What it
// throws is caught, logged by nobody, and answered as 500 `internal`: handlers that want a
// record of failures catch them themselves.
using Handler = std::function<void(const HttpRequest&, HttpResponse&)>;

// The body goes to `sink` instead of into memory, and may be this long; 413 beyond.
struct SpoolRule {
  std::shared_ptr<BodySink> sink;
  std::uint64_t body_bytes_max = 2ULL * 1024 * 1024 * 1024;
};

// What is to become of a request, known from its head: as usual; its body to a sink; or this
// answer at once, before the body (and before "100 Continue", if the client waits for it).
using BodyPlan = std::variant<std::monostate, SpoolRule, HttpResponse>;

// Asked once for every POST, PUT and PATCH whose head is well-formed, also one without a body;
// `body` of the request is still empty. Called from all threads of the front, also from the one
// that holds every connection: it must take microseconds and never wait. Throwing answers 500.
using PlanBody = std::function<BodyPlan(const HttpRequest& head)>;

}  // namespace greffe
