#include "projections/lists/collation.h"

#include "projections/texts/latin_folding.h"

namespace greffe {
namespace {

// Twelve symbols of an alphabet of 40 fit one 64-bit word, since 40^12 < 2^64. The values
// are the order; 0 is the end of the text, so that a prefix comes first.
constexpr std::uint64_t alphabet = 40;
constexpr int symbols_per_word = 12;
constexpr std::size_t words_max = CollationKey::bytes_max / 8;
constexpr std::uint32_t node_end = 1, space = 2, digit_0 = 3, letter_a = 13, escape = 39;

// What a code point turns into. `letters` is empty for accents that stand alone.
enum class Fold : std::uint8_t { nothing, separator, letters, other };
struct Folded {
  Fold fold = Fold::separator;
  std::string_view letters;
};

Folded fold(char32_t c) {
  if (const auto letters = latin_letters(c); !letters.empty()) return {Fold::letters, letters};
  if (c < 0xc0 || is_latin_sign(c)) return {};
  if (is_combining(c)) return {Fold::nothing, {}};
  const bool sign = (c >= 0x2000 && c < 0x2070) || (c >= 0x20a0 && c < 0x20d0) || (c >= 0x3000 && c < 0x3004);
  return {sign || c == 0xfffd ? Fold::separator : Fold::other, {}};
}

// Takes one code point off the front; U+FFFD for a byte that does not belong to UTF-8.
char32_t take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  char32_t c = size == 1 ? lead : size == 2 ? lead & 0x1fU : size == 3 ? lead & 0x0fU : lead & 0x07U;
  bool good = size != 0 && lead < 0xf5 && text.size() >= size;
  for (std::size_t i = 1; good && i < size; ++i) {
    good = (byte(i) & 0xc0U) == 0x80;
    c = c << 6 | (byte(i) & 0x3fU);
  }
  good = good && c <= 0x10ffff;
  text.remove_prefix(good ? size : 1);
  return good ? c : U'\ufffd';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Packer {
 public:
  void add_text(std::string_view text) {
    bool begun = false, pending_space = false;
    const auto begin_word = [&] {
      if (begun && pending_space) add(space);
      begun = true;
      pending_space = false;
    };
    while (!text.empty() && words_ < words_max) {
      if (is_digit(text.front())) {
        begin_word();
        add_number(text);
        continue;
      }
      const auto c = take_code_point(text);
      const auto folded = fold(c);
      if (folded.fold == Fold::separator) pending_space = true;
      if (folded.fold == Fold::letters || folded.fold == Fold::other) begin_word();
      for (const char letter : folded.letters) add(letter_a + static_cast<std::uint32_t>(letter - 'a'));
      if (folded.fold == Fold::other) add_escaped(c);
    }
  }

  void end_node() { add(node_end); }

  CollationKey finish() {
    while (used_ != 0 || words_ == 0) add(0);
    return key_;
  }

 private:
  void add(std::uint32_t symbol) {
    if (words_ == words_max) return;
    word_ = word_ * alphabet + symbol;
    if (++used_ < symbols_per_word) return;
    key_.push_word(word_);
    word_ = 0;
    used_ = 0;
    ++words_;
  }

  // The count of digits first (in steps of nine), then the digits: longer is greater.
  void add_number(std::string_view& text) {
    while (!text.empty() && text.front() == '0') text.remove_prefix(1);
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size])) ++size;
    std::size_t count = size;
    for (; count >= 9 && words_ < words_max; count -= 9) add(digit_0 + 9);
    add(digit_0 + static_cast<std::uint32_t>(count % 9));
    for (const char digit : text.substr(0, size)) add(digit_0 + static_cast<std::uint32_t>(digit - '0'));
    text.remove_prefix(size);
  }

  void add_escaped(char32_t c) {
    add(escape);
    for (const char32_t power : {64000U, 1600U, 40U, 1U}) add(static_cast<std::uint32_t>(c / power % alphabet));
  }

  CollationKey key_;
  std::uint64_t word_ = 0;
  int used_ = 0;
  std::size_t words_ = 0;
};

}  // namespace

void CollationKey::push_word(std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes_[size_++] = static_cast<char>(word >> shift & 0xff);
}

CollationKey collate(std::string_view text) {
  Packer packer;
  packer.add_text(text);
  return packer.finish();
}

CollationKey collate(const std::vector<std::string>& path) {
  Packer packer;
  for (const auto& node : path) {
    packer.add_text(node);
    packer.end_node();
  }
  return packer.finish();
}

}  // namespace greffe
