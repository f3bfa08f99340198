// What somebody typed, understood: see search.h for the grammar. Any text has a meaning, if only
// the empty one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/search/stems.h"

namespace greffe {

struct QueryWord {
  Word word;
  std::vector<std::string> stems;
  bool is_beginning = false;  // of a longer word too
};

// Words to find together: one, in any form; several, or one in quotes: exactly, in this order.
struct QueryPhrase {
  std::vector<QueryWord> words;
  bool exact = false;
};

// What stood between two spaces or in quotes. All phrases hold, or else the identifier does.
struct QueryPart {
  std::vector<QueryPhrase> phrases;
  std::string identifier;  // folded; empty = none
  bool identifier_is_beginning = false;
};

struct ParsedQuery {
  std::vector<QueryPart> wanted, excluded;
};

inline constexpr std::size_t query_words_max = 32;

// Absent if there are more than query_words_max words.
std::optional<ParsedQuery> parse_query(std::string_view text, Stemmer& stemmer);

}  // namespace greffe
