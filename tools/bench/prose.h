// Texts as people write them to a help desk, in French or English, made up from a vocabulary
// whose words are as unequally frequent as those of a language (Zipf, Mandelbrot). The same
// seed gives the same texts everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace greffe::bench {

enum class Tongue : std::uint8_t { french, english };

class Prose {
 public:
  explicit Prose(std::uint64_t seed);

  // Less than `end`, which is positive.
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  // From `least` to `most`.
  std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
  // Less than `end`; few numbers take most.
  std::uint64_t skewed(std::uint64_t end) { return below(below(end) + 1); }
  Tongue tongue() { return below(3) == 0 ? Tongue::english : Tongue::french; }

  // `words` words with punctuation here and there.
  std::string sentence(Tongue tongue, std::size_t words);
  // One that means something: no article or preposition.
  const std::string& content_word(Tongue tongue);
  // One that stands in few texts.
  const std::string& rare_word(Tongue tongue);

 private:
  const std::string& word_from(Tongue tongue, std::size_t first_rank);

  std::mt19937_64 random_;
};

}  // namespace greffe::bench
