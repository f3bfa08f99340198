#include "commands/stream_cache.h"

#include "events/check.h"

namespace greffe {

StreamCache::StreamCache(std::size_t streams_max) : streams_max_(streams_max) {}

StreamCache::Slots& StreamCache::list_of(StreamKind kind) {
  return kind == StreamKind::agent || kind == StreamKind::team ? kept_ : recent_;
}

StreamCache::Slot* StreamCache::use(StreamId stream) {
  const auto found = slots_.find(stream);
  if (found == slots_.end()) return nullptr;
  Slots& list = list_of(stream.kind);
  list.splice(list.begin(), list, found->second);
  return &*found->second;
}

AnyState* StreamCache::find(StreamId stream) {
  Slot* slot = use(stream);
  return slot == nullptr ? nullptr : &slot->state;
}

AnyState* StreamCache::change(StreamId stream, GroupNumber in) {
  Slot* slot = use(stream);
  if (slot == nullptr) return nullptr;
  slot->changed_in = in;
  return &slot->state;
}

AnyState& StreamCache::put(StreamId stream, AnyState state, GroupNumber changed_in) {
  Slots& list = list_of(stream.kind);
  list.push_front({stream, std::move(state), changed_in});
  const bool added = slots_.emplace(stream, list.begin()).second;
  GREFFE_CHECK(added, "a stream has one state");
  Names& names = shard_of(stream);
  const std::lock_guard lock(names.mutex);
  names.streams.insert(stream);
  return list.front().state;
}

void StreamCache::shrink(GroupNumber durable) {
  while (recent_.size() > streams_max_ && recent_.back().changed_in <= durable) {
    const StreamId stream = recent_.back().stream;
    slots_.erase(stream);
    recent_.pop_back();
    Names& names = shard_of(stream);
    const std::lock_guard lock(names.mutex);
    names.streams.erase(stream);
  }
}

bool StreamCache::holds(StreamId stream) const {
  const Names& names = shard_of(stream);
  const std::lock_guard lock(names.mutex);
  return names.streams.contains(stream);
}

}  // namespace greffe
