// The log: the one place where what happened is kept. Everything the engine promises about
// durability is said here, and every implementation passes tests/storage_log_contract.h.
//
//  - One total order: entries get positions 1, 2, 3 … without gaps.
//  - A group is all or nothing: after a crash either all its entries and index writes are
//    there or none is. A commit never spans two groups.
//  - When append() has returned success, the group survives the loss of the process and of
//    the machine's power. Nothing that is not yet synced is ever visible to a reader.
//  - Stored bytes never change.
//
// Threads: append() is for one thread at a time (the writer); everything else may be called
// from any thread at any time, also while an append runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/names.h"
#include "events/result.h"

namespace greffe {

// Why the log could not do what it was asked. `detail` is for people and says what to do.
struct LogFailure {
  enum class Kind : std::uint8_t {
    not_opened,  // the store is absent, locked by another process, or of another format
    io,          // the disk failed or is full; after a failed append the log is unusable
    corrupt,     // stored bytes are not what was written; `position` says where, if known
    too_short,   // the log ends before a size that was already published
    wrong_tail,  // append() at another tail than the log has: another writer was faster
  };
  Kind kind = Kind::io;
  Position position;  // 0 = not known
  std::string detail;
};
constexpr std::array<std::string_view, 5> names_of(LogFailure::Kind) {
  return {"not_opened", "io", "corrupt", "too_short", "wrong_tail"};
}

// Small exact look-ups kept beside the entries and written in the same group. They can all
// be computed from the entries again (`greffe verify` does). Numbers are stored.
enum class IndexSpace : std::uint8_t {
  command_receipt = 1,  // command id -> first answer (commands/receipt.h)
  ticket_number = 2,    // "2502280001" -> TicketId
  external_id = 3,      // "ticket/EXT-1", "contact/…" -> aggregate id
  email = 4,            // "contact/a@b.c" folded -> aggregate id; empty value = free again
  number_series = 5,    // "250228" -> last sequence number given in that series
  ticket_snapshot = 6,  // ticket id -> its state at one of its versions (commands/ticket/snapshot.h)
};

struct IndexWrite {
  IndexSpace space;
  std::string key;
  std::string value;  // the newest write wins
};

struct LogEntry {
  StreamId stream;
  Version version;
  std::string bytes;  // an encoded Record (events/codec.h)
};

// What one append makes durable: the entries get the positions after the tail, in order.
struct LogGroup {
  std::vector<LogEntry> entries;
  std::vector<IndexWrite> index;
};

// Walks entries in order. One thread at a time; must not outlive its log. Sees the entries
// that were durable when it was made, none that came later.
class LogReader {
 public:
  virtual ~LogReader() = default;

  // Moves to the next entry. False at the end and on failure: look at failure() then.
  virtual bool next() = 0;

  // The current entry; valid until next() is called again or the reader is destroyed.
  virtual Position position() const = 0;
  virtual std::string_view bytes() const = 0;

  // Why next() returned false; absent if the end was reached.
  virtual const std::optional<LogFailure>& failure() const = 0;
};

class Log {
 public:
  virtual ~Log() = default;

  // Position of the last durable entry; {0} if there is none.
  virtual Position tail() const = 0;

  // Makes the group durable at once, after `expected_tail`. On failure nothing of the group
  // was acknowledged, and the caller must stop: a failed sync is never retried, since the
  // kernel may have dropped the very pages it failed to write. Entries may be empty if
  // index writes are not.
  virtual Result<void, LogFailure> append(Position expected_tail, const LogGroup& group) = 0;

  // The value last written under `key`, absent if none was.
  virtual Result<std::optional<std::string>, LogFailure> lookup(IndexSpace space, std::string_view key) const = 0;

  // The bytes of one entry; corrupt if there should be one and is not, io beyond the tail.
  virtual Result<std::string, LogFailure> read_one(Position position) const = 0;

  // All entries from `from` (inclusive) to the tail of this moment, in log order.
  virtual std::unique_ptr<LogReader> read(Position from) const = 0;

  // One stream's entries from version `from` (inclusive), in order.
  virtual std::unique_ptr<LogReader> read_stream(StreamId stream, Version from) const = 0;

  // Blocks until tail() >= position, or until `timeout` has passed, or stop_waiting() was
  // called. True if the position is there.
  virtual bool wait_for(Position position, std::chrono::milliseconds timeout) const = 0;

  // Wakes every waiter, now and from now on: the program is about to stop.
  virtual void stop_waiting() = 0;
};

}  // namespace greffe
