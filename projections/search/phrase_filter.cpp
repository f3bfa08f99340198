#include "projections/search/phrase_filter.h"

#include <algorithm>

#include "projections/search/terms.h"

namespace greffe {
namespace {

bool is_of_several(const QueryPhrase& phrase) { return phrase.words.size() > 1; }

RunningPhrase running(const QueryPhrase& phrase) {
  std::vector<std::string_view> words;
  for (const auto& word : phrase.words) words.push_back(word.word.folded);
  return {words, phrase.words.back().is_beginning};
}

}  // namespace

bool has_phrase_of_several(const QueryPart& part) {
  return std::any_of(part.phrases.begin(), part.phrases.end(), is_of_several);
}

PhraseFilter::PhraseFilter(const ParsedQuery& parsed, const SearchAudience& audience, const Xapian::Database& database)
    : database_(database), internal_too_(audience.sees_everything()) {
  for (const auto& part : parsed.wanted) {
    if (has_phrase_of_several(part)) wanted_.push_back(part_of(part, false));
  }
  for (const auto& part : parsed.excluded) {
    if (has_phrase_of_several(part)) excluded_.push_back(part_of(part, true));
  }
}

bool PhraseFilter::operator()(const Xapian::Document& document) const {
  const auto id = document.get_docid();
  const auto stands = [&](const Part& part) { return holds(part, id); };
  return std::all_of(wanted_.begin(), wanted_.end(), stands) &&
         std::none_of(excluded_.begin(), excluded_.end(), stands);
}

// A wanted part's single words are sure to be there: the query asks for them.
PhraseFilter::Part PhraseFilter::part_of(const QueryPart& part, bool excluded) const {
  Part made;
  for (const auto& phrase : part.phrases) {
    if (is_of_several(phrase)) made.phrases.push_back(running(phrase));
    else if (excluded) made.words.push_back(forms_of(phrase.words.front()));
  }
  if (!part.identifier.empty()) {
    made.identifier.push_back({search_terms::identifier(part.identifier), part.identifier_is_beginning});
  }
  return made;
}

std::vector<PhraseFilter::TermSought> PhraseFilter::forms_of(const QueryWord& word) const {
  std::vector<TermSought> forms;
  for (const auto space : {Visibility::everyone, Visibility::internal}) {
    if (space == Visibility::internal && !internal_too_) continue;
    for (const auto& stem : word.stems) {
      forms.push_back({search_terms::stem(space, stem), false});
      forms.push_back({search_terms::word(space, stem), false});
    }
    if (word.is_beginning) forms.push_back({search_terms::word(space, word.word.folded), true});
  }
  return forms;
}

bool PhraseFilter::holds(const Part& part, Xapian::docid document) const {
  if (has_any(document, part.identifier)) return true;
  const auto stands = [&](const std::vector<TermSought>& word) { return has_any(document, word); };
  return std::all_of(part.words.begin(), part.words.end(), stands) && all_phrases_stand(document, part.phrases);
}

bool PhraseFilter::has_any(Xapian::docid document, const std::vector<TermSought>& terms) const {
  return std::any_of(terms.begin(), terms.end(), [&](const TermSought& sought) {
    auto term = database_.termlist_begin(document);
    term.skip_to(sought.term);
    if (term == database_.termlist_end(document)) return false;
    return sought.is_beginning ? (*term).starts_with(sought.term) : *term == sought.term;
  });
}

bool PhraseFilter::all_phrases_stand(Xapian::docid document, const std::vector<RunningPhrase>& phrases) const {
  std::vector<bool> found(phrases.size());
  std::size_t missing = phrases.size();
  read_running_words(database_, document, [&](std::string_view block) {
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      if (found[i] || !phrases[i].stands_in(block, internal_too_)) continue;
      found[i] = true;
      --missing;
    }
    return missing > 0;
  });
  return missing == 0;
}

}  // namespace greffe
