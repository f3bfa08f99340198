// Checks on single fields of a command. A command is checked whole before it is refused, so
// that a caller learns of every wrong field at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/rejection.h"

namespace greffe {

// Gathers faults; at most one is kept for each field, the first. After faults_max the rest is not
// worth comparing: the settings' longest areas have tens of thousands of fields.
class FieldFaults {
 public:
  static constexpr std::size_t faults_max = 100;
  void add(std::string_view field, FieldCode code);
  bool empty() const { return faults_.empty(); }
  // The refusal that names them all; leaves nothing behind.
  tl::unexpected<Rejection> refuse();

 private:
  std::vector<FieldFault> faults_;
};

struct TextRule {
  std::size_t bytes_max;
  bool required = false;   // something other than white space must be there
  bool multiline = false;  // line breaks and tabs are allowed, other control characters never
};

// Nothing that a reader would see: empty, or white space of any script and zero-width characters
// alone. What is not UTF-8 is not blank.
bool is_blank_text(std::string_view text);

// Length, UTF-8, control characters, presence.
void check_text(std::string_view field, std::string_view text, TextRule rule, FieldFaults& faults);

// A key of a status or priority: 1 to 64 of a-z, 0-9 and '_'.
void check_key(std::string_view field, std::string_view key, FieldFaults& faults);

// "#rrggbb", in either case.
void check_colour(std::string_view field, std::string_view colour, FieldFaults& faults);

// A language as in "fr": two to eight small letters.
void check_language(std::string_view field, std::string_view language, FieldFaults& faults);

// Something@somewhere without white space; empty is fine and means none.
void check_email(std::string_view field, std::string_view email, FieldFaults& faults);

// "https://…" or "http://…", in either case, without white space; empty is fine and means none.
void check_url(std::string_view field, std::string_view url, FieldFaults& faults);

// Whether a browser fetches it: "https://" or "http://", which may be in capitals as well, and a host.
bool is_web_url(std::string_view url);

// The form under which addresses are compared: ASCII letters in lower case.
std::string folded_email(std::string_view email);

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace greffe
