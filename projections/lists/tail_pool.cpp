#include "projections/lists/tail_pool.h"

#include <cstring>

#include "events/check.h"

namespace greffe {
namespace {

constexpr std::uint32_t page_tails = 1024;
constexpr int index_bits = 29;  // the three bits above them hold the number of words
constexpr std::uint32_t index_mask = (1U << index_bits) - 1;

}  // namespace

TailPool::Handle TailPool::put(std::string_view tail) {
  if (tail.empty()) return 0;
  const std::size_t words = tail.size() / 8;
  GREFFE_CHECK(tail.size() % 8 == 0 && words < classes_.size(), "a tail is 1 to 7 words");
  auto& size_class = classes_[words];
  std::uint32_t index = size_class.used;
  if (size_class.free.empty()) {
    GREFFE_CHECK(index < index_mask, "more tails than handles");
    if (index % page_tails == 0) size_class.pages.push_back(std::make_unique<char[]>(page_tails * tail.size()));
    ++size_class.used;
  } else {
    index = size_class.free.back();
    size_class.free.pop_back();
  }
  std::memcpy(size_class.pages[index / page_tails].get() + index % page_tails * tail.size(), tail.data(), tail.size());
  return static_cast<Handle>(words << index_bits | index);
}

void TailPool::drop(Handle handle) {
  if (handle != 0) classes_[handle >> index_bits].free.push_back(handle & index_mask);
}

std::string_view TailPool::get(Handle handle) const {
  if (handle == 0) return {};
  const std::size_t size = (handle >> index_bits) * 8;
  const std::uint32_t index = handle & index_mask;
  return {classes_[handle >> index_bits].pages[index / page_tails].get() + index % page_tails * size, size};
}

std::size_t TailPool::bytes() const {
  std::size_t total = 0;
  for (std::size_t words = 1; words < classes_.size(); ++words) {
    total += classes_[words].pages.size() * page_tails * words * 8 + classes_[words].free.capacity() * 4;
  }
  return total;
}

}  // namespace greffe
