// The slots that share one value of a column.
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <memory>
#include <vector>

#include "projections/lists/paged.h"

namespace greffe {

// Few slots stand in a sorted array, many in a bitmap: most contacts have a handful of
// tickets, and an empty bitmap alone would take more room than those.
class Posting {
 public:
  static constexpr std::size_t few_max = 512;

  void add(Slot slot);     // must not be in it
  void remove(Slot slot);  // must be in it
  std::size_t size() const { return many_ ? many_->size : few_.size(); }
  std::size_t bytes() const;

  // The bitmap itself, or null if the slots are few.
  const Roaring* bitmap() const { return many_ ? &many_->bits : nullptr; }
  void add_to(Roaring& bits) const;
  std::size_t size_of_common(const Roaring& bits) const;

  template <class F>
  void for_each(F&& f) const {
    if (!many_) {
      for (const Slot slot : few_) f(slot);
    } else {
      for (const Slot slot : many_->bits) f(slot);
    }
  }

 private:
  struct Many {
    Roaring bits;
    std::size_t size = 0;
  };
  std::vector<Slot> few_;
  std::unique_ptr<Many> many_;
};

}  // namespace greffe
