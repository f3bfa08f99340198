// A template taken apart, for template.cpp.
#pragma once

#include "commands/texts/template.h"

namespace greffe::texts {

enum class PartKind : std::uint8_t { literal, value, raw_value, section, inverted };

struct Part {
  PartKind kind = PartKind::literal;
  std::string_view text;  // the literal, or the variable's name ("." for the section's own)
  const TextVariable* variable = nullptr;
  std::size_t end = 0;  // of sections: the index after the last part inside
};

// Views point into the text. `parts` is of use only if there are no faults.
struct Parsed {
  std::vector<Part> parts;
  std::vector<TemplateFault> faults;
};

Parsed parse(std::string_view text, TextPurpose purpose);

}  // namespace greffe::texts
