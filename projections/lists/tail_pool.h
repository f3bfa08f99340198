// The parts of sort keys that do not fit their head: 8, 16 … 56 bytes each, packed by size.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace greffe {

class TailPool {
 public:
  // Names a stored tail until it is dropped; 0 is the empty tail, which takes no room.
  using Handle = std::uint32_t;

  // The size must be a multiple of 8, at most 56.
  Handle put(std::string_view tail);
  void drop(Handle handle);
  std::string_view get(Handle handle) const;
  std::size_t bytes() const;

 private:
  struct SizeClass {
    std::vector<std::unique_ptr<char[]>> pages;
    std::vector<std::uint32_t> free;
    std::uint32_t used = 0;
  };
  std::array<SizeClass, 8> classes_;  // by the number of 8-byte words
};

}  // namespace greffe
