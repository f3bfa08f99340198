#include "projections/lookup/folding.h"

#include <xapian.h>

#include <algorithm>

#include "projections/texts/latin_folding.h"

namespace greffe {
namespace {

// Appends the code point's letters. False if it has none: a word ends there.
bool append_letters(std::string& word, unsigned c) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) word += static_cast<char>(c);
    return letter;
  }
  if (const auto letters = latin_letters(c); !letters.empty()) word += letters;
  else if (is_latin_sign(c) || c == 0xfffd || !Xapian::Unicode::is_wordchar(c)) return false;
  else Xapian::Unicode::append_utf8(word, Xapian::Unicode::tolower(c));
  return true;
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text, std::size_t count_max) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && words.size() < count_max) words.push_back(word);
    word.clear();
  };
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != Xapian::Utf8Iterator(); ++at) {
    if (!is_combining(*at) && !is_invisible(*at) && !append_letters(word, *at)) end_word();
  }
  end_word();
  return words;
}

std::size_t character_count(std::string_view text) {
  if (folded_words(text, 1).empty()) return 0;
  const auto is_seen = [](unsigned c) {
    return !is_combining(c) && !is_invisible(c) && !Xapian::Unicode::is_whitespace(c);
  };
  return static_cast<std::size_t>(
      std::count_if(Xapian::Utf8Iterator(text.data(), text.size()), Xapian::Utf8Iterator(), is_seen));
}

}  // namespace greffe
