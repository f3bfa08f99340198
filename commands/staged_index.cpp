#include "commands/staged_index.h"

namespace greffe {
namespace {

std::string name_in(IndexSpace space, std::string_view key) {
  std::string name(1, static_cast<char>(space));
  name += key;
  return name;
}

}  // namespace

void StagedIndex::put(const IndexWrite& write, GroupNumber in) {
  std::string name = name_in(write.space, write.key);
  staged_.insert_or_assign(name, Staged{write.value, in});
  order_.emplace_back(in, std::move(name));
}

const std::string* StagedIndex::find(IndexSpace space, std::string_view key) const {
  const auto found = staged_.find(name_in(space, key));
  return found == staged_.end() ? nullptr : &found->second.value;
}

void StagedIndex::forget(GroupNumber durable) {
  for (; !order_.empty() && order_.front().first <= durable; order_.pop_front()) {
    const auto found = staged_.find(order_.front().second);
    if (found != staged_.end() && found->second.in <= durable) staged_.erase(found);
  }
}

}  // namespace greffe
