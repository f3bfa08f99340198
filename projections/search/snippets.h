// Parts of texts that show what a query found there, as HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/search/query_text.h"
#include "projections/search/search.h"

namespace greffe {

inline constexpr std::size_t snippets_max = 3;
// Of the text itself; marks and escapes come on top.
inline constexpr std::size_t snippet_bytes_max = 240;

struct SearchedText {
  SearchField field = SearchField::title;
  std::string_view text;
};

class SnippetCutter {
 public:
  // All arguments must outlive the cutter.
  SnippetCutter(const ParsedQuery& parsed, Stemmer& stemmer, std::string_view mark_begin, std::string_view mark_end);

  // One of each text at most, those that show most of the query, in the order of the texts.
  std::vector<SearchSnippet> cut(const std::vector<SearchedText>& texts);

 private:
  struct Occurrence {
    std::size_t begin, end;
    std::size_t wish;  // which of what the query asks for
  };
  struct Cut {
    std::size_t text = 0;    // its index
    std::size_t wishes = 0;  // how many different ones it shows
    std::string html;
  };
  std::vector<Occurrence> occurrences_in(std::string_view text);
  Cut cut_one(std::string_view text, const std::vector<Occurrence>& found) const;
  std::string html_of(std::string_view text, std::size_t begin, std::size_t end,
                      const std::vector<Occurrence>& found) const;

  std::vector<const QueryPhrase*> wishes_;
  Stemmer& stemmer_;
  const std::string_view mark_begin_, mark_end_;
};

}  // namespace greffe
