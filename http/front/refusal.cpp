#include "http/front/refusal.h"

#include <fmt/format.h>

#include <ctime>

namespace greffe::front {
namespace {

struct Wording {
  int status;
  std::string_view title;
  std::string_view detail;
};

Wording wording_of(Refusal refusal) {
  constexpr std::string_view bad_request = "Bad Request";
  constexpr std::string_view timeout = "Request Timeout";
  constexpr std::string_view unavailable = "Service Unavailable";
  switch (refusal) {
    case Refusal::bad_request_head: return {400, bad_request, "The request line or a header is malformed."};
    case Refusal::bad_target: return {400, bad_request, "The request target is not a path or is wrongly escaped."};
    case Refusal::bad_host: return {400, bad_request, "HTTP/1.1 requires exactly one Host header."};
    case Refusal::bad_framing:
      return {400, bad_request, "Content-Length or Transfer-Encoding is malformed, repeated or contradictory."};
    case Refusal::bad_body: return {400, bad_request, "The chunked body is malformed."};
    case Refusal::http_version_not_supported: return {400, bad_request, "This server speaks HTTP/1.1 and HTTP/1.0."};
    case Refusal::method_not_allowed:
      return {405, "Method Not Allowed", "No resource of this server knows the method."};
    case Refusal::head_timeout: return {408, timeout, "The request's head did not arrive in time."};
    case Refusal::body_timeout: return {408, timeout, "The request's body did not arrive in time."};
    case Refusal::body_too_large: return {413, "Payload Too Large", "The request's body is larger than allowed."};
    case Refusal::target_too_long: return {414, "URI Too Long", "The request target is longer than allowed."};
    case Refusal::range_not_satisfiable:
      return {416, "Range Not Satisfiable", "No byte of the document lies in the range."};
    case Refusal::expectation_failed: return {417, "Expectation Failed", "Only Expect: 100-continue is supported."};
    case Refusal::head_too_large:
      return {431, "Request Header Fields Too Large", "The request's headers are larger or more than allowed."};
    case Refusal::internal: return {500, "Internal Server Error", "The server failed to answer; the fault is its own."};
    case Refusal::overloaded: return {503, unavailable, "Too many unfinished requests; try again soon."};
    case Refusal::too_many_connections: return {503, unavailable, "Too many connections; try again soon."};
  }
  return {500, "Internal Server Error", ""};
}

}  // namespace

int status_of(Refusal refusal) { return wording_of(refusal).status; }

std::string problem_json(Refusal refusal) {
  // The texts are ours and need no escaping; `errors` is a member of every refusal.
  const auto w = wording_of(refusal);
  return fmt::format(R"({{"type":"/problems/{}","title":"{}","status":{},"code":"{}","detail":"{}","errors":[]}})",
                     name_of(refusal), w.title, w.status, name_of(refusal), w.detail);
}

std::string refusal_bytes(Refusal refusal) {
  const auto w = wording_of(refusal);
  const auto body = problem_json(refusal);
  std::string_view extra;
  if (w.status == 405) extra = "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n";
  if (w.status == 503) extra = "Retry-After: 1\r\n";
  return fmt::format(
      "HTTP/1.1 {} {}\r\nDate: {}\r\nContent-Type: application/problem+json\r\nContent-Length: {}\r\n{}"
      "Connection: close\r\n\r\n{}",
      w.status, w.title, http_date(), body.size(), extra, body);
}

std::string http_date() {
  // Formatted once a second in each thread: every answer carries it.
  thread_local std::time_t formatted_for = 0;
  thread_local std::string text;
  const auto now = std::time(nullptr);
  if (now != formatted_for) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    text = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(utc.tm_wday)),
                       utc.tm_mday, months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                       utc.tm_min, utc.tm_sec);
    formatted_for = now;
  }
  return text;
}

}  // namespace greffe::front
