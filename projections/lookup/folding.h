// Names and numbers as they are compared when people look for them: small letters, without
// accents (É = e, œ = oe, ł = l), and without punctuation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greffe {

// The runs of letters and digits, each folded: "Jean-Luc d’Été" -> jean, luc, d, ete. Any bytes
// may be given; those that are not UTF-8 count as Latin-1. At most `count_max` words.
std::vector<std::string> folded_words(std::string_view text, std::size_t count_max);

// How many characters there are to see, signs between the letters too; 0 if all are such signs.
std::size_t character_count(std::string_view text);

}  // namespace greffe
