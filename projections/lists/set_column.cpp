#include "projections/lists/set_column.h"

#include <algorithm>

namespace greffe {

SetColumn::Code SetColumn::code_of(Identity identity) {
  const auto known = code_of_.find(identity);
  if (known != code_of_.end()) return known->second;
  Code code = values_used_;
  if (free_.empty()) {
    values_.grow_to(++values_used_);
  } else {
    code = free_.back();
    free_.pop_back();
  }
  values_[code].identity = identity;
  code_of_.emplace(identity, code);
  return code;
}

void SetColumn::insert(Slot slot, std::span<const Identity> identities) {
  set_of_.grow_to(slot + std::size_t{1});
  set_of_[slot] = 0;
  if (identities.empty()) return;
  auto handle = static_cast<Handle>(sets_.size());
  if (free_sets_.empty()) {
    sets_.emplace_back();
  } else {
    handle = free_sets_.back();
    free_sets_.pop_back();
  }
  set_of_[slot] = handle;
  for (const auto identity : identities) {
    const Code code = code_of(identity);
    sets_[handle].push_back(code);
    values_[code].posting.add(slot);
  }
}

void SetColumn::erase(Slot slot) {
  const Handle handle = set_of_[slot];
  if (handle == 0) return;
  for (const Code code : sets_[handle]) {
    auto& value = values_[code];
    value.posting.remove(slot);
    if (value.posting.size() != 0) continue;
    code_of_.erase(value.identity);
    value = Value{};
    free_.push_back(code);
  }
  sets_[handle] = {};
  free_sets_.push_back(handle);
  set_of_[slot] = 0;
}

void SetColumn::update(Slot slot, std::span<const Identity> identities) {
  const auto same = [this](Code code, Identity identity) { return values_[code].identity == identity; };
  const auto had = codes(slot);
  if (std::equal(had.begin(), had.end(), identities.begin(), identities.end(), same)) return;
  erase(slot);
  insert(slot, identities);
}

std::optional<SetColumn::Code> SetColumn::find(Identity identity) const {
  const auto known = code_of_.find(identity);
  return known == code_of_.end() ? std::nullopt : std::optional(known->second);
}

bool SetColumn::has_any(Slot slot, std::span<const Code> ascending) const {
  const auto had = codes(slot);
  return std::any_of(had.begin(), had.end(),
                     [&](Code code) { return std::binary_search(ascending.begin(), ascending.end(), code); });
}

std::size_t SetColumn::bytes() const {
  std::size_t total = set_of_.bytes() + values_.bytes() + sets_.capacity() * sizeof(sets_.front()) +
                      code_of_.capacity() * (sizeof(std::pair<Identity, Code>) + 1);
  for (const auto& set : sets_) total += set.capacity() * sizeof(Code);
  for (Code code = 0; code < values_used_; ++code) total += values_[code].posting.bytes();
  return total;
}

}  // namespace greffe
