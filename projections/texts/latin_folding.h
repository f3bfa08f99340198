// Latin letters as people compare them, without accents and case: É = e, œ = oe, ł = l, ễ = e. The
// one table behind the order of lists, the look-ups of names and the search.
#pragma once

#include <cstdint>
#include <string_view>

namespace greffe {

namespace latin {

// U+00C0 … U+024F and U+1E00 … U+1EFF. '*' marks two letters, '?' a letter with no other one
// below it, ' ' a sign that is no letter.
inline constexpr std::string_view first_blocks =
    "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb???cc?ddd??e?ffg?*?ikkl??nnooo**pp?????ttttuu?vyyzz?????????"
    "????*********aaiioouuuuuuuuuu?aaaa**ggggkkoooo??j***gg*?nnaa**oo"
    "aaaaeeeeiiiioooorrrruuuusstt??hhnd**zzaaeeooooooooyylnt???acclts"
    "z??b??eejjqqrryy";
inline constexpr std::string_view additional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyas??*?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy????yy";
static_assert(first_blocks.size() == 0x250 - 0xc0 && additional.size() == 0x100);
inline constexpr std::string_view ascii = "abcdefghijklmnopqrstuvwxyz";

constexpr std::string_view two_letters(char32_t c) {
  switch (c) {
    case 0xde:
    case 0xfe: return "th";
    case 0xdf:
    case 0x1e9e: return "ss";
    case 0x132:
    case 0x133: return "ij";
    case 0x152:
    case 0x153: return "oe";
    case 0x195:
    case 0x1f6: return "hv";
    case 0x1a2:
    case 0x1a3: return "oi";
    case 0x1c4:
    case 0x1c5:
    case 0x1c6:
    case 0x1f1:
    case 0x1f2:
    case 0x1f3: return "dz";
    case 0x1c7:
    case 0x1c8:
    case 0x1c9: return "lj";
    case 0x1ca:
    case 0x1cb:
    case 0x1cc: return "nj";
    case 0x222:
    case 0x223: return "ou";
    default: return "ae";
  }
}

}  // namespace latin

// The one or two letters a … z that the code point stands for. Empty if it is no Latin letter, or one
// with no other below it (ƿ).
constexpr std::string_view latin_letters(char32_t c) {
  if (c >= 'a' && c <= 'z') return latin::ascii.substr(c - 'a', 1);
  if (c >= 'A' && c <= 'Z') return latin::ascii.substr(c - 'A', 1);
  std::string_view base;
  if (c >= 0xc0 && c < 0x250) base = latin::first_blocks.substr(c - 0xc0, 1);
  else if (c >= 0x1e00 && c < 0x1f00) base = latin::additional.substr(c - 0x1e00, 1);
  if (base == "*") return latin::two_letters(c);
  return base == "?" || base == " " ? std::string_view() : base;
}

// × and ÷, which stand among the letters of Latin-1.
constexpr bool is_latin_sign(char32_t c) { return c == 0xd7 || c == 0xf7; }

// Accents that stand alone: inside words, and nothing to those who compare.
constexpr bool is_combining(char32_t c) { return c >= 0x300 && c < 0x370; }

// Soft hyphen, zero-width spaces and joiners: inside words, and no part of them.
constexpr bool is_invisible(char32_t c) {
  return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

}  // namespace greffe
