// Text templates: what canned replies, documents and notifications are written in.
//
//   {{name}}   the variable; in HTML with & < > " ' escaped
//   {{{name}}} the variable as it is; only for those that hold the desk's own HTML (`markup`)
//   {{#name}}…{{/name}} the part once for each item of a list, or if the variable is not empty;
//                       {{.}} in it is the variable itself, a list's items have their own names
//   {{^name}}…{{/name}} the part if the variable is empty
//
// A line that holds nothing but one such part's tag disappears. Values are data: braces in
// them mean nothing. All functions are pure; any thread, any bytes.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "events/result.h"

namespace greffe {

// A reply is plain text, the others are HTML.
enum class TextPurpose : std::uint8_t { reply, document, notification };
constexpr std::array<std::string_view, 3> names_of(TextPurpose) { return {"reply", "document", "notification"}; }

constexpr TextPurpose text_purpose(TemplatePurpose purpose) {
  return purpose == TemplatePurpose::document ? TextPurpose::document : TextPurpose::notification;
}

struct TextVariable {
  std::string_view name;  // "ticket.number"
  std::string_view list;  // the list whose items have it; empty = there everywhere
  bool is_list = false;
  bool markup = false;
};

// Every variable that texts of the purpose can name. Lives as long as the program.
std::span<const TextVariable> variables_of(TextPurpose purpose);

enum class TemplateFaultCode : std::uint8_t {
  unknown_variable,
  not_markup,     // {{{…}}} around a variable that holds anybody's text
  malformed_tag,  // "{{" without "}}", or something else than a name in between
  unclosed_section,
  unopened_section,  // {{/name}} that closes another part than the last one begun
  wrong_section,     // {{name}} of a list, or {{.}} outside of a part
  too_deep,
  too_many_tags,
};
constexpr std::array<std::string_view, 8> names_of(TemplateFaultCode) {
  return {"unknown_variable", "not_markup",    "malformed_tag", "unclosed_section",
          "unopened_section", "wrong_section", "too_deep",      "too_many_tags"};
}

struct TemplateFault {
  TemplateFaultCode code;
  std::size_t at;    // byte of the tag in the text
  std::string name;  // of the variable, as far as there is one
  bool operator==(const TemplateFault&) const = default;
};

inline constexpr std::size_t template_depth_max = 4;
inline constexpr std::size_t template_tags_max = 1'000;

// What is wrong with the text; empty = it can be rendered with any values.
std::vector<TemplateFault> check(std::string_view text, TextPurpose purpose);

// What the variables stand for. Those that are not here are empty.
struct TextValues {
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::vector<TextValues>, std::less<>> lists;
};

enum class RenderFault : std::uint8_t { bad_template, too_long };
constexpr std::array<std::string_view, 2> names_of(RenderFault) { return {"bad_template", "too_long"}; }

inline constexpr std::size_t rendered_bytes_max = 1024 * 1024;

// The text with the values filled in; bad_template if check() finds anything, too_long beyond
// `bytes_max`. Time and memory are bounded by the sizes of text, values and `bytes_max`.
Result<std::string, RenderFault> render(std::string_view text, TextPurpose purpose, const TextValues& values,
                                        std::size_t bytes_max = rendered_bytes_max);

// The five characters that mean something in HTML, written so that they do not.
std::string escape_html(std::string_view text);

}  // namespace greffe
