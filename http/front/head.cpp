#include "http/front/head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "commands/files/header_parameters.h"
#include "http/front/text.h"

namespace greffe::front {
namespace {

bool is_token(std::string_view text) {
  const auto token_character = [](char c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), token_character);
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

Result<void, Refusal> parse_request_line(std::string_view line, HttpRequest& request, Framing& framing) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return fail(Refusal::bad_request_head);
  const auto method = line.substr(0, first);
  const auto version = line.substr(last + 1);
  if (!is_token(method)) return fail(Refusal::bad_request_head);
  if (!version.starts_with("HTTP/") || version.size() != 8) return fail(Refusal::bad_request_head);
  framing.http_1_0 = version == "HTTP/1.0";
  if (!framing.http_1_0 && version != "HTTP/1.1") return fail(Refusal::http_version_not_supported);
  constexpr std::array<std::string_view, 7> methods = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
  if (std::find(methods.begin(), methods.end(), method) == methods.end()) return fail(Refusal::method_not_allowed);
  request.head_only = method == "HEAD";
  request.method = request.head_only ? "GET" : method;
  return parse_target(line.substr(first + 1, last - first - 1), request);
}

Result<void, Refusal> parse_headers(std::string_view lines, HttpRequest& request) {
  request.headers.clear();
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    if (end == std::string_view::npos) return fail(Refusal::bad_request_head);
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return fail(Refusal::bad_request_head);
    const auto value = without_blanks(line.substr(colon + 1));
    if (!is_field_value(value)) return fail(Refusal::bad_request_head);
    if (request.headers.size() == header_count_max) return fail(Refusal::head_too_large);
    request.headers.emplace_back(line.substr(0, colon), value);
  }
  return {};
}

Result<std::uint64_t, Refusal> parse_length(std::string_view text) {
  std::uint64_t length = 0;
  // from_chars takes no sign for unsigned types; 18 digits always fit.
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.size() > 18 || error != std::errc{} || end != text.data() + text.size()) return fail(Refusal::bad_framing);
  return length;
}

// "close" wins over "keep-alive"; without either, the version decides.
bool keeps_alive(const HttpRequest& request, bool http_1_0) {
  bool keep_alive = !http_1_0;
  for (const auto& [name, value] : request.headers) {
    if (!same_name(name, "Connection")) continue;
    std::string_view options = value;
    while (!options.empty()) {
      const auto comma = std::min(options.find(','), options.size());
      const auto option = without_blanks(options.substr(0, comma));
      options.remove_prefix(std::min(comma + 1, options.size()));
      if (same_name(option, "close")) return false;
      if (same_name(option, "keep-alive")) keep_alive = true;
    }
  }
  return keep_alive;
}

// How often each header that governs framing occurred.
struct Seen {
  int host = 0;
  int length = 0;
  int encoding = 0;
};

Result<void, Refusal> read_framing_header(std::string_view name, std::string_view value, Framing& framing, Seen& seen) {
  if (same_name(name, "Content-Length")) {
    const auto length = parse_length(value);
    if (!length || ++seen.length > 1) return fail(Refusal::bad_framing);
    framing.content_length = *length;
  } else if (same_name(name, "Transfer-Encoding")) {
    if (!same_name(value, "chunked") || ++seen.encoding > 1) return fail(Refusal::bad_framing);
    framing.chunked = true;
  } else if (same_name(name, "Host")) {
    if (value.find_first_of(" \t/,@") != std::string_view::npos || ++seen.host > 1) return fail(Refusal::bad_host);
  } else if (same_name(name, "Expect")) {
    if (!same_name(value, "100-continue")) return fail(Refusal::expectation_failed);
    // An HTTP/1.0 client does not know interim answers.
    framing.expects_continue = !framing.http_1_0;
  }
  return {};
}

}  // namespace

Result<Framing, Refusal> parse_head(std::string_view head, HttpRequest& request) {
  Framing framing;
  const auto line_end = head.find("\r\n");
  if (line_end == std::string_view::npos || !head.ends_with("\r\n\r\n")) return fail(Refusal::bad_request_head);
  if (const auto line = parse_request_line(head.substr(0, line_end), request, framing); !line) {
    return fail(line.error());
  }
  const auto lines = head.substr(line_end + 2, head.size() - line_end - 4);
  if (const auto headers = parse_headers(lines, request); !headers) return fail(headers.error());

  Seen seen;
  for (const auto& [name, value] : request.headers) {
    if (const auto read = read_framing_header(name, value, framing, seen); !read) return fail(read.error());
  }
  if (seen.host == 0 && !framing.http_1_0) return fail(Refusal::bad_host);
  if (seen.encoding > 0 && (seen.length > 0 || framing.http_1_0)) return fail(Refusal::bad_framing);
  framing.keep_alive = keeps_alive(request, framing.http_1_0);
  return framing;
}

}  // namespace greffe::front
