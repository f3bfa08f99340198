#include "projections/lists/posting.h"

#include <algorithm>

#include "events/check.h"

namespace greffe {
namespace {

// Well below few_max, so that a value at the border does not change shape at each step.
constexpr std::size_t few_again = Posting::few_max / 4;

}  // namespace

void Posting::add(Slot slot) {
  if (many_) {
    many_->bits.add(slot);
    ++many_->size;
    return;
  }
  if (few_.size() < few_max) {
    few_.insert(std::lower_bound(few_.begin(), few_.end(), slot), slot);
    return;
  }
  many_ = std::make_unique<Many>(Many{Roaring(few_.size(), few_.data()), few_.size() + 1});
  many_->bits.add(slot);
  few_ = {};
}

void Posting::remove(Slot slot) {
  if (many_) {
    many_->bits.remove(slot);
    if (--many_->size > few_again) return;
    few_.assign(many_->bits.begin(), many_->bits.end());
    many_.reset();
    return;
  }
  const auto at = std::lower_bound(few_.begin(), few_.end(), slot);
  GREFFE_CHECK(at != few_.end() && *at == slot, "the slot must be in the posting");
  few_.erase(at);
}

std::size_t Posting::bytes() const {
  return many_ ? sizeof(Many) + many_->bits.getSizeInBytes() : few_.capacity() * sizeof(Slot);
}

void Posting::add_to(Roaring& bits) const {
  if (many_) {
    bits |= many_->bits;
  } else if (!few_.empty()) {
    bits.addMany(few_.size(), few_.data());
  }
}

std::size_t Posting::size_of_common(const Roaring& bits) const {
  if (many_) return many_->bits.and_cardinality(bits);
  return static_cast<std::size_t>(
      std::count_if(few_.begin(), few_.end(), [&](Slot slot) { return bits.contains(slot); }));
}

}  // namespace greffe
