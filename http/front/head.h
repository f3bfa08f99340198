// The head of a request: request line and headers, read strictly (RFC 9112). What another
// server on the way could read differently (bare line feeds, folded lines, two lengths, a
// length and chunks, blanks before a colon) is refused, since that is how requests are smuggled.
#pragma once

#include <cstdint>
#include <string_view>

#include "events/result.h"
#include "http/front/refusal.h"
#include "http/front/request.h"

namespace greffe::front {

inline constexpr std::size_t target_bytes_max = 8 * 1024;
inline constexpr std::size_t header_count_max = 100;

// What the head says about the body and the connection.
struct Framing {
  bool chunked = false;
  std::uint64_t content_length = 0;  // 0 if there is no body, and if chunked
  bool keep_alive = true;
  bool http_1_0 = false;
  bool expects_continue = false;
};

// Reads a whole head: from the request line to the empty line, included, every line ended by
// CR LF. Fills method, head_only, target, path, parameters and headers of `request` (cleared
// first); on refusal their content is unspecified.
Result<Framing, Refusal> parse_head(std::string_view head, HttpRequest& request);

// Reads a target in origin form ("/path?query") into target, path and parameters.
Result<void, Refusal> parse_target(std::string_view target, HttpRequest& request);

}  // namespace greffe::front
