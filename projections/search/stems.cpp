#include "projections/search/stems.h"

#include <absl/container/flat_hash_map.h>
#include <xapian.h>

#include <algorithm>
#include <array>

namespace greffe {
namespace {

constexpr std::size_t remembered_words_max = 100'000;

// Sorted. Words that people do look for are left out: "car", "est", "it", "or", "son", "sous".
constexpr std::array<std::string_view, 96> stop_words = {
    "a",     "about", "afin", "after", "ai",   "aux",  "au",  "avec",  "by",   "c",    "ce",   "ces",
    "cet",   "cette", "chez", "comme", "d",    "dans", "de",  "des",   "does", "donc", "du",   "elle",
    "elles", "en",    "et",   "eu",    "for",  "from", "has", "have",  "he",   "her",  "his",  "i",
    "il",    "ils",   "in",   "is",    "its",  "j",    "je",  "l",     "la",   "le",   "les",  "leur",
    "leurs", "lui",   "m",    "ma",    "mais", "me",   "mes", "my",    "n",    "ne",   "nos",  "notre",
    "nous",  "of",    "on",   "ou",    "our",  "par",  "pas", "pour",  "qu",   "que",  "qui",  "s",
    "sa",    "se",    "ses",  "she",   "si",   "sur",  "t",   "ta",    "te",   "tes",  "that", "the",
    "their", "they",  "this", "to",    "un",   "une",  "vos", "votre", "vous", "was",  "with", "y"};

std::string folded(const std::string& text) {
  Word word;
  WordReader(text).next(word);
  return word.folded;
}

// The French stemmer goes by accents: of "imprimée" it leaves "imprim", of "imprimee" "imprime".
std::string without_mute_ending(std::string stem) {
  while (stem.size() > 3 && stem.back() == 'e') stem.pop_back();
  return stem;
}

}  // namespace

struct Stemmer::State {
  Xapian::Stem french{"french"};
  Xapian::Stem english{"english"};
  absl::flat_hash_map<std::string, std::vector<std::string>> known;
};

Stemmer::Stemmer() : state_(std::make_unique<State>()) {}
Stemmer::~Stemmer() = default;

const std::vector<std::string>& Stemmer::of(const Word& word) {
  auto& known = state_->known;
  if (known.size() == remembered_words_max) known.clear();
  auto& stems = known[word.lowered];
  if (!stems.empty()) return stems;
  const auto add = [&](std::string stem) {
    if (!stem.empty() && std::find(stems.begin(), stems.end(), stem) == stems.end()) stems.push_back(std::move(stem));
  };
  add(without_mute_ending(state_->french(word.folded)));
  if (word.lowered != word.folded) add(without_mute_ending(folded(state_->french(word.lowered))));
  add(state_->english(word.folded));
  if (stems.empty()) stems.push_back(word.folded);
  return stems;
}

bool is_stop_word(std::string_view folded) {
  static const auto sorted = [] {
    auto words = stop_words;
    std::sort(words.begin(), words.end());
    return words;
  }();
  return std::binary_search(sorted.begin(), sorted.end(), folded);
}

}  // namespace greffe
