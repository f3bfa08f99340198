// Storage of the list index: columns by slot, and what sort keys look like in them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace greffe {

// A ticket's place in the columns of one tab. Reused after the ticket has left the tab.
using Slot = std::uint32_t;

// An array that grows by pages: growth neither copies what is there nor doubles the memory,
// and references stay valid.
template <class T, std::size_t PageSize = 4096>
class Paged {
 public:
  T& operator[](std::size_t i) { return pages_[i / PageSize][i % PageSize]; }
  const T& operator[](std::size_t i) const { return pages_[i / PageSize][i % PageSize]; }
  void grow_to(std::size_t size) {
    while (pages_.size() * PageSize < size) pages_.push_back(std::make_unique<T[]>(PageSize));
  }
  std::size_t bytes() const { return pages_.size() * PageSize * sizeof(T); }

 private:
  std::vector<std::unique_ptr<T[]>> pages_;
};

// The head of a value that is not there (no assignee, never closed): after all others.
inline constexpr std::uint64_t absent_head = UINT64_MAX;

// A sort key in two parts: the head decides nearly always, without leaving its column.
struct SortView {
  std::uint64_t head = 0;
  std::string_view rest;
};

// The same with its bytes, as a cursor carries it.
struct SortValue {
  std::uint64_t head = 0;
  std::string rest;
  SortView view() const { return {head, rest}; }
};

inline int compare(SortView a, SortView b) {
  if (a.head != b.head) return a.head < b.head ? -1 : 1;
  return a.rest.compare(b.rest);
}

// The first 8 bytes as a big-endian number; shorter texts count as followed by zeros.
inline std::uint64_t head_of(std::string_view bytes) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i) head = head << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
  return head;
}

}  // namespace greffe
