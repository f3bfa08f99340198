// Decoded rows kept in memory for the projector and for queries at any position. Exact: an
// entry says from which position on its row has been the newest, so a query at an older
// snapshot passes it by and reads the store.
//
// Any thread. Bounded by the rows' stored sizes; the rows used longest ago go first, about.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "events/ids.h"

namespace greffe {

template <class Row>
class RowCache {
 public:
  using Shared = std::shared_ptr<const Row>;

  explicit RowCache(std::size_t bytes_max) : shard_bytes_max_(bytes_max / shard_count) {}

  // The row as it stood at `at`; null if it is not here or was another then.
  Shared find(std::uint64_t key, Position at) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const Entry* entry = touch(shard, key);
    return entry != nullptr && entry->since <= at ? entry->row : nullptr;
  }

  // For the projector, which alone may use what is not yet visible.
  Shared find_newest(std::uint64_t key) { return find(key, Position{~std::uint64_t{0}}); }

  // The projector's new row, the newest from `since` on.
  void put(std::uint64_t key, Shared row, std::size_t bytes, Position since) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    shard.changed_at = since;
    insert(shard, key, {std::move(row), bytes + entry_bytes, since});
  }

  // A row that a query read at `read_at`. Passed by if a newer one may have come since.
  void offer(std::uint64_t key, Shared row, std::size_t bytes, Position read_at) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    if (shard.changed_at > read_at || touch(shard, key) != nullptr) return;
    insert(shard, key, {std::move(row), bytes + entry_bytes, read_at});
  }

 private:
  static constexpr std::size_t shard_count = 16;
  static constexpr std::size_t entry_bytes = 256;  // a row takes more decoded than stored

  struct Entry {
    Shared row;
    std::size_t bytes;
    Position since;
  };
  using Entries = std::unordered_map<std::uint64_t, Entry>;

  // Two halves: when the young one is full it becomes the old one, whose rows are dropped
  // unless they were used, and so moved, in between.
  struct Shard {
    std::mutex mutex;
    Position changed_at;
    Entries young, old;
    std::size_t young_bytes = 0;
  };

  Shard& shard_of(std::uint64_t key) { return shards_[key % shard_count]; }

  Entry* touch(Shard& shard, std::uint64_t key) {
    if (const auto found = shard.young.find(key); found != shard.young.end()) return &found->second;
    const auto found = shard.old.find(key);
    if (found == shard.old.end()) return nullptr;
    Entry entry = std::move(found->second);
    return insert(shard, key, std::move(entry));
  }

  Entry* insert(Shard& shard, std::uint64_t key, Entry entry) {
    shard.old.erase(key);
    if (shard.young_bytes + entry.bytes > shard_bytes_max_ / 2) {
      shard.old = std::exchange(shard.young, {});
      shard.old.erase(key);
      shard.young_bytes = 0;
    }
    shard.young_bytes += entry.bytes;
    return &shard.young.insert_or_assign(key, std::move(entry)).first->second;
  }

  const std::size_t shard_bytes_max_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace greffe
