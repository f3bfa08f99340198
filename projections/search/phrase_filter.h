// Lets through the documents whose texts have a query's phrases in them. Which words a document
// has at all is the matter of words_query. Includes Xapian: for .cpp files of this folder only.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "projections/search/query_text.h"
#include "projections/search/running_words.h"
#include "projections/search/search.h"

namespace greffe {

// Whether a part of a query has several words that must stand together somewhere.
bool has_phrase_of_several(const QueryPart& part);

class PhraseFilter final : public Xapian::MatchDecider {
 public:
  // The database outlives the filter.
  PhraseFilter(const ParsedQuery& parsed, const SearchAudience& audience, const Xapian::Database& database);

  // False: it would let everything through.
  bool is_needed() const { return !wanted_.empty() || !excluded_.empty(); }

  bool operator()(const Xapian::Document& document) const override;

 private:
  // One term or a beginning of terms.
  struct TermSought {
    std::string term;
    bool is_beginning = false;
  };
  // A part of the query with at least one phrase of several words.
  struct Part {
    std::vector<RunningPhrase> phrases;
    std::vector<std::vector<TermSought>> words;  // of each, any of its forms; excluded parts only
    std::vector<TermSought> identifier;          // stands for all phrases; or none
  };

  Part part_of(const QueryPart& part, bool excluded) const;
  std::vector<TermSought> forms_of(const QueryWord& word) const;
  bool holds(const Part& part, Xapian::docid document) const;
  bool has_any(Xapian::docid document, const std::vector<TermSought>& terms) const;
  bool all_phrases_stand(Xapian::docid document, const std::vector<RunningPhrase>& phrases) const;

  const Xapian::Database& database_;
  const bool internal_too_;
  std::vector<Part> wanted_, excluded_;
};

}  // namespace greffe
