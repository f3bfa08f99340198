#include "commands/files/header_parameters.h"

#include <algorithm>

namespace greffe {
namespace {

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

std::optional<std::string> take_quoted(std::string_view& text) {
  text.remove_prefix(1);
  std::string value;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"') return value;
    const bool escapes = c == '\\' && !text.empty() && (text.front() == '"' || text.front() == '\\');
    value.push_back(escapes ? text.front() : c);
    if (escapes) text.remove_prefix(1);
  }
  return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
  if (text.starts_with('"')) return take_quoted(text);
  const auto end = std::min(text.find_first_of("; \t"), text.size());
  const auto value = text.substr(0, end);
  text.remove_prefix(end);
  if (!is_token(value)) return std::nullopt;
  return std::string(value);
}

}  // namespace

bool is_token(std::string_view text) {
  const auto token_character = [](char c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), token_character);
}

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

std::optional<NamedTexts> parse_header_parameters(std::string_view text) {
  NamedTexts parameters;
  skip_blanks(text);
  while (!text.empty()) {
    if (text.front() != ';') return std::nullopt;
    text.remove_prefix(1);
    skip_blanks(text);
    if (text.empty() || text.front() == ';') continue;  // an empty one is allowed and means nothing
    const auto equals = std::min(text.find('='), text.size());
    auto name = in_lower_case(text.substr(0, equals));
    if (!is_token(name) || equals == text.size()) return std::nullopt;
    text.remove_prefix(equals + 1);
    auto value = take_value(text);
    if (!value || parameter_of(parameters, name)) return std::nullopt;
    parameters.emplace_back(std::move(name), std::move(*value));
    skip_blanks(text);
  }
  return parameters;
}

std::optional<std::string_view> parameter_of(const NamedTexts& parameters, std::string_view name) {
  for (const auto& [parameter_name, value] : parameters) {
    if (parameter_name == name) return value;
  }
  return std::nullopt;
}

}  // namespace greffe
