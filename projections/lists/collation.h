// The order of texts for people: letters without accent or case (é = E, œ = oe), any run of
// spaces and punctuation as one space, numbers by their value ("salle 2" < "salle 10").
// Spaces come first, then numbers, letters, and what is not Latin by code point.
//
// A key holds the first 96 symbols; texts that differ only after those are equal. A letter
// or space is one symbol, a number of n digits n + 1, a letter of another script 5.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greffe {

// Compares as bytes. Its size is a multiple of 8, from 8 to collation_bytes_max; the first
// 8 bytes, read as a big-endian number, are below absent_head.
class CollationKey {
 public:
  static constexpr std::size_t bytes_max = 64;
  std::string_view view() const { return {bytes_.data(), size_}; }
  void push_word(std::uint64_t word);

 private:
  std::array<char, bytes_max> bytes_{};
  std::uint32_t size_ = 0;
};

// Any bytes may be given; those that are not UTF-8 count as punctuation.
CollationKey collate(std::string_view text);

// A path orders node by node: {"a", "z"} comes before {"a b"}.
CollationKey collate(const std::vector<std::string>& path);

}  // namespace greffe
