#include "http/headers.h"

#include <algorithm>
#include <charconv>

#include "commands/files/header_parameters.h"
#include "commands/limits.h"
#include "http/front/text.h"
#include "http/input.h"

namespace greffe {
namespace {

using front::same_name;

auto malformed(std::string_view name, std::string_view form) {
  return fail(problem_of(RequestCode::malformed_header, std::string(name) + " must be " + std::string(form) + "."));
}

// The name of one preference: `dry-run; a=b` -> "dry-run".
std::string_view preference_name(std::string_view preference) {
  return without_blanks(preference.substr(0, preference.find_first_of(";=")));
}

bool lists_dry_run(std::string_view preferences) {
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= preferences.size(); ++i) {
    const bool end = i == preferences.size();
    if (!end && quoted && preferences[i] == '\\') ++i;
    else if (!end && preferences[i] == '"') quoted = !quoted;
    else if (end || (!quoted && preferences[i] == ',')) {
      const auto preference = preferences.substr(begin, i - begin);
      if (same_name(preference_name(preference), "dry-run")) return true;
      begin = i + 1;
    }
  }
  return false;
}

}  // namespace

Result<std::optional<std::string_view>, Problem> single_header(const HttpRequest& request, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [header, value] : request.headers) {
    if (!same_name(header, name)) continue;
    if (found) return malformed(name, "given once");
    found = value;
  }
  return found;
}

Result<std::optional<std::string_view>, Problem> bearer_token(const HttpRequest& request) {
  auto header = single_header(request, "Authorization");
  if (!header || !*header) return header;
  constexpr std::string_view scheme = "Bearer ";
  const auto value = **header;
  if (value.size() <= scheme.size() || !same_name(value.substr(0, scheme.size()), scheme)) return std::nullopt;
  return std::optional(without_blanks(value.substr(scheme.size())));
}

Result<std::optional<Actor>, Problem> act_as(const HttpRequest& request) {
  constexpr std::string_view name = "Greffe-Act-As";
  const auto header = single_header(request, name);
  if (!header) return fail(header.error());
  if (!*header) return std::nullopt;
  const auto value = **header;
  const auto slash = std::min(value.find('/'), value.size());
  const auto kind = value.substr(0, slash);
  const auto id = parse_id(value.substr(std::min(slash + 1, value.size())));
  if (!id || (kind != "agent" && kind != "contact")) return malformed(name, "agent/<id> or contact/<id>");
  return Actor{kind == "agent" ? ActorKind::agent : ActorKind::contact, *id};
}

Result<std::string, Problem> idempotency_key(const HttpRequest& request) {
  constexpr std::string_view name = "Idempotency-Key";
  const auto header = single_header(request, name);
  if (!header) return fail(header.error());
  if (!*header) return std::string();
  const auto value = **header;
  const bool printable = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
  if (value.empty() || value.size() > limits::command_id_bytes_max || !printable) {
    return malformed(name, "1 to 255 printable ASCII characters");
  }
  return std::string(value);
}

Result<std::optional<Version>, Problem> if_match(const HttpRequest& request) {
  constexpr std::string_view name = "If-Match";
  constexpr std::string_view form = "one version in double quotes, as ETag gave it";
  const auto header = single_header(request, name);
  if (!header) return fail(header.error());
  if (!*header) return std::nullopt;
  auto value = **header;
  if (value.size() < 3 || value.front() != '"' || value.back() != '"') return malformed(name, form);
  value = value.substr(1, value.size() - 2);
  if (value.size() > 1 && value.front() == '0') return malformed(name, form);
  Version version;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), version.value);
  if (error != std::errc{} || end != value.data() + value.size()) return malformed(name, form);
  return version;
}

bool prefers_dry_run(const HttpRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
    return same_name(header.first, "Prefer") && lists_dry_run(header.second);
  });
}

Handled check_media_types(const HttpRequest& request, std::initializer_list<std::string_view> media_types) {
  const auto header = single_header(request, "Content-Type");
  if (!header) return fail(header.error());
  const auto given = header->value_or("");
  const auto type = without_blanks(given.substr(0, given.find(';')));
  std::string taken;
  for (const auto media_type : media_types) {
    if (same_name(type, media_type)) return {};
    taken += (taken.empty() ? "" : " or ") + std::string(media_type);
  }
  return fail(
      problem_of(RequestCode::unsupported_media_type, "The body must be " + taken + ", and Content-Type must say so."));
}

Handled check_media_type(const HttpRequest& request, std::string_view media_type) {
  return check_media_types(request, {media_type});
}

}  // namespace greffe
