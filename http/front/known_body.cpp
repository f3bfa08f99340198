#include "http/front/known_body.h"

#include <algorithm>

#include "commands/files/header_parameters.h"
#include "http/front/text.h"

namespace greffe::front {
namespace {

std::string_view opaque(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

// Takes the next element off a list of tags; a comma within quotes is part of its tag.
std::string_view take_tag(std::string_view& list) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < list.size() && (quoted || list[end] != ','); ++end) {
    if (list[end] == '"') quoted = !quoted;
  }
  const auto tag = without_blanks(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return tag;
}

}  // namespace

bool is_known_body(const HttpRequest& request, const NamedTexts& headers) {
  const auto is_etag = [](const auto& header) { return same_name(header.first, "ETag"); };
  const auto etag = std::find_if(headers.begin(), headers.end(), is_etag);
  if (request.method != "GET" || etag == headers.end()) return false;
  for (const auto& [name, value] : request.headers) {
    if (!same_name(name, "If-None-Match")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto tag = take_tag(rest);
      if (tag == "*" || (!tag.empty() && opaque(tag) == opaque(etag->second))) return true;
    }
  }
  return false;
}

}  // namespace greffe::front
