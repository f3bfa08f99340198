#include "projections/search/snippets.h"

#include <algorithm>

namespace greffe {
namespace {

constexpr std::size_t context_before_bytes = 50;
constexpr auto ellipsis = "…";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

bool shares_stem(const QueryWord& wanted, const std::vector<std::string>& stems) {
  return std::any_of(stems.begin(), stems.end(), [&](const auto& stem) {
    return std::find(wanted.stems.begin(), wanted.stems.end(), stem) != wanted.stems.end();
  });
}

bool is_word(const QueryWord& wanted, const Word& word) {
  return wanted.is_beginning ? word.folded.starts_with(wanted.word.folded) : word.folded == wanted.word.folded;
}

bool is_phrase_at(const QueryPhrase& phrase, const std::vector<Word>& words, std::size_t at) {
  if (words.size() - at < phrase.words.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (!is_word(phrase.words[i], words[at + i])) return false;
  }
  return true;
}

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += is_space(c) ? ' ' : c;
    }
  }
}

// Where to begin so that at most `bytes` come before `at`, at a word's beginning if there is one.
std::size_t back_from(std::string_view text, std::size_t at, std::size_t bytes) {
  if (at <= bytes) return 0;
  auto begin = at - bytes;
  while (begin < at && !is_space(text[begin])) ++begin;
  while (begin < at && is_space(text[begin])) ++begin;
  return begin;
}

// Where to end so that the part from `begin` on keeps its length; not before `least`.
std::size_t forth_from(std::string_view text, std::size_t begin, std::size_t least) {
  if (text.size() - begin <= snippet_bytes_max) return text.size();
  const auto furthest = std::max(begin + snippet_bytes_max, least);
  auto end = furthest;
  while (end > least && end < text.size() && !is_space(text[end])) --end;
  if (end == least) end = furthest;
  while (end < text.size() && end > least && continues_code_point(text[end])) --end;
  return std::min(end, text.size());
}

}  // namespace

SnippetCutter::SnippetCutter(const ParsedQuery& parsed, Stemmer& stemmer, std::string_view mark_begin,
                             std::string_view mark_end)
    : stemmer_(stemmer), mark_begin_(mark_begin), mark_end_(mark_end) {
  for (const auto& part : parsed.wanted) {
    for (const auto& phrase : part.phrases) wishes_.push_back(&phrase);
  }
}

std::vector<SearchSnippet> SnippetCutter::cut(const std::vector<SearchedText>& texts) {
  std::vector<Cut> cuts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto found = occurrences_in(texts[i].text);
    if (found.empty()) continue;
    cuts.push_back(cut_one(texts[i].text, found));
    cuts.back().text = i;
  }
  std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.wishes > b.wishes; });
  if (cuts.size() > snippets_max) cuts.resize(snippets_max);
  std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.text < b.text; });
  std::vector<SearchSnippet> snippets;
  for (auto& cut : cuts) snippets.push_back({texts[cut.text].field, std::move(cut.html)});
  return snippets;
}

// In the order of the text; they may overlap.
std::vector<SnippetCutter::Occurrence> SnippetCutter::occurrences_in(std::string_view text) {
  std::vector<Word> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.push_back(word);
  std::vector<Occurrence> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (std::size_t wish = 0; wish < wishes_.size(); ++wish) {
      const auto& phrase = *wishes_[wish];
      const bool in_any_form = !phrase.exact && phrase.words.size() == 1;
      if (is_phrase_at(phrase, words, at)) {
        found.push_back({words[at].begin, words[at + phrase.words.size() - 1].end, wish});
      } else if (in_any_form && shares_stem(phrase.words.front(), stemmer_.of(words[at]))) {
        found.push_back({words[at].begin, words[at].end, wish});
      }
    }
  }
  return found;
}

// Around the place where most of the query stands together.
SnippetCutter::Cut SnippetCutter::cut_one(std::string_view text, const std::vector<Occurrence>& found) const {
  constexpr std::size_t span_max = snippet_bytes_max - context_before_bytes;
  Cut best;
  std::size_t best_first = 0, best_last = 0;
  for (std::size_t first = 0; first < found.size(); ++first) {
    std::vector<bool> shown(wishes_.size());
    std::size_t last = first;
    for (; last < found.size() && found[last].end <= found[first].begin + span_max; ++last) {
      shown[found[last].wish] = true;
    }
    const auto wishes = static_cast<std::size_t>(std::count(shown.begin(), shown.end(), true));
    if (wishes <= best.wishes && first != 0) continue;
    best.wishes = wishes;
    best_first = first;
    best_last = last > first ? last - 1 : first;
    if (wishes == wishes_.size()) break;
  }
  const auto begin = back_from(text, found[best_first].begin, context_before_bytes);
  const auto end = forth_from(text, begin, found[best_last].end);
  best.html = html_of(text, begin, end, found);
  best.wishes = std::max<std::size_t>(best.wishes, 1);
  return best;
}

std::string SnippetCutter::html_of(std::string_view text, std::size_t begin, std::size_t end,
                                   const std::vector<Occurrence>& found) const {
  std::string html = begin == 0 ? "" : ellipsis;
  auto at = begin;
  for (const auto& occurrence : found) {
    if (occurrence.begin < at || occurrence.end > end) continue;
    append_escaped(html, text.substr(at, occurrence.begin - at));
    html += mark_begin_;
    append_escaped(html, text.substr(occurrence.begin, occurrence.end - occurrence.begin));
    html += mark_end_;
    at = occurrence.end;
  }
  append_escaped(html, text.substr(at, end - at));
  return end == text.size() ? html : html + ellipsis;
}

}  // namespace greffe
