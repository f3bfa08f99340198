// The parameters behind a header's value: `; name=token; name="quoted string"` (RFC 9110, 5.6.6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/named_texts.h"

namespace greffe {

// A name of RFC 9110's form: "form-data", "text".
bool is_token(std::string_view text);

// Without the spaces and tabs at both ends.
std::string_view without_blanks(std::string_view text);

// ASCII letters made small.
std::string in_lower_case(std::string_view text);

// Reads what follows the value itself, hence nothing or from the first ";" on. Names are given
// in lower case, values without their quotes. Absent if it is malformed or a name comes twice.
// In quoted strings only \" and \\ are escapes: browsers once sent whole Windows paths.
std::optional<NamedTexts> parse_header_parameters(std::string_view text);

// The value of the parameter of that name, given in lower case.
std::optional<std::string_view> parameter_of(const NamedTexts& parameters, std::string_view name);

}  // namespace greffe
