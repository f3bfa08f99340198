// What the front hands to the program and takes back: plain values, no library's types.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greffe {

// In the order of arrival; a name may occur more than once.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

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

  // The first header of that name, any case; absent if there is none.
  std::optional<std::string_view> header(std::string_view name) const;
  // The first parameter of that name, exact; absent if there is none.
  std::optional<std::string_view> parameter(std::string_view name) const;
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
};

// Called from many worker threads at once. May block for as long as its work takes. What it
// throws is caught, logged by nobody, and answered as 500 `internal`: handlers that want a
// record of failures catch them themselves.
using Handler = std::function<void(const HttpRequest&, HttpResponse&)>;

}  // namespace greffe
