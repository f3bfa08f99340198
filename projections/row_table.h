// The rows of one type in a view's family, by a number: edited in place, encoded once a
// batch, and read back through a cache, so that a row that is always being changed costs no
// read at all. Editing is for the projector's thread; read() for any.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/row_cache.h"
#include "projections/row_codec.h"
#include "projections/row_keys.h"
#include "projections/view.h"
#include "projections/view_store.h"

namespace greffe {

template <class Row>
class RowTable {
 public:
  using Shared = std::shared_ptr<const Row>;

  // Keys are `prefix` and the number. `newest` outlives the table.
  RowTable(const RowSource& newest, Family family, std::string_view prefix, std::size_t cache_bytes_max)
      : newest_(newest), family_(family), prefix_(prefix), cache_(cache_bytes_max) {}

  // The row, to be edited; null if there is none. The pointer holds until flush() or discard().
  Row* find(std::uint64_t key) {
    if (const auto edited = edited_.find(key); edited != edited_.end()) return &edited->second;
    if (const auto cached = cache_.find_newest(key)) return &edited_.emplace(key, *cached).first->second;
    if (!newest_.get(family_, key_of(key), bytes_)) return nullptr;
    return &edited_.emplace(key, decode_row<Row>(bytes_)).first->second;
  }

  // The newest row, only to be looked at; null if there is none. The pointer holds until the next
  // call.
  const Row* peek(std::uint64_t key) {
    if (const auto edited = edited_.find(key); edited != edited_.end()) return &edited->second;
    peeked_ = cache_.find_newest(key);
    if (!peeked_ && newest_.get(family_, key_of(key), bytes_)) {
      peeked_ = std::make_shared<const Row>(decode_row<Row>(bytes_));
    }
    return peeked_.get();
  }

  // The row, to be edited; made with its defaults if there is none.
  Row& find_or_make(std::uint64_t key) {
    Row* row = find(key);
    return row != nullptr ? *row : edited_[key];
  }

  // A row that is known not to exist: spares the read.
  Row& make(std::uint64_t key) { return edited_[key] = Row{}; }

  // See View::flush.
  void flush(RowBatch& batch, Position at) {
    published_.clear();
    for (auto& [key, row] : edited_) published_.emplace_back(key, nullptr);
    std::sort(published_.begin(), published_.end());
    for (auto& [key, shared] : published_) {
      Row& row = edited_.find(key)->second;
      encode_row(row, bytes_);
      batch.put(family_, key_of(key), bytes_);
      shared = std::make_shared<const Row>(std::move(row));
      cache_.put(key, shared, bytes_.size(), at);
    }
    edited_.clear();
  }

  void discard() { edited_.clear(); }

  // What the last flush() changed, by key.
  const std::vector<std::pair<std::uint64_t, Shared>>& published() const { return published_; }

  // The row at a query's position; null if there was none.
  Shared read(const ReadPoint& at, std::uint64_t key) const {
    if (auto cached = cache_.find(key, at.position)) return cached;
    std::string bytes;
    return at.rows.get(family_, key_of(key), bytes) ? keep(at, key, bytes) : nullptr;
  }

  // The rows in the keys' order, null where there was none.
  std::vector<Shared> read_many(const ReadPoint& at, std::span<const std::uint64_t> keys) const {
    std::vector<Shared> rows;
    std::vector<std::string> missing;
    for (const std::uint64_t key : keys) {
      rows.push_back(cache_.find(key, at.position));
      if (!rows.back()) missing.emplace_back(key_of(key).view());
    }
    if (missing.empty()) return rows;
    const auto values = at.rows.get_many(family_, missing);
    for (std::size_t i = 0, next = 0; i < rows.size(); ++i) {
      if (rows[i]) continue;
      const auto& bytes = values[next++];
      if (bytes) rows[i] = keep(at, keys[i], *bytes);
    }
    return rows;
  }

 private:
  RowKey key_of(std::uint64_t key) const { return RowKey(prefix_).add(key); }

  Shared keep(const ReadPoint& at, std::uint64_t key, const std::string& bytes) const {
    auto row = std::make_shared<const Row>(decode_row<Row>(bytes));
    cache_.offer(key, row, bytes.size(), at.position);
    return row;
  }

  const RowSource& newest_;
  const Family family_;
  const std::string prefix_;
  mutable RowCache<Row> cache_;
  std::unordered_map<std::uint64_t, Row> edited_;
  std::vector<std::pair<std::uint64_t, Shared>> published_;
  Shared peeked_;
  std::string bytes_;
};

}  // namespace greffe
