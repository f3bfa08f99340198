#include "http/page_cache.h"

namespace greffe {

PageCache::Page PageCache::find(const std::string& key, Position position) const {
  const std::lock_guard lock(mutex_);
  if (position != position_) return nullptr;
  const auto found = pages_.find(key);
  return found == pages_.end() ? nullptr : found->second;
}

void PageCache::put(std::string key, Position position, Page page) {
  const auto bytes = key.size() + page->size();
  const std::lock_guard lock(mutex_);
  if (position < position_ || bytes > bytes_max_) return;
  if (position > position_ || bytes_ + bytes > bytes_max_) {
    pages_.clear();
    bytes_ = 0;
    position_ = position;
  }
  if (pages_.emplace(std::move(key), std::move(page)).second) bytes_ += bytes;
}

}  // namespace greffe
