// Folded states, bounded: tickets, contacts and organisations leave again when they were
// not used for long; agents and teams, which are few and asked for all the time, stay.
//
// Deciding thread only, but for holds().
#pragma once

#include <array>
#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "commands/group.h"

namespace greffe {

class StreamCache {
 public:
  explicit StreamCache(std::size_t streams_max);

  // The state, now the most recently used; null if it is not here. Pointers stay good until
  // shrink().
  AnyState* find(StreamId stream);

  // Puts in what was not there; `changed_in` as for change(), {0} for what the log has.
  AnyState& put(StreamId stream, AnyState state, GroupNumber changed_in);

  // As find(), to change the state: ahead of the durable log, it stays until `in` is durable.
  AnyState* change(StreamId stream, GroupNumber in);

  // Forgets the least recently used down to the bound.
  void shrink(GroupNumber durable);

  // Whether the stream is (or was a moment ago) here. Any thread.
  bool holds(StreamId stream) const;

  std::size_t size() const { return slots_.size(); }

 private:
  struct Slot {
    StreamId stream;
    AnyState state;
    GroupNumber changed_in;
  };
  using Slots = std::list<Slot>;
  // The names alone, for other threads; sharded so that they seldom meet.
  struct Names {
    mutable std::mutex mutex;
    std::unordered_set<StreamId> streams;
  };

  Slots& list_of(StreamKind kind);
  Slot* use(StreamId stream);
  Names& shard_of(StreamId stream) { return names_[std::hash<StreamId>{}(stream) % names_.size()]; }
  const Names& shard_of(StreamId stream) const { return names_[std::hash<StreamId>{}(stream) % names_.size()]; }

  const std::size_t streams_max_;
  Slots recent_;  // most recently used first
  Slots kept_;
  std::unordered_map<StreamId, Slots::iterator> slots_;
  std::array<Names, 16> names_;
};

}  // namespace greffe
