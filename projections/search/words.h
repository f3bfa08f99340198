// Texts as words: runs of letters and digits, lower case, without accents (é = e, œ = oe). The
// index, the query and the snippets all read texts by this, so that they agree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greffe {

// A longer word is cut, in the index as in a query.
inline constexpr std::size_t word_bytes_max = 64;

struct Word {
  std::size_t begin = 0, end = 0;  // where it stands in the text, in bytes
  std::string folded;              // "reseaux" of "Réseaux"
  std::string lowered;             // "réseaux": stemmers know accents
};

// Bytes that are not UTF-8 count as Latin-1.
class WordReader {
 public:
  // `text` must outlive the reader.
  explicit WordReader(std::string_view text) : text_(text) {}

  // Writes the next word over `word`, keeping its memory. False at the end.
  bool next(Word& word);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// An identifier as it is compared: lower case, without accents, `#` and spaces at its ends;
// punctuation stays. Cut to 128 bytes.
std::string folded_identifier(std::string_view text);

}  // namespace greffe
