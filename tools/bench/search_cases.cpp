#include "tools/bench/search_cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/bench/prose.h"

namespace greffe::bench {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

// The first so many letters, none of them cut.
std::string letters_of(const std::string& word, std::size_t letters) {
  std::size_t end = 0;
  for (; end < word.size() && letters > 0; --letters) {
    do ++end;
    while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xc0U) == 0x80U);
  }
  return word.substr(0, end);
}

class CaseMaker {
 public:
  explicit CaseMaker(const Corpus& corpus) : corpus_(corpus) {}

  std::vector<SearchCase> make(std::size_t count) {
    using Make = void (CaseMaker::*)(SearchCase&);
    constexpr std::pair<const char*, Make> kinds[] = {
        {"one word", &CaseMaker::one_word},
        {"two words", &CaseMaker::two_words},
        {"rare word", &CaseMaker::rare_word},
        {"three words", &CaseMaker::three_words},
        {"phrase of two", &CaseMaker::phrase},
        {"phrase mot de passe", &CaseMaker::frequent_phrase},
        {"only articles", &CaseMaker::articles},
        {"prefix", &CaseMaker::prefix},
        {"word being typed", &CaseMaker::typed},
        {"exclusion", &CaseMaker::exclusion},
        {"misspelt", &CaseMaker::misspelt},
        {"number", &CaseMaker::number},
        {"open, one team", &CaseMaker::open_of_team},
        {"one month", &CaseMaker::one_month},
        {"fifty hits", &CaseMaker::fifty},
        {"as a client", &CaseMaker::one_word_of_client},
        {"as a client, phrase", &CaseMaker::phrase_of_client},
    };
    std::vector<SearchCase> cases;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& [kind, make] = kinds[i % std::size(kinds)];
      SearchCase made;
      made.kind = kind;
      made.query.audience = SearchAudience::everything();
      filters_.clear();
      (this->*make)(made);
      made.target =
          fmt::format("/v1/search?limit={}&q={}{}", made.query.limit, percent_encoded(made.query.text), filters_);
      cases.push_back(std::move(made));
    }
    return cases;
  }

 private:
  std::string word() { return prose_.content_word(prose_.tongue()); }

  void one_word(SearchCase& c) { c.query.text = word() + " "; }
  void two_words(SearchCase& c) {
    const auto tongue = prose_.tongue();
    c.query.text = prose_.content_word(tongue) + " " + prose_.content_word(tongue) + " ";
  }
  void three_words(SearchCase& c) {
    two_words(c);
    c.query.text += word();
  }
  void rare_word(SearchCase& c) { c.query.text = prose_.rare_word(prose_.tongue()) + " "; }
  // Two words that do stand one after the other somewhere.
  void phrase(SearchCase& c) {
    const auto& text = corpus_.texts[prose_.below(corpus_.texts.size())];
    const auto begin = text.find(' ', prose_.below(text.size() / 2)) + 1;
    const auto middle = text.find(' ', begin);
    c.query.text = "\"" + text.substr(begin, text.find(' ', middle + 1) - begin) + "\"";
  }
  void frequent_phrase(SearchCase& c) {
    c.query.text = prose_.below(2) == 0 ? "\"mot de passe\"" : "\"domain password\"";
  }
  void articles(SearchCase& c) { c.query.text = prose_.below(2) == 0 ? "de la " : "of the "; }
  void prefix(SearchCase& c) { c.query.text = letters_of(word(), prose_.between(2, 4)) + "* " + word() + " "; }
  void typed(SearchCase& c) { c.query.text = letters_of(word(), prose_.between(3, 5)); }
  void exclusion(SearchCase& c) { c.query.text = word() + " -" + word() + " "; }
  void misspelt(SearchCase& c) {
    auto wrong = prose_.rare_word(prose_.tongue());
    std::swap(wrong[1], wrong[2]);
    c.query.text = wrong + "k ";
  }
  void number(SearchCase& c) { c.query.text = fmt::format("INC{}", 1'000'000 + prose_.below(corpus_.tickets.size())); }
  void open_of_team(SearchCase& c) {
    one_word(c);
    const auto team = corpus_.teams[prose_.skewed(corpus_.teams.size())];
    c.query.filters.view = SearchView::open;
    c.query.filters.team = {team};
    filters_ = fmt::format("&view=open&team={}", team.value);
  }
  void one_month(SearchCase& c) {
    one_word(c);
    const auto from = corpus_begin + std::chrono::hours(24 * prose_.below(23 * 30));
    c.query.filters.opened_from = from;
    c.query.filters.opened_before = from + std::chrono::hours(24 * 30);
    filters_ = "&from=" + percent_encoded(to_rfc3339(from)) +
               "&before=" + percent_encoded(to_rfc3339(from + std::chrono::hours(24 * 30)));
  }
  void fifty(SearchCase& c) {
    one_word(c);
    c.query.limit = search_limit_max;
  }
  void as_client(SearchCase& c) {
    const auto contact = corpus_.contacts[prose_.below(corpus_.contacts.size())];
    c.query.audience = SearchAudience::public_texts_of({contact}, {});
    c.act_as = fmt::format("contact/{}", contact.value);
  }
  void one_word_of_client(SearchCase& c) {
    one_word(c);
    as_client(c);
  }
  void phrase_of_client(SearchCase& c) {
    phrase(c);
    as_client(c);
  }

  const Corpus& corpus_;
  Prose prose_{4};
  std::string filters_;  // of the case being made, as parameters
};

}  // namespace

std::vector<SearchCase> search_cases(const Corpus& corpus, std::size_t count) { return CaseMaker(corpus).make(count); }

}  // namespace greffe::bench
