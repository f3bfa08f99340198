// The rows of one generation of views: ordered keys and values in families, one a view. A
// batch is all or nothing; families reach the disk together. There is no journal: after a
// crash the store is as it was at some earlier batch, and the log replays what is missing.
//
// Writing is for one thread at a time; reading is for any thread. Reads throw
// ViewsUnreadable if the disk fails or stored bytes are damaged.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "projections/view_failure.h"

namespace greffe {

// Index of a family among those that the store was opened with.
struct Family {
  std::size_t index = 0;
};

// Walks keys in order. Must not outlive its source; the views it gives hold until next().
class RowScan {
 public:
  virtual ~RowScan() = default;
  virtual bool next() = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
};

// Rows as they stand at one moment: the newest, or a snapshot's.
class RowSource {
 public:
  virtual ~RowSource() = default;

  // False if there is no such key; `value` is then empty.
  virtual bool get(Family family, std::string_view key, std::string& value) const = 0;

  // The values in the keys' order; absent where there is no such key.
  virtual std::vector<std::optional<std::string>> get_many(Family family, std::span<const std::string> keys) const = 0;

  // Keys from `from` on that begin with `prefix`, ascending.
  virtual std::unique_ptr<RowScan> scan(Family family, std::string_view prefix, std::string_view from) const = 0;
  std::unique_ptr<RowScan> scan(Family family, std::string_view prefix) const { return scan(family, prefix, prefix); }
};

// Changes to be made at once. Later ones win.
class RowBatch {
 public:
  virtual ~RowBatch() = default;
  virtual void put(Family family, std::string_view key, std::string_view value) = 0;
  virtual void erase(Family family, std::string_view key) = 0;
};

class ViewStore : public RowSource, public std::enable_shared_from_this<ViewStore> {
 public:
  struct Options {
    std::vector<std::string> families;  // names, "default" first; one that is absent is made, empty
    bool create = true;                 // false: an absent store is not_opened
  };
  // Fails with not_opened if the directory is held by another process, absent (unless
  // `create`) or holds families that are not among those named, with io otherwise.
  static Result<std::shared_ptr<ViewStore>, ViewFailure> open(const std::filesystem::path& dir, Options options);

  virtual std::unique_ptr<RowBatch> batch() const = 0;
  // Applies the batch and empties it.
  virtual Result<void, ViewFailure> write(RowBatch& batch) = 0;

  // The rows as they stand now, for as long as the result lives; it keeps the store open.
  virtual std::shared_ptr<const RowSource> snapshot() const = 0;

  // Makes everything written so far durable.
  virtual Result<void, ViewFailure> flush() = 0;

  // Deletes the directory when the store is closed: another generation has taken over.
  virtual void remove_when_closed() = 0;
};

}  // namespace greffe
