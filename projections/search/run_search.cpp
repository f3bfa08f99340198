#include "projections/search/run_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "events/check.h"
#include "projections/search/phrase_filter.h"
#include "projections/search/query_terms.h"
#include "projections/search/search_cursor.h"
#include "projections/search/snippets.h"
#include "projections/search/terms.h"

namespace greffe {
namespace {

// Letters that may be wrong in a word.
constexpr unsigned spelling_distance_max = 2;

auto fault(SearchFault::Kind kind, std::string detail) { return fail(SearchFault{kind, std::move(detail)}); }

Result<ParsedQuery, SearchFault> understood(const std::string& text, Stemmer& stemmer) {
  if (text.size() > search_text_bytes_max) {
    return fault(SearchFault::Kind::too_long, fmt::format("at most {} bytes", search_text_bytes_max));
  }
  auto parsed = parse_query(text, stemmer);
  if (!parsed) return fault(SearchFault::Kind::too_long, fmt::format("at most {} words", query_words_max));
  if (!parsed->wanted.empty()) return std::move(*parsed);
  return fault(SearchFault::Kind::nothing_to_find,
               parsed->excluded.empty() ? "there is no word to look for" : "there are only words to exclude");
}

bool may_read(const SearchAudience& audience, Visibility visibility) {
  return visibility == Visibility::everyone || audience.sees_everything();
}

class Search {
 public:
  Search(SearchStore::Reader& reader, const SearchQuery& query, const ParsedQuery& parsed)
      : reader_(reader), query_(query), parsed_(parsed) {}

  Xapian::MSet matches(std::size_t offset, std::size_t limit) const {
    Xapian::Enquire enquire(reader_.database);
    enquire.set_query(filtered(words_query(parsed_, query_.audience), query_.filters, query_.audience));
    enquire.set_sort_by_relevance_then_value(search_terms::updated_at_slot, true);
    // One more than is asked for, so that it is certain whether there is a next page.
    const auto end = static_cast<Xapian::doccount>(offset + limit);
    const PhraseFilter phrases(parsed_, query_.audience, reader_.database);
    return enquire.get_mset(static_cast<Xapian::doccount>(offset), static_cast<Xapian::doccount>(limit), end + 1,
                            nullptr, phrases.is_needed() ? &phrases : nullptr);
  }

  SearchPage page(std::size_t offset) const {
    const auto end = std::min(offset + query_.limit, search_hits_max);
    const auto found = matches(offset, end - offset);
    SnippetCutter cutter(parsed_, reader_.stemmer, query_.mark_begin, query_.mark_end);
    SearchPage page;
    page.seen = reader_.seen;
    page.total_estimate = found.get_matches_estimated();
    for (auto it = found.begin(); it != found.end(); ++it) {
      const auto data = decode_document_data(it.get_document().get_data());
      page.hits.push_back({data.id, it.get_weight(), cutter.cut(readable(data))});
    }
    const bool more = found.get_matches_lower_bound() > end;
    if (more && end < search_hits_max) page.next_cursor = search_cursor(query_, end);
    if (page.hits.empty() && offset == 0) page.suggestion = suggestion();
    return page;
  }

 private:
  std::vector<SearchedText> readable(const DocumentData& data) const {
    std::vector<SearchedText> texts;
    for (const auto& text : data.texts) {
      if (may_read(query_.audience, text.visibility)) texts.push_back({text.field, text.text});
    }
    return texts;
  }

  bool stands_somewhere(const std::string& stem, Visibility visibility) const {
    return reader_.database.term_exists(search_terms::stem(visibility, stem)) ||
           reader_.database.term_exists(search_terms::word(visibility, stem));
  }

  bool is_known(const QueryWord& word) const {
    return std::any_of(word.stems.begin(), word.stems.end(), [&](const auto& stem) {
      return stands_somewhere(stem, Visibility::everyone) ||
             (query_.audience.sees_everything() && stands_somewhere(stem, Visibility::internal));
    });
  }

  // Another word for each that stands nowhere, by where they stand in the query.
  struct Correction {
    std::size_t begin, end;
    std::string word;
  };
  std::vector<Correction> corrections() const {
    std::vector<Correction> corrections;
    for (const auto& part : parsed_.wanted) {
      for (const auto& phrase : part.phrases) {
        for (const auto& word : phrase.words) {
          if (is_known(word)) continue;
          auto better = reader_.database.get_spelling_suggestion(word.word.folded, spelling_distance_max);
          if (!better.empty()) corrections.push_back({word.word.begin, word.word.end, std::move(better)});
        }
      }
    }
    return corrections;
  }

  std::string corrected(const std::vector<Correction>& corrections) const {
    std::string text;
    std::size_t at = 0;
    for (const auto& correction : corrections) {
      text += query_.text.substr(at, correction.begin - at) + correction.word;
      at = correction.end;
    }
    return text + query_.text.substr(at);
  }

  // Only what this very caller would find something with: the dictionary knows words of tickets
  // and notes that not everybody may read.
  std::string suggestion() const {
    auto corrections = this->corrections();
    if (corrections.empty()) return {};
    const auto parsed = parse_query(corrected(corrections), reader_.stemmer);
    if (!parsed || parsed->wanted.empty()) return {};
    const auto found = Search(reader_, query_, *parsed).matches(0, 1);
    if (found.empty()) return {};
    // The dictionary has no accents; the texts have.
    const auto data = decode_document_data(found.begin().get_document().get_data());
    std::unordered_map<std::string, std::string> as_written;
    for (const auto& text : readable(data)) {
      WordReader words(text.text);
      for (Word word; words.next(word);) as_written.emplace(word.folded, word.lowered);
    }
    for (auto& correction : corrections) {
      const auto written = as_written.find(correction.word);
      if (written != as_written.end()) correction.word = written->second;
    }
    return corrected(corrections);
  }

  SearchStore::Reader& reader_;
  const SearchQuery& query_;
  const ParsedQuery& parsed_;
};

}  // namespace

Result<SearchPage, SearchFault> run_search(SearchStore::Reader& reader, const SearchQuery& query) {
  GREFFE_CHECK(query.limit > 0 && query.limit <= search_limit_max, "a page has 1 to 50 hits");
  const auto offset = search_offset(query);
  if (!offset) return fault(SearchFault::Kind::bad_cursor, "not a cursor of this query");
  const auto parsed = understood(query.text, reader.stemmer);
  if (!parsed) return fail(parsed.error());
  return Search(reader, query, *parsed).page(*offset);
}

}  // namespace greffe
