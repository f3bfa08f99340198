// What is kept about the views beside their rows, in the store's own family:
//
//   "seen"             position u64 | recorded_at i64 of the last event applied
//   "version/<view>"   u64, the version of the view that made the rows
//   "parked/<view>"    position u64 | cause, text
#pragma once

#include <map>
#include <string>
#include <vector>

#include "projections/view_store.h"
#include "projections/views.h"

namespace greffe {

struct ViewMeta {
  Seen seen;
  std::map<std::string, std::uint64_t, std::less<>> versions;
  std::vector<ParkedView> parked;
};

// Throws ViewsUnreadable if what is stored is none of the above.
ViewMeta read_view_meta(const RowSource& rows);

void put_seen(RowBatch& batch, const Seen& seen);
void put_version(RowBatch& batch, std::string_view view, std::uint64_t version);
void put_parked(RowBatch& batch, const ParkedView& parked);

}  // namespace greffe
