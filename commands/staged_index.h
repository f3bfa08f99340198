// Index writes that are decided but not yet durable: the log does not answer with them yet.
// Deciding thread only.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "commands/group.h"

namespace greffe {

class StagedIndex {
 public:
  // The newest write wins.
  void put(const IndexWrite& write, GroupNumber in);

  // The staged value, null if none is: then the log's own stands.
  const std::string* find(IndexSpace space, std::string_view key) const;

  // Forgets the writes that the log has by now.
  void forget(GroupNumber durable);

 private:
  struct Staged {
    std::string value;
    GroupNumber in;
  };
  std::unordered_map<std::string, Staged> staged_;
  std::deque<std::pair<GroupNumber, std::string>> order_;  // as they were put
};

}  // namespace greffe
