#include "http/front/request.h"

#include "http/front/text.h"

namespace greffe {

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (front::same_name(header_name, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> HttpRequest::parameter(std::string_view name) const {
  for (const auto& [parameter_name, value] : parameters) {
    if (parameter_name == name) return value;
  }
  return std::nullopt;
}

}  // namespace greffe
