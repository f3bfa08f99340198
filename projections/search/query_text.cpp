#include "projections/search/query_text.h"

#include <algorithm>

namespace greffe {
namespace {

// Fewer letters begin too many words to be of use.
constexpr std::size_t typed_beginning_letters_min = 3, asked_beginning_letters_min = 2;
constexpr std::size_t identifier_beginning_min = 3;
// Each is looked for as many words; further ones stand for themselves only.
constexpr std::size_t beginnings_max = 4;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Chunk {
  std::string_view text;  // without sign and quotes
  std::size_t begin = 0;  // where its text begins in the query
  bool quoted = false, excluded = false;
  bool starred = false;  // a `*` at its end
  bool last = false;     // and may still be typed on
};

// Takes one chunk off the query, from `at` on; absent at the end.
std::optional<Chunk> take_chunk(std::string_view query, std::size_t& at) {
  while (at < query.size() && is_space(query[at])) ++at;
  if (at == query.size()) return std::nullopt;
  Chunk chunk;
  chunk.excluded = query[at] == '-' && at + 1 < query.size() && !is_space(query[at + 1]);
  if (chunk.excluded) ++at;
  chunk.quoted = query[at] == '"';
  if (chunk.quoted) ++at;
  std::size_t end = chunk.begin = at;
  while (end < query.size() && query[end] != '"' && (chunk.quoted || !is_space(query[end]))) ++end;
  chunk.text = query.substr(at, end - at);
  chunk.last = !chunk.quoted && end == query.size();
  at = end + (chunk.quoted && end < query.size() ? 1 : 0);
  chunk.starred = !chunk.quoted && chunk.text.ends_with('*');
  return chunk;
}

// The next character is an apostrophe: "l'imprimante" is two words, as it is in speech.
bool is_apostrophe(std::string_view text) { return text.starts_with('\'') || text.starts_with("\u2019"); }

class Parser {
 public:
  Parser(std::string_view text, Stemmer& stemmer) : text_(text), stemmer_(stemmer) {}

  std::optional<ParsedQuery> parse() {
    std::size_t at = 0;
    while (const auto chunk = take_chunk(text_, at)) {
      auto part = part_of(*chunk);
      if (words_ > query_words_max) return std::nullopt;
      if (part.phrases.empty() && part.identifier.empty()) continue;
      (chunk->excluded ? parsed_.excluded : parsed_.wanted).push_back(std::move(part));
    }
    drop_stop_words();
    return std::move(parsed_);
  }

 private:
  QueryPart part_of(const Chunk& chunk) {
    QueryPart part;
    bool apart = true;  // whether the next word begins a phrase of its own
    WordReader reader(chunk.text);
    std::size_t end = 0;
    for (Word word; reader.next(word); end = word.end) {
      ++words_;
      if (!chunk.quoted && is_apostrophe(chunk.text.substr(end))) apart = true;
      if (apart) part.phrases.push_back({{}, chunk.quoted});
      apart = false;
      QueryWord query_word{word, stemmer_.of(word), false};
      query_word.word.begin += chunk.begin;
      query_word.word.end += chunk.begin;
      part.phrases.back().words.push_back(std::move(query_word));
    }
    if (!part.phrases.empty()) mark_beginning(chunk, end, part);
    if (!chunk.quoted && !chunk.excluded) add_identifier(chunk, part);
    return part;
  }

  void mark_beginning(const Chunk& chunk, std::size_t end, QueryPart& part) {
    auto& word = part.phrases.back().words.back();
    const auto after = chunk.text.substr(end);
    const bool asked = chunk.starred && after == "*" && word.word.folded.size() >= asked_beginning_letters_min;
    const bool typed =
        chunk.last && !chunk.excluded && after.empty() && word.word.folded.size() >= typed_beginning_letters_min;
    word.is_beginning = (asked || typed) && beginnings_ < beginnings_max;
    if (word.is_beginning) ++beginnings_;
  }

  void add_identifier(const Chunk& chunk, QueryPart& part) {
    auto text = chunk.text;
    if (chunk.starred) text.remove_suffix(1);
    part.identifier = folded_identifier(text);
    part.identifier_is_beginning = (chunk.last || (chunk.starred && beginnings_ <= beginnings_max)) &&
                                   part.identifier.size() >= identifier_beginning_min;
  }

  // They are looked for only if nothing else is, or within phrases.
  void drop_stop_words() {
    const auto is_stop = [](const QueryPhrase& phrase) {
      return !phrase.exact && phrase.words.size() == 1 && is_stop_word(phrase.words.front().word.folded);
    };
    const auto has_word = [&](const QueryPart& part) {
      return std::any_of(part.phrases.begin(), part.phrases.end(), [&](const auto& p) { return !is_stop(p); });
    };
    if (std::none_of(parsed_.wanted.begin(), parsed_.wanted.end(), has_word)) return;
    for (auto& part : parsed_.wanted) std::erase_if(part.phrases, is_stop);
    std::erase_if(parsed_.wanted, [](const auto& part) { return part.phrases.empty(); });
  }

  const std::string_view text_;
  Stemmer& stemmer_;
  ParsedQuery parsed_;
  std::size_t words_ = 0, beginnings_ = 0;
};

}  // namespace

std::optional<ParsedQuery> parse_query(std::string_view text, Stemmer& stemmer) {
  return Parser(text, stemmer).parse();
}

}  // namespace greffe
