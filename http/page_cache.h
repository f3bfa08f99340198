// Answers of list queries as bytes, for dashboards that ask the same again and again. All
// views stand at one position, so an answer holds until that position moves; then all go.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "events/ids.h"

namespace greffe {

// Any thread.
class PageCache {
 public:
  using Page = std::shared_ptr<const std::string>;

  explicit PageCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Null if the page is not kept for exactly this position.
  Page find(const std::string& key, Position position) const;

  // Forgets what was kept for other positions, and everything when bytes_max is reached. A
  // page of an older position than the one kept is not taken.
  void put(std::string key, Position position, Page page);

 private:
  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  Position position_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, Page> pages_;
};

}  // namespace greffe
