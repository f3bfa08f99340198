// One table of Latin letters behind lists, look-ups and the search: they agree on what is the same
// letter.
#include <catch2/catch.hpp>

#include "projections/lists/collation.h"
#include "projections/lookup/folding.h"
#include "projections/search/words.h"
#include "projections/texts/latin_folding.h"

namespace greffe {
namespace {

std::string searched(const std::string& text) {
  WordReader reader(text);
  Word word;
  std::string all;
  while (reader.next(word)) all += (all.empty() ? "" : " ") + word.folded;
  return all;
}

std::string looked_up(const std::string& text) {
  std::string all;
  for (const auto& word : folded_words(text, 10)) all += (all.empty() ? "" : " ") + word;
  return all;
}

}  // namespace

TEST_CASE("lists, look-ups and the search fold Latin letters alike") {
  const std::pair<const char*, const char*> rows[] = {
      {"Élève", "eleve"},    {"ŒUVRE", "oeuvre"},   {"Straße", "strasse"},    {"Łódź", "lodz"},
      {"Þór", "thor"},       {"Ĳssel", "ijssel"},   {"Nguyễn", "nguyen"},     {"Ṡiobhán", "siobhan"},
      {"Ǆ ǅ ǆ", "dz dz dz"}, {"Ǉ ǈ ǉ", "lj lj lj"}, {"Ǣ ǽ", "ae ae"},         {"E\u0301te\u0301", "ete"},
      {"2×4÷8", "2 4 8"},    {"ȘȚ șț", "st st"},    {"Ƕ ƕ Ɋ ɋ", "hv hv q q"},
  };
  for (const auto& [text, folded] : rows) {
    INFO(text);
    CHECK(searched(text) == folded);
    CHECK(looked_up(text) == folded);
    CHECK(collate(text).view() == collate(folded).view());
  }
}

TEST_CASE("a letter that has no other one below it stays itself, in small") {
  CHECK(latin_letters(U'ƿ').empty());
  CHECK(searched("Ƿ") == "ƿ");
  CHECK(looked_up("Ƿ") == "ƿ");
  CHECK(collate("ƿ").view() != collate("").view());
}

TEST_CASE("every letter of the table stands for one or two of a to z, signs for none") {
  for (char32_t c = 0; c < 0x2000; ++c) {
    CAPTURE(static_cast<unsigned>(c));
    const auto letters = latin_letters(c);
    CHECK(letters.size() <= 2);
    for (const char letter : letters) CHECK((letter >= 'a' && letter <= 'z'));
    if (is_latin_sign(c) || is_combining(c) || is_invisible(c)) CHECK(letters.empty());
    const bool in_latin_1 = (c >= 0xc0 && c < 0x180) && !is_latin_sign(c);
    if (in_latin_1) CHECK_FALSE(letters.empty());
  }
}

}  // namespace greffe
