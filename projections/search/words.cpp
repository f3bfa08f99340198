#include "projections/search/words.h"

#include <xapian.h>

#include "projections/texts/latin_folding.h"

namespace greffe {
namespace {

constexpr std::size_t identifier_bytes_max = 128;

bool is_digit(unsigned c) { return c >= '0' && c <= '9'; }

bool is_letter(unsigned c) {
  if (c < 0x180) return is_digit(c) || !latin_letters(c).empty();
  return c != 0xfffd && !is_combining(c) && !is_invisible(c) && Xapian::Unicode::is_wordchar(c);
}

void append_code_point(std::string& out, unsigned c) { Xapian::Unicode::append_utf8(out, c); }

void append_folded(std::string& out, unsigned c) {
  if (const auto letters = latin_letters(c); !letters.empty()) out += letters;
  else if (c < 0x80) out += static_cast<char>(c);
  else if (!is_combining(c)) append_code_point(out, Xapian::Unicode::tolower(c));
}

void append_lowered(std::string& out, unsigned c) {
  if (c < 0x80) append_folded(out, c);
  else append_code_point(out, Xapian::Unicode::tolower(c));
}

}  // namespace

bool WordReader::next(Word& word) {
  const char* const begin = text_.data();
  Xapian::Utf8Iterator at(begin + at_, text_.size() - at_);
  const Xapian::Utf8Iterator end;
  const auto offset = [&] { return at == end ? text_.size() : static_cast<std::size_t>(at.raw() - begin); };
  while (at != end && !is_letter(*at)) ++at;
  word.begin = offset();
  word.folded.clear();
  word.lowered.clear();
  for (; at != end; ++at) {
    const unsigned c = *at;
    if (is_combining(c) || is_invisible(c)) continue;
    if (!is_letter(c)) break;
    if (word.folded.size() + 4 <= word_bytes_max) append_folded(word.folded, c);
    if (word.lowered.size() + 4 <= word_bytes_max) append_lowered(word.lowered, c);
  }
  word.end = at_ = offset();
  return !word.folded.empty();
}

std::string folded_identifier(std::string_view text) {
  const auto is_edge = [](char c) { return c == '#' || c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  std::string folded;
  for (Xapian::Utf8Iterator at(text.data(), text.size()), end; at != end; ++at) {
    if (folded.size() + 4 > identifier_bytes_max) break;
    append_folded(folded, *at);
  }
  return folded;
}

}  // namespace greffe
