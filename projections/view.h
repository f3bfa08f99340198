// One read model: a fold of records into rows, the rows' family in the store, and queries.
// Views know nothing of each other, so that one that fails cannot take others along.
//
// Folding edits rows in memory; flush() hands the changed ones over once a batch, encoded.
// The runner flushes all views and the position in one batch: each event counts once.
#pragma once

#include <cstdint>
#include <string_view>

#include "events/record.h"
#include "projections/view_store.h"

namespace greffe {

// What a query reads: rows at a position. Rows cached in memory are used if they were the
// same then.
struct ReadPoint {
  const RowSource& rows;
  Position position;
};

class View {
 public:
  struct Version {
    std::uint32_t current = 1;   // raised with every change of fold or rows: asks for a rebuild
    std::uint32_t readable = 1;  // rows of this version and later can still be read and served
  };

  virtual ~View() = default;

  // The family's name too: never changes.
  virtual std::string_view name() const = 0;
  virtual Version version() const = 0;

  // Folds the next record. An exception other than ViewsUnreadable says that the view cannot
  // digest it: the runner discards, applies what came before it again, and parks the view.
  virtual void apply(const Record& record) = 0;

  // Puts every row changed since the last flush into `batch`, which brings the store to
  // position `at`, and makes the rows what queries at `at` and later read.
  virtual void flush(RowBatch& batch, Position at) = 0;

  // Forgets every change since the last flush.
  virtual void discard() = 0;
};

}  // namespace greffe
