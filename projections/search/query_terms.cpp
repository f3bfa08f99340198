#include "projections/search/query_terms.h"

#include "projections/search/phrase_filter.h"
#include "projections/search/terms.h"

namespace greffe {
namespace {

using Xapian::Query;
using Queries = std::vector<Query>;

// A beginning without a term of its own stands for this many at most, the most frequent ones.
constexpr Xapian::termcount expansion_max = 64;
// Whoever asks for a number means that ticket.
constexpr double identifier_weight = 8;
// What the word as it was typed adds to what its forms weigh.
constexpr double exact_weight = 0.5;

Query joined(Query::op how, const Queries& queries) { return Query(how, queries.begin(), queries.end()); }

Query terms_that_begin(const std::string& with) {
  return Query(Query::OP_WILDCARD, with, expansion_max, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM);
}

Query words_that_begin(Visibility space, const std::string& with) {
  const bool has_terms = search_terms::beginning_of(with) == with;
  return terms_that_begin(has_terms ? search_terms::beginning(space, with) : search_terms::word(space, with));
}

class Words {
 public:
  explicit Words(const SearchAudience& audience) {
    spaces_.push_back(Visibility::everyone);
    if (audience.sees_everything()) spaces_.push_back(Visibility::internal);
  }

  Query part(const QueryPart& part) const {
    Queries alternatives;
    if (!part.phrases.empty()) {
      Queries all;
      for (const auto& p : part.phrases) all.push_back(phrase(p));
      alternatives.push_back(joined(Query::OP_AND, all));
    }
    if (!part.identifier.empty()) {
      const auto term = search_terms::identifier(part.identifier);
      const auto found = part.identifier_is_beginning ? terms_that_begin(term) : Query(term);
      alternatives.push_back(Query(Query::OP_SCALE_WEIGHT, found, identifier_weight));
    }
    return joined(Query::OP_OR, alternatives);
  }

 private:
  // Their order is the matter of PhraseFilter.
  Query phrase(const QueryPhrase& phrase) const {
    if (!phrase.exact && phrase.words.size() == 1) return word(phrase.words.front());
    const bool beginning = phrase.words.back().is_beginning;
    Queries anywhere;
    for (const auto space : spaces_) {
      Queries words;
      for (const auto& w : phrase.words) words.push_back(Query(search_terms::word(space, w.word.folded)));
      if (beginning) words.pop_back();
      if (!words.empty()) anywhere.push_back(joined(Query::OP_AND, words));
    }
    const auto found = joined(Query::OP_OR, anywhere);
    return beginning ? Query(Query::OP_AND, found, word(phrase.words.back())) : found;
  }

  Query word(const QueryWord& word) const {
    Queries forms, exact;
    for (const auto space : spaces_) {
      for (const auto& stem : word.stems) {
        forms.push_back(Query(search_terms::stem(space, stem)));
        forms.push_back(Query(search_terms::word(space, stem)));
      }
      if (word.is_beginning) forms.push_back(words_that_begin(space, word.word.folded));
      exact.push_back(Query(search_terms::word(space, word.word.folded)));
    }
    const Query bonus(Query::OP_SCALE_WEIGHT, joined(Query::OP_SYNONYM, exact), exact_weight);
    return Query(Query::OP_AND_MAYBE, joined(Query::OP_SYNONYM, forms), bonus);
  }

  std::vector<Visibility> spaces_;
};

class Filters {
 public:
  explicit Filters(Query words) : query_(std::move(words)) {}

  template <class Value, class Term>
  void any_of(const std::vector<Value>& values, Term term) {
    Queries alternatives;
    for (const auto& value : values) alternatives.push_back(Query(term(value)));
    if (!alternatives.empty()) only(joined(Query::OP_OR, alternatives));
  }

  void between(unsigned slot, const std::optional<Instant>& from, const std::optional<Instant>& before) {
    if (from) only(Query(Query::OP_VALUE_GE, slot, search_terms::instant_value(*from)));
    if (before) {
      only(Query(Query::OP_VALUE_LE, slot, search_terms::instant_value(*before - std::chrono::microseconds(1))));
    }
  }

  void only(const Query& filter) { query_ = Query(Query::OP_FILTER, query_, filter); }
  void without(const std::string& term) { query_ = Query(Query::OP_AND_NOT, query_, Query(term)); }

  const Query& query() const { return query_; }

 private:
  Query query_;
};

void let_through(const SearchAudience& audience, Filters& to) {
  if (audience.sees_everything()) return;
  Queries parties;
  for (const auto id : audience.contacts()) parties.push_back(Query(search_terms::contact(id)));
  for (const auto id : audience.organisations()) parties.push_back(Query(search_terms::organisation(id)));
  to.only(joined(Query::OP_OR, parties));
  to.only(Query(search_terms::kind(TicketKind::external)));
}

}  // namespace

Query words_query(const ParsedQuery& parsed, const SearchAudience& audience) {
  const Words words(audience);
  Queries wanted, excluded;
  for (const auto& part : parsed.wanted) wanted.push_back(words.part(part));
  for (const auto& part : parsed.excluded) {
    // Words that stand there in another order exclude nothing.
    if (!has_phrase_of_several(part)) excluded.push_back(words.part(part));
  }
  const auto all = joined(Query::OP_AND, wanted);
  return excluded.empty() ? all : Query(Query::OP_AND_NOT, all, joined(Query::OP_OR, excluded));
}

Query filtered(Query words, const SearchFilters& filters, const SearchAudience& audience) {
  Filters to(std::move(words));
  let_through(audience, to);
  if (filters.view != SearchView::all) to.only(Query(search_terms::state(name_of(filters.view))));
  if (!filters.with_deleted) to.without(search_terms::state(name_of(Category::deleted)));
  if (!filters.with_merged) to.without(search_terms::state(name_of(Category::merged)));
  to.any_of(filters.status, search_terms::status);
  to.any_of(filters.priority, search_terms::priority);
  to.any_of(filters.assignee, search_terms::assignee);
  to.any_of(filters.team, search_terms::team);
  to.any_of(filters.contact, search_terms::contact);
  to.any_of(filters.organisation, search_terms::organisation);
  to.any_of(filters.kind, search_terms::kind);
  to.any_of(filters.channel, search_terms::channel);
  to.any_of(filters.category, search_terms::category);
  to.between(search_terms::opened_at_slot, filters.opened_from, filters.opened_before);
  to.between(search_terms::updated_at_slot, filters.updated_from, filters.updated_before);
  return to.query();
}

}  // namespace greffe
