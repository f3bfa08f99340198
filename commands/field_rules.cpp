#include "commands/field_rules.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "commands/limits.h"

namespace greffe {
namespace {

// Reads the code point at `at` and moves past it; absent if the bytes are not UTF-8.
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return text[at++];
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return std::nullopt;
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return std::nullopt;
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  const char32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
  if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
  at += size;
  return code;
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code <= 0x9F); }

bool breaks_or_tab(char32_t code) { return code == '\n' || code == '\r' || code == '\t'; }

// Unicode's White_Space, and what has no width: pasted from a web page or a word processor, either
// may be all that a field holds.
bool shows_nothing(char32_t code) {
  if (code == U' ' || breaks_or_tab(code) || (code >= 0x2000 && code <= 0x200D)) return true;
  constexpr char32_t others[] = {0x0B,   0x0C,   0x85,   0xA0,   0xAD,   0x1680, 0x180E,
                                 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF};
  return std::find(std::begin(others), std::end(others), code) != std::end(others);
}

// The fault of the text's characters, if there is one.
std::optional<FieldCode> character_fault(std::string_view text, bool multiline) {
  bool control = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto code = next_code_point(text, at);
    if (!code) return FieldCode::invalid_utf8;
    control = control || (is_control(*code) && !(multiline && breaks_or_tab(*code)));
  }
  if (control) return FieldCode::control_character;
  return std::nullopt;
}

bool all_of(std::string_view text, bool (*wanted)(char)) { return std::all_of(text.begin(), text.end(), wanted); }

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_key_character(char c) { return is_small_letter(c) || is_digit(c) || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool has_address_form(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos || at == 0 || email.find('@', at + 1) != std::string_view::npos) return false;
  const auto domain = email.substr(at + 1);
  return !domain.empty() && domain.front() != '.' && domain.back() != '.' && email.find(' ') == std::string_view::npos;
}

}  // namespace

void FieldFaults::add(std::string_view field, FieldCode code) {
  if (faults_.size() == faults_max) return;
  const bool known = std::any_of(faults_.begin(), faults_.end(), [&](const FieldFault& f) { return f.field == field; });
  if (!known) faults_.push_back({std::string(field), code});
}

tl::unexpected<Rejection> FieldFaults::refuse() {
  Rejection rejection;
  rejection.code = RejectionCode::invalid_fields;
  rejection.detail = faults_.size() == 1 ? "One field is wrong." : "Several fields are wrong.";
  rejection.fields = std::exchange(faults_, {});
  return fail(std::move(rejection));
}

bool is_blank_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto code = next_code_point(text, at);
    if (!code || !shows_nothing(*code)) return false;
  }
  return true;
}

void check_text(std::string_view field, std::string_view text, TextRule rule, FieldFaults& faults) {
  if (text.size() > rule.bytes_max) return faults.add(field, FieldCode::too_long);
  if (const auto fault = character_fault(text, rule.multiline)) return faults.add(field, *fault);
  if (rule.required && is_blank_text(text)) faults.add(field, FieldCode::required);
}

void check_key(std::string_view field, std::string_view key, FieldFaults& faults) {
  if (key.empty()) return faults.add(field, FieldCode::required);
  if (key.size() > limits::key_bytes_max) return faults.add(field, FieldCode::too_long);
  if (!all_of(key, is_key_character)) faults.add(field, FieldCode::malformed);
}

void check_colour(std::string_view field, std::string_view colour, FieldFaults& faults) {
  if (colour.empty()) return faults.add(field, FieldCode::required);
  if (colour.size() != 7 || colour[0] != '#' || !all_of(colour.substr(1), is_hex)) {
    faults.add(field, FieldCode::malformed);
  }
}

void check_language(std::string_view field, std::string_view language, FieldFaults& faults) {
  if (language.empty()) return faults.add(field, FieldCode::required);
  if (language.size() < 2 || language.size() > 8 || !all_of(language, is_small_letter)) {
    faults.add(field, FieldCode::malformed);
  }
}

void check_email(std::string_view field, std::string_view email, FieldFaults& faults) {
  check_text(field, email, {limits::email_bytes_max}, faults);
  if (!email.empty() && !has_address_form(email)) faults.add(field, FieldCode::malformed);
}

void check_url(std::string_view field, std::string_view url, FieldFaults& faults) {
  check_text(field, url, {limits::url_bytes_max}, faults);
  if (url.empty()) return;
  if (!is_web_url(url) || url.find(' ') != std::string_view::npos) faults.add(field, FieldCode::malformed);
}

bool is_web_url(std::string_view url) {
  constexpr std::string_view mark = "://";
  const auto at = url.find(mark);
  if (at == std::string_view::npos) return false;
  const auto scheme = lower_case(url.substr(0, at));
  const auto rest = url.substr(at + mark.size());
  const bool has_host = !rest.empty() && std::string_view("/?#:").find(rest.front()) == std::string_view::npos;
  return has_host && (scheme == "https" || scheme == "http");
}

std::string folded_email(std::string_view email) { return lower_case(email); }

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!next_code_point(text, at)) return false;
  }
  return true;
}

}  // namespace greffe
