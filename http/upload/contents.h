// The few contents that must not pass under another's name.
#pragma once

#include <cstddef>
#include <string_view>

#include "commands/files/media_type.h"
#include "http/problem.h"

namespace greffe {

// How much of a content's beginning is looked at.
inline constexpr std::size_t sniffed_bytes_max = 512;

// True if the first bytes are a web page's or a program's while the type declares something
// that people open without a thought: a picture named .png that is a page runs in the reader's
// browser. No more is guessed than that.
bool contradicts(const MediaType& declared, std::string_view first_bytes);

// Refused with media_type_mismatch if they contradict.
Result<void, Problem> check_content(const MediaType& declared, std::string_view first_bytes);

}  // namespace greffe
