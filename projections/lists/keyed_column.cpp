#include "projections/lists/keyed_column.h"

#include "events/check.h"

namespace greffe {
namespace {

// The empty key is the absent value's.
std::uint64_t head_of_key(std::string_view key) { return key.empty() ? absent_head : head_of(key); }

}  // namespace

KeyedColumn::Code KeyedColumn::add_value(Identity identity, std::string key) {
  Code code = values_used_;
  if (free_.empty()) {
    values_.grow_to(++values_used_);
  } else {
    code = free_.back();
    free_.pop_back();
  }
  auto& value = values_[code];
  value.identity = identity;
  value.head = head_of_key(key);
  value.key = std::move(key);
  code_of_.emplace(identity, code);
  GREFFE_CHECK(order_.insert(code).second, "each value must have a key of its own");
  return code;
}

void KeyedColumn::put(Slot slot, Code code) {
  codes_.grow_to(slot + std::size_t{1});
  codes_[slot] = code;
  values_[code].posting.add(slot);
}

void KeyedColumn::erase(Slot slot) {
  const Code code = codes_[slot];
  auto& value = values_[code];
  value.posting.remove(slot);
  if (value.posting.size() != 0) return;
  order_.erase(code);
  code_of_.erase(value.identity);
  value = Value{};
  free_.push_back(code);
}

void KeyedColumn::rekey(Identity identity, std::string key) {
  const auto known = code_of_.find(identity);
  if (known == code_of_.end()) return;
  auto& value = values_[known->second];
  order_.erase(known->second);
  value.head = head_of_key(key);
  value.key = std::move(key);
  GREFFE_CHECK(order_.insert(known->second).second, "each value must have a key of its own");
}

void KeyedColumn::unite(const std::vector<Code>& codes, Identity identity, std::string key) {
  const Code kept = codes.front();
  for (std::size_t i = 1; i < codes.size(); ++i) {
    std::vector<Slot> slots;
    values_[codes[i]].posting.for_each([&](Slot slot) { slots.push_back(slot); });
    for (const Slot slot : slots) {
      erase(slot);
      put(slot, kept);
    }
  }
  code_of_.erase(values_[kept].identity);
  values_[kept].identity = identity;
  code_of_.insert_or_assign(identity, kept);
  rekey(identity, std::move(key));
}

std::optional<KeyedColumn::Code> KeyedColumn::find(Identity identity) const {
  const auto known = code_of_.find(identity);
  return known == code_of_.end() ? std::nullopt : std::optional(known->second);
}

std::size_t KeyedColumn::bytes() const {
  std::size_t total = codes_.bytes() + values_.bytes() + order_.size() * sizeof(Code) * 4 / 3 +
                      code_of_.capacity() * (sizeof(std::pair<Identity, Code>) + 1);
  for (const Code code : order_) {
    const auto& value = values_[code];
    total += value.posting.bytes() + (value.key.size() > 15 ? value.key.capacity() : 0);
  }
  return total;
}

}  // namespace greffe
