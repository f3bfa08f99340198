// The forms under which a word is found: its stems in French and in English, without accents.
// Two words that share one are the same word to a search.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "projections/search/words.h"

namespace greffe {

// One thread at a time. Remembers what it has worked out, up to some ten MiB.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  // One to three stems, each once; valid until the next call.
  const std::vector<std::string>& of(const Word& word);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Words that carry no meaning of their own in either language ("de", "the"), folded.
bool is_stop_word(std::string_view folded);

}  // namespace greffe
