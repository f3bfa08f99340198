// What the front answers by itself, before or instead of the handler. The names are the
// stable "code" of the problem document.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/names.h"

namespace greffe::front {

enum class Refusal : std::uint8_t {
  bad_request_head,            // 400: request line or header not of RFC 9112's form
  bad_target,                  // 400: not a path, or wrongly escaped
  bad_host,                    // 400: Host missing, repeated or malformed
  bad_framing,                 // 400: Content-Length or Transfer-Encoding unusable or contradictory
  bad_body,                    // 400: chunks not of RFC 9112's form
  http_version_not_supported,  // 400: neither HTTP/1.1 nor HTTP/1.0
  method_not_allowed,          // 405: no resource here knows the method
  head_timeout,                // 408
  body_timeout,                // 408
  body_too_large,              // 413
  target_too_long,             // 414
  range_not_satisfiable,       // 416: Range asks for no byte that there is
  expectation_failed,          // 417: Expect other than 100-continue
  head_too_large,              // 431
  internal,                    // 500: the handler threw, or answered what cannot be sent
  overloaded,                  // 503: too many bytes held for unfinished requests
  too_many_connections,        // 503
};
constexpr std::array<std::string_view, 17> names_of(Refusal) {
  return {"bad_request_head",
          "bad_target",
          "bad_host",
          "bad_framing",
          "bad_body",
          "http_version_not_supported",
          "method_not_allowed",
          "head_timeout",
          "body_timeout",
          "body_too_large",
          "target_too_long",
          "range_not_satisfiable",
          "expectation_failed",
          "head_too_large",
          "internal",
          "overloaded",
          "too_many_connections"};
}

int status_of(Refusal refusal);

// {"type":"/problems/<code>","title":…,"status":…,"code":…,"detail":…}
std::string problem_json(Refusal refusal);

// The whole answer as it goes over the wire, with Connection: close.
std::string refusal_bytes(Refusal refusal);

// The present instant for a Date header, e.g. "Sun, 06 Nov 1994 08:49:37 GMT". Any thread.
std::string http_date();

}  // namespace greffe::front
